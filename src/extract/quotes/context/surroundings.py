"""What the context of the quotes of one article is read from."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.entities.offices.holders import OfficeHolders
from extract.model import Mention, Timex
from extract.quotes.context.words import ContextWords
from extract.quotes.cues import Cues
from extract.quotes.speakers.resolver import Resolver


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the context of quotes is read from.

    Attributes:
        doc: With sentences, tags and parse.
        text: Its text, which a Doc makes anew each time.
        mentions: The article's linked mentions, in text order.
        timexes: Its temporal expressions.
        cues: The words that introduce speech.
        words: The words that tell its context.
        resolver: Knows whom descriptions and pronouns mean.
        holders: Knows offices and their bodies.
    """

    doc: Doc
    text: str
    mentions: Sequence[Mention]
    timexes: Sequence[Timex]
    cues: Cues
    words: ContextWords
    resolver: Resolver
    holders: OfficeHolders
