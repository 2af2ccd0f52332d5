"""Who a speaker is, as far as the article tells."""

from dataclasses import dataclass

from extract.model import SpeakerKind, SpeakerMethod
from extract.quotes.speakers.referents import Referent


@dataclass(frozen=True, slots=True)
class Identity:
    """The referent of a speaker, the kind of its phrase, and the method that resolved it."""

    referent: Referent
    kind: SpeakerKind
    method: SpeakerMethod | None
