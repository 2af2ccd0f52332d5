"""Small publications without readers and engines, and a reader of the pages made from them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from extract.ids import digest
from extract.model import Annotation, Article, Issue, Mention, Quote, Section, TextSpan, Timex
from extract.store import Entry, Store, source_key, write_part
from extract.tables import to_tables
from extract.tables.actors import TABLE as ACTORS_TABLE

DAY = date(2021, 7, 28)


def actor(entity_id: str, name: str, kind: str = "armed_faction", **known: object) -> dict[str, Any]:
    """Return a row of the lexicon's actors."""
    return {
        "entity_id": entity_id,
        "name": name,
        "kind": kind,
        "aliases": [],
        "part_of": [],
        "leaders": [],
        "part_of_terms": [],
        "leader_terms": [],
    } | known


ACTORS = (
    actor("jund-al-matar", "Jund al-Matar", country="IQ", leaders=["salim-al-ghaim"]),
    actor("bahr", "Bahr", aliases=["Bahr Organization"], arabic_name="بحر"),
    actor("salim-al-ghaim", "Salim al-Ghaim", "person"),
)


def annotation(
    article_id: str,
    text: str,
    *,
    actors: Sequence[Mapping[str, Any]] = ACTORS,
    day: date | None = DAY,
    **metadata: str,
) -> Annotation:
    """Annotate by words: names of actors are mentions, `“...” said NAME` a quote, `5 May 2021` a date."""
    content = digest(f"{text}{metadata}".encode("utf-8", "surrogatepass"))
    article = Article(
        article_id,
        f"{article_id}.txt",
        "txt",
        text,
        content,
        published_at=None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC),
        published_source="metadata" if day else "unknown: none",
        sections=(Section("body", 0, len(text)),),
        **metadata,
    )
    names = {one["name"]: one for one in actors}
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return Annotation(
        article=article,
        sentences=tuple(match.span() for match in re.finditer(r"[^\n]+", text)),
        n_tokens=len(text.split()),
        engine="none",
        mentions=tuple(_mention(match, names[match[0]]) for match in re.finditer(pattern, text)),
        quotes=tuple(
            _quote(place, match, names.get(match[3]))
            for place, match in enumerate(re.finditer(rf"“([^”]+)” (said) ({pattern}|\w+)", text))
        ),
        timexes=tuple(_timex(match) for match in re.finditer(r"(\d+) May (\d{4})", text)),
    )


def _mention(match: re.Match[str], known: Mapping[str, Any]) -> Mention:
    label = "PERSON" if known["kind"] == "person" else "FACTION"
    key = known["entity_id"]
    return Mention(
        *(match.start(), match.end(), match[0], label, "alias", match[0], "lexicon", 0.9, (key,)),
        *(key, known["name"], known["kind"], key),
    )


def _quote(place: int, match: re.Match[str], known: Mapping[str, Any] | None) -> Quote:
    return Quote(
        *(match.start(1), match.end(1), match[1], "direct", "marks", 0.9 if place % 2 == 0 else 0.4, place),
        speaker=TextSpan(match.start(3), match.end(3), match[3]),
        cue=TextSpan(match.start(2), match.end(2), match[2]),
        speaker_kind="named",
        speaker_entity_id=known["entity_id"] if known else None,
        speaker_name=match[3],
        speaker_name_id=known["entity_id"] if known else f"person:{match[3]}",
        speaker_method="mention",
        speaker_confidence=0.9,
    )


def _timex(match: re.Match[str]) -> Timex:
    day = date(int(match[2]), 5, int(match[1]))
    return Timex(
        match.start(),
        match.end(),
        match[0],
        "DATE",
        day.isoformat(),
        "day",
        earliest=day,
        latest=day,
        confidence=0.9,
    )


def publish(
    root: Path,
    annotations: Sequence[Annotation],
    *,
    actors: Iterable[Mapping[str, Any]] = ACTORS,
    issues: Sequence[Issue] = (),
) -> Path:
    """Publish some articles, and no others, under an output folder."""
    store = Store(root, keep=3)
    with store.lock():
        entries = {
            one.article.article_id: Entry(one.article.content_hash, "test", "done", one.article.source)
            for one in annotations
        }
        failed = {one.source for one in issues if one.article_id is None}
        entries |= {source_key(one): Entry(digest(one.encode()), "test", "failed", one) for one in failed}
        removed = store.manifest().entries.keys() - entries.keys()
        parts = (
            [write_part(store.staging(), "0", to_tables(list(annotations), list(issues)))]
            if annotations
            else []
        )
        table = pa.Table.from_pylist([dict(one) for one in actors], schema=ACTORS_TABLE.lexicon_schema)
        store.publish(parts, entries=entries, removed=removed, actors=table, force=True)
    return root


@dataclass
class Page(HTMLParser):
    """What stands on a page."""

    text: str = ""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if len(attrs) != len(dict(attrs)):
            self.faults.append(f"an attribute twice: {attrs}")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> is out of place")

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def links(self) -> list[str]:
        return [
            attributes["href"]
            for tag, attributes in self.tags
            if tag in {"a", "link"} and "href" in attributes
        ]


_VOID = {"meta", "link", "input", "br", "img"}


def read_page(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    page.faults += [f"<{tag}> is not closed" for tag in page.open]
    return page


def read_report(report: Path) -> dict[str, Page]:
    """Read all pages of a report, by their address below it."""
    return {
        path.relative_to(report).as_posix(): read_page(path.read_text("utf-8"))
        for path in sorted(report.rglob("*.html"))
    }


def file_bytes(report: Path) -> dict[str, bytes]:
    """Return all files of a report but what it remembers for the next one."""
    return {
        path.relative_to(report).as_posix(): path.read_bytes()
        for path in sorted(report.rglob("*"))
        if path.is_file() and path.name != ".state.json"
    }


def broken_links(report: Path, pages: Mapping[str, Page]) -> list[str]:
    """Return the links of pages that lead to no file or anchor of the report."""
    broken = []
    for address, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (
                (report / address).parent.joinpath(unquote(parts.path)) if parts.path else report / address
            )
            name = target.resolve().relative_to(report.resolve()).as_posix()
            # What follows the # of the statements' page is a search, not an anchor.
            if not target.is_file() or (
                parts.fragment
                and name != "statements.html"
                and unquote(parts.fragment) not in pages[name].ids
            ):
                broken.append(f"{address}: {link}")
    return broken
