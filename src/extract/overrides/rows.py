"""Corrects quotes and dates, last of all."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from extract.dates.timex.ranges import days_of
from extract.dates.timex.relations import open_sides
from extract.entities.linking.name_ids import name_id_of
from extract.lexicon import Lexicon
from extract.model import Annotation, Mention, Quote, Timex, TimexType
from extract.overrides.corrections import Corrections, Note
from extract.overrides.entries import Override
from extract.overrides.mentions import CERTAIN, METHOD
from extract.overrides.words import same_letters


def correct_rows(annotation: Annotation, corrections: Corrections) -> Annotation:
    """Return an annotation with the corrections of its quotes and dates.

    Args:
        annotation: What was found; its offsets are those of the article.
        corrections: Those of the article; they note their use.
    """
    return _with_timexes(_with_quotes(annotation, corrections), corrections)


def _with_quotes(annotation: Annotation, corrections: Corrections) -> Annotation:
    """Return an annotation with other speakers, and without the quotes that were dropped."""
    quotes, dropped = list(annotation.quotes), dict[int, Note]()
    for override in corrections.of("quote", "any"):
        for index in _quotes_of(quotes, override, corrections, annotation.article.text):
            before = quotes[index]
            _restore(index, dropped, corrections)
            if override.drop:
                dropped[index] = Note(override, changed=True, found=(before,))
                continue
            quotes[index] = _with_type(before, override)
            if override.speaker is not None:
                speaker = _Speaker.of_all(override.speaker, annotation.mentions, corrections.lexicon)
                quotes = [speaker.of_quote(one) if one.group == before.group else one for one in quotes]
            is_new = not before.confidence
            changed = is_new or _said(before) != _said(quotes[index])
            corrections.note(override, changed=changed, found=[] if is_new else [before])
    corrections.notes += dropped.values()
    return replace(annotation, quotes=_without(quotes, dropped))


def _restore(index: int, dropped: dict[int, Note], corrections: Corrections) -> None:
    """Take back what a correction that is less narrow has dropped."""
    if index in dropped:
        corrections.note_outweighed(dropped.pop(index).override)


def _quotes_of(quotes: list[Quote], override: Override, corrections: Corrections, text: str) -> list[int]:
    """Return the quotes that a correction is for; one that says a type adds those that are missing."""
    found = _quotes_at(quotes, override, corrections)
    if override.quote is None:
        return found
    places = corrections.places(override, text)
    if override.start is not None and places:
        found = [index for index in found if (quotes[index].start, quotes[index].end) in places]
    return found or _add_quotes(quotes, override, text, places)


def _add_quotes(
    quotes: list[Quote], override: Override, text: str, places: Sequence[tuple[int, int]]
) -> list[int]:
    """Add a quote, yet without confidence, in each of some places; return their indexes."""
    first = len(quotes)
    for start, end in places:
        kind = override.quote or "direct"
        quotes.append(Quote(start, end, text[start:end], kind, override.rule, 0.0, group=len(quotes)))
    return [*range(first, len(quotes))]


def _with_type(quote: Quote, override: Override) -> Quote:
    if override.quote is None:
        return quote
    return replace(quote, type=override.quote, rule=override.rule, confidence=CERTAIN)


def _said(quote: Quote) -> tuple[object, ...]:
    return quote.type, quote.speaker_name, quote.speaker_name_id, _speaker_ids(quote)


def _speaker_ids(quote: Quote) -> tuple[str, ...]:
    """Return the ids of all who speak."""
    return quote.speaker_entity_ids or tuple(filter(None, (quote.speaker_entity_id,)))


def _with_timexes(annotation: Annotation, corrections: Corrections) -> Annotation:
    """Return an annotation with other values of dates, new dates, and without those that were dropped."""
    dates = _Dates(list(annotation.timexes), annotation.article.text)
    for override in corrections.of("date", "any"):
        dates.correct(override, corrections)
    corrections.notes += dates.dropped.values()
    gone = dates.gone
    quotes = (
        replace(quote, context=replace(quote.context, said_on=_moved(quote.context.said_on, gone)))
        for quote in annotation.quotes
    )
    return replace(annotation, quotes=tuple(quotes), timexes=dates.left())


@dataclass(slots=True)
class _Dates:
    """The dates of an article. Quotes know them by their numbers: new ones come last."""

    timexes: list[Timex]
    text: str
    dropped: dict[int, Note] = field(default_factory=dict)
    replaced: set[int] = field(default_factory=set)

    def correct(self, override: Override, corrections: Corrections) -> None:
        """Apply a correction wherever its words are a date; with a place and a value, they become one."""
        places = corrections.places(override, self.text)
        found = [index for index, one in enumerate(self.timexes) if (one.start, one.end) in places]
        for index in found:
            before = self.timexes[index]
            _restore(index, self.dropped, corrections)
            if override.drop:
                self.dropped[index] = Note(override, changed=True, found=(before,))
            else:
                new = self.timexes[index] = _with_value(before, override)
                changed = (new.value, new.relation) != (before.value, before.relation)
                corrections.note(override, changed=changed, found=[before])
        if not found and override.start is not None and override.value is not None:
            for start, end in places:
                made = Timex(start, end, self.text[start:end], "DATE", "", override.rule)
                corrections.note(override, changed=True)
                self._put(_with_value(made, override))

    def _put(self, made: Timex) -> None:
        """Put a new date in the place of those that it overlaps."""
        touched = [
            index
            for index, one in enumerate(self.timexes)
            if one.start < made.end and made.start < one.end and index not in self.gone
        ]
        if not touched:
            self.timexes.append(made)
            return
        self.timexes[touched[0]] = replace(made, range_of=self.timexes[touched[0]].range_of)
        self.replaced.update(touched[1:])

    @property
    def gone(self) -> set[int]:
        """The numbers of those that are no dates any more."""
        return self.replaced.union(self.dropped)

    def left(self) -> tuple[Timex, ...]:
        """Return the dates that are left; a range without its first one is none."""
        gone = self.gone
        kept = [one for index, one in enumerate(self.timexes) if index not in gone]
        places = {(one.start, one.end) for one in kept}
        return tuple(one if one.range_of in places else replace(one, range_of=None) for one in kept)


def _quotes_at(quotes: Sequence[Quote], override: Override, corrections: Corrections) -> list[int]:
    """Return the quotes with the words of a correction.

    To drop a quote or to say its type, these must be all of its words.
    """
    words = same_letters(override.text).casefold()
    is_part_enough = not override.drop and override.quote is None
    found, starts = list[int](), list[int]()
    for index, quote in enumerate(quotes):
        said = same_letters(quote.text).casefold()
        if said == words or (is_part_enough and words in said):
            found.append(index)
            starts.append(quote.start + next((start for start, _ in override.places(quote.text)), 0))
    return [found[at] for at in corrections.chosen(override, starts)]


@dataclass(frozen=True, slots=True)
class _Speaker:
    """A speaker as a correction names him: an entity of the lexicon, a name, or nobody.

    Attributes:
        name: The name.
        name_id: The id of the name.
        entity_id: The id of the entity.
        entity_ids: The ids of all entities that speak together.
    """

    name: str | None = None
    name_id: str | None = None
    entity_id: str | None = None
    entity_ids: tuple[str, ...] = ()

    @classmethod
    def of_all(cls, given: Iterable[str], mentions: Sequence[Mention], lexicon: Lexicon) -> Self:
        """Return who speaks: the first of several, before others one of the lexicon; and the ids of all."""
        each = [cls.of(one, mentions, lexicon) for one in given]
        first = min(each, key=lambda one: one.entity_id is None)
        return replace(first, entity_ids=tuple(filter(None, (one.entity_id for one in each))))

    @classmethod
    def of(cls, given: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Self:
        """Return the speaker with an id or a name; nobody for empty words."""
        entity = lexicon.entities.get(given)
        if entity is not None:
            return cls(entity.name, entity.links_to, entity.published_id)
        if not given:
            return cls()
        known = (one.name_id for one in mentions if one.entity_name == given and one.name_id)
        return cls(given, next(known, None) or name_id_of("PERSON", given, lexicon))

    def speaks(self, quote: Quote) -> bool:
        """Return whether a quote has this speaker already."""
        before = quote.speaker_name, quote.speaker_name_id, _speaker_ids(quote)
        return before == (self.name, self.name_id, self.entity_ids)

    def of_quote(self, quote: Quote) -> Quote:
        """Return a quote with this speaker; on whose behalf another one spoke says nothing of him."""
        if self.speaks(quote):
            return quote
        return replace(
            quote,
            speaker_name=self.name,
            speaker_name_id=self.name_id,
            speaker_entity_id=self.entity_id,
            speaker_entity_ids=self.entity_ids,
            speaker_method=METHOD,
            speaker_candidates=(),
            speaker_confidence=CERTAIN if self.name or quote.speaker else None,
            context=replace(quote.context, affiliation=(), anonymous=False if self.name else None),
        )


def _with_value(timex: Timex, override: Override) -> Timex:
    """Return a date with another value or relation; the other of them stays as it was found.

    What is only confirmed keeps its days: its value alone does not tell them all.
    """
    value = timex.value if override.value is None else override.value
    relation = timex.relation if override.relation is None else override.relation or None
    confirmed = replace(timex, relation=relation, rule=override.rule, confidence=CERTAIN)
    if (value, relation) == (timex.value, timex.relation):
        return confirmed
    if value == timex.value:
        days = days_of(value, timex.mod) or (timex.earliest, timex.latest)
        corrected = confirmed
    else:
        days = days_of(value) or (None, None)
        corrected = replace(
            confirmed, type=_type_of(value), value=value, mod=None, anchor=None, anchor_source=None
        )
    corrected = replace(corrected, earliest=days[0], latest=days[1])
    earliest, latest = open_sides(corrected, relation)
    return replace(corrected, earliest=earliest, latest=latest)


def _type_of(value: str) -> TimexType:
    if re.match(r"P[\dXT]", value):
        return "DURATION"
    return "TIME" if "T" in value and not value.endswith("_REF") else "DATE"


def _without(quotes: Sequence[Quote], dropped: Collection[int]) -> tuple[Quote, ...]:
    """Return the quotes that are left, with new indexes of each other."""
    left = [index for index in range(len(quotes)) if index not in dropped]
    number = {index: position for position, index in enumerate(left)}
    first: dict[int, int] = {}  # of each utterance, the first piece that is left
    for index in left:
        first.setdefault(quotes[index].group, number[index])
    return tuple(
        replace(
            quotes[index],
            group=first[quotes[index].group],
            duplicate_of=None
            if (first_said := quotes[index].duplicate_of) is None
            else number.get(first_said),
        )
        for index in left
    )


def _moved(index: int | None, dropped: Collection[int]) -> int | None:
    """Return the new index of a date after some were dropped; None if it was."""
    if index is None or index in dropped:
        return None
    return index - sum(one < index for one in dropped)
