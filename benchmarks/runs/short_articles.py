"""Measure the memory that `extract run` itself needs for many short articles.

    python -m benchmarks.runs.short_articles [--articles 20000] [--workers 2]

Writes one .jsonl file of generated articles, runs the command on it and reads the peak memory of its process
without the workers, which are replaced by themselves. It must not grow with the number of articles; the exit
status says whether it stays below 300 MB. Linux only.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 300  # MB
PLACES = ("Kut", "Basra", "Mosul", "Kirkuk", "Hillah", "Ramadi", "Amara", "Najaf")
PAUSE = 0.2


def main() -> None:
    """Run the command and print articles, seconds and peak memory."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000, help="number of articles (20,000)")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="short-articles-") as name:
        inputs = Path(name) / "articles.jsonl"
        inputs.write_text("".join(_line(number) for number in range(options.articles)), encoding="utf-8")
        begin = time.perf_counter()
        peak = peak_of(["run", str(inputs), "--output", f"{name}/tables", "--workers", str(options.workers)])
        seconds = time.perf_counter() - begin
    print(f"{options.articles:,} articles in {seconds:.0f} s, peak {peak:.0f} MB (limit {LIMIT} MB)")
    sys.exit(0 if peak <= LIMIT else 1)


def peak_of(arguments: list[str]) -> float:
    """Return the peak memory in MB of the process of one command, without its children."""
    peak = 0.0
    command = [sys.executable, "-m", "extract.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        while process.poll() is None:
            peak = max(peak, _peak_so_far(process.pid))
            time.sleep(PAUSE)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed with {process.returncode}.")
    return peak


def _peak_so_far(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(kilobytes[0]) / 1024 if kilobytes else 0.0


def _line(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    text = f"The mayor of {place} said on Monday that road {number} was closed. It will open on 3 May 2023."
    return json.dumps({"id": f"short-{number}", "published": "2023-05-01", "text": text}) + "\n"


if __name__ == "__main__":
    main()
