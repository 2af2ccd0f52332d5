"""The benchmark on GUM: how its documents are read, and when a speaker counts as right."""

import sys
from pathlib import Path

import pandas as pd
import pytest
from benchmarks.corpora.read_gum import GumDocument, read_gum
from benchmarks.quotes.gum import format_attributions, format_outcomes, outcomes_of, parse_options

# Columns: number, form, tag, number of the governor, last column. The others are of no interest here.
SENTENCES = """\
# meta::dateCreated = 2021-07-28
# newpar
1 Jo NNP 3 Discourse=ROOT:1:0|Entity=(1-person-new-cf1-1-1-coref-Jo_Brandt
2 Brandt NNP 1 Entity=1)
3 met VBD 0 _
4 Vic NNP 3 Entity=(2-person-new-cf1-1-1-coref
5 Odeh NNP 4 Entity=2)|SpaceAfter=No
6 . . 3 _

# newpar
1 He PRP 2 Discourse=attribution-positive:2->3:1:_|Entity=(1-person-giv-cf1-1-1-ana-Jo_Brandt)
2 said VBD 0 _
3 it PRP 5 Discourse=elaboration-additional:3->1:0:_
3.1 is VBZ 5 _
4-5 doesn't _ _ _
4 does VBZ 5 _
5 n't RB 2 _
6 rain VB 5 SpaceAfter=No
7 . . 2 _

1 They PRP 2 Entity=(3-person-acc-cf1-1-1-ana)|SplitAnte=1<3,2<3
2 left VBD 0 SpaceAfter=No
3 . . 2 _
"""
TEXT = "Jo Brandt met Vic Odeh.\n\nHe said it doesn't rain. They left."


@pytest.fixture
def document(tmp_path: Path) -> GumDocument:
    splits = "## dev\n\n  * GUM_news_other\n\n## train\n\n  * GUM_news_rain\n  * GUM_vlog_hair\n"
    (tmp_path / "splits.md").write_text(splits, encoding="utf-8")
    (tmp_path / "dep").mkdir()
    lines = [_full_line(line) for line in SENTENCES.splitlines()]
    (tmp_path / "dep/GUM_news_rain.conllu").write_text("\n".join(lines), encoding="utf-8")
    [document] = read_gum(tmp_path, "train", ["news"])
    return document


def _full_line(line: str) -> str:
    """Return a line with all columns of the format."""
    if not line or line.startswith("#"):
        return line
    number, form, tag, governor, misc = line.split(" ")
    return f"{number}\t{form}\t_\t_\t{tag}\t_\t{governor}\t_\t_\t{misc}"


def test_a_document_becomes_text_chains_and_attributions(document: GumDocument) -> None:
    assert (document.text, document.published, document.genre) == (TEXT, "2021-07-28", "news")
    assert [
        (TEXT[one.start : one.end], one.chain, one.is_name, one.identity) for one in document.mentions
    ] == [
        ("Jo Brandt", "1", True, "Jo Brandt"),
        ("Vic Odeh", "2", True, ""),
        ("He", "1", False, "Jo Brandt"),
        ("They", "3", False, ""),
    ]
    assert document.members == {"3": {"1", "2"}}
    [attribution] = document.attributions
    assert (TEXT[slice(*attribution.source)], TEXT[slice(*attribution.content)]) == (
        "He said",
        "it doesn't rain. They left.",
    )


@pytest.mark.parametrize(
    ("speaker", "name", "method", "verdict"),
    [
        ("He", "Jo Brandt", "coreference", "right"),
        ("He", "Brandt", "coreference", "right"),
        ("He", "Vic Odeh", "coreference", "wrong"),
        ("He", "Rana Tarek", "role", "wrong"),
        ("He", "He", None, "open"),
        ("it", "Jo Brandt", "coreference", "wrong"),
        ("it", "it", None, "nameless"),
        ("They", "Jo Brandt", "coreference", "wrong"),
        ("They", "Jo Brandt met Vic Odeh", "coreference", "right"),
        ("They", "Rana Tarek", "role", "unknown"),
        ("They", "They", None, "nameless"),
    ],
)
def test_a_speaker_is_right_if_its_name_is_in_its_chain(
    speaker: str, name: str, method: str | None, verdict: str, document: GumDocument
) -> None:
    quote = _quote(speaker, "rain", "said") | {"speaker_name": name, "speaker_method": method}
    [outcome] = outcomes_of(document, _tables([quote], ["Jo Brandt", "Vic Odeh"]))
    assert outcome.verdict == verdict


def test_names_of_one_actor_have_the_chain_of_most_of_them(document: GumDocument) -> None:
    quote = _quote("He", "rain", "said") | {"speaker_name": "Jo", "speaker_name_id": "jo"}
    tables = _tables([quote], ["Vic", "Brandt", "He"])
    tables["entities"]["name_id"] = "jo"
    [outcome] = outcomes_of(document, tables)
    assert (outcome.verdict, outcome.expected) == ("right", "Jo Brandt")


def test_results_are_counted_by_kind_and_names_are_left_out(document: GumDocument) -> None:
    quotes = [
        _quote("He", "rain", "said") | {"speaker_name": "Jo Brandt"},
        _quote("it", "rain", "said") | {"speaker_name": "Jo Brandt"},
        _quote("Vic Odeh", "rain", "said") | {"speaker_kind": "named", "speaker_method": "mention"},
    ]
    table = format_outcomes(list(outcomes_of(document, _tables(quotes, ["Jo Brandt"]))))
    lines = {line.split()[0]: line.split()[1:] for line in table.splitlines()}
    assert lines["he/she"] == ["1", "1", "0", "0", "0", "0", "100.0", "%", "100.0", "%"]
    assert lines["it/they"] == ["1", "0", "1", "0", "0", "0", "0.0", "%", "100.0", "%"]
    assert lines["all"][:3] == ["2", "1", "1"]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (("He", "it doesn't rain", "said", "indirect"), 1),
        (("Vic Odeh", "it doesn't rain", "said", "indirect"), 1),
        (("Vic Odeh", "it doesn't rain", "met", "indirect"), 0),
        (("He", "Jo Brandt met", "said", "indirect"), 0),
        (("He", "it doesn't rain", "said", "scare"), 0),
    ],
)
def test_an_attribution_is_found_by_its_source_clause_and_its_content(
    quote: tuple[str, str, str, str], found: int, document: GumDocument
) -> None:
    *words, kind = quote
    quotes = _tables([_quote(*words) | {"type": kind}], [])["quotes"]
    report = format_attributions([document], quotes)
    assert f"attributions of others: found {found} of 1" in report
    assert "attributions of writer or reader: found 0 of 0, -" in report


def test_examples_of_the_test_set_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gum", ".", "--set", "test", "--examples", "1"])
    with pytest.raises(SystemExit):
        parse_options()


def _quote(speaker: str, content: str, cue: str) -> dict[str, object]:
    """Return a row of `quotes` whose speaker is a pronoun that was linked."""
    places = {"": content, "speaker_": speaker, "cue_": cue}
    spans = {
        f"{part}{end}": TEXT.index(words) + len(words) * (end == "end")
        for part, words in places.items()
        for end in ("start", "end")
    }
    return {
        "article_id": "GUM_news_rain",
        "start_char": spans.pop("start"),
        "end_char": spans.pop("end"),
        "type": "indirect",
        "speaker_text": speaker,
        "speaker_kind": "pronoun",
        "speaker_method": "coreference",
        "speaker_name": speaker,
        "speaker_name_id": None,
        **spans,
    }


def _tables(quotes: list[dict[str, object]], names: list[str]) -> dict[str, pd.DataFrame]:
    """Return the tables with some quotes and the mentions of some names."""
    entities = [
        {
            "article_id": "GUM_news_rain",
            "start_char": TEXT.index(name),
            "end_char": TEXT.index(name) + len(name),
            "text": name,
            "entity_name": None,
            "name_id": None,
        }
        for name in names
    ]
    columns = ["article_id", "start_char", "end_char", "text", "entity_name", "name_id"]
    return {"quotes": pd.DataFrame(quotes), "entities": pd.DataFrame(entities, columns=columns)}
