"""Who a speaker is: plain mentions and phrases in, names out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from spacy.tokens import Doc
from speakers_examples import SPEAKERS

from extract.model import Mention, Quote, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.phrases import head_word
from extract.quotes.speakers.resolver import Resolver
from extract.quotes.speakers.subjects import find_subjects
from markup import Marked, parse_markup


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in SPEAKERS.items()])
def test_speaker(source: str, cues: Cues, parse: Callable[[str], Doc]) -> None:
    text, marked = parse_markup(source)
    mentions = [
        Mention(
            start=m.start,
            end=m.end,
            text=m.text,
            label=m.attrs["label"],  # type: ignore[arg-type] # the table holds labels only
            method="ner",
            rule="test",
            engine="test",
            confidence=1.0,
            entity_id=m.attrs.get("id"),
            entity_name=m.attrs.get("canonical", m.text) if "id" in m.attrs else None,
        )
        for m in marked
        if m.tag == "m"
    ]
    speakers = [m for m in marked if m.tag == "s"]
    quotes = [_quote_by(m, [q for q in marked if q.tag == "q"]) for m in speakers]
    subjects = find_subjects(parse(text), quotes, cues)
    resolver = Resolver(quotes, mentions, text, _sentences(text), cues, subjects=subjects)
    found = resolver.resolve_all(quotes)
    assert [(q.speaker_name, q.speaker_entity_id, q.speaker_kind) for q in found] == [
        (m.attrs["name"], m.attrs.get("entity"), m.attrs["kind"]) for m in speakers
    ]


ISSUERS = [
    ("The Valley coalition issued a statement in which [it] praised.", "The Valley coalition"),
    ("The Valley coalition met at a time in which [it] praised.", "it"),
    ("The Valley coalition met. A statement in which [it] praised.", "it"),
]


@pytest.mark.parametrize(("marked", "shown"), ISSUERS)
def test_a_pronoun_gives_way_to_who_issued_the_document(
    marked: str, shown: str, cues: Cues, parse: Callable[[str], Doc]
) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    valley = Mention(
        4, 10, "Valley", "FACTION", "alias", "test", "test", 1.0, entity_id="valley", entity_name="Valley"
    )
    quotes = [
        _quote(TextSpan(0, 20, "The Valley coalition"), start=end),
        _quote(TextSpan(start, end, text[start:end]), start=end),
    ]
    subjects = find_subjects(parse(text), quotes, cues)
    resolver = Resolver(quotes, [valley], text, _sentences(text), cues, subjects=subjects)
    found = resolver.resolve_all(quotes)[1]
    assert (found.speaker.text if found.speaker else None, found.speaker_entity_id) == (shown, "valley")


def _quote_by(speaker: Marked, quotations: Sequence[Marked]) -> Quote:
    """Return the quotation just before a speaker, else one after."""
    span = TextSpan(speaker.start, speaker.end, speaker.text)
    said = next((q for q in quotations if 0 < speaker.start - q.end <= len(",” ")), None)
    return _quote(span) if said is None else replace(_quote(span, said.start), end=said.end, type="direct")


def _quote(speaker: TextSpan | None, start: int | None = None) -> Quote:
    end = speaker.end if speaker is not None else 1
    return Quote(
        start=end if start is None else start,
        end=end + 1,
        text=".",
        type="indirect",
        rule="test",
        confidence=1.0,
        group=0,
        speaker=speaker,
    )


def _sentences(text: str) -> Sequence[tuple[int, int]]:
    starts = [0, *(found.end() for found in re.finditer(r"[.](?:[ ](?=[A-Z])|\n)", text))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def test_without_mentions_and_sentences(cues: Cues) -> None:
    said = [_quote(TextSpan(0, 2, "He"))]
    [quote] = Resolver(said, [], "He said.", [], cues).resolve_all(said)
    assert (quote.speaker_name, quote.speaker_kind) == ("He", "pronoun")


def test_a_quote_without_a_speaker_stays_as_it_is(cues: Cues) -> None:
    quote = _quote(None)
    assert Resolver([quote], [], "He said.", [(0, 8)], cues).resolve_all([quote]) == (quote,)


def test_a_speaker_named_after_its_quote_counts_from_where_it_is_named(cues: Cues) -> None:
    text = "One, Jo Brandt said. Two, he said."
    mention = Mention(5, 14, "Jo Brandt", "PERSON", "ner", "test", "test", 1.0)
    quotes = [_quote(TextSpan(5, 14, "Jo Brandt"), start=0), _quote(TextSpan(26, 28, "he"), start=21)]
    found = Resolver(quotes, [mention], text, [(0, 20), (21, 34)], cues).resolve_all(quotes)
    assert [quote.speaker_name for quote in found] == ["Jo Brandt", "Jo Brandt"]


@pytest.mark.parametrize(("subject", "name"), [(1.5, "Omar Brandt"), (-5.0, "Karl Odeh")])
def test_the_weights_decide_whom_a_pronoun_means(subject: float, name: str, cues: Cues) -> None:
    text = "Omar Brandt met Karl Odeh. He left, he said."
    mentions = [
        Mention(start, end, text[start:end], "PERSON", "ner", "test", "test", 1.0)
        for start, end in ((0, 11), (16, 25))
    ]
    weighed = replace(cues, ranking=cues.ranking.model_copy(update={"subject": subject}))
    said = [_quote(TextSpan(36, 38, "he"))]
    [quote] = Resolver(said, mentions, text, [(0, 26), (27, 44)], weighed).resolve_all(said)
    assert quote.speaker_name == name


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the second official", "official"),
        ("Council spokesman Karim Brandt", "Brandt"),
        ("The council's spokesman, Karim Brandt", "Brandt"),
        ("the leader of the River Council, Karim Brandt", "Brandt"),
        ("a politician close to the council", "politician"),
        ("one of the officials", "officials"),
        ("the Iraqi Water Minister, Karim Brandt", "Brandt"),
        ("Karim Brandt, Council spokesman", "Brandt"),
        ("Iraq’s government", "government"),
        ("Karim Brandt", "Brandt"),
        ("the ministers of France, Germany and Iraq", "ministers"),
        ("a senior Department of Water and Power spokesman", "spokesman"),
        ("Ministry of the Interior officials", "officials"),
        ("the Ministry of Water in Basra", "Ministry"),
        ("the Ministry of Water", "Ministry"),
        ("he", "he"),
        ("", ""),
    ],
)
def test_head_word(phrase: str, head: str, cues: Cues) -> None:
    assert head_word(phrase, cues.descriptions.phrases) == head


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("he", "pronoun"),
        ("the second official", "described"),
        ("American and Iraqi officials", "described"),
        ("Karim Brandt", "named"),
        ("the committee", "organisation"),
        ("River Command", "organisation"),
        ("the statement", "document"),
        ("a statement by the ministry", "document"),
        ("Iraq’s government", "organisation"),
        ("the spokesman, Karim Brandt", "named"),
    ],
)
def test_kind(phrase: str, kind: str, cues: Cues) -> None:
    assert cues.descriptions.kind(phrase) == kind
