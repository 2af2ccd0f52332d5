"""Networks for Gephi: who speaks about whom, and who is named together."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import networkx as nx

from extract.export.cells import clean
from extract.export.selection import STATEMENTS, Selection

_MADE_ON = re.compile(r' lastmodifieddate="[^"]*"')  # of GEXF: the same tables give the same bytes
_ABOUT, _TOGETHER = "speaks about", "named together"
_MOST_TOGETHER = 50  # actors of an article; one that names more says little of each two


@dataclass(slots=True)
class _Edge:
    weight: int = 0
    first: str = ""
    last: str = ""

    def add(self, day: str) -> None:
        """Count one more statement or article of a day, which may be unknown: empty."""
        self.weight += 1
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last, day)


def write_graphml(selection: Selection, path: Path) -> None:
    """Write the network as GraphML."""
    _write(selection, path, nx.write_graphml_xml)


def write_gexf(selection: Selection, path: Path) -> None:
    """Write the network as GEXF."""
    _write(selection, path, nx.write_gexf)


def network(selection: Selection) -> nx.MultiDiGraph:
    """Return the network of all who speak, are spoken about or are named.

    An edge has its `relation` (*speaks about*, from the speaker; *named together*, in the same story), its
    `weight` in statements or stories, and its first and last day.
    """
    names = _names(selection)
    graph = nx.MultiDiGraph()
    for relation, edges in ((_ABOUT, _statements(selection)), (_TOGETHER, _mentions(selection))):
        for (one, other), edge in sorted(edges.items()):
            for node in (one, other):
                graph.add_node(node, **names.get(node, {"label": clean(node), "kind": ""}))
            days = {"first": edge.first, "last": edge.last}
            key = f"{one} {relation} {other}"  # Gephi drops edges whose ids recur
            graph.add_edge(one, other, key, relation=relation, weight=edge.weight, **days)
    return graph


def _write(selection: Selection, path: Path, write: Callable[..., None]) -> None:
    write(network(selection), path, encoding="utf-8", prettyprint=True)
    text = path.read_text(encoding="utf-8")
    path.write_text(_MADE_ON.sub("", text), encoding="utf-8")


def _names(selection: Selection) -> dict[str, dict[str, str]]:
    """Return name and kind of each actor and place by its id."""
    names = {
        row["entity_id"] or row["name_id"]: {
            "label": clean(row["entity_name"] or row["text"]),
            "kind": row["entity_kind"] or row["label"],
        }
        for row in selection.rows("entities")
    }
    known = ((row["entity_id"], row["name"], row["kind"]) for row in selection.rows("actors"))
    return names | {key: {"label": clean(name), "kind": kind} for key, name, kind in known}


def _statements(selection: Selection) -> dict[tuple[str, str], _Edge]:
    edges: dict[tuple[str, str], _Edge] = defaultdict(_Edge)
    for row in selection.rows(STATEMENTS):
        for speaker in row["speaker_ids"]:
            for other in row["about"]:
                if speaker and other != speaker:
                    edges[speaker, other].add(str(row["day"] or ""))
    return edges


def _mentions(selection: Selection) -> dict[tuple[str, str], _Edge]:
    """Return who is named together with whom, each story once."""
    articles = {row["article_id"]: row for row in selection.rows("articles")}
    named: dict[str, set[str]] = defaultdict(set)
    days: dict[str, str] = {}
    for row in selection.rows("entities"):
        story, at = (articles[row["article_id"]][name] for name in ("story_id", "published_at"))
        if row["entity_id"]:
            named[story].add(row["entity_id"])
        days[story] = min(filter(None, (days.get(story, ""), str(at.date()) if at else "")), default="")
    edges: dict[tuple[str, str], _Edge] = defaultdict(_Edge)
    for story, pair in _pairs(named):
        edges[pair].add(days[story])
    return edges


def _pairs(named: dict[str, set[str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for story, ids in sorted(named.items()):
        if len(ids) <= _MOST_TOGETHER:
            for pair in combinations(sorted(ids), 2):
                yield story, pair
