"""The network: who is named with whom, and who speaks about whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from extract.report.figures.matrix import Label, directed_matrix, matrix
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
        about_graph=_about_graph(site, about),
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
    ids = _most(company)
    if len(ids) < _FEWEST:
        return None
    places = {one: place for place, one in enumerate(ids)}
    counts = np.zeros((len(ids), len(ids)))
    for (one, other), number in pairs.items():
        if one in places and other in places:
            counts[places[one], places[other]] = counts[places[other], places[one]] = number
    return Graph(title, len(ids), matrix(_labels(site, ids), counts))


def _about_graph(site: Site, about: Pairs) -> Markup:
    """Return the matrix of those who speak most about others; empty if they are too few."""
    voices, subjects = Counter[str](), Counter[str]()
    for (speaker, subject), number in about.items():
        voices[speaker] += number
        subjects[subject] += number
    rows, columns = (_most(one) for one in (voices, subjects))
    if len(rows) < _FEWEST or len(columns) < _FEWEST:
        return Markup("")
    counts = np.array([[about.get((row, column), 0) for column in columns] for row in rows], float)
    return directed_matrix(_labels(site, rows), _labels(site, columns), counts)


def _most(counts: Mapping[str, int]) -> list[str]:
    return [one for one, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]]


def _labels(site: Site, ids: Iterable[str]) -> list[Label]:
    actors = site.corpus.actors
    return [Label(actors.name(one), actors.style(one)) for one in ids]
