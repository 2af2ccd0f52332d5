"""The actors of whom a quote speaks: named, described or meant by a pronoun in it, or beside it."""

from extract.model import Quote
from extract.quotes.context.about.descriptions import Described
from extract.quotes.context.about.names import ActorNames
from extract.quotes.context.about.pronouns import Pronouns
from extract.quotes.context.about.targets import Targets
from extract.quotes.context.beside import Beside
from extract.quotes.context.people import span_at
from extract.quotes.context.surroundings import Surroundings


class About:
    """Finds the actors of whom the quotes of one article speak.

    Args:
        around: The article and what is known of it.
    """

    def __init__(self, around: Surroundings) -> None:
        self._doc = around.doc
        self._names = ActorNames(around)
        self._described = Described(around)
        self._targets = Targets(around, self._names, self._described.meant_by)
        self._pronouns = Pronouns(around, self._names, self._described.meant_by)

    def of(self, quote: Quote, beside: Beside) -> tuple[str, ...]:
        """Return the ids of the actors, each once, in the order in which they are spoken of."""
        words = span_at(self._doc, quote.start, quote.end)
        if words is None or quote.type == "scare":
            return ()
        found = [
            *self._targets.of(quote, beside),
            *self._names.ids_in(quote.start, quote.end),
            *self._described.in_quote(quote, words),
            *self._pronouns.meant_in(quote, words),
        ]
        return tuple(dict.fromkeys(one for one in found if one))
