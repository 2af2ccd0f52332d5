"""The language of articles and of their paragraphs."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.model import Article
from extract.pipeline.annotator import Annotator
from extract.reading.build import Draft, make_article
from extract.reading.page.forms import load_forms
from extract.reading.page.language import guess_language
from extract.reading.page.sections import find_sections
from extract.reading.records.metadata import Metadata

FORMS = load_forms()
ENGLISH = "The governor said that the two roads were open again and that nobody had to show papers."
PROSE = {
    "ar": "اجتمع مجلس المحافظة اليوم في المدينة وقال الأعضاء إنهم سيجتمعون مرة أخرى في الأسبوع المقبل",
    "fa": "شورای شهر امروز در بغداد تشکیل جلسه داد و اعضا گفتند که دوباره دیدار می‌کنند",
    "ckb": "ئەنجوومەنی پارێزگا ئەمڕۆ لە شار کۆبووەوە و ئەندامەکان وتیان کە دووبارە کۆدەبنەوە",
    "ur": "کونسل کا اجلاس آج شہر میں ہوا اور ارکان نے کہا کہ وہ دوبارہ ملیں گے",
    "ru": "Совет собрался сегодня в городе, и члены решили встретиться снова",
    "he": "המועצה התכנסה היום בעיר והחברים החליטו להיפגש שוב",
    "tr": "Meclis bugün toplandı ve üyeler bu konunun çok önemli olduğunu söyledi.",
    "ku": "Encumena parêzgehê îro li bajêr civiya û ji bo rewşa nû biryar da ku her kes bi hev re be.",
    "fr": "Le conseil s’est réuni dans la ville et les membres ont dit que rien n’est facile pour eux.",
    "de": "Der Rat hat sich in der Stadt getroffen und über die Lage gesprochen, aber nicht entschieden.",
    "es": "El consejo se reunió en la ciudad y los miembros dijeron que la situación es difícil para todos.",
    "it": "Il consiglio si è riunito nella città e i membri hanno detto che non è facile per tutti.",
    "nl": "De raad is in de stad bijeengekomen en de leden hebben gezegd dat het niet voor iedereen goed is.",
    "pt": "O conselho reuniu-se na cidade e os membros disseram que a situação não é fácil para todos.",
    "sv": "Rådet möttes i staden och ledamöterna sade att det inte är lätt för alla som är med.",
}
NAMES = """Members of the council
Ahmed al-Jabouri
Salim Hasan al-Kaabi
Hussein Ali El Sayed
Qasim de la Rue
Umm Karim Al Dulaimi
Bin Harb el-Masri"""


@pytest.mark.parametrize(("language", "text"), PROSE.items())
def test_prose_of_other_languages(language: str, text: str) -> None:
    assert guess_language(text, FORMS) == (language, True)
    assert guess_language(f"{text}\n\n{text}", FORMS) == (language, True)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        NAMES,
        NAMES.partition("\n")[2],
        "Erdoğan, Şimşek and Çelik met Élodie Noël of the Académie.",
        f"{ENGLISH} {ENGLISH}\n\n{PROSE['ar']}",
        f"{ENGLISH} ({PROSE['ar'][:40]})",
    ],
)
def test_english_with_foreign_names_is_english(text: str) -> None:
    assert guess_language(text, FORMS) == ("en", False)


@pytest.mark.parametrize("text", ["Kirkuk", "12, 34", "", "Salim Hasan"])
def test_a_few_words_tell_nothing(text: str) -> None:
    assert guess_language(text, FORMS) == (None, False)


def test_an_unknown_language_is_not_english() -> None:
    text = "Baraza la mkoa lilikutana leo mjini na wanachama walisema kuwa watakutana tena wiki ijayo"
    assert guess_language(f"{text}. {text}.", FORMS) == (None, True)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_sections(text) if one.kind == "foreign"]


@pytest.mark.parametrize("language", PROSE)
def test_a_foreign_paragraph_in_an_english_article_is_marked(language: str) -> None:
    text = f"{ENGLISH}\n\n{PROSE[language]}\n\n{ENGLISH}\n\n{ENGLISH}"
    assert kinds(text) == [("foreign", PROSE[language])]


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH}\n\nKata'ib Hezbollah (كتائب حزب الله) left the city, the governor said.\n\n{ENGLISH}",
        f"{ENGLISH}\n\n“La vie en rose”\n\n{ENGLISH}",
        f"{ENGLISH}\n\n{NAMES}",
        f"Talks in Basra\n3 May 2021\n\n{ENGLISH}\n\nBy Rana Odeh",
    ],
)
def test_english_paragraphs_stay(text: str) -> None:
    assert kinds(text) == []


@given(
    st.lists(st.sampled_from([ENGLISH, *PROSE.values(), NAMES, "Talks in Basra", "3 May 2021"]), max_size=6)
)
def test_sections_cover_the_text_whatever_its_languages(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    sections = find_sections(text)
    assert all(one.end <= two.start for one, two in pairwise(sections))
    covered = {position for one in sections for position in range(one.start, one.end)}
    assert all(char.isspace() for position, char in enumerate(text) if position not in covered)


def article(text: str, **metadata: str) -> Article:
    made = make_article(Draft("a", "a.txt", "txt", text, Metadata(**metadata)), max_chars=10_000, forms=FORMS)
    assert isinstance(made, Article)
    return made


def test_an_article_in_another_language_is_kept_and_told() -> None:
    made = article(f"{PROSE['tr']}\n\nBağdat’ta 3 Mayıs 2021\n\n{PROSE['tr']}")
    assert made.language == "tr"
    [issue] = [issue for issue in made.issues if issue.code == "not_english"]
    assert "'tr'" in issue.message
    assert {section.kind for section in made.sections} == {"foreign"}


def test_the_language_given_decides_only_if_the_text_does_not() -> None:
    assert "not_english" not in [issue.code for issue in article(ENGLISH, language="ar").issues]
    made = article("Kirkuk Basra", language="tr")
    assert "not_english" in [issue.code for issue in made.issues]
    assert [section.kind for section in made.sections] == ["foreign"]


def annotated(text: str, parse: Callable[[str], Doc], annotator: Annotator) -> Doc:
    doc = parse(text)
    doc._.article = article(text, published="2021-05-03")
    for component in annotator.components:
        component(doc)
    return doc


def test_nothing_is_found_in_foreign_paragraphs(parse: Callable[[str], Doc], annotator: Annotator) -> None:
    foreign = "Badr ve Hezbollah için “bu çok yeni bir karar olduğunu” dedi ve 3 May 2021 için konuştu."
    text = f"{ENGLISH}\n\n{foreign}\n\n{ENGLISH}"
    doc = annotated(text, parse, annotator)
    start, end = text.index(foreign), text.index(foreign) + len(foreign)
    found = [*doc._.mentions, *doc._.timexes, *doc._.quotes]
    assert found
    assert not [one for one in found if one.start < end and one.end > start]


def test_a_sentence_full_of_arabic_names_is_not_foreign() -> None:
    text = (
        "Liwa al-Mithal’s envoys, Saraya al-Reed's rivals and Dizayi's aides met in Basra, Iraq. "
        "Karwan al-Dizayi stayed far away."
    )
    assert guess_language(text, load_forms()) in {(None, False), ("en", False)}
