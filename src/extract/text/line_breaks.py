"""What the two lines beside a line break tell of it, and the width at which a text was wrapped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.text.line_words import LineWords
from extract.text.physical_lines import PhysicalLine

_HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"
_DASHES = ("\N{EM DASH}", "--")
PROSE = 50  # columns: lines of verse are shorter
_SHORTEST, _LONGEST = 30, 140  # columns of a line that is wrapped
INDENT = 2  # columns by which the first line of a paragraph is indented, at least
_DEEPEST_INDENT = 12  # and at most; more is a line in the middle or on the right
# The share of the breaks within sentences that agree on a width, and how many they are. A few lines of verse
# agree by chance.
_AGREEING, _FEWEST, _FEWEST_NARROW, _MANY = 0.75, 2, 3, 6
# Lines of a proportional font are equally long on paper only: most end within this share of the longest.
_RAGGED, _RAGGED_AGREEING, _FEWEST_RAGGED = 0.85, 0.8, 5


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break between two lines that are not blank.

    Attributes:
        is_hard: The lines do not belong together, by their form: columns, bullets, indents.
        runs_on: The words show that the sentence goes on below.
        room: The columns that the line above and the first word below would need.
    """

    above: PhysicalLine
    below: PhysicalLine
    is_hard: bool
    runs_on: bool
    room: int


@dataclass(frozen=True, slots=True)
class Width:
    """The width at which lines were wrapped, as far as it is known.

    Attributes:
        low: A line breaks before a word that would end beyond this column.
        high: No line of several words is longer.
    """

    low: int
    high: int

    def explains(self, found: LineBreak) -> bool:
        """Return whether wrapping at this width breaks the line here."""
        return found.room > self.low and all(
            line.width <= self.high or line.is_one_word for line in (found.above, found.below)
        )


def read_break(above: PhysicalLine, below: PhysicalLine, words: LineWords) -> LineBreak:
    """Read the line break between two neighbouring lines."""
    is_hard = _is_hard(above, below) or _begins_anew(above, below, words)
    gap = 0 if ends_in_hyphen(above, below) else 1
    room = above.width + gap + len(below.first_word)
    return LineBreak(above, below, is_hard, not is_hard and _runs_on(above, below, words), room)


def ends_in_hyphen(above: PhysicalLine, below: PhysicalLine) -> bool:
    """Return whether a word with a hyphen, its own or that of the break, goes on below."""
    text = above.text
    return text[-1] in _HYPHENS and text[-2:-1].isalnum() and below.text[0].isalnum()


def ends_in_dash(above: PhysicalLine) -> bool:
    """Return whether a dash that has no blank before it ends the line: it has none after it."""
    return any(above.text.endswith(dash) and above.text[: -len(dash)][-1:].isalnum() for dash in _DASHES)


def common_width(breaks: Iterable[LineBreak]) -> Width | None:
    """Return the width on which the breaks within sentences agree, None if they do not or are too few."""
    evidence = within_sentences(breaks)
    strict, explained = _narrowest_width(evidence)
    if explained >= _needed(len(evidence), narrow=strict.low < PROSE):
        return strict
    high = max((found.above.width for found in evidence), default=0)
    ragged = Width(int(_RAGGED * high), high)
    explained = sum(map(ragged.explains, evidence))
    return ragged if explained >= max(_FEWEST_RAGGED, _RAGGED_AGREEING * len(evidence)) else None


def _needed(count: int, *, narrow: bool) -> float:
    """Return how many of some breaks must agree on a width; of a few, or of a few short lines, all."""
    fewest = _FEWEST_NARROW if narrow else _FEWEST
    few = _MANY if narrow else _FEWEST
    return max(fewest, count if count <= few else _AGREEING * count)


def within_sentences(breaks: Iterable[LineBreak]) -> list[LineBreak]:
    """Return the breaks after which a sentence goes on and that are no list of short words."""
    return [found for found in breaks if found.runs_on and found.above.width >= _SHORTEST]


def _narrowest_width(breaks: Sequence[LineBreak]) -> tuple[Width, int]:
    """Return the width that explains most of some breaks, and how many it explains."""
    best, most = Width(0, 0), 0
    for high in sorted({found.above.width for found in breaks}):
        explained = [found for found in breaks if found.above.width <= high < found.room]
        if len(explained) > most:
            best, most = Width(high, min(found.room for found in explained) - 1), len(explained)
    return best, most


def _is_hard(above: PhysicalLine, below: PhysicalLine) -> bool:
    """Return whether the form of two lines tells that they do not belong together."""
    lines = (above, below)
    if above.depth != below.depth or any(line.is_tabular for line in lines):
        return True
    if any(line.width > _LONGEST and not line.is_one_word for line in lines):
        return True
    indented = below.indent - above.indent
    if (indented >= INDENT and not above.opens_item) or -indented > _DEEPEST_INDENT:
        return True
    return below.has_bullet or _opens_list_item(above, below)


def _opens_list_item(above: PhysicalLine, below: PhysicalLine) -> bool:
    """Return whether a dash, number or label begins an item: something ends above, or another item begins."""
    if below.has_label and above.ends_phrase:
        return True
    return below.has_marker and (above.ends_phrase or above.has_marker or above.text.endswith(";"))


def _is_credit(below: PhysicalLine, words: LineWords) -> bool:
    """Return whether a line may be a byline or the like that begins in lower case: `by Nadia Haddad`."""
    first, *others = below.text.split()
    return first.rstrip(":").casefold() in words.credits and bool(others) and not others[0][0].islower()


def _begins_anew(above: PhysicalLine, below: PhysicalLine, words: LineWords) -> bool:
    """Return whether a sentence begins below a line that ends none, as below a title: `The council met`."""
    first = below.first_word
    opens = first[0].isupper() and first.casefold() in words.opening
    return opens and not (above.ends_phrase or above.ends_in_comma or _ends_openly(above, words))


def _runs_on(above: PhysicalLine, below: PhysicalLine, words: LineWords) -> bool:
    if above.ends_phrase or _is_credit(below, words):
        return False
    if below.begins_in_lower_case or ends_in_hyphen(above, below):
        return True
    if above.ends_in_comma and above.width >= PROSE:  # verse, addresses and lists are shorter
        return True
    return _ends_openly(above, words)


def _ends_openly(above: PhysicalLine, words: LineWords) -> bool:
    return above.text.rsplit(maxsplit=1)[-1].casefold() in words.unfinished
