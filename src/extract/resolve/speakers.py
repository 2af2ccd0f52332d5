"""Who the speakers of quotes are: phrases, descriptions and pronouns -> entities and names.

Pure functions over plain data; the text and the linked mentions are all they need.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.lexicon.cues import PRONOUNS, Cues, Descriptions, head_span, head_word, singular
from extract.model import Mention, Quote, SpeakerKind, SpeakerMethod, TextSpan
from extract.resolve.roles import Role
from extract.resolve.roles_holders import OfficeHolders
from extract.resolve.speakers_ranking import Place, fits_noun, fits_pronoun, rank
from extract.resolve.speakers_referents import (
    Appearance,
    Names,
    Referent,
    describe,
    gender_of,
    is_person,
    iter_mentioned,
    refer,
)

_ORGANISATION_LABELS = frozenset({"ORG", "FACTION", "GPE", "NORP"})
_DEFINITE = re.compile(r"(?:the|this|that|these|those|its|their|his|her)\s+\w", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
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
    *,
    holders: OfficeHolders | None = None,
) -> tuple[Quote, ...]:
    """Fill in who the speakers are.

    Args:
        quotes: As found, with the speakers' phrases; in text order.
        mentions: The article's linked mentions, in text order.
        text: The article's text.
        sentences: Offsets of its sentences, in order.
        cues: For the words that describe speakers.
        holders: For who is meant by an office (`the prime minister`); None leaves offices unresolved.

    Returns:
        The quotes with the `speaker_...` fields that can be known; unchanged where none speaks.
    """
    resolver = _Resolver(quotes, mentions, text, sentences, cues.descriptions, holders=holders)
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


@dataclass(frozen=True, slots=True)
class _Identity:
    """Who a speaker is, how the text gives it, and how it was told."""

    referent: Referent
    kind: SpeakerKind
    method: SpeakerMethod | None


class _Resolver:
    """Goes through the speakers in text order and remembers who has spoken."""

    def __init__(
        self,
        quotes: Sequence[Quote],
        mentions: Sequence[Mention],
        text: str,
        sentences: Sequence[tuple[int, int]],
        descriptions: Descriptions,
        *,
        holders: OfficeHolders | None,
    ) -> None:
        self.text = text
        self.holders = holders
        self.not_holding = holders.not_holding if holders else frozenset()
        self.mentions = mentions
        self.descriptions = descriptions
        self.names = Names(mentions)
        self.sentence_starts = [start for start, _ in sentences]
        self.mentioned = list(iter_mentioned(mentions, quotes, text, self.sentence_starts, descriptions))
        self.spoken: list[Appearance] = []
        self.known: dict[TextSpan, _Identity] = {}

    def resolve(self, quote: Quote) -> Quote:
        """Return the quote with its speaker's name."""
        speaker = _speaker_of(quote)
        if speaker not in self.known:
            self.known[speaker] = self._identify(speaker)
            referent = self.known[speaker].referent
            self.spoken.append(
                Appearance(speaker.start, speaker.end, referent, speaks=True, leads=True, quoted=False)
            )
        known = self.known[speaker]
        return replace(
            quote,
            speaker_entity_id=known.referent.entity_id,
            speaker_name_id=known.referent.name_id,
            speaker_name=known.referent.name,
            speaker_kind=known.kind,
            speaker_method=known.method,
        )

    def _before(self, start: int) -> list[Appearance]:
        """Return the latest appearances before an offset."""
        number = bisect_left(self.mentioned, start, key=lambda seen: seen.start)
        return self.mentioned[max(number - _MEMORY, 0) : number] + self.spoken[-_MEMORY:]

    def _identify(self, speaker: TextSpan) -> _Identity:
        kind = self.descriptions.kind(speaker.text)
        place = Place(speaker.start, self.sentence_starts)
        if kind == "pronoun":
            return self._after(self._antecedent(speaker, place), speaker, kind)
        named = self._named(speaker, kind)
        if named is not None:
            return named
        if kind == "document":
            return self._after(self._author(speaker, place), speaker, kind)
        role = self.holders.role_of(speaker) if self.holders else None
        held = self._held(speaker, role, place) if role else None
        if held is not None:
            return held
        if kind in ("described", "organisation") and self._points_back(speaker):
            return self._after(self._described(speaker, place, role), speaker, kind)
        return self._unlisted(speaker, kind)

    def _after(self, referent: Referent, speaker: TextSpan, kind: SpeakerKind) -> _Identity:
        """Return the identity of a speaker who means somebody before, or only its own words."""
        return _Identity(referent, kind, None if referent.name == speaker.text else "coreference")

    def _held(self, speaker: TextSpan, role: Role, place: Place) -> _Identity | None:
        """Return who holds the office that a phrase describes; whoever was called so before comes first."""
        holder = self.holders.holder(role) if self.holders else None
        if holder is None:
            return None
        called = self._called_so(speaker, place) if holder.method == "role" else None
        if called is not None:
            return _Identity(called, "described", "coreference")
        described = describe(speaker, self.descriptions)
        words = described.words | {word.lower() for word in holder.name.split()}
        gender = gender_of(holder.name.lower().split(), self.descriptions)
        referent = Referent(
            holder.name, "person", holder.entity_id, gender, plural=False, words=words, name_id=holder.name_id
        )
        return _Identity(referent, "described", holder.method)

    def _antecedent(self, speaker: TextSpan, place: Place) -> Referent:
        """Return whom a pronoun means."""
        fitting = [seen for seen in self._before(speaker.start) if fits_pronoun(seen.referent, speaker.text)]
        gender = PRONOUNS.get(speaker.text.lower())
        return rank(fitting, place, self.text, gender=gender) or describe(speaker, self.descriptions)

    def _named(self, speaker: TextSpan, kind: SpeakerKind) -> _Identity | None:
        """Return whom the mention at the head of the phrase names."""
        mention = self._head_mention(speaker)
        if mention is None:
            return None
        referent = refer(mention, self.names, self.text, self.descriptions)
        if kind == "document":
            return _Identity(referent, kind, "mention")
        person = is_person(mention, self.names, self.descriptions)
        is_named = person or mention.label not in _ORGANISATION_LABELS
        return _Identity(referent, "named" if is_named else "organisation", "mention")

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

    def _called_so(self, speaker: TextSpan, place: Place) -> Referent | None:
        """Return the person before who was called by all words of a phrase: X, a leader of Badr."""
        words = {_POSSESSIVE.sub("", word) for word in speaker.text.lower().split()} - _ARTICLES - {"of"}
        called = [
            seen
            for seen in self._before(speaker.start)
            if seen.referent.kind == "person"
            and words <= seen.referent.words
            and not seen.referent.words & self.not_holding
        ]
        return rank(called, place, self.text)

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

    def _described(self, speaker: TextSpan, place: Place, role: Role | None) -> Referent:
        """Return whom `the committee` or `the second official` means: somebody seen before.

        An office means nobody who was called by a part of its title only.
        """
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
            seen
            for seen in self._before(speaker.start)
            if fits_noun(seen.referent, noun, self.descriptions)
            and self._same_standing(itself, seen.referent, role)
        ]
        return rank(fitting, place, self.text, noun=noun) or itself

    def _same_standing(self, described: Referent, seen: Referent, role: Role | None) -> bool:
        """Tell whether somebody was called by all of a title; former, deputy and so on as the phrase says."""
        apart = described.words & self.not_holding
        if apart:
            return apart <= seen.words
        return role is None or (seen.words >= set(role.title.split()) and not seen.words & self.not_holding)

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

    def _unlisted(self, speaker: TextSpan, kind: SpeakerKind) -> _Identity:
        """Return a speaker without a mention; a bare surname is completed from the persons before it."""
        itself = describe(speaker, self.descriptions)
        if kind != "named":
            return _Identity(itself, kind, None)
        gender = gender_of(speaker.text.lower().split(), self.descriptions)
        referent = replace(itself, kind="person", gender=gender, plural=False)
        fuller = self.names.complete(speaker.text, speaker.start)
        if fuller is None:
            return _Identity(referent, kind, None)
        name, entity_id = fuller.entity_name or fuller.text, fuller.entity_id
        referent = replace(referent, name=name, entity_id=entity_id, name_id=fuller.name_id or entity_id)
        return _Identity(referent, kind, "mention")


_ARTICLES = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "a", "an"})
