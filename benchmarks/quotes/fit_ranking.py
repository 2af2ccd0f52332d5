"""Fit the weights that rank the antecedents of speakers, and show how much of the gain is over-fitting.

    python -m benchmarks.quotes.fit_ranking DOCS.jsonl [JUDGED.jsonl] [--write]

DOCS ({"id", "text"}) is made from a local copy of PolNeAR dev; speakers_polnear.py describes JUDGED. The
articles are parsed and their quotes found once; after that only the speakers are resolved again. A
coordinate search starts from the weights in models/quotes/ranking.toml: it changes one weight after the other
and keeps a change if more of the judged speakers are right, until no change helps.

The weights are fitted on all parts of the judged speakers, and on all parts but one. The part left out shows
what fitted weights are worth on speakers that the search has not seen. With --write those fitted on all parts
replace the values in ranking.toml; the comments there stay.
"""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.corpora.run_corpus import read_jsonl
from benchmarks.quotes.parsed import Parsed, parse
from benchmarks.quotes.speakers_polnear import PARTS, is_meant, judged_parser

from extract.model import Mention, Quote
from extract.pipeline.annotator import Annotator
from extract.quotes.cues import RANKING_FILE, Cues
from extract.quotes.finder import find_quotes
from extract.quotes.grammar_shapes import RankingWeights
from extract.settings import Settings

# What a weight is multiplied by, from what it was at the start.
FACTORS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
Score = Callable[[RankingWeights], int]
Fits = Mapping[str, RankingWeights]  # weights by the part that was left out; "" for none


@dataclass(frozen=True, slots=True)
class Judged:
    """An article with its quotes and the judged speakers in it.

    Attributes:
        lines: The lines of JUDGED whose speaker is one of a quote.
    """

    parsed: Parsed
    quotes: tuple[Quote, ...]
    lines: tuple[dict[str, Any], ...]


class Judgement:
    """Which judged speakers are right with some weights; remembers what it has tried."""

    def __init__(self, articles: Sequence[Judged], cues: Cues) -> None:
        self.articles = articles
        self.cues = cues
        self.parts = [line["part"] for one in articles for line in one.lines]
        self._known: dict[tuple[float, ...], list[bool]] = {}

    def right(self, weights: RankingWeights, parts: Sequence[str]) -> int:
        """Return how many speakers of some parts are right."""
        key = tuple(weights.model_dump().values())
        if key not in self._known:
            self._known[key] = self._judge(replace(self.cues, ranking=weights))
        return sum(right for right, part in zip(self._known[key], self.parts, strict=True) if part in parts)

    def number(self, parts: Sequence[str]) -> int:
        """Return how many speakers some parts have."""
        return sum(part in parts for part in self.parts)

    def _judge(self, cues: Cues) -> list[bool]:
        found = ((one, one.parsed.resolve(one.quotes, cues)) for one in self.articles)
        return [is_right(line, one.parsed, quotes) for one, quotes in found for line in one.lines]


def main() -> None:
    """Fit, report, and write the weights if requested."""
    options = parse_options()
    annotator = Annotator(Settings())
    cues = annotator.knowledge.cues
    judged = read_jsonl(options.judged)
    articles = (find_judged(one, judged, cues) for one in parse(annotator, [options.docs]))
    judgement = Judgement([one for one in articles if one.lines], cues)
    fits = {left_out: fit_without(left_out, judgement, cues.ranking) for left_out in ("", *PARTS)}
    print(f"{len(judgement.parts)} judged speakers of quotes, of {len(judged)}")
    print(format_scores(judgement, cues.ranking, fits))
    print(format_weights(cues.ranking, fits))
    if options.write:
        write_weights(annotator.settings.models_dir / RANKING_FILE, fits[""])


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = judged_parser(__doc__)
    parser.add_argument(
        "--write", action="store_true", help="write the weights to models/quotes/ranking.toml"
    )
    return parser.parse_args()


def find_judged(parsed: Parsed, judged: Sequence[dict[str, Any]], cues: Cues) -> Judged:
    """Find the quotes of an article, and the judged speakers who speak them."""
    quotes = find_quotes(parsed.doc, cues)
    own = (line for line in judged if line["id"] == parsed.article.article_id)
    return Judged(parsed, quotes, tuple(line for line in own if spoken_by(line["speaker"], quotes)))


def spoken_by(span: Sequence[int], quotes: Sequence[Quote]) -> Quote | None:
    """Return the first quote whose speaker overlaps a span."""
    start, end = span
    for quote in quotes:
        if quote.speaker is not None and quote.speaker.start < end and quote.speaker.end > start:
            return quote
    return None


def is_right(line: Mapping[str, Any], parsed: Parsed, quotes: Sequence[Quote]) -> bool:
    """Return whether the speaker of a judged line is resolved to one of its antecedents."""
    quote = spoken_by(line["speaker"], quotes)
    return quote is not None and is_antecedent(line, quote, parsed.article.text, parsed.mentions)


def is_antecedent(line: Mapping[str, Any], quote: Quote, text: str, mentions: Sequence[Mention]) -> bool:
    """Return whether the speaker of a quote is one of the antecedents of a judged line."""
    row = {"speaker_name": quote.speaker_name, "speaker_name_id": quote.speaker_name_id}
    return any(
        is_meant(row, text[start:end], mentions_at(mentions, start, end))
        for start, end in line["antecedents"]
    )


def mentions_at(mentions: Sequence[Mention], start: int, end: int) -> list[dict[str, str | None]]:
    """Return the ids of the names that overlap a span."""
    return [{"name_id": one.name_id} for one in mentions if one.start < end and one.end > start]


def fit_without(left_out: str, judgement: Judgement, today: RankingWeights) -> RankingWeights:
    """Return the weights fitted on all parts but one."""
    parts = [part for part in PARTS if part != left_out]
    return search(today, lambda weights: judgement.right(weights, parts))


def search(today: RankingWeights, score: Score) -> RankingWeights:
    """Return weights that no change of a single one improves, among multiples of today's."""
    best, best_score, before = today, score(today), -1
    while best_score > before:
        before = best_score
        for name, value in today.model_dump().items():
            for factor in FACTORS:
                changed = best.model_copy(update={name: round(value * factor, 3) + 0.0})  # no -0.0
                if score(changed) > best_score:
                    best, best_score = changed, score(changed)
    return best


def format_scores(judgement: Judgement, today: RankingWeights, fits: Fits) -> str:
    """Return what each fit gains: on the parts it was fitted on, and on the one left out."""
    lines = [f"{'right: today -> fitted':24}{'where fitted':>20}{'left out':>20}"]
    for left_out, weights in fits.items():
        fitted = gain(judgement, today, weights, [part for part in PARTS if part != left_out])
        unseen = gain(judgement, today, weights, [left_out]) if left_out else "-"
        lines.append(f"{fit_name(left_out):24}{fitted:>20}{unseen:>20}")
    return "\n".join(lines)


def gain(judgement: Judgement, today: RankingWeights, fitted: RankingWeights, parts: Sequence[str]) -> str:
    """Return how many speakers of some parts are right with today's weights, and with the fitted ones."""
    before, after = judgement.right(today, parts), judgement.right(fitted, parts)
    return f"{before} -> {after} of {judgement.number(parts)}"


def format_weights(today: RankingWeights, fits: Fits) -> str:
    """Return one line per weight: today's, and those of each fit."""
    header = "".join(f"{name:>16}" for name in ("today", *map(fit_name, fits)))
    rows = (
        f"{name:24}" + "".join(f"{getattr(weights, name):16g}" for weights in (today, *fits.values()))
        for name in RankingWeights.model_fields
    )
    return "\n".join((f"{'weight':24}{header}", *rows))


def fit_name(left_out: str) -> str:
    """Return the name of a fit in the tables."""
    return f"all but {left_out}" if left_out else "all parts"


def write_weights(file: Path, weights: RankingWeights) -> None:
    """Replace the values in ranking.toml."""
    text = file.read_text(encoding="utf-8")
    for name, value in weights.model_dump().items():
        text = re.sub(rf"^{name} = \S+", f"{name} = {value}", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    print(f"written: {file}")


if __name__ == "__main__":
    main()
