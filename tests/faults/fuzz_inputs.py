"""Whether any input can stop a run, cost a neighbour its rows, or take for ever.

    python tests/faults/fuzz_inputs.py [--times 2000] [--seed 0] [--only N]

Makes inputs (text files, JSON Lines, articles.csv) from the sample articles: altered bytes, encodings, marks
of byte order, floods of quotation marks, huge lines, control characters, deep JSON, huge numbers, impossible
dates. Each lies in a folder with two good articles and goes through reading, annotation and the making of
tables; at the end all go through one run with its workers. Fails where an error is raised, a good article
has other rows than alone, or an input takes longer than thirty seconds.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow as pa

from extract.model import Article, Issue
from extract.pipeline import run
from extract.pipeline.annotator import Annotator
from extract.reading import read_inputs
from extract.settings import Settings
from extract.tables import to_tables

ROOT = Path(__file__).parents[2]
LIMIT = 30.0  # seconds of the processor an input: the networks take 17 to 21 for one of 60,000 tokens (1952)
MAX_CHARS = 100_000
GOOD = "Officials in Baghdad met on 3 May 2021. “We agree,” said Karwan Dizayi, a clerk.\n"
GOOD_IDS = ("good-text", "good-record")

# What is put into texts, apart and again and again.
PIECES = (
    *(
        "\x00",
        "\x01",
        "\x0b",
        "\x0c",
        "\x1a",
        "\x1b[2J",
        "\x7f",
        "\x85",
        "\r",
        "\r\n",
        "\n\n\n",
        "\t",
        "\xa0",
    ),
    *("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\u200b", "\u200d", "\u202e", "\u2066", "�", "\xad"),
    *(
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "'",
        "’",
        "‘",
        '""',
        "''",
        "(",
        ")",
        "[",
        "]",
        "{",
        "—",
        "...",
        "…",
        "@",
        "#",
    ),
    *(
        "\u0301",
        "a\u0301\u0302\u0303",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
        "🇮🇶",
        "ﷺ",
        "\U0010ffff",
        "𝕴𝖗𝖆𝖖",
        "İ",
        "ß",
        "ﬁ",
        "١٢٣",
        "बगदाद",
        "巴格达",
    ),
    *[
        "كتائب حزب الله",
        "al-",
        "Al-",
        "-al-",
        "’",
        "ʿ",
        "Kata'ib ",
        "Mr. ",
        "President ",
        " of the ",
        " and ",
    ],
    *["31 February 2021", "0 BC", "99999999999999999999 years ago", "the year 10000", "in the 0s", "24:61"],
    *[
        "9999-12-31",
        "0001-01-01",
        "30 Rajab 9999",
        "3 billion centuries ago",
        "12/13/14",
        "May",
        "in 2021-2020",
    ],
    *["Tuesday Tuesday Tuesday ", "next century", "1 to 999999999999 days", "the 99th week of 2021"],
    *["-5 years", "1e308 days"],
    *[
        " said ",
        "told Reuters",
        "according to ",
        "Q: ",
        "A: ",
        "MR. BRANDT: ",
        "By ",
        "(Reuters) - ",
        "Read more: ",
    ],
    *("<script>", "<![CDATA[", "&#0;", "%s%n", "\\u0000", "\\", "{}", "=HYPERLINK()", "../../etc", "';--"),
)
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"),
    *("cp1252", "cp1256", "latin-1", "iso8859-6", "shift_jis", "gb18030", "koi8-r", "cp037", "mac-arabic"),
)
MARKS = (
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff\xfe\0\0",
    b"\0\0\xfe\xff",
    b"\x2b\x2f\x76\x38",
    b"\xdd\x73",
)
VALUES = (
    *(
        "null",
        "true",
        "0",
        "-1",
        "1e999",
        "-1e-999",
        "NaN",
        "Infinity",
        "1" * 4000,
        "1" * 5000,
        "[]",
        "{}",
        '""',
    ),
    *(
        '" "',
        '"\\u0000"',
        '"\\ud83d"',
        '"\\udc00\\ud83d"',
        "[" * 3000 + "]" * 3000,
        '{"a":' * 2000,
        "1" * 50_000,
    ),
    *(
        '"2021-07-28T10:00:00+23:59"',
        '"0001-01-01T00:00:00+14:00"',
        '"9999-12-31T23:59:59-14:00"',
        '"١ مايو"',
    ),
    *(
        '"2021-02-30"',
        '"July 2021"',
        '"1627464000"',
        "1627464000",
        '"99999999999999999999"',
        '"next Tuesday"',
    ),
    '"' + "long " * 20_000 + '"',
)
FIELDS = (
    "id",
    "text",
    "title",
    "url",
    "outlet",
    "author",
    "published",
    "published_at",
    "language",
    "id",
    "text",
)


@dataclass(slots=True)
class Fuzzed:
    """What came of the inputs.

    Attributes:
        failures: Number of the input and what went wrong.
        codes: Issues by code.
        slowest: Seconds and number of the input that took longest.
    """

    failures: list[tuple[int, str]] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    n_articles: int = 0
    slowest: tuple[float, int] = (0.0, -1)


def main() -> None:
    """Fuzz, print what came of it, and fail where something went wrong."""
    options = parse_options()
    numbers = [options.only] if options.only is not None else range(options.times)
    with tempfile.TemporaryDirectory() as folder:
        fuzzed = fuzz(numbers, options.seed, Path(folder))
        print(f"{len(numbers):,} inputs: {fuzzed.n_articles:,} articles, issues {dict(fuzzed.codes)}")
        print(f"slowest: input {fuzzed.slowest[1]}, {fuzzed.slowest[0]:.1f} s", flush=True)
        for number, what in fuzzed.failures:
            print(f"--- input {number} (--seed {options.seed} --only {number})\n{what}")
        lost = run_over_all(numbers, options.seed, Path(folder))
    print(f"failures: {len(fuzzed.failures)}; good articles lost in one run over all: {lost}")
    sys.exit(bool(fuzzed.failures or lost))


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    return parser.parse_args()


def fuzz(numbers: Sequence[int], seed: int, folder: Path) -> Fuzzed:
    """Send inputs through reading, annotation and tables, each beside two good articles."""
    fuzzed = Fuzzed()
    annotator = Annotator(Settings())
    for number in numbers:
        name, data = make_input(Random(f"{seed} {number}"))
        started = time.process_time()
        try:
            tables = check_input(name, data, folder / str(number), annotator)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            fuzzed.failures.append((number, traceback.format_exc(limit=-4)))
            continue
        seconds = time.process_time() - started
        fuzzed.slowest = max(fuzzed.slowest, (seconds, number))
        if seconds > LIMIT:
            fuzzed.failures.append((number, f"{name}, {len(data):,} bytes: {seconds:.1f} s"))
        fuzzed.codes.update(tables["issues"]["code"].to_pylist())
        fuzzed.n_articles += tables["articles"].num_rows
    return fuzzed


def check_input(name: str, data: bytes, folder: Path, annotator: Annotator) -> dict[str, pa.Table]:
    """Return the tables of an input and two good articles.

    Raises:
        Exception: The input stops what it must not stop, or changes the rows of a good article.
    """
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / f"{GOOD_IDS[0]}.txt").write_text(GOOD, encoding="utf-8")
    record = {"id": GOOD_IDS[1], "text": GOOD}
    (folder / "good-record.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    items = list(read_inputs([folder], max_chars=MAX_CHARS))
    articles = [item for item in items if isinstance(item, Article)]
    tables = to_tables(annotator.annotate(articles), [item for item in items if isinstance(item, Issue)])
    for article_id in GOOD_IDS:
        for table, rows in (("articles", 1), ("entities", 2), ("quotes", 1), ("dates", 1)):
            seen = tables[table]["article_id"].to_pylist().count(article_id)
            if seen != rows:
                raise AssertionError(f"{article_id} has {seen} rows of {table} instead of {rows}")
    if (
        not tables["articles"].num_rows > len(GOOD_IDS)
        and not tables["issues"].num_rows
        and name != "articles.csv"
    ):
        raise AssertionError(f"{name} became neither article nor issue")
    return tables


def run_over_all(numbers: Sequence[int], seed: int, folder: Path) -> int:
    """Run over all inputs at once, with workers; return how many good articles are missing."""
    inbox = folder / "all"
    for number in numbers:
        name, data = make_input(Random(f"{seed} {number}"))
        place = inbox / str(number)
        place.mkdir(parents=True)
        (place / name).write_bytes(data)
        (place / f"{GOOD_IDS[0]}.txt").write_text(GOOD, encoding="utf-8")
    settings = Settings(output=folder / "out", max_chars=MAX_CHARS)
    summary = run([inbox], settings)
    print(f"one run over all: {summary.done} done, {summary.failed} failed, {summary.seconds:.0f} s")
    ids = pd.read_parquet(settings.output / "articles", columns=["article_id"]).article_id
    return len(numbers) - int(ids.str.endswith(f"/{GOOD_IDS[0]}").sum())


def make_input(random: Random) -> tuple[str, bytes]:
    """Return the name and the bytes of an input."""
    make = random.choice((_text_file, _text_file, _records, _sidecar))
    name, data = make(random)
    if random.random() < 0.4:
        data = alter(data, random)
    if random.random() < 0.1:
        data = random.choice(MARKS) + data
    return name, data


def _text_file(random: Random) -> tuple[str, bytes]:
    return "fuzzed.txt", spoil(random.choice(_SAMPLES), random).encode(random.choice(ENCODINGS), "replace")


def _records(random: Random) -> tuple[str, bytes]:
    lines = [_record(number, random) for number in range(random.randint(1, 4))]
    ends = random.choice(("\n", "\n", "\r\n", "\n\n", "\r", ""))
    encoding = random.choice(("utf-8", "utf-8", "utf-8", random.choice(ENCODINGS)))
    return "fuzzed.jsonl", ends.join(lines).encode(
        encoding, "surrogatepass" if "utf" in encoding else "replace"
    )


def _record(number: int, random: Random) -> str:
    values = {
        "id": json.dumps(f"fuzzed-{number}"),
        "text": json.dumps(spoil(random.choice(_SAMPLES), random)),
    }
    for _ in range(random.randint(0, 3)):
        values[random.choice(FIELDS)] = random.choice(VALUES)
    if random.random() < 0.3:
        values["title"] = json.dumps(random.choice(PIECES) * random.randint(1, 300))
    return "{" + ", ".join(f'"{name}": {value}' for name, value in values.items()) + "}"


def _sidecar(random: Random) -> tuple[str, bytes]:
    columns = random.sample(
        ("file", "published", "outlet", "url", "title", "author", "language", "file", "x"), 5
    )
    cells = ("good-text", "good-text.txt", "none.txt", "../good-text.txt", *PIECES, *VALUES[13:23])
    rows = [[random.choice(cells) for _ in range(random.randint(1, 7))] for _ in range(random.randint(0, 6))]
    delimiter, quote = random.choice(",;\t|"), random.choice(('"', "", "'"))
    lines = [delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in (columns, *rows)]
    return "articles.csv", random.choice(("\n", "\r\n", "\r")).join(lines).encode("utf-8", "replace")


def spoil(text: str, random: Random) -> str:
    """Put pieces into a text, some of them again and again; cut, repeat and join its parts."""
    for _ in range(random.randint(0, 6)):
        place, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        piece = random.choice(PIECES)
        kind = random.randrange(8)
        if kind <= 3:
            text = text[:place] + piece * random.choice((1, 1, 2, 5)) + text[place:]
        elif kind == 4:
            text = (
                text[:place]
                + f"{piece}{random.choice(('', ' ', chr(10)))}" * random.choice((50, 500, 3000))
                + text[place:]
            )
        elif kind == 5:
            text = text[:place] + text[end:]
        elif kind == 6:
            text = text.replace("\n", random.choice((" ", "", "\r", "\u2028")))
        else:
            text = text[:end] + text[place:end] * random.choice((1, 3)) + text[end:]
    return text[: MAX_CHARS + 10]


def alter(data: bytes, random: Random) -> bytes:
    """Change, drop, add and repeat bytes."""
    spoiled = bytearray(data)
    for _ in range(random.randint(1, 8)):
        place = random.randrange(len(spoiled) + 1)
        kind = random.randrange(4)
        if kind == 0 and place < len(spoiled):
            spoiled[place] = random.randrange(256)
        elif kind == 1:
            del spoiled[place : place + random.choice((1, 3, 50, 5000))]
        elif kind == 2:
            spoiled[place:place] = random.randbytes(random.choice((1, 2, 20, 300)))
        else:
            spoiled[place:place] = spoiled[place : place + 200] * random.choice((1, 10))
    return bytes(spoiled)


_SAMPLES = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("sample-*.txt")))

if __name__ == "__main__":
    main()
