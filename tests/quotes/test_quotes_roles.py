"""Speakers given by their office: who held it, or whom the article names with it."""

from datetime import date

import pytest

from extract.entities.linking.linker import link_mentions
from extract.entities.offices.holders import OfficeHolders
from extract.lexicon import ALWAYS, Lexicon
from extract.model import Mention, Quote, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.speakers.resolver import Resolver
from invented import invented
from markup import Marked, parse_markup

# <m> is a mention (label PERSON unless it says another), <s> a speaker; `is` says who, `how` by what method.
# A speaker without `is` stays what its words say. In Qarnas, Otto Brandt is prime minister in 2020.
IRAQ = "In <m label='GPE'>Iraq</m>, "
EXAMPLES = [
    "<s is='otto-brandt' how='role'>The <m label='NORP'>Qarnasi</m> prime minister</s> said.",
    "<s is='otto-brandt' how='role'><m label='GPE'>Qarnas</m>'s premier</s> said.",
    "<s is='otto-brandt' how='role'>the prime minister of <m label='GPE'>Qarnas</m></s> said.",
    "<s is='lena-brandt' how='role'>the <m label='NORP'>Qarnasi</m> president</s> said.",
    "<s is='otto-brandt' how='role'>the leader of the <m label='FACTION'>Rain Movement</m></s> said.",
    "<s is='otto-brandt' how='role'>the <m label='FACTION'>Rain Movement</m>'s head</s> said.",
    "<s is='otto-brandt' how='role'>The new <m label='NORP'>Qarnasi</m> prime minister</s> said.",
    # Without a country it is Iraq's, where the article is about Iraq.
    IRAQ + "<s is='tahir-qattoul' how='role'>the prime minister</s> said.",
    IRAQ + "<s is='tahir-qattoul' how='role'>the country's premier</s> said.",
    IRAQ + "<s is='tahir-qattoul' how='role'>the PM</s> said.",
    IRAQ + "<s is='noor-zaytuni' how='role'>the minister of finance</s> said.",
    "<s>the prime minister</s> said.",
    "In <m label='GPE'>Qarnas</m>, <s>the prime minister</s> said.",
    IRAQ + "<s>the president</s> said.",
    IRAQ + "<s is='rana-zaytuni' how='role'>the <m label='NORP'>Qarnasi</m> ambassador</s> said.",
    "<s>the <m label='NORP'>Qarnasi</m> ambassador</s> said.",
    IRAQ + "<s>the ambassador</s> said.",
    # Whom the article names with the office comes first, whoever the lexicon says.
    "Prime Minister <m>Karl Lind</m> rose. "
    + IRAQ
    + "<s is='Karl Lind' how='coreference'>the premier</s> said.",
    (
        "<m>Karl Lind</m>, the <m label='NORP'>Iraqi</m> prime minister, rose. "
        "<s is='Karl Lind' how='coreference'>The <m label='NORP'>Iraqi</m> premier</s> said."
    ),
    (
        "<m label='NORP'>Iraqi</m> Prime Minister <m>Karl Lind</m> rose. "
        "<s is='otto-brandt' how='role'>The <m label='NORP'>Qarnasi</m> prime minister</s> said."
    ),
    IRAQ + "the <m label='NORP'>Qarnasi</m> prime minister, <m>Otto Brandt</m>, met the premier. "
    "<s is='tahir-qattoul' how='role'>The <m label='NORP'>Iraqi</m> prime minister</s> said.",
    IRAQ + "<s is='Karl Lind' how='coreference'>the prime minister</s> said. "
    "Prime Minister <m>Karl Lind</m> rose.",
    IRAQ
    + "former Prime Minister <m>Karl Lind</m> rose. <s is='tahir-qattoul' how='role'>The premier</s> said.",
    (
        "<m>Karl Lind</m>, a <m label='FACTION'>Rain Movement</m> leader, rose. "
        "<s is='Karl Lind' how='coreference'>The <m label='FACTION'>Rain Movement</m> leader</s> said."
    ),
    # Nobody is meant.
    "<s><m label='FACTION'>Rain Movement</m> leader</s> said.",
    "<s>a <m label='FACTION'>Rain Movement</m> leader</s> said.",
    IRAQ + "<s>a prime minister</s> said.",
    IRAQ + "<s>the former prime minister</s> said.",
    IRAQ + "<s>the late prime minister</s> said.",
    IRAQ + "<s>the deputy prime minister</s> said.",
    IRAQ + "<s>the next prime minister</s> said.",
    IRAQ + "<s>the acting prime minister</s> said.",
    IRAQ + "<s>the prime minister-designate</s> said.",
    IRAQ + "<s>the prime ministers</s> said.",
    IRAQ + "<s>the student prime minister</s> said.",
    IRAQ + "<s>a spokesman for the prime minister</s> said.",
    IRAQ + "<s>the prime minister of <m label='GPE'>Lebanon</m></s> said.",
    IRAQ
    + "the foreign minister <m>Karl Lind</m> rose. <s is='tahir-qattoul' how='role'>The premier</s> said.",
]


Q, M, IQ = "<m label='GPE'>Qarnas</m>", "<m label='GPE'>Marsa</m>", "<m label='GPE'>Iraq</m>"
MARSAN = "<m label='NORP'>Marsan</m>"
LENA, IVO, MONA = "<m>Lena Brandt</m>", "<m>Ivo Calder</m>", "<m>Mona Sterling</m>"
# Lena Brandt is president of Qarnas, Ivo Calder of Marsa; Otto Brandt and Tahir Qattoul are the prime
# ministers of Qarnas and Iraq. `may` names those who may be meant where it stays open.
COUNTRIES = [
    # The country that the article is about.
    f"{Q} met. In {Q} <s is='otto-brandt' how='role'>the prime minister</s> said.",
    f"{Q} met. In {Q} <s is='lena-brandt' how='role'>the president</s> said.",
    f"{M} met. In {M} <s>the prime minister</s> said.",
    f"{M} met {Q}. In {M}, of the {M} coast, <s is='ivo-calder' how='role'>the president</s> said.",
    # It is not clear which country it is.
    f"{Q} met. <s may='otto-brandt'>The prime minister</s> said.",
    f"{Q} met {IQ}. <s may='otto-brandt tahir-qattoul'>The prime minister</s> said.",
    f"{IQ} met {IQ}. {IQ} rose. In {Q} <s may='otto-brandt tahir-qattoul'>the prime minister</s> said.",
    f"{Q} met {M}. <s may='lena-brandt ivo-calder'>The president</s> said.",
    # The person named last or speaking last, not the one beside whom a title stands.
    (
        f"{LENA} rose after talks with the {MARSAN} president, {IVO}. "
        "<s is='lena-brandt' how='coreference'>The president</s> said."
    ),
    (
        f"The {MARSAN} president, {IVO}, wrote to {LENA}. "
        "<s is='ivo-calder' how='coreference'>The president</s> said."
    ),
    (
        f"{LENA} rose. <s is='lena-brandt' how='mention'>{LENA}</s> said, under President {IVO}. "
        "<s is='lena-brandt' how='coreference'>The president</s> said."
    ),
    f"President {LENA} and President {IVO} met. <s may='lena-brandt ivo-calder'>The president</s> said.",
    # A foreign holder counts in an article about another country if the sentence before is about him.
    f"{Q} met {Q}. President {IVO} rose in {Q}. <s is='ivo-calder' how='coreference'>The president</s> said.",
    (
        f"{Q} met in {Q}. {Q} wrote to {IVO}. It rained. It snowed. It dried. "
        "<s may='lena-brandt ivo-calder'>The president</s> said."
    ),
    # An earlier holder is not the one of the day, whoever names him with the office.
    (
        f"In 2016 {MARSAN} President {MONA} rose. "
        f"<s is='ivo-calder' how='role'>The {MARSAN} president</s> said."
    ),
    f"In 2016 {M} and {M} met President {MONA}. <s is='ivo-calder' how='role'>The president</s> said.",
]


@pytest.mark.parametrize("source", COUNTRIES)
def test_whose_office_it_is(source: str, lexicon: Lexicon, cues: Cues) -> None:
    for marked, quote in resolved(source, invented(lexicon), cues, date(2020, 2, 3)):
        assert quote.speaker_entity_id == marked.attrs.get("is")
        assert quote.speaker_method == marked.attrs.get("how")
        assert sorted(quote.speaker_candidates) == sorted(marked.attrs.get("may", "").split())


@pytest.mark.parametrize("source", EXAMPLES)
def test_a_speaker_by_office(source: str, lexicon: Lexicon, cues: Cues) -> None:
    for marked, quote in resolved(source, invented(lexicon), cues, date(2020, 2, 3)):
        who = marked.attrs.get("is")
        assert who in (quote.speaker_entity_id, quote.speaker_name if who else None)
        assert quote.speaker_method == marked.attrs.get("how")
        assert quote.speaker_kind in ("described", "organisation" if who is None else "described")
        assert (quote.speaker_name_id is None) == (who is None)


def test_the_term_of_office_is_that_of_the_articles_day(lexicon: Lexicon, cues: Cues) -> None:
    source = "<s>The <m label='NORP'>Qarnasi</m> prime minister</s> said."
    known = invented(lexicon)
    days = [date(2016, 1, 1), date(2019, 7, 1), date(2014, 1, 1), None]
    found = [quote.speaker_entity_id for day in days for _, quote in resolved(source, known, cues, day)]
    assert found == ["salma-hartwig", "otto-brandt", None, None]


@pytest.mark.parametrize(
    ("day", "who", "candidates"),
    [
        (date(2026, 6, 30), "otto-brandt", ()),
        (date(2026, 7, 1), None, ("otto-brandt",)),
        (date(2030, 7, 1), None, ("otto-brandt",)),
    ],
)
def test_after_the_last_check_of_terms_an_open_one_is_only_a_candidate(
    lexicon: Lexicon, cues: Cues, day: date, who: str | None, candidates: tuple[str, ...]
) -> None:
    source = "<s>The <m label='NORP'>Qarnasi</m> prime minister</s> said. <s>He</s> said."
    for _, quote in resolved(source, invented(lexicon), cues, day):
        assert (quote.speaker_entity_id, quote.speaker_candidates) == (who, candidates)


def test_a_pronoun_after_an_office_means_its_holder(lexicon: Lexicon, cues: Cues) -> None:
    source = IRAQ + "<s>the prime minister</s> said. Later <s>he</s> said."
    quotes = [quote for _, quote in resolved(source, invented(lexicon), cues, date(2020, 2, 3))]
    assert [(q.speaker_name_id, q.speaker_kind, q.speaker_method) for q in quotes] == [
        ("tahir-qattoul", "described", "role"),
        ("tahir-qattoul", "pronoun", "coreference"),
    ]


def test_a_named_speaker_is_told_by_the_mention(lexicon: Lexicon, cues: Cues) -> None:
    source = "<s>Prime Minister <m>Karl Lind</m></s> said."
    [(_, quote)] = resolved(source, invented(lexicon), cues, date(2020, 2, 3))
    assert (quote.speaker_method, quote.speaker_name_id) == ("mention", "person:karl-lind")


@pytest.mark.parametrize(
    ("person", "state"),
    [
        ("joe-biden", "united-states"),
        ("mohammed-shia-al-sudani", "iraq"),
        ("karine-jean-pierre", None),  # speaks for a president
        ("haider-al-abadi", None),  # was prime minister before
        (None, None),
    ],
)
def test_whose_state_a_person_leads(person: str | None, state: str | None, lexicon: Lexicon) -> None:
    assert OfficeHolders((), lexicon, "", date(2023, 5, 17)).state_led_by(person) == state
    assert OfficeHolders((), lexicon, "", None).state_led_by(person) is None


def resolved(source: str, lexicon: Lexicon, cues: Cues, day: date | None) -> list[tuple[Marked, Quote]]:
    """Resolve the marked speakers of a text, every one of whom says something behind it."""
    text, spans = parse_markup(source)
    mentions = [_mention(span, lexicon) for span in spans if span.tag == "m"]
    linked = link_mentions(mentions, lexicon, text, day)
    speakers = [span for span in spans if span.tag == "s"]
    quotes = [_quote(span) for span in speakers]
    holders = OfficeHolders(linked, lexicon, text, day)
    starts = [0, *(i + 2 for i in range(len(text) - 2) if text[i : i + 2] == ". ")]
    sentences = list(zip(starts, [*starts[1:], len(text)], strict=True))
    found = Resolver(quotes, linked, text, sentences, cues, holders=holders).resolve_all(quotes)
    return list(zip(speakers, found, strict=True))


def _mention(span: Marked, lexicon: Lexicon) -> Mention:
    label = span.attrs.get("label", "PERSON")
    ids = {name.entity_id for name in lexicon.named(span.text) if name.when == ALWAYS and name.label == label}
    return Mention(
        start=span.start,
        end=span.end,
        text=span.text,
        label=label,  # type: ignore[arg-type] # the table holds labels only
        method="ner",
        rule="test",
        engine="test",
        confidence=0.6,
        candidates=tuple(ids),
    )


def _quote(span: Marked) -> Quote:
    speaker = TextSpan(span.start, span.end, span.text)
    return Quote(span.end, span.end + 1, ".", "indirect", "test", 1.0, 0, speaker)
