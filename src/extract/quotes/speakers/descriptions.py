"""Whom a definite description refers to: `the committee`, `the second official`, `the Basra lawyer`.

It needs evidence: an unnamed speaker was described so, a name was called so, the only actor in focus is of
that kind, or the person in focus may be called by new words. Else the description stands for itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.entities.offices.holders import OfficeHolders
from extract.entities.offices.reader import Role
from extract.model import Mention, TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.speakers.discourse import DiscourseMention, Layout, Place
from extract.quotes.speakers.ranking import MAX_DISTANCE, best_referent, fits_description, fits_variation
from extract.quotes.speakers.referents import Referent, describe
from extract.quotes.speakers.rivals import has_spokesman, is_same, last_is_joined

_OWNED = re.compile(r"['’]s?\s")
_POSSESSIVE = re.compile(r"['’]s?$")
# The start of a clause or of the text, then only an article and capitalised words: `. The Shiite `.
_CLAUSE_HEAD = re.compile(r"(?:\A|[.!?:;,\"“”\n]\s{0,3})(?:the |[A-Z][\w.'’-]{0,30},?\s){0,6}$")
_HEAD_REACH = 80  # characters before a name within which its clause must begin
_MAX_WORDS = 4  # of an anaphoric description; longer ones introduce somebody new
_VARIATION_REACH = 3  # sentences within which an article may call a person by other words
_SEARCHED = 20_000  # characters before a name that are searched for another of its kind
_FOCUS_REACH = 6  # sentences within which a group stays in focus


def with_modifier(itself: Referent, modifier: str) -> Referent:
    """Return an unnamed speaker with the words after its phrase that say who it is."""
    return replace(itself, words=itself.words | set(modifier.lower().split()))


def content_words(words: Iterable[str], known: Descriptions) -> frozenset[str]:
    """Return the words of a phrase without articles and possessive endings."""
    return frozenset(_POSSESSIVE.sub("", word) for word in words) - known.phrases.determiners


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the names in and around a description.

    Attributes:
        layout: The text and its sentences.
        role: The office that the description names, None for most.
        not_holding: Words by which a person does not hold the office that follows (`former`, `deputy`).
        nations: Words of the description for a people or state -> country code: `lebanese`: `LB`.
        bodies: Ids of the bodies that it names (`the Badr lawyer`); an empty one if not known.
        countries: Entity id -> country code, of the actors mentioned.
        bodies_of: Entity id -> ids of the bodies to which the actor belongs.
    """

    layout: Layout
    role: Role | None = None
    not_holding: frozenset[str] = frozenset()
    nations: Mapping[str, str] = field(default_factory=dict)
    bodies: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    bodies_of: Mapping[str, frozenset[str]] = field(default_factory=dict)


def background_of(
    names: Iterable[Mention],
    layout: Layout,
    role: Role | None,
    holders: OfficeHolders | None,
    known: Descriptions,
) -> Background:
    """Return what is known of the names in a description.

    Args:
        names: The mentions in it.
        layout: The text and its sentences.
        role: The office that it names, None for most.
        holders: Knows countries, bodies and offices; None leaves them unknown.
        known: The words about speakers.
    """
    if holders is None:
        return Background(layout)
    countries = holders.countries
    nations: dict[str, str] = {}
    bodies: set[str] = set()
    for name in names:
        if name.text.lower() in known.equivalents:
            continue  # `the GOP nominee` is the Republican one
        if name.label in ("ORG", "FACTION"):
            bodies.add(name.entity_id or "")
        elif name.entity_id is not None and name.entity_id in countries:
            nations[name.text.lower()] = countries[name.entity_id]
    return Background(
        layout, role, holders.not_holding, nations, frozenset(bodies), countries, holders.bodies_of
    )


@dataclass(frozen=True, slots=True)
class Description:
    """An anaphoric description, with the clues to its antecedent.

    Attributes:
        phrase: The description in the text.
        place: The place from which distances to earlier mentions are counted.
        cues: For the words about speakers and the weights of the ranking.
        is_subordinate: Whether a conjunction precedes it: `after the cleric left`.
        background: What is known of the names.
        modifier: The words after it that say which one is meant: `the general |charged with supplies`.
    """

    phrase: TextSpan
    place: Place
    cues: Cues
    is_subordinate: bool
    background: Background
    modifier: str = ""

    @property
    def known(self) -> Descriptions:
        """The words about speakers."""
        return self.cues.descriptions

    def antecedent(self, seen: Sequence[DiscourseMention]) -> Referent:
        """Return the referent: an unnamed speaker described the same way, else a named one, else a new one.

        Args:
            seen: The mentions before the description.
        """
        itself = with_modifier(describe(self.phrase, self.known), self.modifier)
        if itself.noun == "latter":
            return _last_named(seen) or itself
        repeated = [one for one in seen if one.speaks and self._repeats(itself, one.referent)]
        found = best_referent(repeated, self.place, self.cues, described=itself)
        if found is not None:
            return found
        if itself.plural or itself.words & self.known.ordinals:
            return itself
        return self._named(itself, seen) or itself

    def _named(self, itself: Referent, seen: Sequence[DiscourseMention]) -> Referent | None:
        """Return the named person or group that was called so, else the one in focus that it fits."""
        titled = [
            one
            for one in seen
            if fits_description(one.referent, itself, self.known) and self._has_title(itself, one.referent)
        ]
        if _OWNED.search(self.phrase.text):
            return next(self._with_all_words(itself, titled), None)
        if self._is_complete():
            # A name is nobody else: `the Department of Roads` is no other body that was called a department.
            is_name = itself.noun.capitalize() in self.phrase.text.split()
            meant = [] if is_name else list(self._with_all_words(itself, titled))
            return meant[0] if meant and all(is_same(one, meant[0]) for one in meant) else None
        called = [
            one
            for one in titled
            if self.place.sentence - one.sentence <= MAX_DISTANCE
            and not self._is_introduced_after(itself, one)
            and not self._has_other_field(itself, one.referent)
        ]
        if itself.noun in self.known.factions:
            return self._group_in_focus(itself, called, seen)
        if itself.kind == "organisation" and self._is_one_of_several(called, seen):
            called = []
        found = best_referent(called, self.place, self.cues, described=itself)
        if found is None and self._may_vary_name(itself) and not self._was_introduced():
            return self._person_in_focus(itself, seen)
        return found

    def _is_one_of_several(
        self, called: Sequence[DiscourseMention], seen: Iterable[DiscourseMention]
    ) -> bool:
        """Return whether several were called so, or the one was last joined to a body or state."""
        others = [one for one in seen if one.referent.kind in ("organisation", "place")]
        is_joined = bool(called) and last_is_joined(called[0].referent, others, self.background.layout.text)
        return is_joined or len(_distinct(called)) > 1

    def _is_complete(self) -> bool:
        """Return whether it says by itself who is meant: `the mayor of Reedham`, `the lawyer who left`."""
        words = self.phrase.text.lower().split()
        return bool(self.modifier or len(words) > _MAX_WORDS or self.known.phrases.prepositions & set(words))

    def _repeats(self, itself: Referent, earlier: Referent) -> bool:
        """Return whether it repeats an earlier description: same noun, same number, no other modifiers.

        `The official` may be the second one, `the second official` is no other; `the mayor` is not Deputy
        Mayor Brandt.
        """
        if earlier.entity_id is not None or itself.plural != earlier.plural or itself.kind != earlier.kind:
            return False
        if earlier.name_id and earlier.words & self.background.not_holding - itself.words:
            return False
        is_called_so = itself.noun in earlier.nouns | {earlier.noun}
        return is_called_so and itself.words - self.known.phrases.determiners <= earlier.words

    def _has_title(self, itself: Referent, seen: Referent) -> bool:
        """Return whether somebody was given the whole title, with the same `former`, `defence` and so on."""
        role, not_holding = self.background.role, self.background.not_holding
        qualifiers = itself.words & (not_holding | self.known.sides)
        if qualifiers:
            return qualifiers <= seen.words
        if role is not None and not seen.words >= set(role.title.split()):
            return False
        return not seen.words & not_holding

    def _has_other_field(self, itself: Referent, seen: Referent) -> bool:
        """Return whether somebody has the title for another field: `the war minister` is not a trade one."""
        if itself.noun not in seen.nouns:
            return False
        name = frozenset(seen.name.lower().split() if seen.name_id else ())
        own = self._field(itself)
        other = self._field(seen) - name
        return bool(own and other) and own.isdisjoint(other)

    def _field(self, described: Referent) -> frozenset[str]:
        """Return the words by which somebody is called, without the nouns for it."""
        words = content_words(described.words, self.known)
        nouns = self.known.people | self.known.organisations
        return frozenset(word for word in words if self.known.equivalents.get(word, word) not in nouns)

    def _is_introduced_after(self, itself: Referent, one: DiscourseMention) -> bool:
        """Return whether another one is introduced in a sentence after a mention: `A lawyer came`.

        A capitalised word by which it was not called tells another one too: `the Turkish army`.
        """
        layout, words = self.background.layout, one.referent.words | one.referent.article_words
        introduced = _pattern(itself.noun).finditer(layout.text, one.end, self.place.start)
        return any(
            layout.sentence(another.start()) > one.sentence
            and _is_another(another["determiner"], another["words"], words)
            for another in introduced
        )

    def _with_all_words(self, itself: Referent, fitting: Sequence[DiscourseMention]) -> Iterator[Referent]:
        """Yield those whose descriptions have all of its words, the last first: `the council's lawyer`."""
        for one in reversed(fitting):
            described = one.referent.words | one.referent.article_words
            words = content_words(itself.words, self.known) - self.known.phrases.prepositions
            if all(word in described or self.known.equivalents.get(word) in described for word in words):
                yield one.referent

    def _group_in_focus(
        self, itself: Referent, called: Sequence[DiscourseMention], seen: Sequence[DiscourseMention]
    ) -> Referent | None:
        """Return the group that was called so, or is of that kind; None where several are in focus."""
        near = [one for one in seen if self.place.sentence - one.sentence <= _FOCUS_REACH]
        told_of = [one for one in near if not one.modifies or has_spokesman(one, near)]
        rivals = [one for one in told_of if self._is_of_kind(itself, one.referent)]
        of_kind = [one for one in rivals if not one.modifies and not self._is_other(itself, one, seen)]
        leading = [one for one in of_kind if one.speaks or self._heads_clause(one)]
        last = [one for one in leading if self.place.sentence - one.sentence <= 1]
        near_called = [one for one in called if one in near]
        if len(_distinct(near_called)) > 1:  # of two parties that one which spoke just before
            before = self.place.sentence - 1
            near_called = [one for one in near_called if one.speaks and one.sentence >= before]
            of_kind, leading, last, called = [], [], [], []
        for fitting in (near_called, of_kind, leading, last, called):
            found = best_referent(fitting, self.place, self.cues, described=itself)
            if found is not None and all(is_same(found, one.referent) for one in fitting):
                is_passing = not any(self._is_prominent(one) for one in near if is_same(found, one.referent))
                is_joined = last_is_joined(found, rivals, self.background.layout.text)
                is_unclear = is_passing or is_joined or self._is_left_behind(found, rivals)
                return None if is_unclear else found
        return None

    def _is_prominent(self, one: DiscourseMention) -> bool:
        """Return whether a mention of a group may be taken up: not one in passing, sentences before."""
        in_passing = one.is_oblique or one.is_owner or one.modifies
        return not in_passing or self.place.sentence - one.sentence <= 1

    def _is_left_behind(self, group: Referent, rivals: Iterable[DiscourseMention]) -> bool:
        """Return whether the last sentence that named one is about another: `... met Badr. The group`."""
        unquoted = [one for one in rivals if not one.is_quoted]
        last = max((one.sentence for one in unquoted), default=0)
        here = [one for one in unquoted if one.sentence == last]
        own = [one for one in here if is_same(one.referent, group)]
        leads = any(one.speaks or self._heads_clause(one) for one in own)
        return len(own) < len(here) and not leads

    def _heads_clause(self, one: DiscourseMention) -> bool:
        """Return whether only titles come between the start of a clause and a name, which is not quoted."""
        before = max(one.start - _HEAD_REACH, 0)
        return not one.is_quoted and bool(_CLAUSE_HEAD.search(self.background.layout.text, before, one.start))

    def _is_of_kind(self, itself: Referent, referent: Referent) -> bool:
        """Return whether an actor is of a kind that the description names, with fitting words and country."""
        nations = self.background.nations
        country = self.background.countries.get(referent.entity_id or "")
        if any(nation != country for nation in nations.values()):
            return False
        extra = content_words(itself.words, self.known) - nations.keys() - itself.nouns
        extra -= referent.words | referent.article_words
        return any(
            referent.actor_kind in group.kinds and itself.noun in group.nouns and extra <= set(group.words)
            for group in self.known.groups
        )

    def _is_other(self, itself: Referent, one: DiscourseMention, seen: Iterable[DiscourseMention]) -> bool:
        """Return whether the text spoke of such a group before it named this one, or introduces one after."""
        first = min(other.start for other in seen if is_same(other.referent, one.referent))
        start = max(first - _SEARCHED, 0)
        earlier = _pattern(itself.noun).finditer(self.background.layout.text, start, first)
        spoken_of = any(group["determiner"].lower() == "the" for group in earlier)
        return spoken_of or self._is_introduced_after(itself, one)

    def _was_introduced(self) -> bool:
        """Return whether the text spoke of such a one before: `a government consultant`, or in marks."""
        words = re.escape(self.phrase.text.partition(" ")[2])
        introduced = re.compile(rf"(?:\b[Aa]n?\s|\b[Aa]nother\s|[“\"]){words}\b")
        start = max(self.place.start - _SEARCHED, 0)
        return introduced.search(self.background.layout.text, start, self.place.start) is not None

    def _may_vary_name(self, itself: Referent) -> bool:
        """Return whether it may stand in for a name as a variation: `the Basra lawyer`, not `the lawyer`.

        No post does, and no noun with a capital, which is a name: `the Scottish Executive`.
        """
        role, words = self.background.role, self.phrase.text.split()
        is_person = itself.noun in self.known.people - self.known.anonymous - self.known.posts
        has_modifier = len(words) > len(("the", "lawyer"))
        is_known_office = role is not None and bool(role.offices)
        is_definite = words[0].lower() == "the" and words[-1][0].islower()
        is_side = bool(itself.words & self.known.sides)
        return is_person and has_modifier and is_definite and not is_known_office and not is_side

    def _person_in_focus(self, itself: Referent, seen: Iterable[DiscourseMention]) -> Referent | None:
        """Return the person of whom the article spoke just before and whom it may now call by other words.

        That is nobody whom a preposition governs in the same sentence. In a subordinate clause it is not the
        subject of the sentence either, who needs no variation there. After a sentence about two persons
        nobody knows who is meant.
        """
        near = [one for one in seen if self.place.sentence - one.sentence <= _VARIATION_REACH]
        subjects = self._subject_names(near) if self.is_subordinate else frozenset()
        fitting = [
            one
            for one in near
            if not one.is_quoted
            and not (one.is_oblique and one.sentence == self.place.sentence)
            and one.referent.name not in subjects
            and (" " in one.referent.name or one.referent.entity_id)
            and fits_variation(one.referent, itself)
            and self._belongs(one.referent)
            and not self._has_other_field(itself, one.referent)
        ]
        found = best_referent(fitting, self.place, self.cues, described=itself)
        return None if found is None or self._has_rival(itself, found, fitting) else found

    def _has_rival(self, itself: Referent, person: Referent, fitting: Sequence[DiscourseMention]) -> bool:
        """Return whether the last sentence about one of them, if before the description's, names another.

        The subject whom it names without any title is meant all the same, and so is who was called so there.
        """
        last = max(one.sentence for one in fitting)
        here = [one for one in fitting if one.sentence == last < self.place.sentence]
        own = [one for one in here if is_same(one.referent, person)]
        is_meant = any(
            itself.noun in one.referent.nouns or ((one.is_subject or one.speaks) and not one.referent.nouns)
            for one in own
        )
        return len(own) < len(here) and not is_meant

    def _belongs(self, person: Referent) -> bool:
        """Return whether a person belongs to the bodies that the description names."""
        return self.background.bodies <= self.background.bodies_of.get(person.entity_id or "", frozenset())

    def _subject_names(self, seen: Iterable[DiscourseMention]) -> frozenset[str]:
        """Return the names of the subjects and speakers of the description's own sentence."""
        here = self.place.sentence
        return frozenset(
            one.referent.name for one in seen if one.sentence == here and (one.speaks or one.is_subject)
        )


def _pattern(noun: str) -> re.Pattern[str]:
    """Return a pattern for a noun after a determiner or owner and up to two other words."""
    return re.compile(
        rf"\b(?P<determiner>[Tt]he|[Aa]n?|[Aa]nother|[A-Z][\w-]{{1,20}}['’]s)\s"
        rf"(?P<words>(?:[\w-]{{1,20}}\s){{0,2}}){re.escape(noun)}\b"
    )


def _is_another(determiner: str, words: str, called: frozenset[str]) -> bool:
    """Return whether a phrase introduces somebody new: by its determiner, or by a name for somebody else."""
    names = [word for word in (determiner, *words.split()) if word[0].isupper() and word != "The"]
    return determiner.lower() in ("a", "an", "another") or any(
        _POSSESSIVE.sub("", name).lower() not in called for name in names
    )


def _distinct(mentions: Iterable[DiscourseMention]) -> frozenset[str]:
    """Return the names of those mentioned."""
    return frozenset(one.referent.name_id or one.referent.name for one in mentions)


def _last_named(seen: Iterable[DiscourseMention]) -> Referent | None:
    """Return the last named person or group."""
    named = [one for one in seen if one.referent.kind in ("person", "organisation")]
    return max(named, key=lambda one: one.start).referent if named else None
