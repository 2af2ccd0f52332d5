"""Who a speaker is: plain mentions and phrases in, names out."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.lexicon.cues import Cues, head_word
from extract.model import Mention, Quote, TextSpan
from extract.resolve.speakers import resolve_speakers
from markup import Marked, parse_markup

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

# As above, and <q> is a quotation that stands before its speaker.
PRONOUNS = {
    "recency: the last one named": (
        "<m label='PERSON'>Karim Brandt</m> came. It rained. It rained. <m label='PERSON'>Adil "
        "Hartwig</m> left. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "recency: who spoke last before who was only mentioned": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. The room of"
        " <m label='PERSON'>Adil Hartwig</m> was empty. <s name='Karim Brandt' kind='pronoun'>He</s> "
        "added."
    ),
    "recency: a chain of pronouns": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. <s "
        "name='Karim Brandt' kind='pronoun'>He</s> added. It rained. <s name='Karim Brandt' "
        "kind='pronoun'>He</s> noted."
    ),
    "syntax: not whom a preposition governs": (
        "Serving under <m label='PERSON'>Karim Brandt</m>, <m label='PERSON'>Adil Hartwig</m> was "
        "tired. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "syntax: a preposition before a title": (
        "After talks with Envoy <m label='PERSON'>Karim Brandt</m> the driver <m label='PERSON'>Adil "
        "Hartwig</m> was tired. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "syntax: the subject of the same sentence": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. <m "
        "label='PERSON'>Adil Hartwig</m> condemned what <s name='Adil Hartwig' kind='pronoun'>he</s> "
        "called a theft."
    ),
    "syntax: an owner is no subject": (
        "<m label='PERSON'>Lena Hartwig</m> wrote a letter. After reading <m label='PERSON'>Nadia "
        "Brandt</m>’s mail, <s name='Lena Hartwig' kind='pronoun'>she</s> said."
    ),
    "syntax: not the name before another noun": (
        "<m label='PERSON'>Adil Hartwig</m> came. The <m label='PERSON'>Brandt</m> campaign was "
        "closed. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "quotation: not whom the speaker's own words name": (
        "<m label='PERSON'>Karim Brandt</m> agreed.\n“<q><m label='PERSON'>Adil Hartwig</m> did well."
        " <m label='PERSON'>Adil Hartwig</m> won</q>,” <s name='Karim Brandt' kind='pronoun'>he</s> "
        "wrote."
    ),
    "quotation: long words are no distance": (
        "<m label='PERSON'>Karim Brandt</m> came. <m label='PERSON'>Adil Hartwig</m> rose.\n“<q>One. "
        "Two. Three. Four. Five</q>,” <s name='Adil Hartwig' kind='pronoun'>he</s> wrote."
    ),
    "introduction: named for the first time just before": (
        "<m label='PERSON'>Karim Brandt</m> was old. <m label='PERSON'>Karim Brandt</m> slept. That "
        "worries the driver <m label='PERSON'>Adil Hartwig</m>.\n“<q>No</q>,” <s name='Adil Hartwig' "
        "kind='pronoun'>he</s> said."
    ),
    "paragraph: its own subject before the speaker in the one above": (
        "<s name='Adil Hartwig' kind='named'><m label='PERSON'>Adil Hartwig</m></s> said.\n<m "
        "label='PERSON'>Karim Brandt</m> faces a long trial. <s name='Karim Brandt' "
        "kind='pronoun'>He</s> noted it."
    ),
    "gender: a first name": (
        "<m label='PERSON'>Karim Brandt</m> thanked <m label='PERSON'>Melanie Hartwig</m>. <s "
        "name='Melanie Hartwig' kind='pronoun'>She</s> said."
    ),
    "gender: a surname is no first name": (
        "<m label='PERSON'>Wiebke Scott</m> came. <s name='Wiebke Scott' kind='pronoun'>She</s> said."
    ),
    "gender: a title elsewhere in the article": (
        "<m label='PERSON'>Noa Brandt</m> met <m label='PERSON'>Jo Hartwig</m>. <s name='Jo Hartwig' "
        "kind='pronoun'>He</s> said. Mrs. <m label='PERSON'>Noa Brandt</m> left."
    ),
    "gender: an earlier pronoun": (
        "<m label='PERSON'>Noa Brandt</m> came. <s name='Noa Brandt' kind='pronoun'>She</s> said. <m "
        "label='PERSON'>Jo Hartwig</m> left. <m label='PERSON'>Noa Brandt</m> stayed. <s name='Jo "
        "Hartwig' kind='pronoun'>He</s> said."
    ),
    "gender: an actress is a woman": (
        "The actress <m label='PERSON'>Noa Brandt</m> came. <m label='PERSON'>Jo Hartwig</m> wrote to"
        " the actress <m label='PERSON'>Noa Brandt</m>. <s name='Jo Hartwig' kind='pronoun'>He</s> "
        "said."
    ),
    "number: they are not one": (
        "<s name='Three guards' kind='described'>Three guards</s> said. <m label='PERSON'>Jo "
        "Brandt</m> left. <s name='Three guards' kind='pronoun'>They</s> said."
    ),
    "number: they may be a group": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met. <s "
        "name='River Council' entity='council' kind='pronoun'>They</s> said."
    ),
    "number: nobody in particular is no antecedent": (
        "<m label='PERSON'>Jo Brandt</m> waited. Then <s name='someone' kind='described'>someone</s> "
        "asked. <s name='Jo Brandt' kind='pronoun'>He</s> said."
    ),
    "kind: it is no person": (
        "<m label='PERSON'>Jo Brandt</m> left. <s name='It' kind='pronoun'>It</s> said."
    ),
    "kind: it is not the town": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met. It rained "
        "in <m label='GPE' id='basra'>Basra</m>. <s name='River Council' entity='council' "
        "kind='pronoun'>It</s> said."
    ),
    "kind: who spoke without a name": (
        "<m label='PERSON'>Jo Brandt</m> left. <s name='A herder' kind='described'>A herder</s> said."
        " <s name='A herder' kind='pronoun'>He</s> said."
    ),
    "namesakes: the surname goes on meaning the first": (
        "<m label='PERSON'>Adil Brandt</m> rose. He kept a photo of <m label='PERSON'>Lena "
        "Brandt</m>. <s name='Adil Brandt' kind='named'><m label='PERSON'>Brandt</m></s> said. <s "
        "name='Adil Brandt' kind='pronoun'>He</s> added."
    ),
    "namesakes: another one takes it over at the head of a sentence": (
        "<m label='PERSON'>Adil Brandt</m> rose. Council Secretary <m label='PERSON'>Karim Brandt</m>"
        " sat. <s name='Karim Brandt' kind='named'><m label='PERSON'>Brandt</m></s> said."
    ),
}

DESCRIPTIONS = {
    "noun: a title before the name": (
        "The lawyer <m label='PERSON'>Jo Brandt</m> met the driver <m label='PERSON'>Vic Hartwig</m>."
        " <s name='Jo Brandt' kind='described'>The lawyer</s> said."
    ),
    "noun: a description before a comma and the name": (
        "A spokesman for the guards, <m label='PERSON'>Jo Brandt</m>, met <m label='PERSON'>Vic "
        "Hartwig</m>. <s name='Jo Brandt' kind='described'>The spokesman</s> said."
    ),
    "noun: an abbreviated title": (
        "Sen. <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>. <s name='Jo "
        "Brandt' kind='described'>The senator</s> said."
    ),
    "noun: a speaker after a comma is no apposition": (
        "The lawyer <m label='PERSON'>Jo Brandt</m> came. It rained on <m label='PERSON'>Vic "
        "Hartwig</m>, <s name='Jo Brandt' kind='described'>the lawyer</s> said."
    ),
    "noun: another word for the same": (
        "The attorney <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>. <s "
        "name='Jo Brandt' kind='described'>The lawyer</s> said."
    ),
    "noun: a title given long before": (
        "The lawyer <m label='PERSON'>Jo Brandt</m> came. <m label='PERSON'>Jo Brandt</m> met <m "
        "label='PERSON'>Vic Hartwig</m>. It rained. It rained. <s name='Jo Brandt' "
        "kind='described'>The lawyer</s> said."
    ),
    "modifier: the party tells two candidates apart": (
        "Green nominee <m label='PERSON'>Jo Brandt</m> came. Blue nominee <m label='PERSON'>Vic "
        "Hartwig</m> came. <s name='Jo Brandt' kind='described'>The Green nominee</s> said."
    ),
    "modifier: not who is called by another party's": (
        "Blue nominee <m label='PERSON'>Vic Hartwig</m> came. It rained. It rained. It rained. <m "
        "label='PERSON'>Jo Brandt</m> came. <s name='Jo Brandt' kind='described'>The Green "
        "nominee</s> said."
    ),
    "variation: new words for who was just named": (
        "<m label='PERSON'>Jo Brandt</m> was angry. <s name='Jo Brandt' kind='described'>The Basra "
        "cleric</s> said."
    ),
    "variation: not for the subject of the same sentence": (
        "<m label='PERSON'>Jo Brandt</m> left <m label='PERSON'>Vic Hartwig</m> after <s name='Vic "
        "Hartwig' kind='described'>the young cleric</s> said."
    ),
    "variation: for the subject of a clause in front": (
        "When <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>, <s name='Jo Brandt' "
        "kind='described'>the young cleric</s> said."
    ),
    "variation: not for one of another gender": (
        "<m label='PERSON'>Adil Brandt</m> came. <m label='PERSON'>Lena Hartwig</m> left. <s "
        "name='Adil Brandt' kind='described'>The Basra businessman</s> said."
    ),
    "variation: not for somebody named long before": (
        "<m label='PERSON'>Jo Brandt</m> came. It rained. It rained. It rained. It rained. <s "
        "name='the Basra cleric' kind='described'>the Basra cleric</s> said."
    ),
    "variation: a bare noun is somebody new": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the cleric' kind='described'>the cleric</s> said."
    ),
    "variation: sources keep their names back": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the security source' kind='described'>the "
        "security source</s> said."
    ),
    "owner: who was called so in full": (
        "An attorney for <m label='PERSON'>Vic Hartwig</m>, <m label='PERSON'>Jo Brandt</m>, came. <s"
        " name='Jo Brandt' kind='described'><m label='PERSON'>Hartwig</m>'s lawyer</s> said."
    ),
    "owner: not the owner": (
        "<m label='PERSON'>Vic Hartwig</m> came. <s name='Hartwig’s lawyer' kind='described'><m "
        "label='PERSON'>Hartwig</m>’s lawyer</s> said."
    ),
    "title with of: the name at its end": (
        "<s name='Karim Brandt' kind='named'>Secretary of State <m label='PERSON'>Karim Brandt</m></s> said."
    ),
    "title with of: not the name after a preposition": (
        "<s name='A friend of Karim Brandt' kind='described'>A friend of <m label='PERSON'>Karim "
        "Brandt</m></s> said."
    ),
    "unnamed: the third source stays apart": (
        "<s name='One source' kind='described'>One source</s> said. <s name='A third source' "
        "kind='described'>A third source</s> said. <s name='A third source' kind='described'>The "
        "third source</s> said."
    ),
    "group: its own noun": (
        "The <m label='ORG' id='ministry' canonical='Ministry of Rivers'>Ministry of Rivers</m> met "
        "the <m label='ORG' id='council' canonical='River Council'>River Council</m>. <s "
        "name='Ministry of Rivers' entity='ministry' kind='organisation'>The ministry</s> said."
    ),
    "group: no noun of its": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met. <s "
        "name='the ministry' kind='organisation'>the ministry</s> said."
    ),
    "group: a person is none": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the group' kind='organisation'>the group</s> said."
    ),
}
SPEAKERS = EXAMPLES | PRONOUNS | DESCRIPTIONS


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in SPEAKERS.items()])
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
    quotes = [_quote_by(m, [q for q in marked if q.tag == "q"]) for m in speakers]
    found = resolve_speakers(quotes, mentions, text, _sentences(text), cues)
    assert [(q.speaker_name, q.speaker_entity_id, q.speaker_kind) for q in found] == [
        (m.attrs["name"], m.attrs.get("entity"), m.attrs["kind"]) for m in speakers
    ]


ISSUERS = [
    ("The Valley coalition issued a statement in which [it] praised.", "The Valley coalition"),
    ("The Valley coalition met at a time in which [it] praised.", "it"),
    ("The Valley coalition met. A statement in which [it] praised.", "it"),
]


@pytest.mark.parametrize(("marked", "shown"), ISSUERS)
def test_a_pronoun_gives_way_to_who_issued_the_document(marked: str, shown: str, cues: Cues) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    valley = Mention(
        4, 10, "Valley", "FACTION", "alias", "test", "test", 1.0, entity_id="valley", entity_name="Valley"
    )
    quotes = [
        _quote(TextSpan(0, 20, "The Valley coalition"), start=end),
        _quote(TextSpan(start, end, text[start:end]), start=end),
    ]
    found = resolve_speakers(quotes, [valley], text, _sentences(text), cues)[1]
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
