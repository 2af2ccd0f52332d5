from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.lexicon import match_key
from extract.lexicon.keys import APOSTROPHES, HYPHENS, split_words

WORDS = [
    "Kata'ib",
    "Hezbollah",
    "Ahl",
    "Haq",
    "Sadr",
    "Shaabi",
    "Ṣadr",
    "U.S.",
    "Iraq",
    "45th",
    "of",
    "Öcalan",
]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kata’ib Hizballah", "kataib-hizballah"),
        ("Hashd al-Shaabi", "Hashd Al-Sha'abi"),
        ("Hashd al-Shaabi", "al-Hashd ash-Shaabi"),
        ("Asa'ib Ahl al-Haq", "Asaib Ahl el Haq"),
        ("Harakat an-Nujaba", "Harakat al-Nujaba"),
        ("Asa'ib Ahl-ul-Haq", "Asa'ib Ahl al-Haq"),
        ("Muqtadā al-Ṣadr", "Muqtada Al Sadr"),
        ("Abu Ala' al-Wala’i", "Abu Ala al-Walai"),
        ("Abdul-Mahdi", "Abdul Mahdi"),
        ("U.S.", "US"),
        ("Iraq's", "Iraq"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hezbollah", "Kata'ib Hezbollah"), ("Badr", "Badra"), ("Fatah", "Fateh"), ("at Sadr", "Sadr")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", max_codepoint=0x2FF), max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)


@settings(max_examples=200, deadline=None)
@given(names, st.sampled_from(APOSTROPHES), st.sampled_from(HYPHENS + " "), st.booleans())
def test_writing_does_not_matter(name: str, apostrophe: str, space: str, upper: bool) -> None:
    written = name.replace("'", apostrophe).replace(" ", space)
    assert match_key(written.upper() if upper else written.lower()) == match_key(name)


@settings(max_examples=100, deadline=None)
@given(names, st.sampled_from(["al-", "Al-", "el-", "Al ", "AL-"]))
def test_the_article_does_not_matter(name: str, article: str) -> None:
    assert match_key(article + name) == match_key(name)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = split_words(text)
    assert all(0 <= word.start <= word.core < word.end <= len(text) for word in words)
    assert all(left.end <= right.start for left, right in pairwise(words))
