"""Resolves the speakers of quotes: names, descriptions and pronouns -> entities and names.

Works on plain data: the text and the linked mentions, without the Doc.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.entities.offices.holders import OfficeHolders
from extract.entities.offices.reader import Role
from extract.model import Mention, Quote, SpeakerKind, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.speakers.coordinations import Coordinations
from extract.quotes.speakers.descriptions import Description, background_of, with_modifier
from extract.quotes.speakers.discourse import (
    VERBATIM,
    DiscourseMention,
    Layout,
    Place,
    iter_discourse_mentions,
    owner_beside,
    speaker_of,
    starts_of_quotes_before,
    with_gender,
)
from extract.quotes.speakers.documents import Document, owner_in
from extract.quotes.speakers.groups import Candidate, GroupPronoun
from extract.quotes.speakers.identity import Identity, joined, with_candidates
from extract.quotes.speakers.named_heads import NamedHeads
from extract.quotes.speakers.office_holders import OfficePhrase
from extract.quotes.speakers.profiles import Profiles
from extract.quotes.speakers.ranking import best_mention, fits_pronoun, has_rival_topic
from extract.quotes.speakers.referents import (
    Names,
    Referent,
    describe,
    gender_of,
    is_outlet,
    is_part_of_people,
    is_person,
    referent_of,
)
from extract.quotes.speakers.sources import named_by_speakers, without_sources
from extract.quotes.speakers.state_bodies import with_state_body
from extract.quotes.speakers.subjects import NO_SUBJECTS, REACH, Subject, Subjects, is_inside
from extract.quotes.speakers.unnamed import unnamed_persons

_PEOPLE = "nationality"  # kind of a name for the people of a state, who are not the state: `Iranians`
_ORGANISATION_LABELS = frozenset({"ORG", "FACTION", "GPE", "NORP"})
_STATE_LABELS = frozenset({"GPE", "NORP"})
_IN_WHICH = re.compile(r"\b(?P<noun>\w{1,30}) in which $")
_CLAUSE_REACH = 40  # characters before a pronoun within which the noun of its relative clause is expected
_MEMORY = 150  # number of latest names, and of latest speakers, that may be antecedents
_JOINT = 4  # phrases of speakers that may overlap


class Resolver:
    """Resolves the speakers of one article in text order, remembering who has spoken.

    Args:
        quotes: As found, with the speakers' phrases; in text order.
        mentions: The article's linked mentions, in text order.
        text: The article's text.
        sentences: Offsets of its sentences, in order.
        cues: For the words that describe speakers, and the weights of the ranking.
        holders: Resolves offices (`the prime minister`); None leaves them unresolved.
        posts: The starts of the posts of a live blog: a pronoun means nobody in an earlier post.
        subjects: The subjects of clauses, which `it` and `they` may mean; without them they mean nobody.
    """

    def __init__(
        self,
        quotes: Sequence[Quote],
        mentions: Sequence[Mention],
        text: str,
        sentences: Sequence[tuple[int, int]],
        cues: Cues,
        *,
        holders: OfficeHolders | None = None,
        subjects: Subjects = NO_SUBJECTS,
        posts: Sequence[int] = (),
    ) -> None:
        self.text, self.holders, self.cues = text, holders, cues
        self.descriptions = descriptions = cues.descriptions
        speakers = {quote.speaker for quote in quotes if quote.speaker is not None}
        self.phrases = tuple(sorted(speakers, key=lambda phrase: (phrase.start, phrase.end)))
        self.names = Names(mentions, text, descriptions, self.phrases)
        self.heads = NamedHeads(mentions, text, descriptions)
        self.coordinations = Coordinations(self.heads, text, descriptions)
        self.layout = Layout(text, sentences, posts)
        mentioned = tuple(
            iter_discourse_mentions(
                mentions, quotes, self.layout, self.names, descriptions, subjects=subjects
            )
        )
        self.profiles = Profiles(mentioned)
        self.mentioned = list(self.profiles.completed(mentioned))
        self.spoken: list[DiscourseMention] = []
        self.quote_starts = starts_of_quotes_before(quotes, text)
        self.known: dict[TextSpan, Identity] = {}
        self.subjects = subjects
        self.others = named_by_speakers(quotes, self.mentioned)
        self.quoted = [(quote.start, quote.end) for quote in quotes if quote.type in VERBATIM]
        unquoted = (one for one in subjects.subjects if not is_inside(self.quoted, one.head))
        self.unnamed = tuple(unnamed_persons(unquoted, mentions, self.phrases, self.layout, descriptions))

    def resolve_all(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return the quotes with all `speaker_...` fields that can be determined.

        Speakers are resolved in the order in which the text names them.
        """
        order = sorted(
            (index for index, quote in enumerate(quotes) if quote.speaker is not None),
            key=lambda index: (speaker_of(quotes[index]).start, index),
        )
        resolved = list(quotes)
        for index in order:
            resolved[index] = self.resolve(quotes[index])
        return tuple(resolved)

    def meaning(self, phrase: TextSpan) -> Referent:
        """Return whom a name, a description or a pronoun anywhere in the text means; itself if nobody."""
        return (self.known.get(phrase) or self._identify(phrase)).referent

    def resolve(self, quote: Quote) -> Quote:
        """Return the quote with its speaker resolved."""
        own = speaker_of(quote)
        speaker = self._issuer(own) or self.coordinations.whole(own, quote.cue)
        if speaker not in self.known:
            self.known[speaker] = self._identify(speaker)
            self._remember(speaker, self.known[speaker])
        self.known[own] = self.known[speaker]
        known = self.known[speaker]
        return replace(
            quote,
            speaker=speaker,
            speaker_entity_id=known.referent.entity_id,
            speaker_entity_ids=known.referent.entity_ids,
            speaker_name_id=known.referent.name_id,
            speaker_name=known.referent.name,
            speaker_kind=known.kind,
            speaker_method=known.method,
            speaker_candidates=known.referent.candidates,
        )

    def _issuer(self, pronoun: TextSpan) -> TextSpan | None:
        """Return the author in a clause about a document: `the council wrote a letter in which it said`.

        The pronoun only repeats the subject of the sentence there, so the subject is shown as the speaker.
        """
        document = _IN_WHICH.search(self.text, max(pronoun.start - _CLAUSE_REACH, 0), pronoun.start)
        if document is None or document["noun"] not in self.descriptions.documents:
            return None
        place, kind = self.layout.place(pronoun.start), self._kind_of(pronoun.text)
        fitting = [
            seen
            for seen in self._before(pronoun.start)
            if fits_pronoun(seen.referent, kind)
            and seen.sentence == place.sentence
            and not is_outlet(seen.referent, self.descriptions)  # `a report by the BBC in which they said`
        ]
        found = best_mention(fitting, place, self.cues)
        if found is None:
            return None
        phrases = (one for one in self.phrases if one.start <= found.start and found.end <= one.end)
        return next(phrases, TextSpan(found.start, found.end, self.text[found.start : found.end]))

    def _kind_of(self, word: str) -> str:
        """Return what a pronoun may refer to; empty for other words."""
        return self.descriptions.phrases.pronouns.get(word.lower(), "")

    def _remember(self, speaker: TextSpan, known: Identity) -> None:
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
                is_owner=self.layout.is_owner(speaker.end),
                is_main=self.subjects.is_main(speaker.start, speaker.end),
            )
            self.spoken.append(seen)

    def _before(self, start: int) -> list[DiscourseMention]:
        """Return the latest mentions before an offset, then the latest speakers."""
        number = bisect_left(self.mentioned, start, key=lambda seen: seen.start)
        seen = self.mentioned[max(number - _MEMORY, 0) : number] + self.spoken[-_MEMORY:]
        return self.layout.in_same_post(seen, start)

    def _identify(self, speaker: TextSpan) -> Identity:
        kind = self.descriptions.kind(speaker.text)
        place = self.layout.place(self.quote_starts.get(speaker, speaker.start))
        joint = self._together(self.coordinations.parts(speaker))
        if joint is None and kind == "pronoun":
            return self._coreferent(self._antecedent(speaker, place), speaker, kind)
        named = joint or self._named(speaker, kind)
        if named is not None:
            return named
        if kind == "document":
            return self._coreferent(self._author(speaker, place), speaker, kind)
        is_modified = speaker.start in self.subjects.modifiers
        role = self.holders.role_of(speaker) if self.holders and not is_modified else None
        holder = self._office_holder(speaker, role, place) if role else None
        if holder is not None:
            return holder
        described = self._as_described(speaker, kind, role, place)
        if self.holders and not is_modified:
            described = with_state_body(described, speaker, self.holders, self.heads, self.descriptions)
        return with_candidates(described, role, self.holders)

    def _together(self, phrases: Sequence[TextSpan]) -> Identity | None:
        """Return those who speak jointly as one; None if nobody of them is known."""
        return joined([self._identify(phrase) for phrase in phrases])

    def _as_described(
        self, speaker: TextSpan, kind: SpeakerKind, role: Role | None, place: Place
    ) -> Identity:
        """Return whom a description means, or only itself."""
        modifier = self.subjects.modifiers.get(speaker.start, "")
        is_definite = self.descriptions.phrases.definite.match(speaker.text)
        if kind in ("described", "organisation") and is_definite:
            names = self.heads.inside(speaker)
            background = background_of(names, self.layout, role, self.holders, self.descriptions)
            description = Description(
                speaker, place, self.cues, self._is_subordinate(speaker), background, modifier
            )
            other = owner_beside(speaker, self.mentioned, self.text)
            seen = [one for one in self._before(place.start) if one.referent.name != other]
            return self._coreferent(description.antecedent(seen), speaker, kind)
        itself = self._without_mention(speaker, kind)
        return replace(itself, referent=with_modifier(itself.referent, modifier))

    def _is_subordinate(self, speaker: TextSpan) -> bool:
        """Return whether a conjunction precedes a phrase: `after the cleric left`."""
        subordinating = self.descriptions.phrases.subordinating
        return bool(subordinating.search(self.text, max(speaker.start - 10, 0), speaker.start))

    def _coreferent(self, referent: Referent, speaker: TextSpan, kind: SpeakerKind) -> Identity:
        """Return the identity of a phrase with an antecedent, or of one that stands only for itself."""
        return Identity(referent, kind, None if referent.name == speaker.text else "coreference")

    def _office_holder(self, speaker: TextSpan, role: Role, place: Place) -> Identity | None:
        """Return the holder of the office in a phrase.

        One named before who held it that day or has its title comes first, then one known only by the terms.
        """
        if self.holders is None:
            return None
        phrase = OfficePhrase(role, place, self.cues, self.holders, self.text)
        year = self.layout.year_before(speaker.start)
        named = [seen for seen in self._before(place.start) if phrase.may_mean(seen.referent, speaker, year)]
        found = phrase.holder(named, self._before(place.start))
        is_one = not role.is_past or len({seen.referent.name for seen in named}) == 1
        if found is not None and is_one:
            return Identity(found, "described", "coreference")
        if role.is_past:
            return None
        if named:
            unclear = replace(describe(speaker, self.descriptions), candidates=phrase.candidates(named))
            return Identity(unclear, "described", None)
        known = None if year else phrase.known_holder(speaker)
        return None if known is None else Identity(known[0], "described", known[1])

    def _antecedent(self, speaker: TextSpan, place: Place) -> Referent:
        """Return the referent of a pronoun; a person of unknown gender gets that of the pronoun."""
        kind = self._kind_of(speaker.text)
        if kind in ("n", "p"):
            return self._group(speaker, kind, place) or describe(speaker, self.descriptions)
        if speaker.start in self.subjects.doubtful:
            return describe(speaker, self.descriptions)
        number = bisect_left(self.unnamed, place.start, key=lambda seen: seen.start)
        unnamed = list(self.unnamed[max(number - _MEMORY, 0) : number])
        before = self._before(place.start) + self.layout.in_same_post(unnamed, place.start)
        others = self.others.get(speaker, frozenset())  # `“Hatem is dead,” he said`: not Hatem
        fitting = [
            seen for seen in before if fits_pronoun(seen.referent, kind) and seen.referent.name not in others
        ]
        begin = self.layout.sentence_start(speaker.start)
        subjects = list(self.subjects.between(begin, speaker.start, self.quoted))
        told_of = without_sources(fitting, speaker, place, subjects, self.text)
        best = best_mention(told_of or fitting, place, self.cues, gender=kind)
        if best is None or has_rival_topic(best, told_of or fitting, place):
            return describe(speaker, self.descriptions)
        found = best.referent
        if found.kind == "person" and found.gender is None and not found.plural:
            found = self._learn_gender(found, kind)
        return found

    def _group(self, speaker: TextSpan, kind: str, place: Place) -> Referent | None:
        """Return the group or the several persons that `it` or `they` mean."""
        start = self.layout.sentence_start(place.start, REACH)
        candidates = [self._candidate(one) for one in self.subjects.between(start, place.start, self.quoted)]
        own, is_evident = self.layout.sentence_start(place.start), speaker.start in self.subjects.evident
        group = GroupPronoun(kind, speaker.start, place, own, is_evident)
        return group.antecedent(candidates, self.subjects.plurals)

    def _candidate(self, subject: Subject) -> Candidate:
        """Return a subject with whom or what it means."""
        referent, speaker = self._meant_by(subject), self._speaker_at(subject.head)
        return Candidate(
            subject,
            self.layout.sentence(subject.head),
            referent,
            speaks=speaker is not None,
            is_document=speaker is not None and speaker.kind == "document",
            is_outlet=referent is not None and is_outlet(referent, self.descriptions),
        )

    def _speaker_at(self, offset: int) -> Identity | None:
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
            parts = self.coordinations.parts(subject.phrase)
            # Whom `they` in `the council and they` means depends on this subject too.
            has_group_pronoun = any(self._kind_of(part.text) in ("n", "p") for part in parts)
            joint = None if has_group_pronoun else self._together(parts)
            is_linked = joint is not None and joint.referent.joint
            itself = replace(describe(subject.phrase, self.descriptions), plural=True)
            return joint.referent if joint and is_linked else itself
        if speaker is not None:
            return speaker.referent
        for mention in self.heads.inside(subject.phrase):
            if is_part_of_people(mention, subject.phrase, self.descriptions):
                break
            if mention.start <= subject.head < mention.end:
                return self.profiles.complete(referent_of(mention, self.names, self.text, self.descriptions))
        return describe(subject.phrase, self.descriptions)

    def _learn_gender(self, referent: Referent, gender: str) -> Referent:
        """Set the gender of a referent in all of its mentions."""
        for mentions in (self.mentioned, self.spoken):
            mentions[:] = [with_gender(seen, referent.name, gender) for seen in mentions]
        return replace(referent, gender=gender)

    def _named(self, speaker: TextSpan, kind: SpeakerKind) -> Identity | None:
        """Return the referent of the mention at the head of the phrase."""
        mention = self.heads.named_in(speaker)
        if mention is None:
            return None
        if mention.entity_kind == _PEOPLE or is_part_of_people(mention, speaker, self.descriptions):
            return Identity(replace(describe(speaker, self.descriptions), kind="person"), "described", None)
        referent = self.profiles.complete(referent_of(mention, self.names, self.text, self.descriptions))
        own = describe(speaker, self.descriptions)  # of two persons if plural, with both their titles
        referent = referent if own.plural else replace(referent, words=referent.words | own.words)
        if kind == "document":
            authors = self._together(self.coordinations.authors(speaker, mention))
            return Identity(authors.referent if authors else referent, kind, "mention")
        person = is_person(mention, self.names, self.descriptions)
        is_group = mention.label in _ORGANISATION_LABELS and not person
        return Identity(referent, "organisation" if is_group else "named", "mention")

    def _author(self, speaker: TextSpan, place: Place) -> Referent:
        """Return whose words a document holds: its owner's, else those of who issued it, else its own."""
        itself = describe(speaker, self.descriptions)
        owner = owner_in(speaker, self.descriptions)
        if owner is not None:
            owning = self._identify(owner)
            return owning.referent if owning.method and owning.referent.kind != "place" else itself
        if any(one.label in _STATE_LABELS for one in self.heads.inside(speaker)):
            return itself  # `the US statement` is nobody else's
        number = bisect_left(self.mentioned, speaker.end, key=lambda seen: seen.start)
        document = Document(speaker, place, self.layout, self.descriptions)
        author = document.author(self._before(place.start), self.mentioned[number : number + 1])
        if author is None:
            return itself
        joint = None if author.speaks else self._together(self.coordinations.partners(author))
        return joint.referent if joint else author.referent

    def _without_mention(self, speaker: TextSpan, kind: SpeakerKind) -> Identity:
        """Return the identity of a phrase without a mention; a bare surname gets an earlier full name."""
        itself = describe(speaker, self.descriptions)
        if kind != "named":
            return Identity(itself, kind, None)
        gender = gender_of(speaker.text.lower().split(), self.descriptions)
        referent = replace(itself, kind="person", gender=gender, plural=False)
        fuller = self.names.fuller_mention(speaker.text, speaker.start)
        if fuller is None:
            return Identity(referent, kind, None)
        name, known = fuller.entity_name or fuller.text, fuller.entity_id
        referent = replace(referent, name=name, entity_id=known, name_id=fuller.name_id or known)
        return Identity(referent, kind, "mention")
