"""Measure what the model of `benchmarks.scale.model` is made of: times and bytes of the store by its size.

    python -m benchmarks.scale.measure [--articles 1000 10000 100000] [--folder DIR]

Publishes generated articles through the real store, as `benchmarks.runs.store_scale` does, and writes for
each size the wall seconds of the first publication and of nights with 5 and 1,000 new articles, and the bytes
of the tables, of the cache of Docs and of manifest and indexes into measured.json. Only a quiet machine gives
figures that are worth keeping.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.runs.store_scale import BATCH, TRIES, add, best, in_process, make_parts, publish_all

from extract.store import CACHE, open_snapshot
from extract.tables import TABLES

MEASURED = Path(__file__).with_name("measured.json")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes")
    parser.add_argument("--folder", type=Path, help="where to create the stores (a temporary folder)")
    options = parser.parse_args()
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    for articles in options.articles:
        with tempfile.TemporaryDirectory(prefix="scale-", dir=options.folder) as name:
            figures = measure(Path(name), articles)
        measured[str(articles)] = figures
        print(articles, figures, flush=True)
        MEASURED.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


def measure(folder: Path, articles: int) -> Mapping[str, float]:
    """Return the figures of a store of that size, made in a folder."""
    root, parts = folder / "outputs", folder / "parts"
    in_process(make_parts, parts, articles)
    first = in_process(publish_all, root, parts, articles)
    size = sizes(root)
    five = best(in_process(add, root, articles + 5 * done, 5) for done in range(TRIES))
    many = in_process(add, root, articles + BATCH, 1000)
    return {
        "first_seconds": round(first.seconds, 2),
        "first_megabytes_of_memory": round(first.megabytes),
        "add_5_seconds": round(five.seconds, 3),
        "add_1000_seconds": round(many.seconds, 2),
        **size,
    }


def sizes(root: Path) -> Mapping[str, int]:
    """Return the bytes of the parts of a store, and its number of files."""
    snapshot = open_snapshot(root)
    tables = [path for table in TABLES for path in (snapshot / table).glob("*")]
    others = [path for path in snapshot.glob("*") if path.is_file()]
    docs = [path for path in (root / CACHE).rglob("*") if path.is_file()]
    return {
        "table_bytes": _bytes(tables),
        "index_bytes": _bytes(others),
        "doc_bytes": _bytes(docs),
        "files": len(tables) + len(others),
    }


def _bytes(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


if __name__ == "__main__":
    main()
