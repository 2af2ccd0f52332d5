"""Who a speaker is: plain mentions and phrases in, names out."""

from collections.abc import Sequence

import pytest

from extract.lexicon.cues import Cues, head_word
from extract.model import Mention, Quote, TextSpan
from extract.resolve.speakers import resolve_speakers
from markup import parse_markup

# <m label=... id=...> is a mention (id: its entity, none if it is not linked), <s> a speaker, whose expected
# name, entity and kind stand in it. Only the places count: what the speakers say stands behind them.
EXAMPLES = {
    "a letter before a turn is no name": "<s name='A' kind='described'>A</s>: It is closed.",
    "a name": "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said.",
    "a linked name": (
        "<s name='Salma Hartwig' entity='hartwig' kind='named'>Mayor <m label='PERSON' "
        "id='hartwig' canonical='Salma Hartwig'>S. Hartwig</m></s> said."
    ),
    "a title with an organisation is the person": (
        "<s name='Karim Brandt' kind='named'><m label='ORG' id='council'>River Council</m> "
        "spokesman <m label='PERSON'>Karim Brandt</m></s> said."
    ),
    "a description of a leader is the leader named after it": (
        "<s name='Karim Brandt' kind='named'>the leader of the <m label='ORG' id='council'>River "
        "Council</m>, <m label='PERSON'>Karim Brandt</m></s> said."
    ),
    "a description without a name stays one": (
        "<s name='a leader of the River Council' kind='described'>a leader of the <m label='ORG' "
        "id='council'>River Council</m></s> said."
    ),
    "a government is not its country": (
        "<s name='Iraq’s government' kind='organisation'><m label='GPE' id='iraq'>Iraq</m>’s "
        "government</s> said."
    ),
    "a name in marks before its noun": (
        "<s name='Valley Alliance' entity='valley' kind='organisation'>The \"<m "
        "label='FACTION' id='valley' canonical='Valley Alliance'>Valley</m>\" coalition</s> "
        "said."
    ),
    "surname after the full name": (
        "<m label='PERSON'>Karim Brandt</m> came. <s name='Karim Brandt' kind='named'><m "
        "label='PERSON'>Brandt</m></s> said."
    ),
    "surname that the engine took for an organisation": (
        "<m label='PERSON'>Karim Brandt</m> came. <s name='Karim Brandt' kind='named'><m "
        "label='ORG'>Brandt</m></s> said."
    ),
    "surname that nobody marked": (
        "<m label='PERSON'>Karim al-Brandt</m> came. <s name='Karim al-Brandt' "
        "kind='named'>Al-Brandt</s> said."
    ),
    "he is the last speaker": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. The road "
        "to <m label='GPE' id='basra'>Basra</m> was closed. <s name='Karim Brandt' "
        "kind='pronoun'>He</s> added."
    ),
    "she is a woman": (
        "<m label='PERSON'>Fatima Hartwig</m> met <m label='PERSON'>Ahmed Brandt</m>. <s "
        "name='Fatima Hartwig' kind='pronoun'>She</s> said."
    ),
    "he is a man": (
        "<m label='PERSON'>Ahmed Brandt</m> met <m label='PERSON'>Fatima Hartwig</m>. <s "
        "name='Ahmed Brandt' kind='pronoun'>He</s> said."
    ),
    "a title tells the gender": (
        "The chairwoman <m label='PERSON'>Noa Hartwig</m> met Mr. <m label='PERSON'>Elmo "
        "Brandt</m>. <s name='Noa Hartwig' kind='pronoun'>She</s> said."
    ),
    "the subject before the object": (
        "<m label='PERSON'>Jo Brandt</m> thanked <m label='PERSON'>Vic Hartwig</m>. <s name='Jo "
        "Brandt' kind='pronoun'>He</s> said."
    ),
    "not the owner of something": (
        "<m label='PERSON'>Jo Brandt</m> read <m label='PERSON'>Vic Hartwig</m>'s letter. <s "
        "name='Jo Brandt' kind='pronoun'>He</s> said."
    ),
    "it is an organisation, not a person": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met <m "
        "label='PERSON'>Jo Brandt</m>. <s name='River Council' entity='council' "
        "kind='pronoun'>It</s> said."
    ),
    "it is an organisation rather than a place": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met in <m "
        "label='GPE' id='basra'>Basra</m>. <s name='River Council' entity='council' "
        "kind='pronoun'>It</s> said."
    ),
    "they are several": (
        "<s name='Two drivers' kind='described'>Two drivers</s> said that <m label='PERSON'>Jo "
        "Brandt</m> had left. <s name='Two drivers' kind='pronoun'>They</s> added."
    ),
    "the committee": (
        "The <m label='FACTION' id='committee' canonical='Coordination Committee'>Coordination "
        "Committee</m> issued a statement. <s name='Coordination Committee' entity='committee' "
        "kind='organisation'>The committee</s> said."
    ),
    "the group is the last faction": (
        "The <m label='FACTION' id='council' canonical='River Council'>River Council</m> was "
        "angry. <s name='River Council' entity='council' kind='organisation'>The group</s> said."
    ),
    "a statement speaks for its author": (
        "<s name='Coordination Committee' entity='committee' kind='organisation'>The <m "
        "label='FACTION' id='committee' canonical='Coordination Committee'>Coordination "
        "Committee</m></s> said. <s name='Coordination Committee' entity='committee' "
        "kind='document'>The statement</s> adds."
    ),
    "it, after a statement": (
        "<s name='Coordination Committee' entity='committee' kind='organisation'>The <m "
        "label='FACTION' id='committee' canonical='Coordination Committee'>Coordination "
        "Committee</m></s> said. After the statement lists the losses, <s name='Coordination "
        "Committee' entity='committee' kind='pronoun'>it</s> says."
    ),
    "a statement with an owner": (
        "<s name='Jo Brandt' kind='document'><m label='PERSON'>Jo Brandt</m>'s letter</s> says."
    ),
    "a statement by somebody": (
        "<s name='River Council' entity='council' kind='document'>a statement by the <m "
        "label='ORG' id='council' canonical='River Council'>River Council</m></s> says."
    ),
    "a new document is itself": ("<s name='A joint statement' kind='document'>A joint statement</s> says."),
    "a version of a document is itself": (
        "The <m label='ORG' id='council'>River Council</m> met. <s name='the Arabic version of the "
        "statement' kind='document'>the Arabic version of the statement</s> says."
    ),
    "a report is not its last reader": (
        "<s name='Jo Brandt' kind='named'><m label='PERSON'>Jo Brandt</m></s> said. <s name='the "
        "report' kind='document'>the report</s> says. <s name='the report' kind='pronoun'>It</s> "
        "adds."
    ),
    "unnamed officials": "<s name='A US official' kind='described'>A US official</s> said.",
    "first and second official stay apart": (
        "<s name='The first official' kind='described'>The first official</s> said. <s name='The "
        "second official' kind='described'>The second official</s> said. <s name='The first "
        "official' kind='described'>the first official</s> said. <s name='The second official' "
        "kind='described'>the second official</s> said."
    ),
    "the official is the official before": (
        "<s name='A security official' kind='described'>A security official</s> said. <s name='A "
        "security official' kind='described'>The official</s> said. <s name='A security official' "
        "kind='pronoun'>He</s> said."
    ),
    "the spokesman is the one called so": (
        "The spokesman <m label='PERSON'>Jo Brandt</m> met the driver <m label='PERSON'>Vic "
        "Hartwig</m>. <s name='Jo Brandt' kind='described'>The spokesman</s> said."
    ),
    "an apposition tells what somebody is": (
        "<m label='PERSON'>Jo Brandt</m>, a cleric from the south, met the driver <m "
        "label='PERSON'>Vic Hartwig</m>. <s name='Jo Brandt' kind='described'>The cleric</s> said."
    ),
    "the latter": (
        "When <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>, <s name='Vic "
        "Hartwig' kind='described'>the latter</s> said."
    ),
    "some of them are nobody in particular": (
        "<s name='Two drivers' kind='described'>Two drivers</s> said. <s name='others' "
        "kind='pronoun'>others</s> said."
    ),
    "a description that fits nobody stays": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the minister' kind='described'>the minister</s> said."
    ),
}


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in EXAMPLES.items()])
def test_speaker(source: str, cues: Cues) -> None:
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
    quotes = [_quote(TextSpan(m.start, m.end, m.text)) for m in speakers]
    found = resolve_speakers(quotes, mentions, text, _sentences(text), cues)
    assert [(q.speaker_name, q.speaker_entity_id, q.speaker_kind) for q in found] == [
        (m.attrs["name"], m.attrs.get("entity"), m.attrs["kind"]) for m in speakers
    ]


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
    starts = [0, *(i + 2 for i in range(len(text) - 2) if text[i : i + 2] == ". " and text[i + 2].isupper())]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def test_without_mentions_and_sentences(cues: Cues) -> None:
    [quote] = resolve_speakers([_quote(TextSpan(0, 2, "He"))], [], "He said.", [], cues)
    assert (quote.speaker_name, quote.speaker_kind) == ("He", "pronoun")


def test_a_quote_without_a_speaker_stays_as_it_is(cues: Cues) -> None:
    quote = _quote(None)
    assert resolve_speakers([quote], [], "He said.", [(0, 8)], cues) == (quote,)


def test_a_speaker_named_after_its_quote_counts_from_where_it_is_named(cues: Cues) -> None:
    text = "One, Jo Brandt said. Two, he said."
    mention = Mention(5, 14, "Jo Brandt", "PERSON", "ner", "test", "test", 1.0)
    quotes = [_quote(TextSpan(5, 14, "Jo Brandt"), start=0), _quote(TextSpan(26, 28, "he"), start=21)]
    found = resolve_speakers(quotes, [mention], text, [(0, 20), (21, 34)], cues)
    assert [quote.speaker_name for quote in found] == ["Jo Brandt", "Jo Brandt"]


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
        ("he", "he"),
        ("", ""),
    ],
)
def test_head_word(phrase: str, head: str) -> None:
    assert head_word(phrase) == head


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
