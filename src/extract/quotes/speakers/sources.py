"""Who is not meant by a pronoun: the source of a report about him, and whom the speaker names as another."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from extract.model import Quote, TextSpan
from extract.quotes.speakers.discourse import DiscourseMention, Place
from extract.quotes.speakers.subjects import Subject, is_inside

_REACH = 2  # sentences before a report in which the person whom it is about is named


def named_by_speakers(
    quotes: Sequence[Quote], mentioned: Sequence[DiscourseMention]
) -> Mapping[TextSpan, frozenset[str]]:
    """Return the names in the words of each speaker's phrase: nobody calls himself by name.

    In `“Hatem was killed,” he said` and in `he said Hatem was killed` he is not Hatem (principle C of binding
    theory).

    Args:
        quotes: The quotes with their speakers' phrases.
        mentioned: Whom the article names, in text order.
    """
    names: dict[TextSpan, set[str]] = defaultdict(set)
    for quote in quotes:
        first, last = (
            bisect_left(mentioned, offset, key=lambda seen: seen.start) for offset in (quote.start, quote.end)
        )
        if quote.speaker is not None:
            names[quote.speaker].update(seen.referent.name for seen in mentioned[first:last])
    return {speaker: frozenset(found) for speaker, found in names.items()}


def without_sources(
    fitting: Sequence[DiscourseMention],
    pronoun: TextSpan,
    place: Place,
    before: Sequence[Subject],
    text: str,
) -> list[DiscourseMention]:
    """Return those named shortly before a pronoun in a report who are not its source.

    In `Rollins left. According to his lawyer, Samir Odeh, he was ill` it is Rollins who was ill. Nobody is
    returned if nobody else is near (`According to Odeh, he was ill`), or if the report names no source.

    Args:
        fitting: The mentions that agree with the pronoun.
        pronoun: The pronoun.
        place: Its place, from which distances are counted.
        before: The subjects and sources in its sentence before it.
        text: The article's text.
    """
    sources = [_span(one, before, text, pronoun.start) for one in before if one.is_source]
    names = {seen.referent.name for seen in fitting if is_inside(sources, seen.start)}
    near = (one for one in fitting if place.sentence - one.sentence <= _REACH)
    return [one for one in near if one.referent.name not in names] if names else []


def _span(source: Subject, before: Sequence[Subject], text: str, end: int) -> tuple[int, int]:
    """Return the span of a source with a name in apposition: `according to |a lawyer, Odeh|, he`."""
    phrase = source.phrase
    if not all(one.is_source for one in before):
        return phrase.start, phrase.end
    return phrase.start, max(phrase.end, text.rfind(",", phrase.start, end))
