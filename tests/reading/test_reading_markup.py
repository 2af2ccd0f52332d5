"""HTML fragments: what a reader would see, and no more."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reading.markup import has_markup, text_of, visible_text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br/>Two<br>Three", "One\nTwo\nThree"),
        ("<div>One <b>bold</b> word&nbsp;here</div>tail", "One bold word\xa0here\n\ntail"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<p>Kept</p><script>x()</script><style>p{}</style><!-- gone -->", "Kept"),
        ("<p>Q&amp;A &#8220;now&#8221;</p>", "Q&A “now”"),
        ("<p>not closed <i>at all", "not closed at all"),
        ("<?xml version='1.0' encoding='utf-8'?><p>One</p>", "One"),
        ("<p></p>", ""),
    ],
)
def test_visible_text(fragment: str, text: str) -> None:
    assert has_markup(fragment)
    assert visible_text(fragment) == text


@pytest.mark.parametrize("text", ["a < b", "<unknown>", "x <- y", "1 <2> 3", "He said <sic> it", ""])
def test_plain_text_is_no_markup(text: str) -> None:
    assert not has_markup(text)
    assert text_of(text) == text


@given(st.text(st.sampled_from("<>/pbra &;#\n\0\x0b\ud83dé"), max_size=60))
def test_any_text_is_read_and_can_be_stored(fragment: str) -> None:
    text = visible_text(fragment)
    text.encode()
    assert not {"\0", "\f", "\v"} & {*text}
    assert text == text.strip()


@pytest.mark.parametrize("fragment", ["<div>" * 100_000, "<b>" * 100_000, "<p" * 100_000, "&amp;" * 100_000])
def test_deep_and_long_fragments_cost_no_time(fragment: str) -> None:
    started = time.process_time()
    text_of(f"{fragment}x<p>")
    assert time.process_time() - started < 5
