"""The links to actors, speakers and articles, which pages repeat by the thousand: made once, in Python."""

from collections.abc import Callable, Sequence
from functools import cache

from markupsafe import Markup

from extract.report.addresses import actor_page, article_page, statements_link
from extract.report.corpus import Corpus
from extract.report.escaping import visible
from extract.report.periods import show_day
from extract.report.statements import Statement

_LINK = Markup('<a class="{}" href="{}{}">{}</a>')
_SOURCE = Markup('<cite><a href="{}{}#'), Markup('">{}</a></cite>{}, <span class="nowrap">{}</span>')

NameOf = Callable[[str], str]


class Links:
    """The links of one report; `root` is the way from a page to the report's folder.

    Args:
        corpus: What was gathered.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._actor = cache(self._make_actor)
        self._source = cache(self._make_source)

    def actor(self, root: str, name_id: str, name_of: NameOf) -> Markup:
        """Return the name that belongs to an id; a link if it is an actor.

        Pages of articles come before it is known who has a page, but whoever an article names or quotes
        has one.
        """
        return self._actor(root, name_id) if name_id in self._corpus.actors else visible(name_of(name_id))

    def actors(self, root: str, name_ids: Sequence[str], name_of: NameOf) -> Markup:
        """Return the names that belong to some ids."""
        return Markup(", ").join([self.actor(root, one, name_of) for one in name_ids])

    def speaker(self, root: str, said: Statement, name_of: NameOf) -> Markup:
        """Return who said something: a link unless the speaker cannot be told from others."""
        if len(said.speakers) > 1:
            return self.actors(root, said.speakers, name_of)
        if said.speaker:
            return self.voice(root, said.speaker, said.name)
        return visible(said.name) if said.name else Markup('<span class="none">speaker not found</span>')

    def voice(self, root: str, name_id: str, name: str) -> Markup:
        """Return the name of one who speaks: a link to the page, else to the statements."""
        if name_id in self._corpus.actors:
            return self._actor(root, name_id)
        return _LINK.format("person", root, statements_link(speaker=name_id), visible(name))

    def behalf(self, root: str, said: Statement, name_of: NameOf) -> Markup:
        """Return for whom others somebody speaks; empty if for nobody."""
        names = self.actors(root, said.spoken_for, name_of)
        return Markup(' <span class="for">for {}</span>').format(names) if names else names

    def bodies(self, root: str, said: Statement, name_of: NameOf) -> Markup:
        """Return for whom somebody speaks; if the article does not tell, of which bodies, now or once."""
        if said.spoken_for or not said.others_of:
            return self.behalf(root, said, name_of)
        return Markup(' <span class="for">of {}</span>').format(self.actors(root, said.others_of, name_of))

    def source(self, root: str, article_id: str, anchor: str) -> Markup:
        """Return where something stands: the article's title as a link to the words, its outlet and day."""
        before, after = self._source(root, article_id)
        return Markup("").join([before, anchor, after])

    def _make_actor(self, root: str, entity_id: str) -> Markup:
        actors = self._corpus.actors
        return _LINK.format(
            actors.style(entity_id), root, actor_page(entity_id), visible(actors.name(entity_id))
        )

    def _make_source(self, root: str, article_id: str) -> tuple[Markup, Markup]:
        head = self._corpus.heads[article_id]
        before, after = _SOURCE
        outlet = Markup(", {}").format(visible(head.outlet)) if head.outlet else ""
        return (
            before.format(root, article_page(article_id)),
            after.format(visible(head.title), outlet, show_day(head.day)),
        )
