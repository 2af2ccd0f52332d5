"""Names that mean several things, in short texts: traps.txt beside this file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from extract.model import Mention
from markup import Marked, parse_markup, read_topics

TEXTS = Path(__file__).with_name("traps.txt")


def overlapping(mentions: tuple[Mention, ...], span: Marked) -> list[Mention]:
    return [mention for mention in mentions if mention.start < span.end and span.start < mention.end]


def problem_of_mention(mentions: tuple[Mention, ...], expected: Marked) -> str:
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


def problem_of_other(mentions: tuple[Mention, ...], expected: Marked) -> str:
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


@pytest.mark.parametrize("source", [pytest.param(line, id=name) for name, line in read_topics(TEXTS)])
def test_text(source: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    text, marked = parse_markup(source)
    mentions = tuple(link_mentions(find_mentions(parse(text), lexicon), lexicon, text))
    problems = [
        (problem_of_other if expected.tag == "not" else problem_of_mention)(mentions, expected)
        for expected in marked
    ]
    problems += [problem_of_surplus(mention, marked) for mention in mentions]
    assert [problem for problem in problems if problem] == []
