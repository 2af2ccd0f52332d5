"""The network: who is named with whom, and who speaks about whom."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from extract.report.matrix import matrix
from extract.report.site import Site

_MOST = 24
_FEWEST = 3  # fewer actors make no matrix
_MOST_PAIRS = 40
_HOME = "IQ"
_NEAR_KINDS = frozenset({"armed_faction", "jihadist_group", "umbrella"})

Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Graph:
    """A matrix with its heading."""

    title: str
    n: int
    matrix: Markup


def write_network(site: Site) -> None:
    """Write the page."""
    actors, pairs = site.corpus.actors, site.corpus.pairs
    near = {key for key, row in actors.rows.items() if row["country"] == _HOME or row["kind"] in _NEAR_KINDS}
    chosen = (("Iraqi actors and armed groups", near), ("All actors", actors.rows.keys()))
    graphs = [_graph(site, title, ids) for title, ids in chosen]
    about = Counter(
        (speaker, subject)
        for said in site.counted
        for speaker in said.speakers
        for subject in said.about
        if speaker in actors and subject in actors and subject != speaker
    )
    site.page(
        "network.html",
        "network.html",
        graphs=[graph for graph in graphs if graph],
        pairs=_strongest(pairs),
        about=_strongest(about),
    )


def _strongest(pairs: Pairs) -> list[tuple[tuple[str, str], int]]:
    return sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_MOST_PAIRS]


def _graph(site: Site, title: str, among: Collection[str]) -> Graph | None:
    """Return the matrix of the actors with most company among some; None if they are too few."""
    pairs = {
        pair: number for pair, number in site.corpus.pairs.items() if pair[0] in among and pair[1] in among
    }
    company: Counter[str] = Counter()
    for pair, number in pairs.items():
        company.update(dict.fromkeys(pair, number))
    ids = [one for one, _ in sorted(company.items(), key=lambda item: (-item[1], item[0]))[:_MOST]]
    if len(ids) < _FEWEST:
        return None
    places = {one: place for place, one in enumerate(ids)}
    counts = np.zeros((len(ids), len(ids)))
    for (one, other), number in pairs.items():
        if one in places and other in places:
            counts[places[one], places[other]] = counts[places[other], places[one]] = number
    actors = site.corpus.actors
    drawn = matrix([actors.name(one) for one in ids], [actors.style(one) for one in ids], counts)
    return Graph(title, len(ids), drawn)
