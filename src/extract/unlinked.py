"""Names without an entity, which the lexicon may lack, with the most similar known actors.

The functions take the published `entities` table and return frames; they link nothing. A similar name is only
a suggestion for an analyst: by its letters, Hezbollah is closer to Kata'ib Hezbollah than some true spellings
of that name are.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from extract.lexicon import Lexicon
from extract.lexicon.new_entries import NEW_ENTRIES, entry_line
from extract.printable import toml_string

# The columns of `entities` used here.
COLUMNS = (
    "article_id", "text", "label", "entity_id", "name_id", "entity_name", "candidates", "sentence",
)  # fmt: skip
N_SENTENCES = 2
N_SUGGESTIONS = 3
# With this minimum, 2 of 51 names that are not in the lexicon get a suggestion; of the lexicon's own names,
# each left out in turn, 87 % get their actor among the first three.
LEAST_SCORE = 70
_PART_OF_NAME = 0.9

_COUNTS = {"mentions": ("text", "size"), "articles": ("article_id", "nunique")}


def unlinked_names(
    entities: pd.DataFrame, lexicon: Lexicon, *, labels: Collection[str] = (), min_articles: int = 1
) -> pd.DataFrame:
    """Group the mentions of names that the lexicon does not know.

    Args:
        entities: The published `entities` table.
        lexicon: Its outlets and organisations have no entity_id, but do not count as unlinked.
        labels: Only these labels; all if empty.
        min_articles: Minimum number of articles that mention the name.

    Returns:
        One row per `name_id`, most mentions first: `name_id`, `name`, `label`, `mentions`, `articles`,
        `variants` (surfaces in the texts, most frequent first), `sentences` (up to two).
    """
    mentions = _without_entity(entities, labels)
    mentions = mentions[mentions["name_id"].notna() & ~mentions["name_id"].isin(lexicon.entities.keys())]
    rows = mentions.groupby("name_id", sort=False).agg(
        name=("entity_name", _most_frequent),
        label=("label", _most_frequent),
        **_COUNTS,
        variants=("text", _by_frequency),
        sentences=("sentence", _samples),
    )
    return _ranked(rows.reset_index(), min_articles)


def ambiguous_names(
    entities: pd.DataFrame, lexicon: Lexicon, *, labels: Collection[str] = (), min_articles: int = 1
) -> pd.DataFrame:
    """Group the mentions that may refer to several entities.

    Args:
        entities: The published `entities` table.
        lexicon: Provides the spelling rules.
        labels: Only these labels; all if empty.
        min_articles: Minimum number of articles that mention the name.

    Returns:
        One row per name and set of candidates, most mentions first: `name`, `label`, `candidates`,
        `mentions`, `articles`, `variants`, `sentences`.
    """
    mentions = _without_entity(entities, labels)
    mentions = mentions[mentions["name_id"].isna()]
    mentions = mentions.assign(
        key=pd.Series([lexicon.spelling.key(text) for text in mentions["text"]], mentions.index, object),
        candidates=pd.Series([tuple(ids) for ids in mentions["candidates"]], mentions.index, object),
    )
    rows = mentions.groupby(["key", "label", "candidates"], sort=False).agg(
        name=("text", _most_frequent),
        **_COUNTS,
        variants=("text", _by_frequency),
        sentences=("sentence", _samples),
    )
    rows = rows.reset_index().drop(columns="key")
    rows["candidates"] = [list(candidates) for candidates in rows["candidates"]]
    return _ranked(rows, min_articles)


def with_advice(
    names: pd.DataFrame, lexicon: Lexicon, models_dir: Path, place_of: Callable[[str], str]
) -> pd.DataFrame:
    """Add advice on each name.

    Args:
        names: From `unlinked_names`.
        lexicon: The known actors.
        models_dir: The models/ folder, as shown in the advice.
        place_of: Maps the id of an entry to its place, `file:line`.

    Returns:
        The same rows with `suggestions` (from `suggest_actors`, each with `advice`), `new_entry` (a line for
        the lexicon) and `new_entry_at` (where it belongs).
    """
    suggestions = [
        [
            near | {"advice": _alias_advice(name, near["entity_id"], place_of)}
            for near in suggest_actors(name, lexicon)
        ]
        for name in names["name"]
    ]
    return names.assign(
        suggestions=pd.Series(suggestions, names.index, object),
        new_entry=[entry_line(name) for name in names["name"]],
        new_entry_at=[_new_entry_at(label, models_dir) for label in names["label"]],
    )


def suggest_actors(name: str, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Return the known actors with the most similar names, best first.

    Args:
        name: A name, in any spelling.
        lexicon: The known actors with all their names.

    Returns:
        Up to three dictionaries with `entity_id`, `name`, `nearest` (the actor's most similar name) and
        `score` (0 to 100, similarity of the match keys; if one name is part of the other, times 0.9).
    """
    known = [
        (key, entry)
        for key, entries in lexicon.names.items()
        for entry in entries
        if lexicon.entities[entry.entity_id].role == "actor"
    ]
    keys = [key for key, _ in known]
    found = process.extract(
        lexicon.spelling.key(name), keys, scorer=_similarity, score_cutoff=LEAST_SCORE, limit=None
    )
    nearest: dict[str, dict[str, Any]] = {}
    for _, score, index in found:
        entry = known[index][1]
        actor = lexicon.entities[entry.entity_id]
        row = {"entity_id": actor.id, "name": actor.name, "nearest": entry.surface, "score": round(score)}
        nearest.setdefault(actor.id, row)
    return list(nearest.values())[:N_SUGGESTIONS]


def _similarity(key: str, other: str, **_: object) -> float:
    return max(fuzz.token_sort_ratio(key, other), _PART_OF_NAME * fuzz.token_set_ratio(key, other))


def _without_entity(entities: pd.DataFrame, labels: Collection[str]) -> pd.DataFrame:
    wanted = entities["entity_id"].isna()
    return entities[wanted & entities["label"].isin(labels)] if labels else entities[wanted]


def _ranked(rows: pd.DataFrame, min_articles: int) -> pd.DataFrame:
    kept = rows[rows["articles"] >= min_articles]
    return kept.sort_values(
        ["mentions", "articles", "name"], ascending=[False, False, True], ignore_index=True
    )


def _most_frequent(values: Iterable[str]) -> str:
    return _by_frequency(values)[0]


def _by_frequency(values: Iterable[str]) -> list[str]:
    """Return the distinct values, most frequent first, with white space folded."""
    return [value for value, _ in Counter(" ".join(value.split()) for value in values).most_common()]


def _samples(sentences: pd.Series) -> list[str]:
    return list(dict.fromkeys(sentences.dropna().str.strip()))[:N_SENTENCES]


def _new_entry_at(label: str, models_dir: Path) -> str:
    file, table = NEW_ENTRIES[label]
    return f"[{table}] in {models_dir / 'lexicon' / file}"


def _alias_advice(name: str, entity_id: str, place_of: Callable[[str], str]) -> str:
    return f"add {toml_string(name)} to aliases of {entity_id} in {place_of(entity_id)}"
