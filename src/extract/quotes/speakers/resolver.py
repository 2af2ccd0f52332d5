"""Who the speakers of quotes are: phrases, descriptions and pronouns -> entities and names.

Pure functions over plain data; the text and the linked mentions are all they need.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.entities.offices.holders import OfficeHolders
from extract.entities.offices.reader import Role
from extract.model import Mention, Quote, SpeakerKind, SpeakerMethod, TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.phrases import PRONOUNS, head_span, head_word, singular
from extract.quotes.speakers.descriptions import Description, plain_words, points_back
from extract.quotes.speakers.discourse import DiscourseMention, Layout, Place, iter_mentioned
from extract.quotes.speakers.profiles import Profiles
from extract.quotes.speakers.ranking import best, fits_pronoun, rank
from extract.quotes.speakers.referents import (
    Names,
    Referent,
    describe,
    gender_of,
    is_person,
    refer,
)

_ORGANISATION_LABELS = frozenset({"ORG", "FACTION", "GPE", "NORP"})
_OWNER = re.compile(r"['’]s?\s*$")
_CONJUNCTION = re.compile(r"\b(?:after|as|because|before|if|since|that|unless|until|when|while)\s$")
_IN_WHICH = re.compile(r"\b(?P<noun>\w{1,30}) in which $")
_GOVERNS = re.compile(r"\b(?:and|by|for|from|in|of|to|with)\s(?:the\s)?$")
_FROM = re.compile(r"\s(?:by|from|of)\s+(?:the\s+)?$")
_CLAUSE_REACH = 40  # characters before a pronoun in which the noun of its relative clause stands
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


def _starts_of_quotes_before(quotes: Iterable[Quote], text: str) -> dict[TextSpan, int]:
    """Return where the words begin that stand before their speaker in a paragraph: `"Go," he said`.

    Nobody named in them is likely to be the one who says them.
    """
    starts: dict[TextSpan, int] = {}
    for quote in quotes:
        speaker = quote.speaker
        if speaker is not None and quote.end <= speaker.start and "\n" not in text[quote.end : speaker.start]:
            starts[speaker] = min(quote.start, starts.get(speaker, quote.start))
    return starts


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
        self.phrases = tuple(quote.speaker for quote in quotes if quote.speaker is not None)
        self.names = Names(mentions, text, self.phrases)
        self.layout = Layout(text, sentences)
        mentioned = tuple(iter_mentioned(mentions, quotes, self.layout, self.names, descriptions))
        self.profiles = Profiles(mentioned)
        self.mentioned = list(self.profiles.completed(mentioned))
        self.spoken: list[DiscourseMention] = []
        self.said_before = _starts_of_quotes_before(quotes, text)
        self.known: dict[TextSpan, _Identity] = {}

    def resolve(self, quote: Quote) -> Quote:
        """Return the quote with its speaker's name."""
        speaker = self._issuer(_speaker_of(quote)) or _speaker_of(quote)
        if speaker not in self.known:
            self.known[speaker] = self._identify(speaker)
            self._remember(speaker, self.known[speaker])
        known = self.known[speaker]
        return replace(
            quote,
            speaker=speaker,
            speaker_entity_id=known.referent.entity_id,
            speaker_name_id=known.referent.name_id,
            speaker_name=known.referent.name,
            speaker_kind=known.kind,
            speaker_method=known.method,
        )

    def _issuer(self, pronoun: TextSpan) -> TextSpan | None:
        """Return who issued the document of a relative clause: `the council wrote a letter in which it said`.

        The pronoun only repeats the sentence's own subject there, which is the phrase to show.
        """
        document = _IN_WHICH.search(self.text, max(pronoun.start - _CLAUSE_REACH, 0), pronoun.start)
        if document is None or document["noun"] not in self.descriptions.documents:
            return None
        place = self.layout.place(pronoun.start)
        fitting = [
            seen
            for seen in self._before(pronoun.start)
            if fits_pronoun(seen.referent, pronoun.text) and seen.sentence == place.sentence
        ]
        found = best(fitting, place)
        if found is None:
            return None
        phrases = (
            phrase for phrase in self.phrases if phrase.start <= found.start and found.end <= phrase.end
        )
        own = TextSpan(found.start, found.end, self.text[found.start : found.end])
        return next(phrases, own)

    def _remember(self, speaker: TextSpan, known: _Identity) -> None:
        """Keep a speaker whom pronouns may mean: no `someone`, and no pronoun that means nobody known."""
        is_unknown = known.kind == "pronoun" and known.method is None
        if not is_unknown and speaker.text.lower() not in self.descriptions.indefinite:
            seen = DiscourseMention(
                speaker.start,
                speaker.end,
                known.referent,
                self.layout.sentence(speaker.start),
                speaks=True,
                is_subject=self.layout.is_early(speaker.start),
            )
            self.spoken.append(seen)

    def _before(self, start: int) -> list[DiscourseMention]:
        """Return the latest appearances before an offset."""
        number = bisect_left(self.mentioned, start, key=lambda seen: seen.start)
        return self.mentioned[max(number - _MEMORY, 0) : number] + self.spoken[-_MEMORY:]

    def _identify(self, speaker: TextSpan) -> _Identity:
        kind = self.descriptions.kind(speaker.text)
        place = self.layout.place(self.said_before.get(speaker, speaker.start))
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
        if kind in ("described", "organisation") and points_back(speaker.text):
            is_subordinate = bool(_CONJUNCTION.search(self.text, max(speaker.start - 10, 0), speaker.start))
            description = Description(
                speaker, place, self.descriptions, is_subordinate, role, self.not_holding
            )
            return self._after(description.meant(self._before(place.start)), speaker, kind)
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
        """Return whom a pronoun means; it tells the gender of one who had none."""
        fitting = [seen for seen in self._before(place.start) if fits_pronoun(seen.referent, speaker.text)]
        gender = PRONOUNS.get(speaker.text.lower())
        found = rank(fitting, place, gender=gender)
        if found is None:
            return describe(speaker, self.descriptions)
        if found.kind == "person" and found.gender is None and not found.plural:
            found = self._learn_gender(found, gender)
        return found

    def _learn_gender(self, referent: Referent, gender: str | None) -> Referent:
        """Give somebody the gender of a pronoun, wherever they appear."""
        known = replace(referent, gender=gender)
        for appearances in (self.mentioned, self.spoken):
            appearances[:] = [
                replace(seen, referent=replace(seen.referent, gender=gender))
                if seen.referent.name == referent.name and seen.referent.gender is None
                else seen
                for seen in appearances
            ]
        return known

    def _named(self, speaker: TextSpan, kind: SpeakerKind) -> _Identity | None:
        """Return whom the mention at the head of the phrase names."""
        mention = self._head_mention(speaker)
        if mention is None:
            return None
        referent = self.profiles.complete(refer(mention, self.names, self.text, self.descriptions))
        referent = replace(referent, words=referent.words | describe(speaker, self.descriptions).words)
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
        if self.text[head_start].isupper() and inside and inside[-1].end == speaker.end:
            titled = inside[-1]  # `Secretary of State Karl Brandt`
            if titled.label == "PERSON" and not _GOVERNS.search(self.text[head_end : titled.start]):
                return titled
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
        words = plain_words(speaker.text.lower().split()) - {"of"}
        called = [
            seen
            for seen in self._before(place.start)
            if seen.referent.kind == "person"
            and words <= seen.referent.words
            and not seen.referent.words & self.not_holding
        ]
        return rank(called, place)

    def _author(self, speaker: TextSpan, place: Place) -> Referent:
        """Return who speaks through `the statement`: the last speaker or subject before it, if near."""
        itself = describe(speaker, self.descriptions)
        if not points_back(speaker.text) or head_word(speaker.text).lower() not in self.descriptions.authored:
            return itself
        authors = [
            seen
            for seen in self._before(place.start)
            if seen.referent.kind in ("person", "organisation")
            and (seen.speaks or seen.referent.kind == "organisation")
            and place.sentence - seen.sentence <= _AUTHOR_REACH
        ]
        return rank(authors, place) or itself

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
