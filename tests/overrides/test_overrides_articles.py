"""What corrections change in articles: names and what follows from them, speakers, dates, days."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.model import Annotation, Article
from extract.overrides import Overrides, load_overrides
from extract.pipeline.annotator import Annotator
from invented import invented

TEXT = """\
Council of Haditha meets

HADITHA - Samir Qattan, the mayor of Haditha, said on Monday that "the roads are closed for a long time".
"We have no water," he added. Layla Haddad of the Silk Road company said: "The work begins in May."

Qattan left the meeting early.
"""

Correct = Callable[..., Annotation]


@pytest.fixture
def correct(annotator: Annotator, tmp_path: Path) -> Correct:
    """Entries of a file -> what is found in the text with them."""

    def annotate(entries: str, text: str = TEXT) -> Annotation:
        (tmp_path / "spring.toml").write_text(entries, encoding="utf-8")
        corrected = copy.copy(annotator)
        corrected.knowledge = replace(annotator.knowledge, lexicon=invented(annotator.knowledge.lexicon))
        corrected.overrides = load_overrides(tmp_path, corrected.knowledge.lexicon)
        article = Article(
            article_id="news/001",
            source="news/001.txt",
            format="txt",
            text=text,
            content_hash="",
            outlet="The Daily Sample",
            published_at=datetime(2021, 7, 28, tzinfo=UTC),
        )
        return corrected.annotate([article])[0]

    return annotate


def entry(**fields: object) -> str:
    lines = (
        f"{name} = {str(value).lower() if value is True else repr(value)}" for name, value in fields.items()
    )
    return "\n".join(["[[override]]", *lines, ""])


def names(found: Annotation) -> dict[str, tuple[str, str | None]]:
    return {one.text: (one.label, one.entity_id) for one in found.mentions}


def speakers(found: Annotation) -> list[tuple[str, str | None]]:
    return [(one.text, one.speaker_name) for one in found.quotes]


def said_on(found: Annotation) -> list[str | None]:
    indexes = (one.context.said_on for one in found.quotes)
    return [None if index is None else found.timexes[index].text for index in indexes]


def codes(found: Annotation) -> list[str]:
    return [issue.code for issue in found.issues]


def test_corrections_of_other_articles_change_nothing(correct: Correct) -> None:
    assert correct("") == correct(entry(article="news/002", text="Qattan", entity="salma-hartwig"))


def test_a_name_is_linked_and_its_quotes_follow(correct: Correct) -> None:
    found = correct(entry(text="Samir Qattan", entity="salma-hartwig"))
    assert names(found)["Samir Qattan"] == ("PERSON", "salma-hartwig")
    said = [one for one in found.quotes if "roads" in one.text]
    assert {one.speaker_entity_id for one in said} == {"salma-hartwig"}


def test_a_name_is_made_where_none_was_found(correct: Correct) -> None:
    found = correct(entry(article="news/001", text="the meeting", label="ORG"))
    [mention] = [one for one in found.mentions if one.text == "the meeting"]
    assert (mention.label, mention.method, mention.confidence) == ("ORG", "override", 1.0)


def test_words_within_a_longer_name_are_left_alone_unless_their_place_is_given(correct: Correct) -> None:
    assert "Samir Qattan" in names(correct(entry(text="Samir", label="ORG")))
    start = TEXT.index("Samir Qattan")
    assert "Samir" in names(correct(entry(article="news/001", text="Samir", start=start, label="ORG")))


@pytest.mark.parametrize("shift", [-40, 0, 25])
def test_a_place_is_found_again_after_an_edit(correct: Correct, shift: int) -> None:
    second = TEXT.rindex("Qattan")
    found = correct(entry(article="news/001", text="Qattan", start=second + shift, label="ORG"))
    assert [one.start for one in found.mentions if one.label == "ORG" and one.text == "Qattan"] == [second]


def test_the_narrower_correction_counts(correct: Correct) -> None:
    general = entry(text="Qattan", label="ORG") + entry(text="Qattan", outlet="the daily sample", label="FAC")
    assert names(correct(general))["Qattan"][0] == "FAC"
    assert (
        names(correct(general + entry(article="news/001", text="Qattan", label="GPE")))["Qattan"][0] == "GPE"
    )


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        ({"outlet": "THE DAILY SAMPLE"}, True),
        ({"outlet": "Another Paper"}, False),
        ({"after": "2021-07-28"}, True),
        ({"after": "2021-07-29"}, False),
        ({"before": "2021-07-28"}, False),
        ({"before": "2021-07-29"}, True),
        ({"article": "news/002"}, False),
    ],
)
def test_a_correction_holds_in_its_scope(correct: Correct, scope: dict[str, str], *, holds: bool) -> None:
    found = correct(entry(text="Layla Haddad", entity="salma-hartwig", **scope))
    assert (names(found)["Layla Haddad"][1] == "salma-hartwig") is holds


def test_a_speaker_is_set_for_the_whole_utterance(correct: Correct) -> None:
    found = correct(entry(article="news/001", text="the roads are closed", speaker="Layla Haddad"))
    said = {one.group: one.speaker_name for one in found.quotes if "roads" in one.text}
    assert set(said.values()) == {"Layla Haddad"}
    [known] = {one.speaker_name_id for one in found.quotes if "work begins" in one.text}
    assert known in {one.speaker_name_id for one in found.quotes if "roads" in one.text}


def test_several_speak_together(correct: Correct) -> None:
    speaker = ["kataib-hezbollah", "badr-organization"]
    found = correct(entry(article="news/001", text="the roads are closed", speaker=speaker))
    [quote] = [one for one in found.quotes if one.text.startswith("the roads")]
    assert (quote.speaker_name, quote.speaker_entity_id) == ("Kata'ib Hezbollah", "kataib-hezbollah")
    assert quote.speaker_entity_ids == ("kataib-hezbollah", "badr-organization")
    assert quote.speaker_method == "override"


def test_nobody_may_be_the_speaker(correct: Correct) -> None:
    found = correct(entry(article="news/001", text="We have no water,", speaker=""))
    assert ("We have no water,", None) in speakers(found)


def test_a_date_gets_its_value_and_days(correct: Correct) -> None:
    found = correct(entry(article="news/001", text="Monday", value="2021-07-19"))
    [monday] = [one for one in found.timexes if one.text == "Monday"]
    assert (monday.value, str(monday.earliest), monday.anchor) == ("2021-07-19", "2021-07-19", None)


def test_the_day_of_publication_moves_all_that_is_counted_from_it(correct: Correct) -> None:
    found = correct('[[override]]\narticle = "news/001"\npublished = 2021-08-04\n')
    [monday] = [one for one in found.timexes if one.text == "Monday"]
    assert (monday.value, found.article.published_source) == ("2021-08-02", "override")


def test_what_is_dropped_leaves_a_trace(correct: Correct) -> None:
    entries = [
        entry(article="news/001", text="Layla Haddad", drop=True),
        entry(article="news/001", text="Monday", drop=True),
        entry(article="news/001", text="We have no water,", drop=True),
    ]
    found = correct("".join(entries))
    assert "Layla Haddad" not in names(found)
    assert "Monday" not in [one.text for one in found.timexes]
    assert "We have no water," not in [text for text, _ in speakers(found)]
    assert codes(found).count("override_dropped") == len(entries)


LAYERS = 'Samir Qattan, the mayor, said: "Monday".\n'


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        ("name", {"quotes", "dates"}),
        ("quote", {"names", "dates"}),
        ("date", {"names", "quotes"}),
        (True, set()),
    ],
)
def test_of_words_with_several_marks_one_or_all_are_dropped(
    correct: Correct, drop: bool | str, left: set[str]
) -> None:
    made = entry(article="news/001", text="Monday", start=LAYERS.index("Monday"), label="ORG")
    dropped = entry(article="news/001", text="Monday", drop=drop)
    [name] = [one for one in correct(made, LAYERS).mentions if one.text == "Monday"]
    found = correct((made if drop in {"quote", "date"} else "") + dropped, LAYERS)
    rows = {"names": found.mentions, "quotes": found.quotes, "dates": found.timexes}
    there = {kind for kind, some in rows.items() for one in some if one.text == name.text}
    assert there == left


def test_a_quote_that_was_not_found_is_made(correct: Correct) -> None:
    words = "Qattan left the meeting early"
    found = correct(entry(article="news/001", text=words, quote="indirect", speaker="Rana Odeh"))
    [made] = [one for one in found.quotes if one.text == words]
    assert (made.type, made.speaker_name, made.confidence) == ("indirect", "Rana Odeh", 1.0)
    assert made.rule.startswith("override:")
    assert found.quotes[made.group] is made
    assert TEXT[made.start : made.end] == words
    assert len(found.quotes) == len(correct("").quotes) + 1


def test_the_type_of_a_quote_is_corrected_and_told_when_it_is_found_so(correct: Correct) -> None:
    words, before = "The work begins in May.", correct("").quotes
    found = correct(entry(article="news/001", text=words, quote="mixed"))
    assert {one.text: one.type for one in found.quotes}[words] == "mixed"
    assert len(found.quotes) == len(before)
    assert "override_not_needed" in codes(correct(entry(article="news/001", text=words, quote="direct")))
    assert "override_unmatched" in codes(
        correct(entry(article="news/001", text="No such words", quote="direct"))
    )


def test_quotes_keep_their_groups_and_dates_when_others_are_dropped(correct: Correct) -> None:
    before = correct("")
    found = correct(entry(article="news/001", text=before.quotes[0].text, drop=True))
    assert len(found.quotes) == len(before.quotes) - 1
    assert all(found.quotes[one.group].group == one.group for one in found.quotes)
    said_on = [
        found.timexes[one.context.said_on].text for one in found.quotes if one.context.said_on is not None
    ]
    kept = [one for one in before.quotes[1:] if one.context.said_on is not None]
    assert said_on == [before.timexes[one.context.said_on or 0].text for one in kept]


def test_what_fits_nothing_and_what_is_not_needed_is_told(correct: Correct) -> None:
    assert codes(correct(entry(article="news/001", text="no such words", entity=""))) == [
        "override_unmatched"
    ]
    assert codes(correct(entry(text="no such words", entity=""))) == []
    assert codes(correct(entry(article="news/001", text="Samir Qattan", entity=""))) == [
        "override_not_needed"
    ]


def test_offsets_are_those_of_the_article_when_its_lines_are_joined(correct: Correct) -> None:
    wrapped = TEXT.replace("for a long time", "for a long\ntime").replace("begins in May", "begins\nin May")
    place = wrapped.rindex("Qattan")
    found = correct(entry(article="news/001", text="Qattan", start=place, label="ORG"), wrapped)
    [mention] = [one for one in found.mentions if one.label == "ORG" and one.text == "Qattan"]
    assert wrapped[mention.start : mention.end] == "Qattan"
    assert mention.start == place


def test_a_fingerprint_is_that_of_the_corrections_that_concern_the_article(
    annotator: Annotator, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text(entry(text="Qattan", label="ORG"), encoding="utf-8")
    overrides = load_overrides(tmp_path, annotator.knowledge.lexicon)
    about = Article(article_id="a", source="a.txt", format="txt", text=TEXT, content_hash="")
    other = Article(
        article_id="b", source="b.txt", format="txt", text="Qattanpur is a town.", content_hash=""
    )
    assert overrides.digest_for(about) not in {"", Overrides().digest_for(about)}
    assert not overrides.digest_for(other)
