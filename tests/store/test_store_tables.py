from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import annotation, article

from extract.errors import SchemaError
from extract.model import Annotation, Issue, Mention, Quote, Section, TextSpan, Timex
from extract.tables import issue_table, to_tables
from extract.tables.articles import text_hash
from markup import parse_markup

SOURCE = (
    "<sentence>Talks on the levy</sentence>\n"
    "<sentence><speaker>Salim al-Ghaim</speaker> <cue>told</cue> reporters: “<quote>We wait</quote>”, "
    "“<quote>until <date>May</date></quote>”.</sentence> "
    "<sentence>The <entity>Rain Movement</entity> agreed.</sentence>"
)


def marked() -> Annotation:
    text, spans = parse_markup(SOURCE)
    [speaker] = [TextSpan(s.start, s.end, s.text) for s in spans if s.tag == "speaker"]
    [cue] = [TextSpan(s.start, s.end, s.text) for s in spans if s.tag == "cue"]
    quotes = [
        Quote(s.start, s.end, s.text, "direct", "marks", 0.9, 0, speaker, cue, "named")
        for s in spans
        if s.tag == "quote"
    ]
    source = replace(
        article("b/1", text, datetime(2021, 5, 2, 8, tzinfo=UTC)),
        sections=(Section("title", 0, text.index("\n")), Section("body", text.index("\n") + 1, len(text))),
        issues=(Issue("b/1.txt", None, "info", "no_date", "No date was found.", "Give one."),),
    )
    return Annotation(
        article=source,
        sentences=tuple((s.start, s.end) for s in spans if s.tag == "sentence"),
        n_tokens=17,
        engine="none",
        mentions=tuple(
            Mention(s.start, s.end, s.text, "ORG", "ner", "ner", "none", 0.5)
            for s in spans
            if s.tag == "entity"
        ),
        quotes=tuple(quotes),
        timexes=tuple(
            Timex(s.start, s.end, s.text, "DATE", "2021-05", "month", earliest=date(2021, 5, 1))
            for s in spans
            if s.tag == "date"
        ),
    )


def test_rows_say_where_their_words_stand() -> None:
    done = marked()
    tables = to_tables([done])
    text = done.article.text
    for name in ("entities", "quotes", "dates"):
        for row in tables[name].to_pylist():
            assert text[row["start_char"] : row["end_char"]] == row["text"]
            assert row["text"] in row["sentence"]
            assert row["section"] == "body"
    [mention] = tables["entities"].to_pylist()
    assert mention["sentence"] == "The Rain Movement agreed."


def test_speaker_cue_and_pieces_of_an_utterance() -> None:
    first, second = to_tables([marked()])["quotes"].to_pylist()
    assert (first["speaker_text"], first["cue"], first["speaker_kind"]) == ("Salim al-Ghaim", "told", "named")
    assert first["speaker_end"] - first["speaker_start"] == len("Salim al-Ghaim")
    assert (
        first["group_id"]
        == second["group_id"]
        == first["quote_id"]
        == f"b/1:q{first['start_char']}-{first['end_char']}"
    )
    assert first["duplicate_of"] is None


def test_the_article_row() -> None:
    [row] = to_tables([marked()])["articles"].to_pylist()
    assert row["published_at"] == datetime(2021, 5, 2, 8, tzinfo=UTC)
    assert (row["n_tokens"], row["n_sentences"], row["engine"]) == (17, 3, "none")
    assert row["duplicate_of"] is None


def test_a_problem_met_while_reading_belongs_to_the_article() -> None:
    [row] = to_tables([marked()])["issues"].to_pylist()
    assert (row["article_id"], row["code"]) == ("b/1", "no_date")


def test_issues_of_sources_without_article_come_last() -> None:
    lost = Issue("a.txt", None, "error", "empty_text", "There is no text.", "Remove it.")
    assert [row["article_id"] for row in to_tables([marked()], [lost])["issues"].to_pylist()] == ["b/1", None]
    assert issue_table([lost]).to_pylist()[0]["source"] == "a.txt"


@pytest.mark.parametrize("field", ["mentions", "timexes", "quotes"])
def test_a_span_that_does_not_hold_its_text_is_refused(field: str) -> None:
    done = marked()
    first, *others = getattr(done, field)
    shifted = replace(done, **{field: (replace(first, start=first.start + 1), *others)})
    with pytest.raises(SchemaError, match=r"'b/1'.*but the text there reads"):
        to_tables([shifted])


@pytest.mark.parametrize("field", ["speaker", "cue"])
def test_a_speaker_or_cue_that_is_not_in_the_text_is_refused(field: str) -> None:
    done = marked()
    quote = replace(done.quotes[0], **{field: TextSpan(0, 3, "who")})
    with pytest.raises(SchemaError, match="'who', but the text there reads 'Tal'"):
        to_tables([replace(done, quotes=(quote,))])


def test_two_mentions_at_one_place_are_refused() -> None:
    done = marked()
    with pytest.raises(SchemaError, match="`mention_id`"):
        to_tables([replace(done, mentions=done.mentions * 2)])


def test_a_text_that_no_reader_should_let_through_is_refused() -> None:
    with pytest.raises(SchemaError, match="`articles`"):
        to_tables([annotation(replace(article("a", ""), text="half a character: \ud800"))])


def test_a_place_outside_all_sentences_has_none() -> None:
    done = marked()
    rows = to_tables([replace(done, sentences=done.sentences[:1])])["entities"].to_pylist()
    assert [row["sentence"] for row in rows] == [None]


def test_copies_differ_in_white_space_only() -> None:
    assert text_hash("Bahr said\nyes.") == text_hash(" Bahr  said yes.\n")
    assert text_hash("Bahr said yes.") != text_hash("Bahr said Yes.")


WORDS = st.sampled_from(["Bahr", "said", "May", "no", "😀", "بدر", "“", "\n", "\u00a0"])


@given(st.dictionaries(st.text("ab/é", min_size=1), st.lists(WORDS).map(" ".join), max_size=4), st.randoms())
@settings(max_examples=30, deadline=None)
def test_rows_do_not_depend_on_the_order_of_annotation(texts: dict[str, str], random: Random) -> None:
    done = [annotation(article(article_id, text)) for article_id, text in texts.items()]
    tables = to_tables(done)
    random.shuffle(done)
    assert to_tables(done) == tables
    for name in ("entities", "quotes", "dates"):
        for row in tables[name].to_pylist():
            assert texts[row["article_id"]][row["start_char"] : row["end_char"]] == row["text"]
