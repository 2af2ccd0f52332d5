"""Run `extract run` on the articles of a corpus; shared by the benchmarks on public corpora."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    if not path.is_file():
        sys.exit(f"{path} does not exist. Rebuild the corpus from its public source, or give its path.")
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]


def read_texts(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines and keep `id` and `text` of each."""
    return [{"id": line["id"], "text": line["text"]} for line in read_jsonl(path)]


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a file of JSON lines."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def extract_tables(
    records: list[dict[str, Any]], names: Iterable[str], workers: int, *, altered: bool = False
) -> dict[str, pd.DataFrame]:
    """Run `extract run` on records (`id`, `text`, optionally `published`) and return the named tables.

    Exits if the text of an article was altered or is missing, as gold would not fit; with `altered`, leaves
    these out.
    """
    with tempfile.TemporaryDirectory(prefix="corpus-") as name:
        folder = Path(name)
        write_jsonl(folder / "articles.jsonl", records)
        begin = time.perf_counter()
        run_extract(folder / "articles.jsonl", folder / "tables", workers)
        print(f"extract run: {len(records)} articles in {time.perf_counter() - begin:.1f} s")
        tables = {table: pd.read_parquet(folder / "tables" / table) for table in {"articles", *names}}
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    unfit = [record["id"] for record in records if texts.get(record["id"]) != record["text"]]
    if unfit and altered:
        print(f"left out, because reading alters the text: {len(unfit)}")
        return {name: table[~table["article_id"].isin(unfit)] for name, table in tables.items()}
    if unfit:
        sys.exit(f"{len(unfit)} articles are missing from the tables or altered: {unfit[:5]}")
    return tables


def run_extract(articles: Path, output: Path, workers: int) -> None:
    """Call the command; exit if it fails."""
    command = [sys.executable, "-m", "extract.cli", "run", str(articles), "--output", str(output)]
    done = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
