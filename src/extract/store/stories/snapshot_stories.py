"""Articles of the same story: `articles.story_id` and `articles.duplicate_of`.

Which texts are similar depends on nothing but these texts, so it is found once for every two of them and
kept. Stories are made anew from all similar texts at each publication: they are the same, whatever the order
of the runs.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extract.store.buckets import Base, Change
from extract.store.index import (
    SIGNATURES,
    SIGNATURES_SCHEMA,
    SIMILAR,
    SIMILAR_SCHEMA,
    TEXTS,
    TEXTS_SCHEMA,
    drop_articles,
    read_index,
)
from extract.store.parts import read_parts
from extract.store.stories.sketches import SKETCHED_COLUMNS, SKETCHES, SKETCHES_SCHEMA, sketch_table
from extract.stories import HASHES, Codes, Signatures, Similarity, Text, candidate_pairs, compare, group_texts
from extract.tables.articles import TABLE as ARTICLES


@cache
def _no_sketches() -> pa.Table:
    """Return no sketches; not a constant, as Arrow imports pandas with its first table."""
    return SKETCHES_SCHEMA.empty_table().drop_columns("codes")


@cache
def _no_pairs() -> tuple[pa.Table, pa.Table]:
    return SIGNATURES_SCHEMA.empty_table(), SIMILAR_SCHEMA.empty_table()


@dataclass(frozen=True)
class Stories:
    """The stories of a new snapshot.

    Attributes:
        texts: `TEXTS_SCHEMA` of all its articles.
        signatures: `SIGNATURES_SCHEMA` of all its texts that have a signature.
        similar: `SIMILAR_SCHEMA` of all its similar texts.
        story_of: The story of each article that resembles another; any other has one of its own.
        moved: The kept articles whose story changes.
        changed: The stories that gained or lost an article, or have a processed one.
    """

    texts: pa.Table
    signatures: pa.Table
    similar: pa.Table
    story_of: Mapping[str, str]
    moved: frozenset[str]
    changed: frozenset[str]

    def mark(self, articles: pa.Table) -> pa.Table:
        """Return rows of `articles` with `story_id` and `duplicate_of` filled in."""
        ids = articles["article_id"].to_pylist()
        stories = [*map(_story_in(self.story_of), ids)]
        first = [story if story != own else None for story, own in zip(stories, ids, strict=True)]
        for name, values in {"story_id": stories, "duplicate_of": first}.items():
            field = ARTICLES.arrow_schema.field(name)
            position = articles.schema.get_field_index(name)
            articles = articles.set_column(position, field, pa.array(values, field.type))
        return articles

    @cached_property
    def changed_members(self) -> dict[str, list[str]]:
        """The articles of each changed story with several, earliest first."""
        ids = pa.array(sorted(self.story_of), pa.string())
        rows = self.texts.filter(pc.is_in(self.texts["article_id"], ids))
        members: dict[str, list[str]] = defaultdict(list)
        for text in sorted(_texts_in(rows), key=attrgetter("place")):
            story = self.story_of[text.article_id]
            if story in self.changed:
                members[story].append(text.article_id)
        return members


@dataclass(frozen=True, slots=True)
class _Known:
    """What a publication knows of its texts: its indexes.

    Attributes:
        sketches: If the indexes are lost, the sketches to make them again from, without codes; else none.
    """

    texts: pa.Table
    signatures: pa.Table
    similar: pa.Table
    sketches: pa.Table

    def without(self, gone: Collection[str]) -> "_Known":
        """Return what is still known without some articles."""
        texts = drop_articles(self.texts, gone)
        if len(texts) == len(self.texts):
            return self
        keys = texts["text_key"].combine_chunks()
        are_kept = pc.and_(*(pc.is_in(self.similar[name], keys) for name in ("one", "other")))
        return _Known(
            texts,
            self.signatures.filter(pc.is_in(self.signatures["text_key"], keys)),
            self.similar.filter(are_kept),
            drop_articles(self.sketches, gone),
        )


def find_stories(base: Base, change: Change) -> Stories:
    """Find the stories of the snapshot that a change makes.

    Raises:
        StoreError: A file of the base is damaged.
    """
    before = _known_of(base)
    known = before.without(change.replaced)
    processed = pa.concat_tables(
        [_no_sketches(), *read_parts(change.parts, SKETCHES, _no_sketches().column_names)]
    )
    fresh = _unknown_texts(known, pa.concat_tables([known.sketches, processed]))
    signatures = pa.concat_tables([known.signatures, fresh.select(SIGNATURES_SCHEMA.names)])
    pairs = _candidates(signatures, len(fresh))
    codes = _codes_of({key for pair in pairs for key in pair}, known, base, change)
    similar = pa.concat_tables([known.similar, _similar_among(pairs, codes)])
    texts = pa.concat_tables([known.texts, _without_story(processed)])
    story_of = _group(texts, similar)
    moved = _moved(known.texts, story_of)
    left = before.texts.filter(pc.is_in(before.texts["article_id"], pa.array(change.replaced, pa.string())))
    came = [*moved, *processed["article_id"].to_pylist()]
    return Stories(
        texts=_with_stories(texts, story_of),
        signatures=signatures,
        similar=similar,
        story_of=story_of,
        moved=frozenset(moved),
        changed=frozenset(map(_story_in(story_of), came)).union(moved.values(), left["story_id"].to_pylist()),
    )


def _moved(kept: pa.Table, story_of: Mapping[str, str]) -> dict[str, str]:
    """Return the kept articles whose story changes, each with the story that it leaves."""
    has_moved = pc.not_equal(_with_stories(kept, story_of)["story_id"], kept["story_id"])
    return dict(_pairs(kept.filter(has_moved), "article_id", "story_id"))


def _story_in(story_of: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function that gives the story of an article: its own, if it resembles no other."""
    return lambda article_id: story_of.get(article_id, article_id)


def _known_of(base: Base) -> _Known:
    """Read what the base knows of its texts, or make it again from its articles."""
    if base.folder is None:
        return _Known(TEXTS_SCHEMA.empty_table(), *_no_pairs(), _no_sketches())
    texts, signatures, similar = (
        read_index(base.folder, name, base.facts) for name in (TEXTS, SIGNATURES, SIMILAR)
    )
    if texts is not None and signatures is not None and similar is not None:
        return _Known(texts, signatures, similar, _no_sketches())
    return _made_again(base)


def _made_again(base: Base) -> _Known:
    texts, sketches = [TEXTS_SCHEMA.empty_table()], [_no_sketches()]
    for name in base.files("articles"):
        if name not in base.damaged:
            articles = base.read(name)
            sketches.append(sketch_table(articles).drop_columns("codes"))
            made = sketches[-1].select(TEXTS_SCHEMA.names[:-1])
            texts.append(made.append_column(TEXTS_SCHEMA.field("story_id"), articles["story_id"]))
    return _Known(pa.concat_tables(texts), *_no_pairs(), pa.concat_tables(sketches))


def _unknown_texts(known: _Known, sketches: pa.Table) -> pa.Table:
    """Return one sketch for each text of some length that is not known yet."""
    signed = sketches.filter(pc.is_valid(sketches["signature"]))
    keys = signed["text_key"].combine_chunks()
    first = signed.take(pc.index_in(keys.unique(), keys))
    return first.filter(pc.invert(pc.is_in(first["text_key"], known.signatures["text_key"].combine_chunks())))


def _candidates(signatures: pa.Table, n_fresh: int) -> list[tuple[str, ...]]:
    """Return the keys of each two texts that may be similar; the fresh ones are the last signatures."""
    numbers = _numbers_in(signatures["signature"])
    is_new = np.arange(len(numbers)) >= len(numbers) - n_fresh
    keys = signatures["text_key"].combine_chunks()
    pairs = ((keys[one].as_py(), keys[other].as_py()) for one, other in candidate_pairs(numbers, is_new))
    return sorted(tuple(sorted(pair)) for pair in pairs)


def _numbers_in(signatures: pa.ChunkedArray) -> Signatures:
    """Return the numbers of signatures, which stand in their bytes one after the other."""
    column = pa.concat_arrays([pa.array([], pa.binary()), *signatures.chunks])
    _, _, data = column.buffers()
    return np.frombuffer(data or b"", "<u2")[: len(column) * HASHES].reshape(-1, HASHES)


def _similar_among(pairs: Iterable[tuple[str, ...]], codes: Mapping[str, Codes]) -> pa.Table:
    found = ((one, other, compare(codes[one], codes[other])) for one, other in pairs)
    rows = [
        {"one": one, "other": other, "share": match.share, "is_verbatim": match.is_verbatim}
        for one, other, match in found
        if match is not None
    ]
    return pa.Table.from_pylist(rows, schema=SIMILAR_SCHEMA)


def _codes_of(keys: Collection[str], known: _Known, base: Base, change: Change) -> dict[str, Codes]:
    """Return the words of some texts by their key, each from an article processed now or from a kept one."""
    wanted = pa.array(sorted(keys), pa.string())
    codes: dict[str, Codes] = {}
    for some in read_parts(change.parts, SKETCHES, ["text_key", "codes"]):
        codes |= _codes_in(some.filter(pc.is_in(some["text_key"], wanted)))
    holders = known.texts.filter(pc.is_in(known.texts["text_key"], wanted))
    articles = {key: name for name, key in _pairs(holders, "article_id", "text_key") if key not in codes}
    for some in base.read_some("articles", sorted(articles.values()), SKETCHED_COLUMNS):
        codes |= _codes_in(sketch_table(some))
    return codes


def _codes_in(sketches: pa.Table) -> dict[str, Codes]:
    found = _pairs(sketches, "text_key", "codes")
    return {key: np.frombuffer(codes, "<u2") for key, codes in found if codes is not None}


def _group(texts: pa.Table, similar: pa.Table) -> dict[str, str]:
    """Return the story of each article whose text is not its alone, or is similar to another."""
    counted = texts["text_key"].value_counts()
    repeated = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    wanted = pa.concat_arrays([repeated, *similar["one"].chunks, *similar["other"].chunks])
    members = _texts_in(texts.filter(pc.is_in(texts["text_key"], wanted)))
    first: dict[str, Text] = {}
    for text in sorted(members, key=attrgetter("place")):
        first.setdefault(text.key, text)
    columns = (similar[name].to_pylist() for name in SIMILAR_SCHEMA.names)
    matches = {(one, other): Similarity(*match) for one, other, *match in zip(*columns, strict=True)}
    head_of = group_texts(first.values(), matches)
    return {text.article_id: head_of[text.key].article_id for text in members}


def _texts_in(rows: pa.Table) -> list[Text]:
    columns = (rows["text_key"], rows["published_at"].cast(pa.int64()), rows["article_id"])
    return [*map(Text, *(column.to_pylist() for column in columns))]


def _without_story(sketches: pa.Table) -> pa.Table:
    empty = pa.nulls(len(sketches), pa.string())
    return sketches.select(TEXTS_SCHEMA.names[:-1]).append_column(TEXTS_SCHEMA.field("story_id"), empty)


def _with_stories(texts: pa.Table, story_of: Mapping[str, str]) -> pa.Table:
    ids = texts["article_id"].combine_chunks()
    places = pc.index_in(ids, pa.array(story_of.keys(), pa.string()))
    stories = pc.coalesce(pa.array(story_of.values(), pa.string()).take(places), ids)
    position = TEXTS_SCHEMA.get_field_index("story_id")
    return texts.set_column(position, TEXTS_SCHEMA.field(position), stories)


def _pairs(rows: pa.Table, one: str, other: str) -> Iterator[tuple[Any, Any]]:
    return zip(rows[one].to_pylist(), rows[other].to_pylist(), strict=True)
