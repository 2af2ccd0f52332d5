"""Have linked speakers read blind: draw them by kind, and count what a reader says of them.

    python -m benchmarks.quotes.blind draw OUTPUT FOLDER [--most 90] [--seed 1]
    python -m benchmarks.quotes.blind score FOLDER

`draw` writes `FOLDER/sheets/*.txt`, articles in which each drawn statement stands between ⟦n: and :n⟧, and
the rows to `FOLDER/key.csv`. Readers write down from the sheets alone who speaks, then open the key and
write `FOLDER/verdicts.csv` with the columns `n` and `verdict`: right, partly (a true but more general name),
wrong, or no speech. `score` counts them by kind, and weighs each kind by how frequent it is.
"""

import argparse
from pathlib import Path

import pandas as pd

import extract

VERDICTS = ("right", "partly", "wrong", "no speech")
_SURE = 0.95
_KEY = [
    "n", "speaker_kind", "n_of_kind", "article_id", "speaker_text", "speaker_name", "speaker_entity_ids",
    "speaker_confidence", "rule", "text",
]  # fmt: skip


def drawn(quotes: pd.DataFrame, most: int, seed: int) -> pd.DataFrame:
    """Return at most so many rows of each kind of linked speaker; what repeats another row is left out."""
    linked = quotes[quotes.speaker_entity_id.notna() & quotes.duplicate_of.isna()]
    if linked.empty:
        raise SystemExit("no speaker of these tables is linked")
    rows = [
        group.sample(min(most, len(group)), random_state=seed).assign(n_of_kind=len(group))
        for _, group in linked.groupby("speaker_kind")
    ]
    found = pd.concat(rows).sort_values(
        ["article_id", "start_char", "end_char"], ascending=[True, True, False]
    )
    return found.assign(n=range(1, len(found) + 1))


def sheet(text: str, rows: pd.DataFrame) -> str:
    """Return the article with marks around the drawn statements, which may lie within each other."""
    marks = [(int(row.end_char), 0, f" :{row.n}⟧") for row in rows.itertuples()]
    marks += [(int(row.start_char), 1, f"⟦{row.n}: ") for row in rows.itertuples()]
    for position, _, mark in sorted(marks, reverse=True):
        text = text[:position] + mark + text[position:]
    return text


def draw(output: Path, folder: Path, most: int, seed: int) -> None:
    """Write the sheets and the key."""
    tables = extract.open(output)
    rows = drawn(tables.quotes, most, seed)
    articles = tables.articles.set_index("article_id")
    if (folder / "sheets").exists():
        raise SystemExit(f"{folder} has sheets already: name another folder")
    (folder / "sheets").mkdir(parents=True)
    for article_id, group in rows.groupby("article_id"):
        article = articles.loc[article_id]
        page = f"{article.title or ''}\n{article.published_at}\n\n{sheet(article.text, group)}"
        (folder / "sheets" / f"{group.n.min():03d}.txt").write_text(page, "utf-8")
    rows[_KEY].to_csv(folder / "key.csv", index=False)
    print(f"{len(rows)} statements of {rows.article_id.nunique()} articles")


def score(folder: Path) -> None:
    """Print the verdicts by kind, and the share of wrong names."""
    verdicts = pd.read_csv(folder / "verdicts.csv")
    key = pd.read_csv(folder / "key.csv").merge(verdicts, on="n", how="left", validate="1:1")
    if not (odd := key[~key.verdict.isin(VERDICTS)]).empty:
        given = ", ".join(f"{row.n}: {row.verdict}" for row in odd.itertuples())
        raise SystemExit(f"verdicts are {', '.join(VERDICTS)}; these are none: {given}")
    print(pd.crosstab(key.speaker_kind, key.verdict).reindex(columns=VERDICTS, fill_value=0), "\n")
    key["is_wrong"] = key.verdict == "wrong"
    kinds = key.groupby("speaker_kind").agg({"is_wrong": "mean", "n_of_kind": "first"})
    weighted = (kinds.is_wrong * kinds.n_of_kind).sum() / kinds.n_of_kind.sum()
    sure = key[key.speaker_confidence >= _SURE]
    print(f"wrong, weighted by how frequent each kind is: {weighted:.1%}")
    print(f"wrong with a confidence of {_SURE} or more: {sure.is_wrong.sum()} of {len(sure)}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    to_draw = commands.add_parser("draw")
    to_draw.add_argument("output", type=Path)
    to_draw.add_argument("folder", type=Path)
    to_draw.add_argument("--most", type=int, default=90, help="statements of each kind (90)")
    to_draw.add_argument("--seed", type=int, default=1, help="random seed (1)")
    commands.add_parser("score").add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.command == "draw":
        draw(options.output, options.folder, options.most, options.seed)
    else:
        score(options.folder)


if __name__ == "__main__":
    main()
