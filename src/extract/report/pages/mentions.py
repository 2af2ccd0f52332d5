"""Every mention of an actor in its sentence: the latest on the actor's page, all in files that it loads."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from extract.ids import file_name
from extract.report.contexts import Passage
from extract.report.data_files import data_files
from extract.report.escaping import for_script
from extract.report.periods import show_day
from extract.report.site import Site

_SHOWN = 12

ByArticle = Sequence[tuple[str, Sequence[Passage]]]


class Mentions:
    """The mentions of actors, by article.

    Args:
        site: The report; everything is gathered.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._files = data_files(one for one in site.corpus.heads if one in site.corpus.contexts)
        self._file_of = {article: name for name, articles in self._files.items() for article in articles}
        self._rank = {article_id: rank for rank, article_id in enumerate(site.corpus.heads)}

    def write(self) -> None:
        """Write the data files: the sentences that name actors, article by article, the latest first."""
        corpus = self._site.corpus
        for name, articles in self._files.items():
            path = f"data/mentions-{name}.js"
            made_from = [(corpus.heads[one], corpus.origins[one]) for one in articles]
            if not self._site.keep(path, made_from):
                words = ",".join(map(self._words, reversed(articles)))
                self._site.folder.write(path, f"REPORT.add({for_script(f'mentions-{name}')},[{words}])\n")

    def _words(self, article_id: str) -> str:
        head = self._site.head(article_id)
        told = for_script([file_name(article_id), head.title, head.outlet, show_day(head.day)])
        return f"{told[:-1]},{for_script([*self._site.corpus.contexts.passages(article_id)])}]"

    def files(self, articles: Iterable[str]) -> list[str]:
        """Return the names of the files in which some articles are, those of the latest first."""
        return list(dict.fromkeys(self._file_of[one] for one in self._latest_first(articles)))

    def latest(self, entity_id: str, articles: Iterable[str]) -> ByArticle:
        """Return the first sentences, the latest first, that name an actor.

        Args:
            entity_id: The actor.
            articles: The articles that name it.
        """
        shown: list[tuple[str, Sequence[Passage]]] = []
        left = _SHOWN
        for article_id in self._latest_first(articles):
            found = [*islice(self._site.corpus.contexts.sentences_with(entity_id, article_id), left)]
            shown.append((article_id, found))
            left -= len(found)
            if not left:
                break
        return shown

    def shown_from(self, articles: Mapping[str, int]) -> list[str]:
        """Return a hash of each article from which `latest` may take sentences."""
        return [self._site.corpus.origins[one] for one in self._latest_first(articles)[:_SHOWN]]

    def _latest_first(self, articles: Iterable[str]) -> list[str]:
        return sorted(articles, key=self._rank.__getitem__)
