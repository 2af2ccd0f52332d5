"""Every kind of correction by every anchor, in articles that were edited, and where corrections disagree."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.lexicon import Lexicon
from extract.model import Annotation, Article, Section
from extract.overrides import corrections, load_overrides
from extract.pipeline.annotator import Annotator
from invented import invented

HEAD = "Council of Haditha meets"
TEXT = f"""\
{HEAD}

HADITHA - Samir Qattan, the mayor of Haditha, said on Monday that "the roads are closed for a long time".
"We have no water since 2014," he added. Layla Haddad of the Silk Road company said: "The work begins in May."

Qattan left the meeting early. Qattan comes back next week.
"""
EDITED = TEXT.replace(f"{HEAD}\n", f"{HEAD}, after a break of two weeks, in the town hall\n")
VANISHED = f"{HEAD}\n\nThe meeting was put off, the town hall told visitors.\n"

HERE = {"article": "news/001"}
ONCE = {"outlet": "The Daily Sample"}
BEFORE = {"before": "2021-08-01"}
ANCHORS: Mapping[str, Mapping[str, object]] = {
    "everywhere": {},
    "in this article": HERE,
    "in this outlet": ONCE,
    "before a day": BEFORE,
    "from a day": {"after": "2021-07-01"},
}
NOT_HERE: Mapping[str, Mapping[str, object]] = {
    "in another article": {"article": "news/002"},
    "in another outlet": {"outlet": "Another Paper"},
    "before an earlier day": {"before": "2021-07-28"},
    "from a later day": {"after": "2021-07-29"},
}
# What is corrected, and what the rows then say of it.
NAME = {"text": "Layla Haddad"}
KINDS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "actor": ({**NAME, "entity": "salma-hartwig"}, "PERSON salma-hartwig"),
    "no actor": ({**NAME, "entity": ""}, "PERSON person:layla-haddad"),
    "label": ({**NAME, "label": "ORG"}, "ORG org:layla-haddad"),
    "merge": ({**NAME, "name": "Samir Qattan"}, "PERSON person:samir-qattan"),
    "split": ({**NAME, "split": ["Layla", "Haddad"]}, "nothing"),
    "dropped name": ({**NAME, "drop": True}, "nothing"),
    "dropped as a name": ({**NAME, "drop": "name"}, "nothing"),
    "value": ({"text": "Monday", "value": "2021-07-19"}, "2021-07-19 to 2021-07-19"),
    "relation": ({"text": "2014", "relation": ""}, "2014-01-01 to 2014-12-31"),
    "value and relation": ({"text": "2014", "value": "2015", "relation": "until"}, "None to 2015-12-31"),
    "dropped date": ({"text": "Monday", "drop": True}, "nothing"),
    "dropped as a date": ({"text": "Monday", "drop": "date"}, "nothing"),
}
OF_ARTICLES: Mapping[str, tuple[Mapping[str, object], str]] = {
    "speaker": ({"text": "The work begins", "speaker": "salma-hartwig"}, "said by salma-hartwig"),
    "name of a speaker": ({"text": "The work begins", "speaker": "Rana Odeh"}, "said by person:rana-odeh"),
    "nobody": ({"text": "The work begins", "speaker": ""}, "said by nobody"),
    "type": ({"text": "The work begins in May.", "quote": "mixed"}, "mixed by person:layla-haddad"),
    "missed quote": (
        {"text": "Qattan left the meeting early.", "quote": "indirect", "speaker": "Rana Odeh"},
        "indirect by person:rana-odeh",
    ),
    "dropped quote": ({"text": "The work begins in May.", "drop": True}, "nothing"),
    "dropped as a quote": ({"text": "The work begins in May.", "drop": "quote"}, "nothing"),
    "section": ({"text": "HADITHA -", "section": "boilerplate"}, "boilerplate"),
    "day": ({"published": "2021-08-04"}, "published 2021-08-04"),
}

Correct = Callable[..., Annotation]


@pytest.fixture(scope="module")
def correct(annotator: Annotator, tmp_path_factory: pytest.TempPathFactory) -> Correct:
    """Entries, a text -> what is found with them. A text is parsed once, as a run keeps what was parsed."""
    parsed: dict[str, bytes] = {}
    corrected = copy.copy(annotator)
    corrected.knowledge = replace(annotator.knowledge, lexicon=invented(annotator.knowledge.lexicon))

    def annotate(*entries: Mapping[str, object], text: str = TEXT) -> Annotation:
        folder = tmp_path_factory.mktemp("overrides")
        (folder / "a.toml").write_text("".join(map(entry_of, entries)), encoding="utf-8")
        corrected.overrides = load_overrides(folder, corrected.knowledge.lexicon)
        known = corrected.annotate_known([article(text)], parsed)
        parsed.update(known.docs)
        return known.annotations[0]

    return annotate


def article(text: str) -> Article:
    return Article(
        article_id="news/001",
        source="news/001.txt",
        format="txt",
        text=text,
        content_hash=text,
        outlet="The Daily Sample",
        published_at=datetime(2021, 7, 28, tzinfo=UTC),
        sections=(Section("title", 0, len(HEAD)), Section("body", len(HEAD) + 2, len(text.rstrip()))),
    )


def entry_of(fields: Mapping[str, object]) -> str:
    values = (
        f"{name} = {str(value).lower() if value is True else repr(value)}" for name, value in fields.items()
    )
    return "\n".join(["[[override]]", *values, ""])


def told(found: Annotation, fields: Mapping[str, object]) -> str:
    """Return what the rows say of the words of a correction."""
    words = str(fields.get("text", ""))
    if "published" in fields:
        return f"published {found.article.published_at:%Y-%m-%d}"
    if "section" in fields:
        return found.article.section_at(found.article.text.index(words))
    for quote in found.quotes:
        if "quote" in fields and quote.text == words:
            return f"{quote.type} by {quote.speaker_name_id}"
        if words in quote.text and words[0].isupper() and "work" in words:
            return f"said by {quote.speaker_entity_id or quote.speaker_name_id or 'nobody'}"
    for timex in found.timexes:
        if timex.text == words:
            return f"{timex.earliest} to {timex.latest}"
    rows = (one for one in found.mentions if one.text == words)
    return next((f"{one.label} {one.entity_id or one.name_id}" for one in rows), "nothing")


def codes(found: Annotation) -> list[str]:
    return [issue.code for issue in found.issues if issue.code.startswith("override")]


each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@pytest.mark.parametrize("anchor", ANCHORS)
def test_a_correction_holds_where_it_is_said_to(correct: Correct, kind: str, anchor: str) -> None:
    fields, right = KINDS[kind]
    assert told(correct({**fields, **ANCHORS[anchor]}), fields) == right


@pytest.mark.parametrize("anchor", NOT_HERE)
@each_kind
def test_it_holds_nowhere_else(correct: Correct, kind: str, anchor: str) -> None:
    fields, _ = KINDS[kind]
    found = correct({**fields, **NOT_HERE[anchor]})
    assert (told(found, fields), codes(found)) == (told(correct(), fields), [])


@pytest.mark.parametrize("kind", OF_ARTICLES)
def test_corrections_that_only_an_article_can_have(correct: Correct, kind: str) -> None:
    fields, right = OF_ARTICLES[kind]
    assert told(correct({**fields, **HERE}), fields) == right


@pytest.mark.parametrize("kind", [*KINDS, *(kind for kind in OF_ARTICLES if kind != "day")])
def test_words_are_found_again_when_the_article_is_edited(correct: Correct, kind: str) -> None:
    fields, right = (KINDS | OF_ARTICLES)[kind]
    entry = {**fields, **HERE, "start": TEXT.index(str(fields["text"]))}
    assert told(correct(entry, text=EDITED), fields) == right


@pytest.mark.parametrize("kind", [*KINDS, *(kind for kind in OF_ARTICLES if kind != "day")])
def test_words_that_are_gone_are_told(correct: Correct, kind: str) -> None:
    fields, _ = (KINDS | OF_ARTICLES)[kind]
    assert codes(correct({**fields, **HERE}, text=VANISHED)) == ["override_unmatched"]


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [({}, ONCE), ({}, BEFORE), (ONCE, HERE), (BEFORE, HERE), ({}, HERE), (BEFORE, {**ONCE, **BEFORE})],
)
def test_the_narrower_of_two_counts(
    correct: Correct, wide: Mapping[str, object], narrow: Mapping[str, object]
) -> None:
    entries = ({**NAME, **narrow, "label": "FAC"}, {**NAME, **wide, "label": "ORG"})
    assert told(correct(*entries), NAME).startswith("FAC")
    assert told(correct(*reversed(entries)), NAME).startswith("FAC")


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ({}, {}, "Haddad of the Silk Road"),  # more words
        (HERE, {}, "Layla Haddad"),  # narrower
        (HERE, ONCE, "Layla Haddad"),
        (ONCE, HERE, "Haddad of the Silk Road"),
    ],
)
def test_of_two_that_overlap_one_counts(
    correct: Correct, one: Mapping[str, object], other: Mapping[str, object], left: str
) -> None:
    entries = ({**NAME, **one, "label": "FAC"}, {"text": "Haddad of the Silk Road", **other, "label": "FAC"})
    for some in (entries, entries[::-1]):
        assert [mention.text for mention in correct(*some).mentions if mention.label == "FAC"] == [left]


@pytest.mark.parametrize(
    ("dropped", "right"),
    [
        ({"text": "Monday", "drop": "date"}, {"text": "Monday", "value": "2021-07-19"}),
        ({"text": "The work begins in May.", "drop": "quote"}, {"text": "The work begins", "speaker": ""}),
        ({**NAME, "drop": True}, {**NAME, "label": "PERSON"}),
    ],
)
def test_what_is_dropped_everywhere_may_stay_here(
    correct: Correct, dropped: Mapping[str, object], right: Mapping[str, object]
) -> None:
    assert told(correct(dropped), dropped) == "nothing"
    assert codes(correct(dropped)) == ["override_dropped"]
    found = correct(dropped, {**right, **HERE})
    assert told(found, right) != "nothing"
    assert "override_dropped" not in codes(found)


@pytest.mark.parametrize("narrow", [HERE, ONCE, {**HERE, "start": TEXT.index("HADITHA")}])
@pytest.mark.parametrize("kind", ["name", True])
def test_what_stays_here_is_as_it_was_found(
    correct: Correct, narrow: Mapping[str, object], kind: str | bool
) -> None:
    place = {"text": "HADITHA"}
    kept = {**place, **narrow, "entity": ""}
    alone = correct(kept)
    found = correct({**place, "drop": kind}, kept)
    assert told(found, place).startswith("GPE")
    assert (found.mentions, codes(found)) == (alone.mentions, codes(alone))


def test_words_that_are_dropped_stay_in_their_section(correct: Correct) -> None:
    name = {"text": "Haditha", "drop": True}
    assert correct(name).article.sections == correct().article.sections
    assert codes(correct({"text": "Council of Haditha meets", "drop": True, **HERE})) == [
        "override_unmatched"
    ]


def test_one_place_of_an_article_stays_where_the_others_are_dropped(correct: Correct) -> None:
    short = {"text": "Qattan", **HERE}
    dropped, kept = {**short, "drop": "name"}, {**short, "start": TEXT.rindex("Qattan"), "label": "FAC"}
    found = correct(dropped, kept)
    assert [one.label for one in found.mentions if one.text == "Qattan"] == ["FAC"]
    assert codes(found) == ["override_dropped"]
    once = TEXT.replace("Qattan left", "He left")
    assert codes(correct(dropped, {**kept, "start": once.rindex("Qattan")}, text=once)) == []


def test_merged_names_can_be_dropped_one_by_one(correct: Correct) -> None:
    merged = {**NAME, "name": "Samir Qattan"}
    assert told(correct(merged, {**NAME, **HERE, "drop": True}), NAME) == "nothing"
    found = correct(merged, {"text": "Samir Qattan", "drop": True})
    assert told(found, {"text": "Samir Qattan"}) == "nothing"
    assert told(found, NAME) == "PERSON person:samir-qattan"


TWICE = f"{HEAD}\n\nThe mayor came on Monday. The guests came on Monday.\n"
FIRST = {"text": "Monday", **HERE, "start": TWICE.index("Monday"), "value": "2021-07-19"}
SECOND = {"text": "Monday", **HERE, "start": TWICE.rindex("Monday"), "value": "2021-07-12"}


@pytest.mark.parametrize("added", ["", "The town hall was full. ", "The town hall was full on that day. "])
def test_each_of_two_places_keeps_its_correction(correct: Correct, added: str) -> None:
    text = TWICE.replace("The mayor", f"{added}The mayor")
    found = correct(FIRST, SECOND, text=text)
    assert [one.value for one in found.timexes if one.text == "Monday"] == ["2021-07-19", "2021-07-12"]
    assert codes(found) == []


def test_many_places_are_paired_at_once(
    tmp_path: Path, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each correction has its own place; which one is not reckoned again for each of them."""
    text = "Monday and " * 40
    entries = (entry_of({**FIRST, "start": 22 * nth, "value": "2021-07-19"}) for nth in range(20))
    (tmp_path / "a.toml").write_text("".join(entries), encoding="utf-8")
    reckoned = list[Sequence[int]]()
    paired = corrections._paired
    monkeypatch.setattr(
        corrections, "_paired", lambda wanted, found: reckoned.append(wanted) or paired(wanted, found)
    )
    known = corrections.Corrections(load_overrides(tmp_path).entries, lexicon)
    places = {one.start: known.places(one, text) for one in known.overrides}
    assert places == {start: [(start, start + 6)] for start in range(0, 440, 22)}
    assert len(reckoned) == 1


def test_of_two_places_the_one_that_is_gone_is_told(correct: Correct) -> None:
    found = correct(
        FIRST, SECOND, text=TWICE.replace("The guests came on Monday.", "The guests did not come.")
    )
    assert [one.value for one in found.timexes if one.text == "Monday"] == ["2021-07-19"]
    assert codes(found) == ["override_unmatched"]


def test_a_missed_quote_is_made_though_the_words_are_a_quote_elsewhere(correct: Correct) -> None:
    text = f"{TEXT}\nThe work begins in May.\n"
    words, start = "The work begins in May.", text.rindex("The work")
    missed = {"text": words, "start": start, "quote": "indirect", **HERE}
    found = correct(missed, text=text)
    assert {one.type for one in found.quotes if one.text == words} == {"direct", "indirect"}


@pytest.mark.parametrize(
    ("written", "words", "fits"),
    [
        ("Sha\u2019ba\u0304n Qa\u0304sim", "Sha'b\u0101n Q\u0101sim", True),
        ("Sha'b\u0101n Q\u0101sim", "Sha\u02bfba\u0304n  Qa\u0304sim", True),
        ("Sha\u2011b\u0101n", "Sha-b\u0101n", True),
        ("Sha'ba\u0304n", "Sha'ban", False),
        ("Sha'ba\u0304", "Sha'ba", False),
        # Marks as they are typed, shadda before fatha, and as NFC orders them.
        ("الش\u0651\u064eعب", "الش\u0651\u064eعب", True),
        ("الش\u0651\u064eعب", "الش\u064e\u0651عب", True),
        ("الش\u064e\u0651عب", "الش\u0651\u064eعب", True),
        ("الش\u0651\u064eعب", "الش\u0651\u064fعب", False),
        # Characters that no composed text has: the sign for ångström, a Hebrew letter with its dot.
        ("\u212bkersund", "\u212bkersund", True),
        ("\u00c5kersund", "\u212bkersund", True),
        ("\ufb2aalom", "\ufb2aalom", True),
    ],
)
def test_words_are_found_however_their_letters_are_written(
    correct: Correct, written: str, words: str, fits: bool
) -> None:
    text = f"{HEAD}\n\nThe office of {written} was closed.\n"
    for where in ({}, HERE):
        found = correct({"text": words, **where, "label": "FAC"}, text=text)
        assert (written in {one.text for one in found.mentions if one.label == "FAC"}) is fits


def test_one_place_goes_before_the_whole_article(correct: Correct) -> None:
    last = TEXT.rindex("Qattan")
    entries = (
        {"text": "Qattan", **HERE, "label": "ORG"},
        {"text": "Qattan", **HERE, "start": last, "label": "FAC"},
    )
    found = correct(*entries)
    assert [one.label for one in found.mentions if one.text == "Qattan"] == ["ORG", "FAC"]


def test_short_forms_follow_the_full_name(correct: Correct) -> None:
    found = correct({"text": "Samir Qattan", "entity": "salma-hartwig"})
    assert {one.entity_id for one in found.mentions if one.text == "Qattan"} == {"salma-hartwig"}
    merged = correct({"text": "Samir Qattan", "name": "Sami al-Qattan"})
    assert {one.name_id for one in merged.mentions if "Qattan" in one.text} == {"person:sami-qattan"}


def test_short_forms_follow_the_narrower_correction(correct: Correct) -> None:
    wide = {"text": "Samir Qattan", "entity": "salma-hartwig"}
    found = correct(wide, {"text": "Samir Qattan", "entity": "otto-brandt", **HERE})
    assert {one.entity_id for one in found.mentions if "Qattan" in one.text} == {"otto-brandt"}
    short = {"text": "Qattan", "entity": "lena-brandt"}
    found = correct(short, {**wide, **HERE})
    assert [one.entity_id for one in found.mentions if one.text == "Qattan"] == ["lena-brandt"] * 2


def test_short_forms_that_are_corrected_themselves_do_not_follow(correct: Correct) -> None:
    found = correct({"text": "Samir Qattan", "entity": "salma-hartwig"}, {"text": "Qattan", "label": "ORG"})
    assert {(one.label, one.entity_id) for one in found.mentions if one.text == "Qattan"} == {("ORG", None)}


def test_a_full_name_does_not_follow_its_short_form(correct: Correct) -> None:
    found = correct({"text": "Qattan", "entity": "salma-hartwig"})
    assert [one.entity_id for one in found.mentions if one.text == "Samir Qattan"] == [None]


def test_a_split_name_is_two(correct: Correct) -> None:
    found = correct(
        {"text": "Layla Haddad of the Silk Road company", "split": ["Layla Haddad", "Silk Road"], **HERE}
    )
    assert {"Layla Haddad", "Silk Road"} <= {one.text for one in found.mentions}


@pytest.mark.parametrize(
    ("narrow", "left"),
    [
        ({"drop": True}, []),
        ({"drop": "name"}, []),
        ({"entity": "salma-hartwig"}, [("Layla Haddad", "salma-hartwig")]),
        ({"label": "ORG"}, [("Layla Haddad", "org:layla-haddad")]),
    ],
)
def test_of_a_split_and_another_correction_of_a_name_the_narrower_counts(
    correct: Correct, narrow: Mapping[str, object], left: list[tuple[str, str]]
) -> None:
    split = {**NAME, "split": ["Layla", "Haddad"]}
    assert _named_haddad(correct(split, {**NAME, **narrow, **HERE})) == left
    two = [("Layla", "person:layla"), ("Haddad", "person:haddad")]
    found = correct({**NAME, **narrow}, {**split, **HERE})
    assert _named_haddad(found) == two
    assert not [one for one in found.issues if one.code.startswith("override")]


def test_of_two_splits_the_narrower_counts(correct: Correct) -> None:
    company = "Layla Haddad of the Silk Road company"
    found = correct(
        {"text": company, "split": ["Layla", "Silk Road company"]},
        {"text": company, "split": ["Layla Haddad", "Silk Road"], **HERE},
    )
    assert {"Layla Haddad", "Silk Road"} <= {one.text for one in found.mentions}
    assert not {"Layla", "Silk Road company"} & {one.text for one in found.mentions}


def _named_haddad(found: Annotation) -> list[tuple[str, str | None]]:
    names = (one for one in found.mentions if one.text in {"Layla Haddad", "Layla", "Haddad"})
    return [(one.text, one.entity_id or one.name_id) for one in names]


def test_a_part_of_a_split_name_can_be_corrected(correct: Correct) -> None:
    found = correct({**NAME, "split": ["Layla", "Haddad"]}, {"text": "Haddad", "entity": "salma-hartwig"})
    parts = {one.text: one.entity_id for one in found.mentions if one.text in {"Layla", "Haddad"}}
    assert parts == {"Layla": None, "Haddad": "salma-hartwig"}


@pytest.mark.parametrize(
    ("said", "relation", "days"),
    [
        ({"relation": ""}, None, ("2014-01-01", "2014-12-31")),
        ({"relation": "until"}, "until", ("None", "2014-12-31")),
        ({"value": "2015"}, "since", ("2015-01-01", "None")),
        ({"value": "2015-03", "relation": "before"}, "before", ("None", "2015-02-28")),
    ],
)
def test_a_relation_is_kept_unless_it_is_corrected(
    correct: Correct, said: Mapping[str, object], relation: str | None, days: tuple[str, str]
) -> None:
    found = correct({"text": "2014", **said})
    [year] = [one for one in found.timexes if one.text == "2014"]
    assert (year.relation, (str(year.earliest), str(year.latest))) == (relation, days)


@pytest.mark.parametrize("words", ["Monday", "2014", "next week"])
def test_a_date_that_is_confirmed_keeps_all_else(correct: Correct, words: str) -> None:
    [before] = [one for one in correct().timexes if one.text == words]
    [after] = [one for one in correct({"text": words, "value": before.value}).timexes if one.text == words]
    assert after == replace(before, rule=after.rule, confidence=after.confidence)
    assert after.rule.startswith("override")


@pytest.mark.parametrize("value", ["PAST_REF", "PRESENT_REF"])
def test_a_reference_is_no_time_of_day(correct: Correct, value: str) -> None:
    assert {
        one.type for one in correct({"text": "Monday", "value": value}).timexes if one.text == "Monday"
    } == {"DATE"}


def test_a_date_that_was_not_found_is_made_where_its_place_is_given(correct: Correct) -> None:
    place = TEXT.index("for a long time")
    made = {"text": "long time", **HERE, "start": place, "value": "P1Y"}
    [date] = [one for one in correct(made).timexes if one.text == "long time"]
    assert (date.type, date.value, date.start) == ("DURATION", "P1Y", TEXT.index("long time"))
    assert codes(correct({**made, "text": "short time"})) == ["override_unmatched"]


def test_a_section_is_cut_out_of_the_others(correct: Correct) -> None:
    found = correct({"text": "Qattan left the meeting early.", "section": "caption", **HERE})
    parts = [(one.kind, TEXT[one.start : one.end]) for one in found.article.sections]
    assert parts[0] == ("title", HEAD)
    assert [kind for kind, _ in parts] == ["title", "body", "caption", "body"]
    assert parts[2:] == [
        ("caption", "Qattan left the meeting early."),
        ("body", "Qattan comes back next week."),
    ]
    assert codes(correct({"text": HEAD, "section": "title", **HERE})) == ["override_not_needed"]


def test_a_run_that_parses_again_gives_the_same(annotator: Annotator, tmp_path: Path) -> None:
    """The parse that runs keep was made without the corrections of sections."""
    entry = {"text": "HADITHA - Samir Qattan", "section": "foreign", **HERE}
    (tmp_path / "a.toml").write_text(entry_of(entry), encoding="utf-8")
    corrected = copy.copy(annotator)
    kept = corrected.annotate_known([article(TEXT)], {}).docs
    corrected.overrides = load_overrides(tmp_path, annotator.knowledge.lexicon)
    known = corrected.annotate_known([article(TEXT)], kept)
    assert not known.docs
    assert known.annotations == corrected.annotate([article(TEXT)])
    assert "Samir Qattan" not in {one.text for one in known.annotations[0].mentions}
