"""Compare the words of quotes with PolNeAR's attributions, by the rules of the corpus's own comparison.

Every span is cut at line breaks, and white space, marks and punctuation at its ends do not count. A gold
piece is found if it and a predicted piece share 80 % of the characters that one of them has; each piece is
matched at most once, the best first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.quotes.polnear_guideline import left_out

SHARED = 0.8
_TRIMMED = " \t\r\n\u00a0\"“”„«»'‘’`,.;:–—-…"
_LINE = re.compile(r"[^\n]+")

Span = tuple[int, int]


@dataclass
class Content:
    """How many pieces of content there are and were found.

    Attributes:
        gold: Gold pieces by the type of their quote.
        found: Those that were found.
        predicted: How many pieces the pipeline has, without those that match gold of no account.
    """

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    predicted: int = 0

    def __str__(self) -> str:
        """Return the scores in one line."""
        right = self.found.total()
        precision, recall = right / max(self.predicted, 1), right / max(self.gold.total(), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        by_type = ", ".join(f"{name} {self.found[name] / count:.1%}" for name, count in self.gold.items())
        return f"precision {precision:.1%}, recall {recall:.1%}, F1 {f1:.1%}; recall of {by_type}"


@dataclass
class Comparison:
    """The content of some documents.

    Attributes:
        whole: Against all gold.
        admitted: Against the gold that the guideline has rows for. Predictions that match other gold do not
            count.
        reasons: How many indirect pieces are left out, by reason.
        cues: The cues of those, with their reason.
    """

    whole: Content = field(default_factory=Content)
    admitted: Content = field(default_factory=Content)
    reasons: Counter[str] = field(default_factory=Counter)
    cues: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, gold: Mapping[str, Any], text: str, predicted: Iterable[Span]) -> None:
        """Add a document.

        Args:
            gold: Its line of the gold file.
            text: Its text.
            predicted: The spans of the quotes found, without scare quotes.
        """
        golden = [(piece, quote) for quote in gold["quotes"] for piece in _pieces(text, quote["spans"])]
        pieces = sorted(set(_pieces(text, predicted)))
        matched = _match([piece for piece, _ in golden], pieces)
        self.whole.predicted += len(pieces)
        self.admitted.predicted += len(pieces)
        for index, (_, quote) in enumerate(golden):
            self._count(quote, text, found=index in matched)

    def _count(self, quote: Mapping[str, Any], text: str, *, found: bool) -> None:
        """Count a gold piece."""
        kind, reason = quote["type"], left_out(quote, text)
        self.whole.gold[kind] += 1
        self.whole.found[kind] += found
        if reason is None:
            self.admitted.gold[kind] += 1
            self.admitted.found[kind] += found
            return
        self.admitted.predicted -= found
        self.reasons[reason] += 1
        self.cues[reason, " ".join(text[start:end] for start, end in quote["cue"]).lower()] += 1

    def __str__(self) -> str:
        """Return the scores against both golds, and how much is left out."""
        share = self.reasons.total() / max(self.whole.gold["indirect"], 1)
        reasons = ", ".join(f"{reason} {count}" for reason, count in self.reasons.most_common())
        return "\n".join(
            (
                f"content, whole gold: {self.whole}",
                f"content, gold that the guideline admits: {self.admitted}",
                f"left out {share:.1%} of the indirect pieces: {reasons}",
            )
        )


def _pieces(text: str, spans: Iterable[Sequence[int]]) -> list[Span]:
    """Return spans cut at line breaks and trimmed."""
    lines = (
        (start + line.start(), start + line.end())
        for start, end in spans
        for line in _LINE.finditer(text[start:end])
    )
    return [piece for piece in (_trim(text, *line) for line in lines) if piece[0] < piece[1]]


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = len(words) - len(words.lstrip(_TRIMMED))
    return start + left, start + max(left, len(words.rstrip(_TRIMMED)))


def _match(gold: Sequence[Span], predicted: Sequence[Span]) -> set[int]:
    """Return the indexes of the gold pieces that are found."""
    pairs = sorted(
        ((_overlap(one, other), -i, -j) for i, one in enumerate(gold) for j, other in enumerate(predicted)),
        reverse=True,
    )
    found: set[int] = set()
    used: set[int] = set()
    for shared, i, j in pairs:
        if shared < SHARED:
            break
        if -i not in found and -j not in used:
            found.add(-i)
            used.add(-j)
    return found


def _overlap(one: Span, other: Span) -> float:
    """Return the characters that two spans share, as a share of those that at least one of them has."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))
