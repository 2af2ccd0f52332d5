"""How right the pipeline is by an analyst's corrections."""

import copy
from dataclasses import replace
from pathlib import Path

from extract.evaluate.corrections import Judgement, format_judgements, judge_corrections
from extract.model import Article
from extract.overrides import load_overrides
from extract.pipeline.annotator import Annotator
from invented import invented

TEXT = """\
Samir Qattan said on 5 May 2021 that "the roads are closed". "We have no water," Layla Haddad said.

Qattan left the Silk Road company.
"""
ENTRIES = """\
[[override]]
text = "Samir Qattan"
entity = "salma-hartwig"

[[override]]
text = "Layla Haddad"
label = "PERSON"

[[override]]
text = "5 May 2021"
value = "2021-05-06"

[[override]]
article = "a"
text = "We have no water"
speaker = "Layla Haddad"

[[override]]
article = "a"
text = "left"
label = "ORG"

[[override]]
article = "b"
text = "Samir Qattan"
drop = true
"""


def test_every_correction_judges_what_it_concerns(annotator: Annotator, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ENTRIES, encoding="utf-8")
    known = copy.copy(annotator)
    known.knowledge = replace(annotator.knowledge, lexicon=invented(annotator.knowledge.lexicon))
    overrides = load_overrides(tmp_path, known.knowledge.lexicon)
    articles = [
        Article(article_id=name, source=name, format="txt", text=text, content_hash=name)
        for name, text in (("a", TEXT), ("c", "Nothing happened here."))
    ]
    found = list(judge_corrections(articles, overrides, known))
    verdicts = sorted((one.table, one.label, one.right) for one in found)
    assert verdicts == [
        ("dates", "DATE", False),
        ("entities", "ORG", False),
        ("entities", "PERSON", False),
        ("entities", "PERSON", True),
        ("quotes", "direct", True),
    ]
    [missed] = [one for one in found if one.label == "ORG"]
    assert (missed.rule, missed.confidence) == ("not found", None)
    assert all(0 < one.confidence < 1 for one in found if one is not missed and one.confidence)


def test_the_rules_that_err_most_come_first() -> None:
    judged = [
        *[Judgement("entities", "PERSON", "surname", 0.8, right) for right in (True, False, False)],
        Judgement("dates", "DATE", "weekday", 0.9, right=False),
        Judgement("quotes", "direct", "marks", 0.9, right=True),
    ]
    shown = format_judgements(judged)
    assert shown.index("surname") < shown.index("weekday")
    assert "marks" not in shown
    assert [line.split() for line in shown.splitlines() if "PERSON" in line] == [
        ["entities", "PERSON", "3", "33.3", "2"]
    ]
