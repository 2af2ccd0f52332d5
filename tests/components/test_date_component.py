"""Dates as a spaCy component: `nlp.add_pipe("extract_dates")`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extract import components
from extract.dates import find
from extract.errors import SettingsError

WEDNESDAY = date(2021, 7, 28)
TEXT = "He left on Tuesday and will return on July 30."


@pytest.fixture
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe(components.DATES, config={"anchor": "2021-07-28"})
    return blank


def test_the_doc_holds_what_find_returns(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc._.timexes == find(TEXT, WEDNESDAY)
    assert [timex.value for timex in doc._.timexes] == ["2021-07-27", "2021-07-30"]


def test_spans_hold_the_expressions(nlp: Language) -> None:
    doc = nlp(TEXT)
    spans = doc.spans["timexes"]
    assert [(span.text, span.label_, span.kb_id_) for span in spans] == [
        ("Tuesday", "DATE", "2021-07-27"),
        ("July 30", "DATE", "2021-07-30"),
    ]
    assert tuple(span._.timex for span in spans) == doc._.timexes
    assert doc[3:4]._.timex == doc._.timexes[0]


def test_other_spans_hold_none(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [doc[2:4]._.timex, doc[3:5]._.timex, doc[8:9]._.timex, doc[3:3]._.timex] == [None] * 4


def test_a_span_takes_in_the_tokens_that_hold_the_expression(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["pre-2003-era", "law"])
    [span] = nlp(doc).spans["timexes"]
    assert (span.text, span._.timex.text) == ("pre-2003-era", "pre-2003")


def test_the_anchor_of_the_doc_goes_before_that_of_the_component(nlp: Language) -> None:
    for anchor in (date(2020, 1, 1), "2020-01-01"):
        doc = nlp.make_doc(TEXT)
        doc._.anchor = anchor
        assert nlp(doc)._.timexes[0].value == "2019-12-31"
        assert doc._.anchor == date(2020, 1, 1)


def test_without_an_anchor_relative_dates_stay_open() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("extract_dates")
    assert [timex.value for timex in blank(TEXT)._.timexes] == ["XXXX-WXX-2", "XXXX-07-30"]


def test_a_doc_that_no_component_saw_has_no_dates(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert (doc._.timexes, doc._.anchor, doc[3:4]._.timex) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "parsed", "unparsed"),
    [
        ("The court plans to try those who sang on Tuesday.", "2021-07-27", "2021-08-03"),
        ("The envoy is to meet those who will have left on Tuesday.", "2021-08-03", "2021-07-27"),
    ],
)
def test_a_parse_decides_the_tense(
    text: str, parsed: str, unparsed: str, nlp: Language, parse: Callable[[str], Doc]
) -> None:
    component = nlp.get_pipe(components.DATES)
    assert [timex.value for timex in component(parse(text))._.timexes] == [parsed]
    assert [timex.value for timex in nlp(text)._.timexes] == [unparsed]


def test_docs_can_be_saved_and_sent(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.anchor = WEDNESDAY
    stored = DocBin(store_user_data=True, docs=[nlp(doc)]).to_bytes()
    [loaded] = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert (loaded._.timexes, loaded._.anchor) == (doc._.timexes, WEDNESDAY)
    assert [span._.timex for span in loaded.spans["timexes"]] == list(doc._.timexes)


def test_pipelines_can_be_saved(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.timexes == nlp(TEXT)._.timexes


def test_a_wrong_anchor_is_told(nlp: Language) -> None:
    with pytest.raises(SettingsError, match="2021-13-01"):
        spacy.blank("en").add_pipe("extract_dates", config={"anchor": "2021-13-01"})
    doc = nlp.make_doc(TEXT)
    with pytest.raises(SettingsError, match="yesterday"):
        doc._.anchor = "yesterday"
