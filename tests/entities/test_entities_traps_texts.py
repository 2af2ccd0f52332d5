"""Names in short texts: those that mean several things, and those that need the day or a word beside them.

The texts are those of traps.txt and kinds.txt beside this file.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from extract.model import Mention
from markup import Marked, parse_markup, read_topics

TRAPS = Path(__file__).with_name("traps.txt")
KINDS = Path(__file__).with_name("kinds.txt")


def overlapping(mentions: Sequence[Mention], span: Marked) -> list[Mention]:
    return [mention for mention in mentions if mention.start < span.end and span.start < mention.end]


def problem_of_mention(mentions: Sequence[Mention], expected: Marked) -> str:
    """Say what is wrong with the mention that `expected` marks; empty if nothing is."""
    for mention in mentions:
        if (mention.start, mention.end) == (expected.start, expected.end):
            break
    else:
        return f"{expected.text!r} not found"
    seen = {
        "label": mention.label.lower(),
        "id": mention.entity_id or "",
        "name": mention.entity_name or "",
        "candidates": " ".join(sorted(mention.candidates)),
    }
    wanted = {"label": expected.tag} | expected.attrs
    if mention.entity_id in wanted.pop("not", "").split():
        return f"{expected.text!r} is {mention.entity_id}"
    if "candidates" in wanted:
        wanted["candidates"] = " ".join(sorted(wanted["candidates"].split()))
    wrong = [
        f"{field} {seen[field]!r}, not {value!r}" for field, value in wanted.items() if seen[field] != value
    ]
    return f"{expected.text!r} has {'; '.join(wrong)}" if wrong else ""


def problem_of_other(mentions: Sequence[Mention], expected: Marked) -> str:
    """Say which mention touches words that are no mention, or means what these words do not mean."""
    excluded = expected.attrs.get("id", "").split()
    for mention in overlapping(mentions, expected):
        if not excluded or mention.entity_id in excluded:
            return f"{mention.text!r} is {mention.label} {mention.entity_id or ''}"
    return ""


def problem_of_surplus(mention: Mention, marked: list[Marked]) -> str:
    """Say whether a faction, or a known person or body, is found where nothing is marked."""
    known = mention.label == "FACTION" or (mention.label in ("PERSON", "ORG") and mention.entity_id)
    if known and all(mention.end <= span.start or span.end <= mention.start for span in marked):
        return f"{mention.text!r} is {mention.label} {mention.entity_id or ''}, not marked"
    return ""


def problems_of(mentions: Sequence[Mention], marked: list[Marked]) -> list[str]:
    found = [
        (problem_of_other if expected.tag == "not" else problem_of_mention)(mentions, expected)
        for expected in marked
    ]
    return [problem for problem in found if problem]


@pytest.mark.parametrize("source", [pytest.param(line, id=name) for name, line in read_topics(TRAPS)])
def test_a_name_that_means_several_things(source: str, link: Callable[[str], list[Mention]]) -> None:
    text, marked = parse_markup(source)
    mentions = link(text)
    surplus = [problem_of_surplus(mention, marked) for mention in mentions]
    assert problems_of(mentions, marked) + [problem for problem in surplus if problem] == []


def read_kinds() -> Iterator[object]:
    """Yield the day and the text of each line."""
    for name, line in read_topics(KINDS):
        day, _, text = line.partition(" | ")
        yield pytest.param(date.fromisoformat(day), text.replace("\\n", "\n"), id=name)


@pytest.mark.parametrize(("day", "source"), list(read_kinds()))
def test_a_name_that_needs_the_day_or_a_word(
    day: date, source: str, link: Callable[[str, date], list[Mention]]
) -> None:
    text, marked = parse_markup(source)
    assert problems_of(link(text, day), marked) == []
