"""Who the speakers of quotes are: phrases, descriptions and pronouns -> entities and names.

Pure functions over plain data; the text and the linked mentions are all they need.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.lexicon.cues import PRONOUNS, Cues, Descriptions, head_span, head_word, singular
from extract.model import Mention, Quote, SpeakerKind, TextSpan
from extract.resolve.speakers_ranking import Place, fits_noun, fits_pronoun, rank
from extract.resolve.speakers_referents import (
    Appearance,
    Names,
    Referent,
    describe,
    is_person,
    iter_mentioned,
    refer,
)

_ORGANISATION_LABELS = frozenset({"ORG", "FACTION", "GPE", "NORP"})
_DEFINITE = re.compile(r"(?:the|this|that|these|those|its|their|his|her)\s+\w", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?\s*$")
_FROM = re.compile(r"\s(?:by|from|of)\s+(?:the\s+)?$")
_LONGEST_BARE = 4  # words of a description that may point back; longer ones describe somebody new
_MEMORY = 150  # names, and speakers, remembered
_AUTHOR_REACH = 4  # sentences within which a document's author was named


def resolve_speakers(
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    text: str,
    sentences: Sequence[tuple[int, int]],
    cues: Cues,
) -> tuple[Quote, ...]:
    """Fill in who the speakers are.

    Args:
        quotes: As found, with the speakers' phrases; in text order.
        mentions: The article's linked mentions, in text order.
        text: The article's text.
        sentences: Offsets of its sentences, in order.
        cues: For the words that describe speakers.

    Returns:
        The quotes with `speaker_entity_id`, `speaker_name` and `speaker_kind`; unchanged where none speaks.
    """
    resolver = _Resolver(quotes, mentions, text, sentences, cues.descriptions)
    order = sorted(
        (index for index, quote in enumerate(quotes) if quote.speaker is not None),
        key=lambda index: (_speaker_of(quotes[index]).start, index),
    )
    resolved = list(quotes)
    for index in order:
        resolved[index] = resolver.resolve(quotes[index])
    return tuple(resolved)


def _speaker_of(quote: Quote) -> TextSpan:
    if quote.speaker is None:
        raise ValueError(quote)
    return quote.speaker


class _Resolver:
    """Goes through the speakers in text order and remembers who has spoken."""

    def __init__(
        self,
        quotes: Sequence[Quote],
        mentions: Sequence[Mention],
        text: str,
        sentences: Sequence[tuple[int, int]],
        descriptions: Descriptions,
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.descriptions = descriptions
        self.names = Names(mentions)
        self.sentence_starts = [start for start, _ in sentences]
        self.mentioned = list(iter_mentioned(mentions, quotes, text, self.sentence_starts, descriptions))
        self.spoken: list[Appearance] = []
        self.known: dict[TextSpan, tuple[Referent, SpeakerKind]] = {}

    def resolve(self, quote: Quote) -> Quote:
        """Return the quote with its speaker's name."""
        speaker = _speaker_of(quote)
        if speaker not in self.known:
            self.known[speaker] = self._identify(speaker)
            referent, _ = self.known[speaker]
            self.spoken.append(
                Appearance(speaker.start, speaker.end, referent, speaks=True, leads=True, quoted=False)
            )
        referent, kind = self.known[speaker]
        return replace(
            quote, speaker_entity_id=referent.entity_id, speaker_name=referent.name, speaker_kind=kind
        )

    def _before(self, start: int) -> list[Appearance]:
        """Return the latest appearances before an offset."""
        number = bisect_left(self.mentioned, start, key=lambda seen: seen.start)
        return self.mentioned[max(number - _MEMORY, 0) : number] + self.spoken[-_MEMORY:]

    def _identify(self, speaker: TextSpan) -> tuple[Referent, SpeakerKind]:
        kind = self.descriptions.kind(speaker.text)
        place = Place(speaker.start, self.sentence_starts)
        if kind == "pronoun":
            return self._antecedent(speaker, place), kind
        named = self._named(speaker, kind)
        if named is not None:
            return named
        if kind == "document":
            return self._author(speaker, place), kind
        if kind in ("described", "organisation") and self._points_back(speaker):
            return self._described(speaker, place), kind
        return self._unlisted(speaker, kind), kind

    def _antecedent(self, speaker: TextSpan, place: Place) -> Referent:
        """Return whom a pronoun means."""
        fitting = [seen for seen in self._before(speaker.start) if fits_pronoun(seen.referent, speaker.text)]
        gender = PRONOUNS.get(speaker.text.lower())
        return rank(fitting, place, self.text, gender=gender) or describe(speaker, self.descriptions)

    def _named(self, speaker: TextSpan, kind: SpeakerKind) -> tuple[Referent, SpeakerKind] | None:
        """Return whom the mention at the head of the phrase names."""
        mention = self._head_mention(speaker)
        if mention is None:
            return None
        referent = refer(mention, self.names, self.text, self.descriptions)
        if kind == "document":
            return referent, kind
        person = is_person(mention, self.names, self.descriptions)
        return referent, "named" if person or mention.label not in _ORGANISATION_LABELS else "organisation"

    def _head_mention(self, speaker: TextSpan) -> Mention | None:
        """Return the mention that holds the head of a speaker's phrase, or owns the document that speaks."""
        start, end = head_span(speaker.text)
        head_start, head_end = speaker.start + start, speaker.start + end
        first = bisect_left(self.mentions, speaker.start, key=lambda mention: mention.end)
        last = bisect_left(self.mentions, speaker.end, key=lambda mention: mention.start)
        inside = [mention for mention in self.mentions[first:last] if mention.end > speaker.start]
        for mention in inside:
            if mention.start < head_end and head_start < mention.end:
                return mention
        noun = singular(self.text[head_start:head_end].lower(), self.descriptions.organisations)
        for mention in inside:
            between = self.text[mention.end : head_start].strip(" \"'“”‘’")
            group = noun in self.descriptions.factions and mention.label in ("ORG", "FACTION")
            if group and mention.end <= head_start and not between:
                return mention
        return self._owner(inside, speaker, head_start)

    def _owner(self, inside: Iterable[Mention], speaker: TextSpan, head_start: int) -> Mention | None:
        """Return who issued a document: `Brandt's letter`, `a statement by the ministry`."""
        if self.descriptions.kind(speaker.text) != "document":
            return None
        for mention in inside:
            owns = mention.end <= head_start and _OWNER.search(
                self.text[mention.start : mention.end + 2].rstrip()
            )
            signs = mention.start > head_start and _FROM.search(self.text[head_start : mention.start])
            if (owns or signs) and mention.label in ("PERSON", "ORG", "FACTION"):
                return mention
        return None

    def _author(self, speaker: TextSpan, place: Place) -> Referent:
        """Return who speaks through `the statement`: the last speaker or subject before it, if near."""
        itself = describe(speaker, self.descriptions)
        if (
            not self._points_back(speaker)
            or head_word(speaker.text).lower() not in self.descriptions.authored
        ):
            return itself
        authors = [
            seen
            for seen in self._before(speaker.start)
            if seen.referent.kind in ("person", "organisation")
            and (seen.speaks or seen.referent.kind == "organisation")
            and place.distance(seen.start) <= _AUTHOR_REACH
        ]
        return rank(authors, place, self.text) or itself

    def _described(self, speaker: TextSpan, place: Place) -> Referent:
        """Return whom `the committee` or `the second official` means: somebody seen before."""
        itself = describe(speaker, self.descriptions)
        noun = singular(
            head_word(speaker.text).lower(), self.descriptions.persons | self.descriptions.organisations
        )
        same = [
            seen
            for seen in self._before(speaker.start)
            if seen.speaks and self._same_description(itself, seen.referent)
        ]
        found = rank(same, place, self.text, noun=noun)
        if noun == "latter":
            return self._last_named(speaker.start) or itself
        if found is not None or self._ordinals(itself.words) or itself.plural:
            return found or itself
        fitting = [
            seen for seen in self._before(speaker.start) if fits_noun(seen.referent, noun, self.descriptions)
        ]
        return rank(fitting, place, self.text, noun=noun) or itself

    def _last_named(self, start: int) -> Referent | None:
        """Return the person or group named last before an offset."""
        named = [seen for seen in self._before(start) if seen.referent.kind in ("person", "organisation")]
        return max(named, key=lambda seen: seen.start).referent if named else None

    def _same_description(self, later: Referent, earlier: Referent) -> bool:
        """Tell whether a description repeats an earlier one: same noun, same number, no other modifiers."""
        if earlier.entity_id is not None or later.plural != earlier.plural or later.kind != earlier.kind:
            return False
        if self._ordinals(later.words) != self._ordinals(earlier.words):
            return False
        return later.words - _ARTICLES <= earlier.words

    def _ordinals(self, words: frozenset[str]) -> frozenset[str]:
        return words & self.descriptions.ordinals

    def _points_back(self, speaker: TextSpan) -> bool:
        """Tell whether a description may mean somebody known: short and definite, without `of ...`."""
        words = speaker.text.split()
        return bool(_DEFINITE.match(speaker.text)) and len(words) <= _LONGEST_BARE and "of" not in words

    def _unlisted(self, speaker: TextSpan, kind: SpeakerKind) -> Referent:
        """Return a speaker without a mention; a bare surname is completed from the persons before it."""
        itself = describe(speaker, self.descriptions)
        if kind != "named":
            return itself
        name, entity_id = self.names.complete(speaker.text, speaker.start)
        words = [word.lower() for word in speaker.text.split()]
        gender = next((self.descriptions.genders[w] for w in words if w in self.descriptions.genders), None)
        return replace(itself, name=name, entity_id=entity_id, kind="person", gender=gender, plural=False)


_ARTICLES = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "a", "an"})
