"""Which texts tell the same story in nearly the same words."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.stories import Similarity, Text, candidate_pairs, compare, group_texts, signatures_of, sketch_of

STREAM = [
    "".join(parts) for parts in itertools.product(["brak", "tarn", "mel"], ["o", "i", "u"], "bdfklmnprstv")
]
PROSE = (
    "Fishermen of Ostmere blocked the ferry on Tuesday and asked for lower fees. The harbour director, Ada"
    " Lindholm, called the protest “a gift to the railway”. Twelve boats stood across the channel until"
    " noon, when police from Harvale towed the first of them away. Nobody was hurt. The fishermen’s union"
    " says that its members pay 240 crowns a month since the new pier was opened, twice as much as in Merrin."
    " Lindholm promised an answer within ten days, and the boats went home before the evening tide."
)
FORM = (
    "The office of the governor said that Governor {} received Ambassador {} on {} at the old palace. They"
    " spoke about relations between the two countries, about trade and water, and about ways to deepen them."
    " Ambassador {} thanked the governor for the warm welcome and conveyed greetings from {}. The meeting was"
    " attended by advisers {} and {}, and ended with an exchange of gifts, the office added in its statement."
)


def words(seed: int, count: int) -> str:
    return " ".join(random.Random(seed).choices(STREAM, k=count))  # noqa: S311 - a sample


def sketch(text: str, title: str | None = None) -> "tuple[str, np.ndarray]":
    made = sketch_of(title, text, [(0, len(text))])
    return made.key, made.codes


def is_same(one: str, other: str) -> bool:
    (key, codes), (other_key, other_codes) = sketch(one), sketch(other)
    if not len(codes) or not len(other_codes):
        return key == other_key
    return key == other_key or compare(codes, other_codes) is not None


def changed(text: str, share: float) -> str:
    dice = random.Random(7)  # noqa: S311 - a sample
    return " ".join(dice.choice(STREAM) if dice.random() < share else word for word in text.split())


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        (
            "curly marks and other lines",
            PROSE,
            PROSE.replace("“", '"').replace("”", '"').replace(". ", ".\n"),
        ),
        ("capitals and apostrophes", PROSE, PROSE.upper().replace("’", "'")),
        (
            "a new headline",
            f"Ferry blocked\n\n{PROSE}",
            f"Ostmere: what we know about the protest\n\n{PROSE}",
        ),
        ("a cut tail", PROSE, PROSE[: PROSE.index("Nobody")]),
        ("a new paragraph", PROSE, f"{PROSE}\n\n{words(1, 40)}"),
        ("a tenth of the words", PROSE, changed(PROSE, 0.1)),
        ("a quarter of the words", words(2, 300), changed(words(2, 300), 0.25)),
    ],
)
def test_copies_tell_the_same_story(what: str, one: str, other: str) -> None:
    assert is_same(one, other), what
    assert is_same(other, one), what


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("others", words(3, 200), words(4, 200)),
        ("the same background", f"{words(3, 150)} {PROSE}", f"{words(4, 150)} {PROSE}"),
        ("one of several in a digest", PROSE, f"{words(5, 120)} {PROSE} {words(6, 200)}"),
        (
            "reports on a form",
            FORM.format("Orsini", "Vale", "Monday", "Vale", "Quellin", "Brandt", "Okoye"),
            FORM.format("Orsini", "Petrov", "Friday", "Petrov", "Tarnow", "Haas", "Lund"),
        ),
        (
            "figures on a form",
            *(" ".join(f"gauge {n} stood at {n * k} marks" for n in range(k, k + 40)) for k in (3, 90)),
        ),
        ("reports with many phrases in common", words(2, 300), changed(words(2, 300), 0.42)),
        ("a short text with another word", "The ferry is late.", "The ferry is here."),
    ],
)
def test_others_do_not(what: str, one: str, other: str) -> None:
    assert not is_same(one, other), what
    assert not is_same(other, one), what


def test_the_headline_counts_for_short_texts_only() -> None:
    assert sketch(PROSE, "Ferry blocked")[0] == sketch(PROSE, "Protest ends")[0]
    assert sketch("Sign in to read.", "Ferry blocked")[0] != sketch("Sign in to read.", "Protest ends")[0]


def test_texts_without_words_are_told_apart() -> None:
    assert sketch("…")[0] == sketch(" … ")[0]
    assert sketch("…")[0] != sketch("?!")[0]


def test_candidates_are_found_beside_known_texts_as_among_new_ones() -> None:
    texts = [words(seed, 120) for seed in range(12)]
    texts += [changed(text, 0.2) for text in texts[:6]]
    signatures = signatures_of([sketch(text)[1] for text in texts])
    every = set(candidate_pairs(signatures, np.ones(len(texts), np.bool_)))
    late = set(candidate_pairs(signatures, np.arange(len(texts)) >= 12))
    assert {(one, one + 12) for one in range(6)} <= every
    assert late == {pair for pair in every if max(pair) >= 12}
    assert not set(candidate_pairs(signatures, np.zeros(len(texts), np.bool_)))


DAY = 24 * 60 * 60 * 1_000_000
CLOSE, VERBATIM = Similarity(0.5, is_verbatim=False), Similarity(0.6, is_verbatim=True)


def heads(texts: list[Text], similar: dict[tuple[str, str], Similarity]) -> dict[str, str]:
    return {key: head.key for key, head in group_texts(texts, similar).items()}


def test_a_chain_is_not_one_story() -> None:
    texts = [Text(key, number * DAY, key) for number, key in enumerate("abcd")]
    chain = {("a", "b"): CLOSE, ("b", "c"): CLOSE, ("c", "d"): CLOSE}
    assert heads(texts, chain) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_a_text_joins_the_story_that_it_resembles_most() -> None:
    texts = [Text("a", 0, "a"), Text("b", DAY, "b"), Text("c", 2 * DAY, "c")]
    assert heads(texts, {("a", "c"): CLOSE, ("b", "c"): VERBATIM})["c"] == "b"


@pytest.mark.parametrize(
    ("days", "similarity", "joined"),
    [(1, CLOSE, True), (7, CLOSE, False), (7, VERBATIM, True), (None, CLOSE, True)],
)
def test_after_a_week_only_unchanged_texts_are_one_story(
    days: int | None, similarity: Similarity, *, joined: bool
) -> None:
    texts = [Text("a", 0, "a"), Text("b", None if days is None else days * DAY, "b")]
    assert (heads(texts, {("a", "b"): similarity})["b"] == "a") is joined


@given(st.permutations("abcde"), st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))))
def test_stories_depend_on_no_order(order: list[str], pairs: set[tuple[str, str]]) -> None:
    similar = {tuple(sorted(pair)): CLOSE for pair in pairs if pair[0] != pair[1]}
    texts = {key: Text(key, None if key in "ce" else ord(key), key) for key in "abcde"}
    found = heads([texts[key] for key in order], dict(reversed(similar.items())))
    assert found == heads([*texts.values()], similar)
    assert all(key == head or tuple(sorted((key, head))) in similar for key, head in found.items())
