"""Measure on PolNeAR dev whether pronouns and descriptions as speakers resolve to the right entity.

    python -m benchmarks.quotes.speakers_polnear DOCS.jsonl [JUDGED.jsonl] [--workers 2] [--errors]

DOCS ({"id", "text"}) is made from a local copy of PolNeAR dev. JUDGED (speakers_polnear.jsonl next to this
file) contains our own annotations, as offsets without text, one speaker per line: the `id` of the document,
the offsets of the `speaker` and of its `antecedents` (the fullest name in the document; several if it is
spelled in several ways), the `kind` of speaker (pronoun, description, organisation) and the `part`: `first`
for those used to develop the rules, `second` and `third` for those annotated afterwards.
"""

import argparse
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.corpora.run_corpus import extract_tables, read_jsonl, read_texts

JUDGED = Path(__file__).with_suffix(".jsonl")
PARTS = ("first", "second", "third")
KINDS = ("pronoun", "description", "organisation")
_WORD = re.compile(r"\w{2,}")  # initials and full stops do not count


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one annotated speaker was resolved.

    Attributes:
        found: The resolved name; None if the pipeline did not find this speaker.
    """

    article: str
    start: int
    part: str
    kind: str
    speaker: str
    expected: str
    found: str | None
    right: bool


def main() -> None:
    """Extract the corpus and print the shares of right speakers."""
    options = parse_options()
    docs = read_texts(options.docs)
    tables = extract_tables(docs, ["quotes", "entities"], options.workers)
    texts = {doc["id"]: doc["text"] for doc in docs}
    outcomes = [outcome(line, texts[line["id"]], tables) for line in read_jsonl(options.judged)]
    for part in PARTS:
        print(f"{part} part")
        print(format_shares([one for one in outcomes if one.part == part]))
    if options.errors:
        for one in outcomes:
            if not one.right:
                place = f"{one.article}:{one.start}"
                print(f"{place} {one.speaker!r} is {one.expected!r}, resolved to {one.found!r}")


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = judged_parser(__doc__)
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    parser.add_argument("--errors", action="store_true", help="list every wrongly resolved speaker")
    return parser.parse_args()


def judged_parser(description: str | None) -> argparse.ArgumentParser:
    """Return the parser of a command line that begins with DOCS and JUDGED."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("docs", type=Path, help="the texts")
    parser.add_argument("judged", type=Path, nargs="?", default=JUDGED, help="the annotated speakers")
    return parser


def outcome(line: Mapping[str, Any], text: str, tables: Mapping[str, pd.DataFrame]) -> Outcome:
    """Compare one annotated speaker with the tables."""
    speaker, antecedents = line["speaker"], line["antecedents"]
    expected = [text[slice(*span)] for span in antecedents]
    quotes = at(tables["quotes"], line["id"], "speaker_start", "speaker_end", speaker)
    names = [at(tables["entities"], line["id"], "start_char", "end_char", span) for span in antecedents]
    row = None if quotes.empty else quotes.iloc[0].to_dict()
    return Outcome(
        line["id"],
        speaker[0],
        line["part"],
        line["kind"],
        text[slice(*speaker)],
        " / ".join(expected),
        None if row is None else row["speaker_name"],
        row is not None
        and any(
            is_meant(row, name, found.to_dict("records")) for name, found in zip(expected, names, strict=True)
        ),
    )


def at(table: pd.DataFrame, article: str, start: str, end: str, span: list[int]) -> pd.DataFrame:
    """Return the rows of an article whose span overlaps `span`."""
    return table[(table["article_id"] == article) & (table[start] < span[1]) & (table[end] > span[0])]


def is_meant(row: Mapping[Any, Any], expected: str, mentions: Iterable[Mapping[Any, Any]]) -> bool:
    """Return whether a quote has the annotated speaker: the same id, else the same words in the name."""
    ids = {mention["name_id"] for mention in mentions if pd.notna(mention["name_id"])}
    if pd.notna(row["speaker_name_id"]) and ids:
        return row["speaker_name_id"] in ids
    found, wanted = words(row["speaker_name"]), words(expected)
    return bool(found & wanted) and (found <= wanted or wanted <= found)


def words(name: str) -> set[str]:
    """Return the words of a name in lower case."""
    return set(_WORD.findall(name.lower())) - {"the", "of"}


def format_shares(outcomes: list[Outcome]) -> str:
    """Return one line per kind and one for all."""
    lines = []
    for kind in (*KINDS, "all"):
        of_kind = [one for one in outcomes if kind in (one.kind, "all")]
        known = [one for one in of_kind if one.found is not None]
        right = sum(one.right for one in known)
        share = f"{100 * right / len(known):.1f} %" if known else "-"
        lines.append(
            f"{kind:12}  {right:3} of {len(known):3}  {share}  (no speaker: {len(of_kind) - len(known)})"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
