"""Resolves the speakers of quotes: names, descriptions and pronouns -> entities and names.

Works on plain data: the text and the linked mentions, without the Doc.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.entities.offices.holders import OfficeHolders
from extract.entities.offices.reader import Role
from extract.model import Mention, Quote, SpeakerKind, SpeakerMethod, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.phrases import head_span, head_word, singular
from extract.quotes.speakers.descriptions import Description, content_words, is_anaphoric
from extract.quotes.speakers.discourse import (
    VERBATIM,
    DiscourseMention,
    Layout,
    Place,
    iter_discourse_mentions,
)
from extract.quotes.speakers.groups import Candidate, GroupPronoun
from extract.quotes.speakers.profiles import Profiles
from extract.quotes.speakers.ranking import best_mention, best_referent, fits_pronoun
from extract.quotes.speakers.referents import (
    Names,
    Referent,
    describe,
    gender_of,
    is_person,
    referent_of,
)
from extract.quotes.speakers.subjects import NO_SUBJECTS, REACH, Subject, Subjects, is_inside
from extract.quotes.speakers.unnamed import unnamed_persons

_ORGANISATION_LABELS = frozenset({"ORG", "FACTION", "GPE", "NORP"})
_OWNER = re.compile(r"['’]s?\s*$")
_IN_WHICH = re.compile(r"\b(?P<noun>\w{1,30}) in which $")
_CLAUSE_REACH = 40  # characters before a pronoun within which the noun of its relative clause is expected
_MEMORY = 150  # number of latest names, and of latest speakers, that may be antecedents
_JOINT = 4  # phrases of speakers that may overlap
_AUTHOR_REACH = 4  # sentences before `the statement` within which its author must be mentioned


def resolve_speakers(
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    text: str,
    sentences: Sequence[tuple[int, int]],
    cues: Cues,
    *,
    holders: OfficeHolders | None = None,
    subjects: Subjects = NO_SUBJECTS,
) -> tuple[Quote, ...]:
    """Resolve the speakers of quotes.

    Args:
        quotes: As found, with the speakers' phrases; in text order.
        mentions: The article's linked mentions, in text order.
        text: The article's text.
        sentences: Offsets of its sentences, in order.
        cues: For the words that describe speakers, and the weights of the ranking.
        holders: Resolves offices (`the prime minister`); None leaves them unresolved.
        subjects: The subjects of clauses, which `it` and `they` may mean; without them they mean nobody.

    Returns:
        The quotes with all `speaker_...` fields that can be determined; quotes without a speaker unchanged.
    """
    resolver = _Resolver(quotes, mentions, text, sentences, cues, holders=holders, subjects=subjects)
    order = sorted(
        (index for index, quote in enumerate(quotes) if quote.speaker is not None),
        key=lambda index: (_speaker_of(quotes[index]).start, index),
    )
    resolved = list(quotes)
    for index in order:
        resolved[index] = resolver.resolve(quotes[index])
    return tuple(resolved)


def _starts_of_quotes_before(quotes: Iterable[Quote], text: str) -> dict[TextSpan, int]:
    """Return the start of the quotes that precede their speaker in a paragraph: `"Go," he said`.

    A speaker is unlikely to be somebody named in the speaker's own words.
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
    """The referent of a speaker, the kind of its phrase, and the method that resolved it."""

    referent: Referent
    kind: SpeakerKind
    method: SpeakerMethod | None


class _Resolver:
    """Resolves the speakers of one article in text order, remembering who has spoken."""

    def __init__(
        self,
        quotes: Sequence[Quote],
        mentions: Sequence[Mention],
        text: str,
        sentences: Sequence[tuple[int, int]],
        cues: Cues,
        *,
        holders: OfficeHolders | None,
        subjects: Subjects,
    ) -> None:
        self.text = text
        self.holders = holders
        self.not_holding = holders.not_holding if holders else frozenset()
        self.mentions = mentions
        self.cues = cues
        self.descriptions = descriptions = cues.descriptions
        speakers = {quote.speaker for quote in quotes if quote.speaker is not None}
        self.phrases = tuple(sorted(speakers, key=lambda phrase: (phrase.start, phrase.end)))
        self.names = Names(mentions, text, self.phrases)
        self.layout = Layout(text, sentences)
        mentioned = tuple(
            iter_discourse_mentions(
                mentions, quotes, self.layout, self.names, descriptions, subjects=subjects
            )
        )
        self.profiles = Profiles(mentioned)
        self.mentioned = list(self.profiles.completed(mentioned))
        self.spoken: list[DiscourseMention] = []
        self.quote_starts = _starts_of_quotes_before(quotes, text)
        self.known: dict[TextSpan, _Identity] = {}
        self.subjects = subjects
        self.quoted = [(quote.start, quote.end) for quote in quotes if quote.type in VERBATIM]
        unquoted = (one for one in subjects.subjects if not is_inside(self.quoted, one.head))
        self.unnamed = tuple(unnamed_persons(unquoted, mentions, self.phrases, self.layout, descriptions))

    def resolve(self, quote: Quote) -> Quote:
        """Return the quote with its speaker resolved."""
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
        """Return the author in a clause about a document: `the council wrote a letter in which it said`.

        The pronoun only repeats the subject of the sentence there, so the subject is shown as the speaker.
        """
        document = _IN_WHICH.search(self.text, max(pronoun.start - _CLAUSE_REACH, 0), pronoun.start)
        if document is None or document["noun"] not in self.descriptions.documents:
            return None
        place = self.layout.place(pronoun.start)
        kind = self._kind_of(pronoun)
        fitting = [
            seen
            for seen in self._before(pronoun.start)
            if fits_pronoun(seen.referent, kind) and seen.sentence == place.sentence
        ]
        found = best_mention(fitting, place, self.cues)
        if found is None:
            return None
        phrases = (
            phrase for phrase in self.phrases if phrase.start <= found.start and found.end <= phrase.end
        )
        own = TextSpan(found.start, found.end, self.text[found.start : found.end])
        return next(phrases, own)

    def _kind_of(self, pronoun: TextSpan) -> str:
        """Return what a pronoun may refer to; empty for other words."""
        return self.descriptions.phrases.pronouns.get(pronoun.text.lower(), "")

    def _remember(self, speaker: TextSpan, known: _Identity) -> None:
        """Keep a speaker as a possible antecedent; not `someone`, nor a pronoun without antecedent."""
        is_unknown = known.kind == "pronoun" and known.method is None
        if not is_unknown and speaker.text.lower() not in self.descriptions.indefinite:
            seen = DiscourseMention(
                speaker.start,
                speaker.end,
                known.referent,
                self.layout.sentence(speaker.start),
                speaks=True,
                is_subject=self.layout.is_early(speaker.start),
                is_main=self.subjects.is_main(speaker.start, speaker.end),
            )
            self.spoken.append(seen)

    def _before(self, start: int) -> list[DiscourseMention]:
        """Return the latest mentions before an offset, then the latest speakers."""
        number = bisect_left(self.mentioned, start, key=lambda seen: seen.start)
        return self.mentioned[max(number - _MEMORY, 0) : number] + self.spoken[-_MEMORY:]

    def _identify(self, speaker: TextSpan) -> _Identity:
        kind = self.descriptions.kind(speaker.text)
        place = self.layout.place(self.quote_starts.get(speaker, speaker.start))
        if kind == "pronoun":
            return self._coreferent(self._antecedent(speaker, place), speaker, kind)
        named = self._named(speaker, kind)
        if named is not None:
            return named
        if kind == "document":
            return self._coreferent(self._author(speaker, place), speaker, kind)
        role = self.holders.role_of(speaker) if self.holders else None
        holder = self._office_holder(speaker, role, place) if role else None
        if holder is not None:
            return holder
        if kind in ("described", "organisation") and is_anaphoric(speaker.text, self.descriptions):
            description = Description(
                speaker, place, self.cues, self._is_subordinate(speaker), role, self.not_holding
            )
            return self._coreferent(description.antecedent(self._before(place.start)), speaker, kind)
        return self._without_mention(speaker, kind)

    def _is_subordinate(self, speaker: TextSpan) -> bool:
        """Return whether a conjunction precedes a phrase: `after the cleric left`."""
        subordinating = self.descriptions.phrases.subordinating
        return bool(subordinating.search(self.text, max(speaker.start - 10, 0), speaker.start))

    def _coreferent(self, referent: Referent, speaker: TextSpan, kind: SpeakerKind) -> _Identity:
        """Return the identity of a phrase with an antecedent, or of one that stands only for itself."""
        return _Identity(referent, kind, None if referent.name == speaker.text else "coreference")

    def _office_holder(self, speaker: TextSpan, role: Role, place: Place) -> _Identity | None:
        """Return the holder of the office in a phrase; one described so in the text comes first."""
        holder = self.holders.holder(role) if self.holders else None
        if holder is None:
            return None
        described_so = self._described_so(speaker, place) if holder.method == "role" else None
        if described_so is not None:
            return _Identity(described_so, "described", "coreference")
        described = describe(speaker, self.descriptions)
        words = described.words | {word.lower() for word in holder.name.split()}
        gender = gender_of(holder.name.lower().split(), self.descriptions)
        referent = Referent(
            holder.name, "person", holder.entity_id, gender, plural=False, words=words, name_id=holder.name_id
        )
        return _Identity(referent, "described", holder.method)

    def _antecedent(self, speaker: TextSpan, place: Place) -> Referent:
        """Return the referent of a pronoun; a person of unknown gender gets that of the pronoun."""
        kind = self._kind_of(speaker)
        if kind in ("n", "p"):
            return self._group(speaker, kind, place) or describe(speaker, self.descriptions)
        number = bisect_left(self.unnamed, place.start, key=lambda seen: seen.start)
        before = self._before(place.start) + list(self.unnamed[max(number - _MEMORY, 0) : number])
        fitting = [seen for seen in before if fits_pronoun(seen.referent, kind)]
        found = best_referent(fitting, place, self.cues, gender=kind)
        if found is None:
            return describe(speaker, self.descriptions)
        if found.kind == "person" and found.gender is None and not found.plural:
            found = self._learn_gender(found, kind)
        return found

    def _group(self, speaker: TextSpan, kind: str, place: Place) -> Referent | None:
        """Return the group or the several persons that `it` or `they` mean."""
        candidates = [
            Candidate(
                one,
                self.layout.sentence(one.head),
                self._meant_by(one),
                speaks=self._speaker_at(one.head) is not None,
            )
            for one in self.subjects.between(
                self.layout.sentence_start(place.start, REACH), place.start, self.quoted
            )
        ]
        sentence_start, is_evident = (
            self.layout.sentence_start(place.start),
            speaker.start in self.subjects.evident,
        )
        pronoun = GroupPronoun(kind, speaker.start, place, sentence_start, is_evident)
        return pronoun.antecedent(candidates, self.subjects.plurals)

    def _speaker_at(self, offset: int) -> _Identity | None:
        """Return the resolved speaker whose phrase is at an offset."""
        before = bisect_right(self.phrases, offset, key=lambda phrase: phrase.start)
        phrases = reversed(self.phrases[max(before - _JOINT, 0) : before])
        return next(
            (self.known[phrase] for phrase in phrases if offset < phrase.end and phrase in self.known), None
        )

    def _meant_by(self, subject: Subject) -> Referent | None:
        """Return whom or what a subject means; None for pronouns without antecedent."""
        speaker = self._speaker_at(subject.head)
        if subject.pronoun:
            return speaker.referent if speaker is not None and speaker.method is not None else None
        if subject.is_joint:
            return replace(describe(subject.phrase, self.descriptions), plural=True)
        if speaker is not None:
            return speaker.referent
        for mention in self._mentions_inside(subject.phrase):
            if mention.start <= subject.head < mention.end:
                return self.profiles.complete(referent_of(mention, self.names, self.text, self.descriptions))
        return describe(subject.phrase, self.descriptions)

    def _learn_gender(self, referent: Referent, gender: str) -> Referent:
        """Set the gender of a referent in all of its mentions."""
        known = replace(referent, gender=gender)
        for mentions in (self.mentioned, self.spoken):
            mentions[:] = [
                replace(seen, referent=replace(seen.referent, gender=gender))
                if seen.referent.name == referent.name and seen.referent.gender is None
                else seen
                for seen in mentions
            ]
        return known

    def _named(self, speaker: TextSpan, kind: SpeakerKind) -> _Identity | None:
        """Return the referent of the mention at the head of the phrase."""
        mention = self._head_mention(speaker)
        if mention is None:
            return None
        referent = self.profiles.complete(referent_of(mention, self.names, self.text, self.descriptions))
        referent = replace(referent, words=referent.words | describe(speaker, self.descriptions).words)
        if kind == "document":
            return _Identity(referent, kind, "mention")
        person = is_person(mention, self.names, self.descriptions)
        is_named = person or mention.label not in _ORGANISATION_LABELS
        return _Identity(referent, "named" if is_named else "organisation", "mention")

    def _head_mention(self, speaker: TextSpan) -> Mention | None:
        """Return the mention at the head of a speaker's phrase, or the author of the document that speaks."""
        start, end = (speaker.start + offset for offset in head_span(speaker.text, self.descriptions.phrases))
        head = TextSpan(start, end, self.text[start:end])
        inside = self._mentions_inside(speaker)
        at_head = (mention for mention in inside if mention.start < head.end and head.start < mention.end)
        return (
            next(at_head, None)
            or self._titled_name(inside, speaker, head)
            or self._group_name(inside, head)
            or self._owner(inside, speaker, head.start)
        )

    def _mentions_inside(self, speaker: TextSpan) -> list[Mention]:
        first = bisect_left(self.mentions, speaker.start, key=lambda mention: mention.end)
        last = bisect_left(self.mentions, speaker.end, key=lambda mention: mention.start)
        return [mention for mention in self.mentions[first:last] if mention.end > speaker.start]

    def _titled_name(self, inside: Sequence[Mention], speaker: TextSpan, head: TextSpan) -> Mention | None:
        """Return the name that ends a phrase whose head is a title: `Secretary of State Karl Brandt`."""
        if not inside or inside[-1].end != speaker.end or inside[-1].label != "PERSON":
            return None
        is_title = self.text[head.start].isupper()
        is_linked = self.descriptions.phrases.links.search(self.text[head.end : inside[-1].start])
        return inside[-1] if is_title and not is_linked else None

    def _group_name(self, inside: Iterable[Mention], head: TextSpan) -> Mention | None:
        """Return the group named directly before a noun for armed groups: `the Badr group`."""
        if singular(head.text.lower(), self.descriptions.organisations) not in self.descriptions.factions:
            return None
        for mention in inside:
            between = self.text[mention.end : head.start].strip(" \"'“”‘’")
            if mention.label in ("ORG", "FACTION") and mention.end <= head.start and not between:
                return mention
        return None

    def _owner(self, inside: Iterable[Mention], speaker: TextSpan, head_start: int) -> Mention | None:
        """Return the author named with a document: `Brandt's letter`, `a statement by the ministry`."""
        if self.descriptions.kind(speaker.text) != "document":
            return None
        for mention in inside:
            owns = mention.end <= head_start and _OWNER.search(
                self.text[mention.start : mention.end + 2].rstrip()
            )
            between = self.text[head_start : mention.start]
            signs = mention.start > head_start and self.descriptions.phrases.authors.search(between)
            if (owns or signs) and mention.label in ("PERSON", "ORG", "FACTION"):
                return mention
        return None

    def _described_so(self, speaker: TextSpan, place: Place) -> Referent | None:
        """Return the earlier person described by all words of a phrase: X, a leader of Badr."""
        words = content_words(speaker.text.lower().split(), self.descriptions) - {"of"}
        described = [
            seen
            for seen in self._before(place.start)
            if seen.referent.kind == "person"
            and words <= seen.referent.words
            and not seen.referent.words & self.not_holding
        ]
        return best_referent(described, place, self.cues)

    def _author(self, speaker: TextSpan, place: Place) -> Referent:
        """Return the author of `the statement`: the best earlier speaker or organisation, if near."""
        itself = describe(speaker, self.descriptions)
        noun = head_word(speaker.text, self.descriptions.phrases).lower()
        if not is_anaphoric(speaker.text, self.descriptions) or noun not in self.descriptions.authored:
            return itself
        authors = [
            seen
            for seen in self._before(place.start)
            if seen.referent.kind in ("person", "organisation")
            and (seen.speaks or seen.referent.kind == "organisation")
            and place.sentence - seen.sentence <= _AUTHOR_REACH
        ]
        return best_referent(authors, place, self.cues) or itself

    def _without_mention(self, speaker: TextSpan, kind: SpeakerKind) -> _Identity:
        """Return the identity of a phrase without a mention; a bare surname gets an earlier full name."""
        itself = describe(speaker, self.descriptions)
        if kind != "named":
            return _Identity(itself, kind, None)
        gender = gender_of(speaker.text.lower().split(), self.descriptions)
        referent = replace(itself, kind="person", gender=gender, plural=False)
        fuller = self.names.fuller_mention(speaker.text, speaker.start)
        if fuller is None:
            return _Identity(referent, kind, None)
        name, entity_id = fuller.entity_name or fuller.text, fuller.entity_id
        referent = replace(referent, name=name, entity_id=entity_id, name_id=fuller.name_id or entity_id)
        return _Identity(referent, kind, "mention")
