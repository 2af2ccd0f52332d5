"""Names that need the day, a title or a word beside them: kinds.txt beside this file."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc
from test_entities_traps_texts import problem_of_mention, problem_of_other

from extract.entities.linking.linker import link_mentions
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon
from markup import parse_markup, read_topics

TEXTS = Path(__file__).with_name("kinds.txt")


def read_texts() -> Iterator[object]:
    """Yield the day and the text of each line."""
    for name, line in read_topics(TEXTS):
        day, _, text = line.partition(" | ")
        yield pytest.param(date.fromisoformat(day), text.replace("\\n", "\n"), id=name)


@pytest.mark.parametrize(("day", "source"), list(read_texts()))
def test_text(day: date, source: str, parse: Callable[[str], Doc], lexicon: Lexicon) -> None:
    text, marked = parse_markup(source)
    mentions = link_mentions(find_mentions(parse(text), lexicon), lexicon, text, day)
    problems = [
        (problem_of_other if expected.tag == "not" else problem_of_mention)(mentions, expected)
        for expected in marked
    ]
    assert [problem for problem in problems if problem] == []
