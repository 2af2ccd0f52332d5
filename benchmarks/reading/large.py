"""What large inputs cost: memory and time of one JSON Lines file of gigabytes, time to plan many small files.

python benchmarks/reading/large.py --gb 2 --files 10000
The bars: less than 500 MB for the process that reads the file, 5 seconds for the plan of 10,000 files.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from extract.model import Article
from extract.reading import list_inputs, read_inputs
from extract.settings import Settings

PARAGRAPH = (
    "Officials from the Riverbend council met in Basra on 3 May 2021 to talk about the roads north of town. "
    '"The road is open again," the governor, Salim Qattan, told reporters on Monday. '
)
MEGABYTE = 1_000_000


def write_records(path: Path, size: int) -> int:
    """Write records until the file has this many bytes, and return how many there are."""
    number = written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            number += 1
            text = "\n\n".join([f"Report {number}. {PARAGRAPH}", *[PARAGRAPH * 2] * 5])
            record = {"headline": f"Report {number}", "content": text, "date": "2021-05-04", "n": number}
            written += file.write(json.dumps(record) + "\n")
    return number


def write_files(folder: Path, number: int) -> None:
    """Write small text files."""
    folder.mkdir()
    for index in range(number):
        text = f"Talks on road {index}\nBy Rana Odeh\nMay 4, 2021\n\n{PARAGRAPH}"
        (folder / f"{index:05}.txt").write_text(text, encoding="utf-8")


def count_articles(path: Path) -> None:
    """Read a file and print how many articles it has."""
    items: Iterator[object] = read_inputs([path], max_chars=MEGABYTE)
    print(f"{sum(isinstance(item, Article) for item in items):,} articles")


def measure_reading(path: Path) -> None:
    """Read a file in a process of its own, and print its time and memory."""
    started = time.monotonic()
    process = get_context("spawn").Process(target=count_articles, args=(path,))
    process.start()
    process.join()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    size = path.stat().st_size / MEGABYTE
    seconds = time.monotonic() - started
    print(
        f"{size:,.0f} MB read in {seconds:.0f} s ({size / seconds:.0f} MB/s), at most {peak:.0f} MB of memory"
    )


def measure_planning(folder: Path, output: Path) -> None:
    """List a folder, plan a first run over it, and print how long each takes."""
    # Not above: the process that reads would import the pipeline too, and its memory would count.
    from extract.pipeline import plan_step  # noqa: PLC0415
    from extract.store import Store  # noqa: PLC0415

    settings = Settings(output=output, settle_seconds=0)
    store = Store(output, keep=settings.keep_snapshots)
    with store.lock():
        used = time.process_time()
        list_inputs([folder], max_chars=MEGABYTE).states()
        print(f"listed in {time.process_time() - used:.1f} s of the processor")
        started = time.monotonic()
        work = plan_step([folder], settings, store)
        print(f"read and planned {work.describe()} in {time.monotonic() - started:.1f} s")


def main() -> None:
    """Write the inputs into a temporary folder and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gb", type=float, default=2, help="size of the JSON Lines file; 0: none")
    parser.add_argument("--files", type=int, default=10_000, help="number of small files; 0: none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.gb:
            print(f"{write_records(folder / 'news.jsonl', int(given.gb * 1e9)):,} records")
            measure_reading(folder / "news.jsonl")
        if given.files:
            write_files(folder / "small", given.files)
            measure_planning(folder / "small", folder / "outputs")


if __name__ == "__main__":
    main()
