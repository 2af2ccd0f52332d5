"""Broken letters: what is repaired, what is only told, and what is never touched."""

import pytest
from benchmarks.reading.letters import BREAKAGES, ENCODINGS, load_pipeline, misread, spellings
from hypothesis import given
from hypothesis import strategies as st

from extract.lexicon import Lexicon
from extract.model import Article, Section
from extract.reading.build import Draft, make_article
from extract.reading.letters.encodings import guess_encoding
from extract.reading.letters.repair import broken_problem, repair
from extract.reading.page.forms import load_forms
from extract.reading.records.metadata import Metadata
from extract.text.broken_letters import find_broken_names

# Right as they are.
CORRECT = (
    *("Kata’ib", "Kataʿib", "Asaʾib", "Ḥizballāh", "Nujabāʾ", "al-ʿIrāq", "Ra‘ad", "Bara`a", "Sana´a"),
    *("“We stay,”", "‘No’", "«Oui»", "„Nein“", "he’s", "10–12", "—", "…", "The end…”", "’90s", "5’ 11”"),
    *(
        "Erdoğan",
        "İstanbul’da",
        "Şırnak",
        "ÇÖZÜM",
        "Élysée",
        "l’été",
        "à\u00a0Paris",
        "Noël",
        "façade",
        "NOËL”",
    ),
    *("“AMANHÃ”", "“Ä”", "JÄ”", "CAFÉ®", "café’s”", "Straße”", "Ørsted—", "3×”", "fra Åland…", "Ñ…"),
    *("كتائب حزب الله", "قال محمد،", "كانت؟", "جاءت؛", "«عصائب»", "عکس", "سپاه", "گرفت", "ەوە", "حزب‌الله"),
    *("Совет", "“Россия”", "שלום", "Αθήνα", "😀", "👍🏽", "🇮🇶", "✔", "€5", "£3", "±2", "©2021", "™", "§ 4"),
    *("20\u00a0°C", "½", "№ 5", "•", "٢٠٢١", "ﬁne", "ＡＢＣ", "e\u0301te\u0301"),
    *("AT&T", "R&D", "Q&A;", "Johnson & Sons", "a && b", "“&amp;”", "`&lt;p&gt;`"),
)


@given(st.lists(st.sampled_from(CORRECT), max_size=8), st.sampled_from((" ", "\n", ", ")))
def test_correct_text_is_never_altered_nor_called_broken(words: list[str], gap: str) -> None:
    text = gap.join(words)
    assert repair(text).text == text
    assert find_broken_names(text.replace("“&amp;”", "").replace("`&lt;p&gt;`", "")) == []


@pytest.mark.parametrize(
    "text",
    [
        "if (a &lt; b &amp;&amp; c) return;",
        "The line &lt;b&gt;Kata&rsquo;ib&lt;/b&gt; is code.",
        "AT&T writes &quot; and &amp; in its pages.",
        "Write “&rsquo;” for it, or `&#8217;`.",
        "&bogus; &#0; &#xFFFD; &#55555555;",
    ],
)
def test_entities_that_may_be_meant_stay(text: str) -> None:
    assert repair(text).text == text


BROKEN = [
    ("Kataâ€™ib", "Kata’ib"),
    ("KataÃ¢â‚¬â„¢ib", "Kata’ib"),
    ("Kataâ\x80\x99ib", "Kata’ib"),
    ("Kata‚Äôib", "Kata’ib"),
    ("KataÊ¿ib", "Kataʿib"),
    ("Kataت؟ib", "Kataʿib"),
    ("ErdoÄŸan in Ä°stanbul", "Erdoğan in İstanbul"),
    ("â€œWe stay,â€\x9d he said â€“ â€¦", "“We stay,” he said – …"),
    ("ÙƒØªØ§Ø¦Ø¨ Ø­Ø²Ø¨ Ø§Ù„Ù„Ù‡", "كتائب حزب الله"),
    ("ط§ظ„ط¹ط±ط§ظ‚", "العراق"),
    ("Kata&#8217;ib", "Kata’ib"),
    ("Kata&#x2019;ib", "Kata’ib"),
    ("Kata&rsquo;ib", "Kata’ib"),
    ("Kata&#146;ib", "Kata’ib"),
    ("Kata&amp;#8217;ib &amp;amp; Asa&amp;rsquo;ib", "Kata’ib & Asa’ib"),
    ("Kata&acirc;&euro;&trade;ib", "Kata’ib"),
    ("&quot;Yes,&quot; he said &amp; left.", '"Yes," he said & left.'),
]


@pytest.mark.parametrize(("broken", "whole"), BROKEN)
def test_certain_damage_is_repaired(broken: str, whole: str) -> None:
    assert repair(broken).text == whole
    assert repair(f"Then {broken} left.").text == f"Then {whole} left."


# Letters that no repair makes, because broken letters that give them may be right as they are.
_OUT_OF_REACH = frozenset({"ＡＢＣ", "ﬁne", "ەوە", "שלום"})


@pytest.mark.parametrize("word", [word for word in CORRECT if "&" not in word and word not in _OUT_OF_REACH])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_repaired_is_what_was_there(word: str, encoding: str) -> None:
    text = f"Fighters’ {word} left."
    repaired = repair(misread(text, encoding)).text
    assert repaired == text or broken_problem(repaired)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Police met Kata\ufffdib Hezbollah (KH) in Basra.", ["Kata\ufffdib Hezbollah (KH)"]),
        ("Then Iraq\ufffds Badr left, Hezbollah said.", ["Then Iraq\ufffds Badr"]),
        ("Asa?ib Ahl al-Haq left.", ["Asa?ib Ahl al-Haq"]),
        ("Asa&#39ib Ahl al-Haq left.", ["Asa&#39ib Ahl al-Haq"]),
        (r"Asa\u2019ib Ahl al-Haq left.", [r"Asa\u2019ib Ahl al-Haq"]),
        ("Saraya\nTali\ufffda\nal-Khurasani\n\nBasra", ["Saraya\nTali\ufffda\nal-Khurasani"]),
        ("the Brigades of the Part\ufffd of God in Iraq", ["Brigades of the Part\ufffd of God"]),
        ("Is it Basra? Hezbollah left https://example.org/?q=kata&x=1 today.", []),
    ],
)
def test_names_beside_broken_words(text: str, names: list[str]) -> None:
    assert [text[start:end].rstrip(",.") for start, end in find_broken_names(text)] == names


def article(text: str, **metadata: str) -> Article:
    draft = Draft("a", "a.txt", "txt", text, Metadata(**metadata), sections=(Section("caption", 0, 10),))
    made = make_article(draft, max_chars=10_000, forms=load_forms())
    assert isinstance(made, Article)
    return made


def test_a_repair_is_told_with_examples_and_covers_the_metadata() -> None:
    made = article("Kata&rsquo;ib\nKata&rsquo;ib left Basra &amp; Kut.", title="AsaÃ¢â‚¬â„¢ib stay")
    assert made.text == "Kata’ib\nKata’ib left Basra & Kut."
    assert made.title == "Asa’ib stay"
    [issue] = [issue for issue in made.issues if issue.code == "text_repaired"]
    assert "in 4 places: Kata&rsquo;ib -> Kata’ib (2)" in issue.message
    assert made.content_hash == article(made.text, title=made.title).content_hash
    assert [made.text[one.start : one.end] for one in made.sections if one.kind == "caption"] == ["Kata’ib"]


def test_letters_that_are_lost_are_told() -> None:
    made = article("Kata\ufffdib Hezbollah left Basra.")
    assert made.text == "Kata\ufffdib Hezbollah left Basra."
    [issue] = [issue for issue in made.issues if issue.code == "broken_letters"]
    assert "Kata\ufffdib" in issue.message


def test_broken_names_of_factions_get_no_wrong_link(lexicon: Lexicon) -> None:
    linked = load_pipeline(lexicon)
    for index, name in enumerate(sorted(spellings(lexicon))[::12]):
        text = f"Fighters of {name} (XYZ) left Basra in Iraq. Then {name} met XYZ, an officer said."
        right = linked(text)
        for kind, breakage in list(BREAKAGES.items())[index % 2 : -1 : 2]:
            assert linked(breakage(text)) <= right, (kind, breakage(name))


def test_hezbollah_after_lost_letters_is_not_lebanons(lexicon: Lexicon) -> None:
    linked = load_pipeline(lexicon)
    assert "hezbollah" in linked("Fighters of Hezbollah left Beirut.")
    assert linked("Fighters of Kata\ufffdib Hezbollah (KH) left. KH said so.") == frozenset()


OLD = "The council said: “We will meet again” – in the café of Kata’ib Hezbollah."
ARABIC = "اجتمع المجلس اليوم في المدينة وقال الأعضاء إنهم سيجتمعون مرة أخرى"
TURKISH = "Cumhurbaşkanı Erdoğan, İstanbul’da Şırnak’tan gelenlerle görüştü ve “barış” dedi."
RUSSIAN = "Совет собрался сегодня в городе Багдаде, и члены решили встретиться снова на следующей неделе"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((OLD, encoding) for encoding in ("cp1252", "mac-roman", "cp1254", "cp1256")),
        *((ARABIC, encoding) for encoding in ("cp1256", "iso-8859-6")),
        (TURKISH, "cp1254"),
        ("President Erdoğan met them.", "cp1254"),
        ("Guðmundsson og Þór Ýmisson sögðu að þá væri það gott", "cp1252"),
        ("The Kata’ib men left.", "mac-roman"),
        ("The Kata’ib men left.", "cp1252"),
        ("Der Rat tagt in Köln", "mac-roman"),
        *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8-r", "iso-8859-5")),
        (f"{OLD}\n{ARABIC}", "cp1256"),
    ],
)
def test_old_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert guess_encoding(text.encode(encoding))[1] == text
