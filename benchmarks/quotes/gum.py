"""Measure on GUM whether pronouns and descriptions as speakers are resolved, and attributions found.

    python -m benchmarks.quotes.gum GUM [--set train|dev|test] [--workers 2] [--examples N]

GUM is a copy of https://github.com/amir-zeldes/gum (annotations CC BY 4.0); benchmarks/corpora/read_gum.py
says what is read of it. The split is GUM's own. News, interviews and speeches are in the domain; fiction
and the other genres are shown apart (Reddit's texts are not in the repository). The test set is for
measuring only, so --examples is refused there.

Speakers. Judged is each quote row whose speaker is not named where it speaks: a pronoun, a description
(`the mayor`), a group (`the committee`) or a document (`the letter`).

- The speaker's chain is that of the gold mention whose head word lies in `speaker_text` (without one, of a
  mention around it) and whose span is most like it. A pronoun outside all mentions is nobody (`it emerged
  that`).
- A row is linked if `speaker_method` is not null. It is linked to the chain of the mentions that have its
  name: the rows of `entities` with the speaker's `name_id` or, without one, `speaker_name`; if there are
  none, the last place before the speaker where the text has `speaker_name`. Of several chains the most
  frequent counts.
- A linked row is right if that is the speaker's chain, else wrong. It is also right if its name, which may
  come from the lexicon, has the words of a name in the chain or of its article on Wikipedia, or if it names
  all who make up the chain (`Odeh and Tarek` for `they`). It is `unknown` if neither the text has that name
  nor the chain a name.
- A row that is not linked is `open` if the chain has a name before the speaker, else `nameless`.

Attributions. eRST relates a source clause (`he said`) to what it is the source of. It is found if a row of
speech has its cue or its speaker in the source clause and shares text with the content's main unit. Clauses
in which the writer or the reader speaks (`I think`) are counted apart: the pipeline reports the words of
others.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.corpora.read_gum import PARTS, Attribution, GoldMention, GumDocument, read_gum
from benchmarks.corpora.run_corpus import extract_tables
from benchmarks.quotes.speakers_polnear import words

from extract.quotes.cues import load_cues
from extract.settings import default_models_dir

GROUPS: Mapping[str, tuple[str, ...]] = {
    "news, interviews, speeches": ("news", "interview", "speech"),
    "fiction": ("fiction",),
    "other genres": (
        "academic", "bio", "conversation", "court", "essay", "letter", "podcast", "textbook", "vlog",
        "voyage", "whow",
    ),
}  # fmt: skip
KINDS = ("he/she", "it/they", "other pronoun", "description", "group", "document")
VERDICTS = ("right", "wrong", "unknown", "open", "nameless")
_PRONOUNS = {"m": "he/she", "f": "he/she", "n": "it/they", "p": "it/they"}  # by what they may refer to
_KINDS = {"described": "description", "organisation": "group", "document": "document"}
_OWN_WORDS = frozenset({"i", "we", "you"})  # subjects of clauses that the pipeline leaves out

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the speaker of one row was resolved.

    Attributes:
        expected: The last name of the speaker's chain before the speaker; empty if there is none.
    """

    document: str
    start: int
    kind: str
    speaker: str
    expected: str
    found: str
    verdict: str


def main() -> None:
    """Extract the documents and print the tables."""
    options = parse_options()
    genres = [genre for group in GROUPS.values() for genre in group]
    documents = read_gum(options.gum, options.set, genres)
    tables = extract_tables([record(one) for one in documents], ["quotes", "entities"], options.workers)
    for group, members in GROUPS.items():
        print(f"\n{group}, {options.set}")
        report([one for one in documents if one.genre in members], tables, options.examples)


def parse_options() -> argparse.Namespace:
    """Read the command line; refuse to show examples of the test set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gum", type=Path, help="a copy of the repository")
    parser.add_argument("--set", choices=PARTS, default="train", help="part of GUM's own split (train)")
    parser.add_argument("--workers", type=int, default=2, help="workers of `extract run` (2)")
    parser.add_argument("--examples", type=int, default=0, help="show so many wrong or open rows of a group")
    options = parser.parse_args()
    if options.examples and options.set == "test":
        parser.error("the test set is for measuring only: no examples")
    return options


def record(document: GumDocument) -> dict[str, Any]:
    """Return a document as input of `extract run`."""
    published = {"published": document.published} if document.published else {}
    return {"id": document.name, "text": document.text, **published}


def report(documents: Sequence[GumDocument], tables: Mapping[str, pd.DataFrame], examples: int) -> None:
    """Print the tables of a group of documents, then examples of speakers that are not right."""
    outcomes = [one for document in documents for one in outcomes_of(document, tables)]
    print(format_outcomes(outcomes))
    print(format_attributions(documents, tables["quotes"]))
    unlike = [one for one in outcomes if one.verdict in ("wrong", "open")]
    for one in random.Random(0).sample(unlike, min(examples, len(unlike))):  # noqa: S311 - a sample to look at
        place = f"{one.document}:{one.start}"
        print(f"{one.verdict:8} {place} {one.speaker!r} is {one.expected!r}, resolved to {one.found!r}")


def outcomes_of(document: GumDocument, tables: Mapping[str, pd.DataFrame]) -> Iterator[Outcome]:
    """Yield an outcome for each row of a document whose speaker is not named where it speaks."""
    pronouns = load_cues(default_models_dir()).descriptions.phrases.pronouns
    entities = rows_of(document, tables["entities"])
    for row in rows_of(document, tables["quotes"]):
        kind = kind_of(row, pronouns)
        if row["type"] != "scare" and row["speaker_method"] != "mention" and kind is not None:
            yield outcome(document, row, kind, entities)


def rows_of(document: GumDocument, table: pd.DataFrame) -> list[Row]:
    """Return the rows of a document."""
    return table[table["article_id"] == document.name].to_dict("records")


def kind_of(row: Row, pronouns: Mapping[str, str]) -> str | None:
    """Return the kind of speaker by which results are shown; None for names and for no speaker."""
    if row["speaker_kind"] == "pronoun":
        return _PRONOUNS.get(pronouns.get(row["speaker_text"].lower(), ""), "other pronoun")
    return _KINDS.get(row["speaker_kind"])


def outcome(document: GumDocument, row: Row, kind: str, entities: Sequence[Row]) -> Outcome:
    """Compare the speaker of one row with its chain."""
    start = int(row["speaker_start"])
    meant = mention_at(document, start, int(row["speaker_end"]))
    names = [one for one in document.mentions if meant and one.chain == meant.chain and one.is_name]
    before = [document.text[one.start : one.end] for one in names if one.end <= start]
    if pd.isna(row["speaker_method"]):
        judged = "open" if before else "nameless"
    else:
        judged = verdict(document, row, None if meant is None else meant.chain, names, entities)
    expected = before[-1] if before else ""
    return Outcome(document.name, start, kind, row["speaker_text"], expected, row["speaker_name"], judged)


def verdict(
    document: GumDocument,
    row: Row,
    chain: str | None,
    names: Sequence[GoldMention],
    entities: Sequence[Row],
) -> str:
    """Return whether a linked row has the right speaker, as the docstring of the module says.

    Args:
        document: The document.
        row: The row of `quotes`.
        chain: The speaker's chain; None if the speaker is nobody.
        names: The chain's names.
        entities: The document's rows of `entities`.
    """
    places = [(one["start_char"], one["end_char"]) for one in entities if is_known_as(row, one)]
    places = places or list(places_of(document.text[: int(row["speaker_start"])], row["speaker_name"]))[-1:]
    found = most_frequent(mention_at(document, *place) for place in places)
    if chain in found or is_called(document, names, row["speaker_name"]):
        return "right"
    members = document.members.get(chain or "")
    if members and any(members <= chains_inside(document, *place) for place in places):
        return "right"
    return "wrong" if found or names or chain is None else "unknown"


def is_known_as(row: Row, entity: Row) -> bool:
    """Return whether a mention has the name of a row's speaker."""
    if pd.notna(row["speaker_name_id"]):
        return bool(entity["name_id"] == row["speaker_name_id"])
    return row["speaker_name"] in (entity["text"], entity["entity_name"])


def places_of(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield the places of a name in a text."""
    for found in re.finditer(re.escape(name), text):
        yield found.span()


def mention_at(document: GumDocument, start: int, end: int) -> GoldMention | None:
    """Return the gold mention whose head is in a span, else one around it; its own span is most like it."""
    inside = [one for one in document.mentions if start <= one.head < end]
    around = (one for one in document.mentions if one.start <= start and end <= one.end)
    return max(inside or around, key=lambda one: (likeness(one, start, end), one.start), default=None)


def likeness(mention: GoldMention, start: int, end: int) -> float:
    """Return the share of characters that a mention and a span have in common, of those in either."""
    common = min(mention.end, end) - max(mention.start, start)
    return common / (max(mention.end, end) - min(mention.start, start))


def chains_inside(document: GumDocument, start: int, end: int) -> set[str]:
    """Return the chains that have a head in a span."""
    return {one.chain for one in document.mentions if start <= one.head < end}


def most_frequent(mentions: Iterable[GoldMention | None]) -> set[str]:
    """Return the most frequent chains of some mentions, mostly one."""
    counts = Counter(one.chain for one in mentions if one is not None)
    most = max(counts.values(), default=0)
    return {chain for chain, count in counts.items() if count == most}


def is_called(document: GumDocument, names: Iterable[GoldMention], name: str) -> bool:
    """Return whether a name in the chain has all words of a name, or the reverse."""
    found = words(name)
    known = [words(text) for one in names for text in (document.text[one.start : one.end], one.identity)]
    return any(found & one and (found <= one or one <= found) for one in known)


def format_outcomes(outcomes: Sequence[Outcome]) -> str:
    """Return a line per kind: numbers by verdict, and shares of the linked rows and of all."""
    lines = [
        f"{'speaker':14} rows" + "".join(f"{name:>10}" for name in VERDICTS) + "  right of linked   linked"
    ]
    for kind in (*KINDS, "all"):
        counts = Counter(one.verdict for one in outcomes if kind in (one.kind, "all"))
        rows, judged = counts.total(), counts["right"] + counts["wrong"]
        linked = judged + counts["unknown"]
        numbers = "".join(f"{counts[name]:10}" for name in VERDICTS)
        lines.append(
            f"{kind:14} {rows:4}{numbers}{share(counts['right'], judged):>17}{share(linked, rows):>9}"
        )
    return "\n".join(lines)


def format_attributions(documents: Iterable[GumDocument], quotes: pd.DataFrame) -> str:
    """Return how many attributions are found, apart for those whose source is the writer or the reader."""
    found: dict[bool, list[bool]] = {False: [], True: []}
    for document in documents:
        rows = [row for row in rows_of(document, quotes) if row["type"] != "scare"]
        for one in document.attributions:
            found[is_own(document, one)].append(is_found(one, rows))
    return "\n".join(
        f"attributions of {source}: found {sum(those)} of {len(those)}, {share(sum(those), len(those))}"
        for source, those in zip(("others", "writer or reader"), found.values(), strict=True)
    )


def is_own(document: GumDocument, attribution: Attribution) -> bool:
    """Return whether the source clause has the writer or the reader in it."""
    clause = document.text[slice(*attribution.source)].lower().replace("’", "'")
    return not _OWN_WORDS.isdisjoint(clause.replace("'", " ").split())


def is_found(attribution: Attribution, rows: Iterable[Row]) -> bool:
    """Return whether a row has its cue or speaker in the source clause and shares text with the content."""
    return any(
        overlaps(row["start_char"], row["end_char"], attribution.content)
        and any(
            overlaps(row[f"{part}_start"], row[f"{part}_end"], attribution.source)
            for part in ("cue", "speaker")
        )
        for row in rows
    )


def overlaps(start: float, end: float, span: tuple[int, int]) -> bool:
    """Return whether a place in the tables, null if there is none, shares text with a span."""
    return bool(start < span[1] and end > span[0])


def share(part: int, whole: int) -> str:
    """Return a share in percent."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
