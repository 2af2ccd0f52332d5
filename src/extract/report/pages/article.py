"""The page of an article: its text with what the tables say about it."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from extract.report.addresses import actor_page, anchor, article_page
from extract.report.buckets import ArticleRows
from extract.report.contexts import mention_anchor
from extract.report.corpus import names_in
from extract.report.corrections import corrections, fix_key
from extract.report.heads import Head
from extract.report.markup import Span, render
from extract.report.periods import show_day, show_days
from extract.report.site import Site
from extract.report.statements import UNSURE, Statement
from extract.schema.table import Row
from extract.text.joining import join_lines
from extract.text.paragraphs import find_paragraphs

_GROUPS = {"FACTION": "faction", "PERSON": "person", "ORG": "org", "NORP": "norp"}
_PLACE = "place"
_MOST_NAMED = 14


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says beside a paragraph: one speaker, with the statements that follow each other."""

    said: Statement
    anchors: list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the page."""

    html: Markup
    section: str
    notes: Sequence[Note]


def write_article(
    site: Site, rows: ArticleRows, issues: Sequence[Row], neighbours: tuple[Head | None, Head | None]
) -> None:
    """Write the page of an article.

    Args:
        site: The report.
        rows: The article's rows.
        issues: Its rows of `issues`.
        neighbours: The next newer and the next older article.
    """
    article = rows.article
    # Names as in this article: as long as it does not change, its page does not.
    names = dict(reversed([*names_in(rows)]))
    original = site.corpus.heads.get(article["duplicate_of"])
    site.page(
        article_page(article["article_id"]),
        "article.html",
        article=article,
        head=site.head(article["article_id"]),
        original=original,
        blocks=list(_blocks(site, rows)),
        cast=_cast(rows.entities),
        dates=[(row, date_tip(row)) for row in rows.dates],
        statements=rows.statements,
        n_mentions=len(rows.entities),
        issues=issues,
        corrections=corrections(rows),
        name_of=lambda key: (
            site.corpus.actors.name(key) if key in site.corpus.actors else names.get(key, key)
        ),
        newer=neighbours[0],
        older=neighbours[1],
    )


def _blocks(site: Site, rows: ArticleRows) -> Iterator[Block]:
    text, sections = rows.article["text"], rows.article["sections"] or []
    spans = [*_spans(site, rows)]
    joined = join_lines(text)
    bounds = [joined.original_span(*span) for span in find_paragraphs(joined.text)]
    notes = _notes(rows.statements, [start for start, _ in bounds])
    for place, (start, end) in enumerate(bounds):
        kind = _kind_of(sections, start, end)
        others = [_section_span(one) for one in sections if one["kind"] not in {kind, "body"}]
        yield Block(render(text, [*spans, *others], start, end), kind, notes.get(place, ()))


def _kind_of(sections: Iterable[Row], start: int, end: int) -> str:
    """Return the kind of the section that most of a paragraph lies in."""
    shares = Counter[str]()
    for one in sections:
        shares[one["kind"]] += max(min(one["end"], end) - max(one["start"], start), 0)
    return shares.most_common(1)[0][0] if shares.total() else "body"


def _section_span(section: Row) -> Span:
    """Return the span of a section that takes up a part of a paragraph: a dateline before the text."""
    told = {"class": "part", "title": section["kind"]}
    return Span(section["start"], section["end"], "span", told)


def _notes(said: Iterable[Statement], starts: Sequence[int]) -> Mapping[int, Sequence[Note]]:
    """Return the notes of each paragraph; statements of one speaker that follow each other share a note."""
    notes: dict[int, list[Note]] = defaultdict(list)
    for one in said:
        if one.type == "scare":
            continue
        place = max(bisect_right(starts, one.start) - 1, 0)
        last = notes[place][-1] if notes[place] else None
        if last and _can_share(last.said, one):
            last.anchors.append(anchor(one.id))
        else:
            notes[place].append(Note(one, [anchor(one.id)]))
    return notes


def _can_share(before: Statement, said: Statement) -> bool:
    return (
        said.speaker is not None
        and before.speakers == said.speakers
        and before.in_marks == said.in_marks
        and before.is_unsure == said.is_unsure
    )


def _spans(site: Site, rows: ArticleRows) -> Iterator[Span]:
    for row in rows.quotes:
        yield from _quote_spans(row)
    for row in rows.entities:
        yield _mention_span(site, row)
    for row in rows.dates:
        value = {
            "class": "d" + _unsure(row),
            "data-value": row["value"],
            "data-fix": fix_key("d", row),
            "title": date_tip(row),
        }
        yield Span(row["start_char"], row["end_char"], "span", value, anchor(row["date_id"]))


def _quote_spans(row: Row) -> Iterator[Span]:
    name = anchor(row["quote_id"])
    tip = f"{row['type']} · rule {row['rule']} · {row['confidence']:.0%}"
    style = f"q {row['type']}{_unsure(row)}"
    told = {"class": style, "data-q": name, "data-fix": fix_key("q", row), "title": tip}
    yield Span(row["start_char"], row["end_char"], "span", told, name)
    if row["cue_start"] is not None:
        yield Span(row["cue_start"], row["cue_end"], "span", {"class": "cue"})


def _mention_span(site: Site, row: Row) -> Span:
    known = row["entity_id"] in site.corpus.actors
    kind = (row["entity_kind"] or row["label"].lower()).replace("_", " ")
    link = "" if row["entity_id"] else "not linked"
    told = (
        row["entity_name"],
        kind,
        link,
        f"{row['method']}, rule {row['rule']}",
        f"{row['confidence']:.0%}",
    )
    attributes = {
        "class": f"m {group_of(row)}{_unsure(row)}",
        "data-fix": fix_key("m", row),
        "title": " · ".join(filter(None, told)),
    }
    if known:
        attributes["href"] = f"../{actor_page(row['entity_id'])}"
    return Span(row["start_char"], row["end_char"], "a" if known else "span", attributes, mention_anchor(row))


def _unsure(row: Row) -> str:
    confidence = row.get("confidence")
    return " low" if confidence is not None and confidence < UNSURE else ""


def group_of(row: Row) -> str:
    """Return the class of the style sheet for a mention."""
    return _GROUPS.get(row["label"], _PLACE)


def _cast(entities: Iterable[Row]) -> list[tuple[tuple[str | None, str, str], int]]:
    """Return who is named most: entity_id, name and style, with the number of mentions."""
    named = Counter(
        (row["entity_id"], row["entity_name"] or row["text"], group_of(row))
        for row in entities
        if row["label"] in {"FACTION", "PERSON", "ORG"}
    )
    return named.most_common(_MOST_NAMED)


def date_tip(row: Row) -> str:
    """Return the value of a date in words."""
    counted = f"counted from {show_day(row['anchor'])} ({row['anchor_source']})" if row["anchor"] else ""
    told = (row["value"], row["mod"], show_days(row["earliest"], row["latest"]), counted)
    return " · ".join(filter(None, told))
