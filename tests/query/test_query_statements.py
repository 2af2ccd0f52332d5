"""The view `statements`: what is one, who says it, on whose behalf, about whom, when."""

from datetime import date
from pathlib import Path

import pytest
from query_samples import article, quote, reader, statements, with_column

import extract
from extract.query.connection import connect
from extract.report.actors import FACTION_KINDS, Actors
from extract.report.buckets import Bucket
from extract.report.heads import read_heads
from extract.report.publication import open_publication


def test_the_pieces_of_an_utterance_are_one_statement() -> None:
    [said] = statements(
        quote(10, "It rains,", group_id="q10"),
        quote(40, "and it\npours.", group_id="q10", confidence=0.4),
    )
    assert said["words"] == "It rains, […] and it pours."
    assert (said["statement_id"], said["start_char"], said["end_char"]) == ("q10", 10, 53)
    assert said["confidence"] == 0.4


def test_words_in_marks_inside_reported_words_are_told_once() -> None:
    [said] = statements(
        quote(10, "the rain was a gift to us", type="indirect"),
        quote(23, "a gift", group_id="q10", type="mixed"),
    )
    assert said["words"] == "the rain was a gift to us"
    assert said["type"] == "mixed"


def test_two_pieces_with_the_same_words_are_told_once() -> None:
    [said] = statements(quote(10, "rain"), quote(10, "rain", quote_id="r", group_id="q10"))
    assert said["words"] == "rain"


def test_repetitions_and_scare_quotes_are_no_statements() -> None:
    assert statements(quote(10, "Rain.", duplicate_of="q1"), quote(30, "gift", type="scare")) == []


def test_a_scare_quote_inside_a_statement_stays_in_it() -> None:
    [said] = statements(
        quote(10, "a gift, he says", type="indirect"), quote(12, "gift", group_id="q10", type="scare")
    )
    assert said["type"] == "indirect"


def test_the_piece_that_knows_the_speaker_tells_it_for_all() -> None:
    [said] = statements(
        quote(10, "It rains,", speaker_name="he"), quote(40, "it pours.", "salim-al-ghaim", group_id="q10")
    )
    assert said["speaker_id"] == "salim-al-ghaim"


@pytest.mark.parametrize(
    ("columns", "behalf", "member_of"),
    [
        ({"speaker_entity_id": "bahr"}, ["bahr"], []),
        ({"speaker_entity_id": "bahr", "affiliation": ["ministry"]}, ["bahr", "ministry"], []),
        (
            {"speaker_entity_id": "salim-al-ghaim", "affiliation": ["ministry"]},
            ["ministry"],
            ["jund-al-matar"],
        ),
        ({"affiliation": ["org:rain-club"]}, ["org:rain-club"], []),
        ({"speaker_entity_id": "salim-al-ghaim"}, [], ["jund-al-matar"]),
        ({"speaker_entity_id": "rima-al-nahr"}, [], ["bahr"]),  # an office is held for a time
        ({"speaker_entity_id": None, "speaker_name_id": "person:x"}, [], []),
        ({}, [], []),
    ],
)
def test_on_whose_behalf(columns: dict[str, object], behalf: list[str], member_of: list[str]) -> None:
    [said] = statements(quote(10, "Rain.", **columns))
    assert (said["behalf"], said["member_of"]) == (behalf, member_of)


@pytest.mark.parametrize(
    ("joint", "speakers"),
    [
        (["bahr", "jund-al-matar"], ["bahr", "jund-al-matar"]),
        (["bahr"], ["bahr"]),
        ([], ["bahr"]),
        (None, ["bahr"]),
    ],
)
def test_joint_speakers(joint: list[str] | None, speakers: list[str]) -> None:
    read = reader(quotes=[quote(10, "Rain.", "bahr")])
    quotes = with_column(read("quotes"), "speaker_entity_ids", [joint])
    con = connect(lambda name: quotes if name == "quotes" else read(name))
    assert con.sql("SELECT speaker_ids, behalf FROM statements").fetchall() == [(speakers, speakers)]


def test_memberships_may_have_terms() -> None:
    read = reader(quotes=[quote(10, "Rain.", "salim-al-ghaim")])
    leaders = [
        [{"entity_id": one, "from": None} for one in ids] for ids in read("actors")["leaders"].to_pylist()
    ]
    actors = with_column(read("actors"), "leaders", leaders)
    con = connect(lambda name: actors if name == "actors" else read(name))
    assert con.sql("SELECT member_of FROM statements").fetchall() == [(["jund-al-matar"],)]


def test_each_of_whom_it_speaks_stands_once_with_the_name() -> None:
    mention = {"article_id": "a", "name_id": "person:tarek", "entity_name": "Tarek"}
    [said] = statements(
        quote(10, "Rain,", about=["person:tarek", "bahr"]),
        quote(30, "and snow.", about=["bahr", "basra"], group_id="q10"),
        entities=[mention],
    )
    assert said["about"] == ["person:tarek", "bahr", "basra"]
    assert said["about_names"] == ["Tarek", "Bahr", "basra"]


@pytest.mark.parametrize(
    ("published", "said_on", "day"),
    [
        ("2021-07-28T23:30", None, date(2021, 7, 28)),
        ("2021-07-28T23:30", date(2021, 7, 25), date(2021, 7, 25)),
        (None, date(2021, 7, 25), date(2021, 7, 25)),
        (None, None, None),
    ],
)
def test_the_day(published: str | None, said_on: date | None, day: date | None) -> None:
    con = connect(
        reader(articles=[article(published=published)], quotes=[quote(10, "Rain.", said_on_earliest=said_on)])
    )
    con.execute("SET TimeZone = 'Asia/Baghdad'")  # where it is the 29th
    assert con.sql("SELECT day FROM statements").fetchall() == [(day,)]


def test_statements_are_those_of_the_report(sample_tables: Path) -> None:
    publication = open_publication(sample_tables)
    actors, heads = Actors(publication.all_rows("actors")), read_heads(publication)
    expected = {
        one.id: (one.speaker, one.text, one.type, sorted(one.about), one.day, sorted(one.member_of))
        for bucket in publication.buckets()
        for article in Bucket(publication, bucket).gathered(actors, heads)
        for one in article.statements
        if one.counts
    }
    rows = extract.open(sample_tables).duckdb().sql("FROM statements").to_arrow_table().to_pylist()
    found = {
        row["statement_id"]: (
            *(row["speaker_id"], row["words"], row["type"], sorted(row["about"]), row["day"]),
            sorted(row["member_of"]),
        )
        for row in rows
    }
    assert found == expected


def test_factions_are_those_of_the_report(sample_tables: Path) -> None:
    kinds = set(extract.open(sample_tables).actors.kind)
    assert kinds - {"person", "government_body", "state_security_force"} <= set(FACTION_KINDS)
