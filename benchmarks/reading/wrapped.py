"""Scores on text that was wrapped at some width, beside those on the same text unbroken.

    python -m benchmarks.reading.wrapped GOLD=ARTICLES [GOLD=ARTICLES ...] [--widths 60 72 80]

Wraps the articles in each layout, runs the pipeline on them, takes the offsets of the rows back to the
unbroken text and scores them against its gold. Prints every measure of `extract evaluate`, and fails if one
is more than a point below that of the unbroken text.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
from benchmarks.engines.gold import add_pairs

from extract.evaluate import evaluate_tables, read_gold
from extract.model import Article
from extract.pipeline.annotator import Annotator
from extract.reading import read_inputs
from extract.settings import load_settings
from extract.tables import to_tables

Char = tuple[str, int]  # a character, and its offset in the unbroken text
Separate = Callable[[str, int], str]

_TOLERANCE = 0.01
_SHORTEST_PART, _SHORTEST_BROKEN = 3, 7  # letters of a part of a broken word, and of the whole
_INDENT = "    "
_OFFSETS = ("start_char", "end_char", "speaker_start", "speaker_end", "cue_start", "cue_end")


def wrap(text: str, width: int, *, layout: str) -> list[Char]:
    """Wrap each line of a text as a paragraph.

    Args:
        text: The text.
        width: The longest line.
        layout: `same` keeps what is between paragraphs, `blank` puts a blank line there, `indent` only
            indents their first lines; `hyphens` is `same` with words broken at the end of lines.
    """
    chars: list[Char] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip() or layout in {"same", "hyphens"}:
            margin = _INDENT if layout == "indent" and chars else ""
            chars += [(char, offset) for char in margin]
            chars += _wrapped(line, offset, width, len(margin), broken=layout == "hyphens")
            chars += [(char, offset + len(line)) for char in ("\n\n" if layout == "blank" else "\n")]
        offset += len(line) + 1
    return chars[:-1] if layout in {"same", "hyphens"} else chars


def _wrapped(line: str, offset: int, width: int, column: int, *, broken: bool) -> Iterator[Char]:
    """Yield a line with line breaks where the next word would not fit."""
    position = 0
    for word in _words(line):
        start = line.index(word, position)
        gap = start > 0 and line[start - 1].isspace() and column > 0
        room = width - column - gap
        if len(word) > room and position:
            cut = _cut(word, room) if broken else 0
            if cut:
                yield from [(" ", offset + start - 1)] * gap
                yield from ((char, offset + start + at) for at, char in enumerate(word[:cut]))
                yield "-", offset + start + cut - 1
            yield "\n", offset + start + cut - 1
            column, gap, kept = 0, False, word[cut:]
        else:
            cut, kept = 0, word
        yield from [(" ", offset + start - 1)] * gap
        yield from ((char, offset + start + cut + at) for at, char in enumerate(kept))
        column += gap + len(kept)
        position = start + len(word)


def _words(line: str) -> Iterator[str]:
    """Yield the pieces that a line may be broken between: words, and the parts of those with hyphens."""
    for word in line.split():
        *parts, last = word.split("-")
        whole = any(len(part) < 2 or not part[-1].isalpha() for part in parts) or not last[:1].isalpha()  # noqa: PLR2004
        yield from [word] if whole else [*(f"{part}-" for part in parts), last]


def _cut(word: str, room: int) -> int:
    """Return after how many letters a word is broken; 0 if it is kept whole."""
    cut = min(room - 1, len(word) - _SHORTEST_PART)
    long = len(word) >= _SHORTEST_BROKEN and word.isalpha()
    return cut if long and cut >= _SHORTEST_PART else 0


def wrap_folder(articles: Path, folder: Path, width: int, layout: str) -> dict[str, list[int]]:
    """Write the wrapped articles of a folder, and return the offsets of their characters by article id."""
    offsets: dict[str, list[int]] = {}

    def wrapped(text: str, article_id: str) -> str:
        chars = wrap(text, width, layout=layout)
        offsets[article_id] = [offset for _, offset in chars]
        return "".join(char for char, _ in chars)

    for file in sorted(articles.iterdir()):
        target = folder / file.name
        if file.suffix == ".txt":
            target.write_text(wrapped(file.read_text("utf-8"), file.stem), "utf-8")
        elif file.suffix == ".jsonl":
            records = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
            lines = [json.dumps({**one, "text": wrapped(one["text"], one["id"])}) for one in records]
            target.write_text("\n".join(lines), "utf-8")
        elif file.is_file():
            shutil.copy(file, target)
    return offsets


def extract_tables(articles: Path, annotator: Annotator) -> dict[str, pd.DataFrame]:
    """Annotate the articles of a folder and return the tables."""
    settings = annotator.settings
    read = read_inputs([articles], max_chars=settings.max_chars, models_dir=settings.models_dir)
    annotations = annotator.annotate([item for item in read if isinstance(item, Article)])
    return {name: table.to_pandas() for name, table in to_tables(annotations).items()}


def put_back(
    tables: Mapping[str, pd.DataFrame], offsets: Mapping[str, list[int]], texts: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Return tables of wrapped articles with the offsets and texts of the unbroken ones."""
    result = {}
    for name, frame in tables.items():
        moved = frame.copy()
        for column in frame.columns.intersection(_OFFSETS):
            moved[column] = [
                value if pd.isna(value) else _moved(offsets[article], int(value), column)
                for article, value in zip(frame["article_id"], frame[column], strict=True)
            ]
        result[name] = moved
    articles = result["articles"]
    articles["text"] = [texts[article] for article in articles["article_id"]]
    return result


def _moved(offsets: list[int], value: int, column: str) -> int:
    """Return an offset in the unbroken text; an end is that of the character before it."""
    return offsets[value - 1] + 1 if "end" in column else offsets[value]


def measure(
    gold: Path, articles: Path, widths: Sequence[int], layouts: Sequence[str], annotator: Annotator
) -> pd.DataFrame:
    """Return every measure on the unbroken articles and in each layout and width."""
    expected = read_gold(gold)
    unbroken = extract_tables(articles, annotator)
    texts = dict(zip(unbroken["articles"]["article_id"], unbroken["articles"]["text"], strict=True))
    columns = {"unbroken": evaluate_tables(unbroken, expected).as_dict()}
    for layout in layouts:
        for width in widths:
            with tempfile.TemporaryDirectory() as folder:
                offsets = wrap_folder(articles, Path(folder), width, layout)
                tables = put_back(extract_tables(Path(folder), annotator), offsets, texts)
            columns[f"{layout} {width}"] = evaluate_tables(tables, expected).as_dict()
    return pd.DataFrame(columns)


def main() -> None:
    """Print the measures, and fail if wrapping costs more than a point."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_pairs(parser)
    parser.add_argument("--widths", nargs="+", type=int, default=[60, 72, 80])
    layouts = ["same", "blank", "indent", "hyphens"]
    parser.add_argument("--layouts", nargs="+", choices=layouts, default=layouts)
    given = parser.parse_args()
    annotator = Annotator(load_settings())
    worst = 0.0
    for gold, articles in given.pairs:
        scores = measure(gold, articles, given.widths, given.layouts, annotator)
        lost = scores.drop(columns="unbroken").rsub(scores["unbroken"], axis=0)
        print(f"{articles}\n{(100 * scores).round(1).to_string()}")
        print(f"most lost: {100 * lost.max().max():.1f} points in {lost.max(axis=1).idxmax()}\n")
        worst = max(worst, lost.max().max())
    sys.exit(worst > _TOLERANCE)


if __name__ == "__main__":
    main()
