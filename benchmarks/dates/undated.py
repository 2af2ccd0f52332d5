"""Judge what is concluded in texts without a date of publication, from dates that the text itself states.

    python -m benchmarks.dates.undated FOLDER... [--errors]

FOLDER contains TimeML files, as for benchmarks.dates.timeml. The documents are read without their day of
creation. Every value with a first and last day whose anchor is a reference in the text (`anchor_source` is
`reference`) is compared with the gold annotation of the same words; those that have none are counted apart.
"""

import argparse
from collections import Counter
from pathlib import Path

from benchmarks.dates.documents import Document
from benchmarks.dates.read_timeml import read_corpus

from extract.dates import find, load_rules
from extract.dates.rules import DateRules


def judged(document: Document, rules: DateRules) -> list[tuple[str, str]]:
    """Return a verdict (right, wrong, not in gold) and a line for every closed value from a reference."""
    found = []
    for timex in find(document.text, None, rules=rules):
        if timex.anchor_source != "reference" or timex.earliest is None or timex.latest is None:
            continue
        gold = next((row for row in document.gold if row.start < timex.end and timex.start < row.end), None)
        verdict = "not in gold" if gold is None else "right" if gold.value == timex.value else "wrong"
        wanted = "" if gold is None else gold.value
        found.append((verdict, f"{document.name}:{timex.start} {timex.text!r}: {wanted} <- {timex.value}"))
    return found


def main() -> None:
    """Print the verdicts of each corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folder with TimeML files")
    parser.add_argument("--errors", action="store_true", help="list the wrong values")
    options = parser.parse_args()
    rules = load_rules()
    for folder in options.folders:
        rows = [row for document in read_corpus(folder, "all") for row in judged(document, rules)]
        counts = Counter(verdict for verdict, _ in rows)
        n_judged = counts["right"] + counts["wrong"]
        share = f"{counts['right'] / n_judged:.0%}" if n_judged else "none"
        not_in_gold = counts["not in gold"]
        print(f"{folder.name}: {counts['right']} of {n_judged} right ({share}), {not_in_gold} not in gold")
        if options.errors:
            print(*(f"  {line}" for verdict, line in rows if verdict == "wrong"), sep="\n")


if __name__ == "__main__":
    main()
