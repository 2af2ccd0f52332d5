"""What one article calls the same: forms of a name, short names that it defines, misspellings; name ids."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.entities.conditions import NameContext
from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.entities.short_names import short_mentions
from extract.lexicon import ALWAYS, Lexicon
from extract.model import Label, Mention
from markup import Marked, parse_markup

LABELS: dict[str, Label] = {"p": "PERSON", "o": "ORG", "f": "FACTION"}
Link = Callable[[str], list[tuple[Marked, Mention]]]

# <p> is a PERSON, <o> an ORG, <f> a FACTION; `is` says who: an entity id, a full name, or nobody with the
# candidates in `of`.
FORMS = {
    "surname": "<p is='otto brandt'>Otto Brandt</p> saw <p is='otto brandt'>Brandt</p>.",
    "surname before the full name": (
        "<p is='otto brandt'>Brandt</p> left. <p is='otto brandt'>Otto Brandt</p> came."
    ),
    "spellings of one name": (
        "<p is='tahir mohammed qattoul'>Tahir Mohammed al-Qattoul</p> saw <p is='tahir mohammed "
        "qattoul'>Tahir Muhammad Al-Qattoul</p>."
    ),
    "more parts later": (
        "<p is='tahir jawdat qattoul'>Tahir al-Qattoul</p> saw <p is='tahir jawdat qattoul'>Tahir Jawdat Al-"
        "Qattoul</p> and <p is='tahir jawdat qattoul'>Qattoul</p>."
    ),
    "fewer parts": (
        "<p is='tahir jawdat qattoul'>Tahir Jawdat Al-Qattoul</p> saw <p is='tahir jawdat qattoul'>Tahir "
        "Jawdat</p>."
    ),
    "an initial": "<p is='otto k brandt'>Otto K. Brandt</p> saw <p is='otto k brandt'>O. Brandt</p>.",
    "a first name alone": (
        "<p is='tahir qattoul'>Tahir al-Qattoul</p> saw Sheikh <p is='tahir qattoul'>Tahir</p>."
    ),
    "a kunya": (
        "<p is='abu qattoul lindi'>Abu Qattoul al-Lindi</p> saw <p is='abu qattoul lindi'>Abu Qattoul</p>."
    ),
    "a particle": "<p is='otto bin lind'>Otto bin Lind</p> saw <p is='otto bin lind'>Bin Lind</p>.",
    "a surname of two words": (
        "<p is='otto abdul lind'>Otto Abdul Lind</p> saw <p is='otto abdul lind'>Abdul Lind</p>."
    ),
    "two strangers with one surname": (
        "<p is='otto brandt'>Otto Brandt</p> and <p is='lena brandt'>Lena Brandt</p> left. <p is='' of='otto "
        "brandt, lena brandt'>Brandt</p> came."
    ),
    "a middle name keeps two apart": (
        "<p is='otto jan brandt'>Otto Jan Brandt</p> saw <p is='otto karl brandt'>Otto Karl Brandt</p>."
    ),
    "nobody's surname": "<p is='brandt'>Brandt</p> came.",
    "an organisation": "<o is='otto brandt union'>Otto Brandt Union</o> met.",
    "a family": (
        "<p is='masoud-barzani'>Masoud Barzani</p> and <p is='nechirvan-barzani'>Nechirvan Barzani</p> left. "
        "<p is='' of='masoud-barzani, nechirvan-barzani'>Barzani</p> came."
    ),
    "a short form of a known name": (
        "<p is='mohammed-shia-al-sudani'>Mohammed Shia al-Sudani</p>, <p is='mohammed-shia-al-"
        "sudani'>Mohammed al-Sudani</p>."
    ),
    "an acronym in brackets": (
        "<o is='karkh bakers union'>Karkh Bakers Union</o> (<o is='karkh bakers union'>KBU</o>)."
    ),
    "a name in brackets": (
        "The <o is='karkh bakers union'>KBU</o> (<o is='karkh bakers union'>Karkh Bakers Union</o>) met."
    ),
    "a name after its acronym": (
        "The <o is='karkh bakers union'>KBU</o>, short for <o is='karkh bakers union'>Karkh Bakers Union</o>."
    ),
    "no acronym of what is in brackets": (
        "The <o is='xyz'>XYZ</o> (<o is='karkh bakers union'>Karkh Bakers Union</o>) met."
    ),
    "known by its acronym": (
        "The <o is='karkh bakers union'>Karkh Bakers Union</o>, known by its acronym <o is='karkh bakers "
        "union'>KBU</o>, met. The <o is='karkh bakers union'>KBU</o> left."
    ),
    "or": (
        "The <o is='karkh bakers union'>Karkh Bakers Union</o>, or <o is='karkh bakers union'>KBU</o>, met."
    ),
    "or another": (
        "The <o is='karkh bakers union'>Karkh Bakers Union</o> or <o is='rusafa club'>Rusafa Club</o> met."
    ),
    "an alias": (
        "The <o is='karkh bakers union'>Karkh Bakers Union</o>, also known as the <o is='karkh bakers "
        "union'>Golden Loaf</o>, met. Then the <o is='karkh bakers union'>Golden Loaf</o> left."
    ),
    "an alias of others": (
        "Bakers of the <o is='karkh bakers union'>Karkh Bakers Union</o>, known as the <o is='golden loaf'>"
        "Golden Loaf</o>, met."
    ),
    "a nom de guerre": (
        "<p is='otto brandt'>Otto Brandt</p>, known as <p is='otto brandt'>Abu Loaf</p>, left. <p is='otto "
        "brandt'>Abu Loaf</p> came."
    ),
    "a known name's own acronym": (
        "The <f is='kataib-hezbollah'>Kata'ib Hezbollah</f> (<f is='kataib-hezbollah'>KTHZ</f>) left. <f "
        "is='kataib-hezbollah'>KTHZ</f> is listed."
    ),
    "one letter missing": (
        "The <f is='harakat-hezbollah-al-nujaba'>Harakat al-Nujaba</f> and <o is='harakat-hezbollah-al-"
        "nujaba'>Harakat al-Nujba</o>."
    ),
    "one letter off without the right spelling": "The <o is='harakat nujba'>Harakat al-Nujba</o> left.",
    "a stranger's surname, one letter too few": (
        "<p is='otto brenntano'>Otto Brenntano</p> saw <p is='otto brenntano'>Brentano</p>."
    ),
    "a stranger, two letters swapped": (
        "<p is='otto brentano'>Otto Brentano</p>, <p is='otto brentano'>Otto Brentano</p>, <p is='otto "
        "brentano'>Otto Brenatno</p>."
    ),
    "a given name is no misspelling": "<p is='otto samuell'>Otto Samuell</p> saw <p is='samuel'>Samuel</p>.",
    "initials without brackets": (
        "The <o is='karkh bakers union'>Karkh Bakers Union</o> met. <o is='karkh bakers union'>KBU</o> left."
    ),
    "a noun alone": (
        "The <o is='karkh bakers council'>Karkh Bakers Council</o> met. "
        "The <o is='karkh bakers council'>Council</o> left."
    ),
    "a noun of two": (
        "The <o is='karkh bakers council'>Karkh Bakers Council</o> met the "
        "<o is='kut council'>Kut Council</o>. The <o is='council'>Council</o> left."
    ),
    "initials of two": (
        "The <o is='karkh bakers union'>Karkh Bakers Union</o> met the <o is='kut bridge union'>Kut Bridge "
        "Union</o>. The <o is='kbu'>KBU</o> left."
    ),
    "another first letter": (
        "The <f is='harakat-hezbollah-al-nujaba'>Harakat al-Nujaba</f> and <o is='harakat mujaba'>Harakat al-"
        "Mujaba</o>."
    ),
}


@pytest.fixture(scope="module")
def link_marked(lexicon: Lexicon) -> Link:
    def link_spans(source: str) -> list[tuple[Marked, Mention]]:
        text, spans = parse_markup(source)
        around = NameContext(text, [0], lexicon)
        mentions = [_mention(span, lexicon) for span in spans]
        short = {(mention.start, mention.end): mention for mention in short_mentions(around, mentions)}
        mentions = [short.get((mention.start, mention.end), mention) for mention in mentions]
        return list(zip(spans, link_mentions(mentions, lexicon, text), strict=True))

    return link_spans


def _mention(span: Marked, lexicon: Lexicon) -> Mention:
    known = {name.entity_id for name in lexicon.named(span.text) if name.when == ALWAYS}
    return Mention(
        start=span.start,
        end=span.end,
        text=span.text,
        label=LABELS[span.tag],
        method="alias" if known else "ner",
        rule="test",
        engine="lexicon" if known else "test",
        confidence=0.6,
        candidates=tuple(known),
    )


@pytest.mark.parametrize("source", [pytest.param(value, id=key) for key, value in FORMS.items()])
def test_what_the_article_calls_the_same(source: str, link_marked: Link, lexicon: Lexicon) -> None:
    for span, mention in link_marked(source):
        assert mention.name_id == _name_id(span.attrs["is"], mention.label, lexicon), span
        if not span.attrs["is"]:
            expected = [_name_id(name, mention.label, lexicon) for name in span.attrs["of"].split(", ")]
            assert list(mention.candidates) == expected


def _name_id(name: str, label: Label, lexicon: Lexicon) -> str | None:
    if not name or name in lexicon.entities:
        return name or None
    return f"{label.lower()}:{lexicon.spelling.key(name).replace(' ', '-')}"


def test_a_misspelling_says_so(link_marked: Link) -> None:
    (_, right), (_, wrong) = link_marked(FORMS["one letter missing"])
    assert (wrong.method, wrong.rule) == ("misspelling", "one letter from Harakat al-Nujaba")
    assert wrong.confidence < right.confidence or right.engine == "lexicon"


def test_name_ids_group_across_articles(link_marked: Link) -> None:
    [(_, one)] = link_marked("The baker <p>Otto Mohammed al-Lind</p> left.")
    [(_, other)] = link_marked("<p>Otto Muhammad Al Lind</p>, a baker, came.")
    assert one.name_id == other.name_id is not None


def test_every_known_mention_has_its_entity_as_name_id(parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    text = "Asa'ib Ahl al-Haq and the Iraqi prime minister's office are in Baghdad. Rudaw is in Erbil, Iraq."
    mentions = link_mentions(find_mentions(parse(text), lexicon), lexicon, text)
    linked = [mention for mention in mentions if mention.entity_id]
    assert len(linked) > len(("Asa'ib", "Baghdad"))
    assert all(mention.name_id == mention.entity_id for mention in linked)
