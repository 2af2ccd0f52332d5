"""A text with spans: nothing of it is lost or changed, and the elements nest, whatever the spans are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import read_page

from extract.report.escaping import for_script, plain, visible, web_address
from extract.report.markup import Span, render

TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab <>&\"'\n\r\t\u202e\u2066\u2028\x00\u00ad/{}"),
        st.characters(codec="utf-8"),
        st.sampled_from("كتائب حزب الله"),
    ),
    max_size=60,
)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = []
    for number in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        tag = draw(st.sampled_from(["span", "a"]))
        spans.append(Span(start, end, tag, {"title": draw(TEXTS)}, f"s{number}"))
    return text, spans


@settings(max_examples=1000, deadline=None)
@given(marked_texts())
def test_the_text_is_unaltered_and_the_elements_nest(given: tuple[str, list[Span]]) -> None:
    text, spans = given
    html = str(render(text, spans, 0, len(text)))
    page = read_page(html)
    assert not page.faults
    assert _unmarked(html) == text
    assert sorted(page.ids) == sorted(span.anchor or "" for span in spans if span.length)
    assert _deepest_link(html) <= 1


_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
_CONTROL = re.compile(r'<span class="ctl" title="[^"<>]*">U\+([0-9A-F]+)</span>')
_REFERENCES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&#13;": "\r"}


def _unmarked(html: str) -> str:
    """Undo the markup by hand: html.unescape would turn some controls into other characters."""
    bare = _TAG.sub("", _CONTROL.sub(lambda match: f"&control-{match[1]};", html))
    known = re.sub(r"&(?:amp|lt|gt|#34|#39|#13);", lambda match: _REFERENCES[match[0]], bare)
    return re.sub(r"&control-([0-9A-F]+);", lambda match: chr(int(match[1], 16)), known)


def _deepest_link(html: str) -> int:
    depth = deepest = 0
    for closing, tag in _TAG.findall(html):
        if tag == "a":
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def test_crossing_spans_are_cut() -> None:
    spans = [Span(0, 5, "span", {"class": "q"}, "q"), Span(3, 8, "span", {"class": "m"}, "m")]
    assert str(render("abcdefgh", spans, 0, 8)) == (
        '<span class="q" id="q">abc</span>'
        '<span class="q"><span class="m" id="m">de</span></span>'
        '<span class="m">fgh</span>'
    )


def test_a_piece_of_the_text_keeps_the_spans_that_reach_into_it() -> None:
    assert str(render("abcd", [Span(0, 3, anchor="x")], 2, 4)) == "<span>c</span>d"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>", "&lt;script&gt;"),
        ("a\u202eb", 'a<span class="ctl" title="Right-to-left override">U+202E</span>b'),
        ("a\x00b", 'a<span class="ctl" title="Control character">U+0000</span>b'),
        ("in بغداد, Iraq", "in <bdi>بغداد</bdi>, Iraq"),
        ("a\rb", "a&#13;b"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_text_is_shown_not_obeyed(text: str, html: str) -> None:
    assert str(visible(text)) == html


@given(TEXTS)
def test_attributes_hold_no_controls(text: str) -> None:
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\u2028]", plain(text))


@given(st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=4), max_leaves=8))
def test_data_files_are_ascii_that_no_parser_mistakes(value: object) -> None:
    text = for_script(value)
    assert text.isascii()
    assert not set("<>&") & set(text)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://example.org/", "HTTP://example.org/"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("data:text/html,x", None),
        ('https://example.org/"onclick="x', None),
        ("https://example.org/\njavascript:x", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(address: str | None, link: str | None) -> None:
    assert web_address(address) == link
