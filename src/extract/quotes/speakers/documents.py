"""Whose words a document holds: `the statement said` speaks for who issued it, if the text says who that is.

A video, a picture or a report that the text gives to nobody speaks for itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.model import TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.phrases import head_word, singular
from extract.quotes.speakers.discourse import DiscourseMention, Layout, Place
from extract.text.alternations import any_of

_INTRODUCED_WITHIN = 5  # sentences before a document within which it may have been introduced
_ISSUED_WITHIN = 4  # sentences within which who spoke may have issued the statement
_SEARCHED = 20_000  # characters before a document that are searched for its introduction
_REACH = 60  # characters around a document within which its author is told
_POSSESSOR = re.compile(r"(?P<phrase>\S.*?)['’]s?\s|(?P<pronoun>[A-Za-z]{2,5})\s")
_DETERMINER = r"(?:an?|another|one|its|his|her|their|[\w-]{1,30}['’]s?)"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that speaks.

    Attributes:
        phrase: Its phrase in the text: `the statement`, `a letter`.
        place: The place from which distances to earlier mentions are counted.
        layout: The text and its sentences.
        known: The words about speakers.
    """

    phrase: TextSpan
    place: Place
    layout: Layout
    known: Descriptions

    @property
    def noun(self) -> str:
        """The noun for the kind of document, in the singular."""
        return singular(head_word(self.phrase.text, self.known.phrases).lower(), self.known.documents)

    def author(
        self, seen: Sequence[DiscourseMention], following: Iterable[DiscourseMention]
    ) -> DiscourseMention | None:
        """Return the mention of who issued the document; None if the text does not say.

        Args:
            seen: The mentions before the document, also those that spoke.
            following: The mentions after it.
        """
        if not self.known.phrases.definite.match(self.phrase.text):
            return self._issuer(self.phrase.start, self.phrase.end, seen, following)
        introduced = self._introductions()
        if not introduced:
            is_one = head_word(self.phrase.text, self.known.phrases).lower() == self.noun
            goes_on = is_one and self.noun in self.known.authored and self.phrase.text[1:].islower()
            return self._last_to_issue(seen) if goes_on else None
        start, end = introduced[-1].span()
        is_near = self.place.sentence - self.layout.sentence(start) <= _INTRODUCED_WITHIN
        return self._issuer(start, end, seen, seen) if is_near else None

    def _introductions(self) -> list[re.Match[str]]:
        """Return the places before that introduce such a document.

        `In a statement`, `Brandt's letter`, `the statement by the council`.
        """
        noun = rf"(?:[\w-]{{1,20}} ){{0,3}}{re.escape(self.noun)}\b"
        signed = rf"the {noun}(?= (?:{any_of(self.known.issuing)} )?(?:by|from) )"
        introducing = re.compile(rf"\b(?:{_DETERMINER} {noun}|{signed})", re.IGNORECASE)
        start = max(self.place.start - _SEARCHED, 0)
        return list(introducing.finditer(self.layout.text, start, self.place.start))

    def _issuer(
        self, start: int, end: int, seen: Sequence[DiscourseMention], following: Iterable[DiscourseMention]
    ) -> DiscourseMention | None:
        """Return who issued the document that is mentioned at a place: its owner, who signs, or who acts."""
        owner = next((one for one in seen if start < one.end < end and one.is_owner), None)
        if owner is None:
            signed = self._signed(end)
            signing = (one for one in following if one.start == signed and not one.is_owner)
            owner = next((one for one in signing if not one.modifies), None)
        if owner is not None:
            return owner
        before = self.layout.text[max(start - _REACH, 0) : start]
        acts = re.search(rf"\b(?:{any_of(self.known.issuing)} (?:[\w-]+ ){{0,2}}|[Ii]n |[Ww]ith )$", before)
        return self._subject(start, acts.start() + start - len(before), seen) if acts else None

    def _signed(self, end: int) -> int | None:
        """Return the offset of the author after a document: `a video released by |the council`."""
        issued = any_of(self.known.issuing)
        signature = re.compile(rf" (?:(?:that |which )?(?:was )?{issued} )?(?:by|from) (?:the )?")
        found = signature.match(self.layout.text, end)
        return found.end() if found else None

    def _subject(self, start: int, act: int, seen: Sequence[DiscourseMention]) -> DiscourseMention | None:
        """Return who speaks, or else acts, in a sentence: first the person named right before the act."""
        sentence = self.layout.sentence(start)
        here = [
            one
            for one in seen
            if one.sentence == sentence and one.referent.kind in ("person", "organisation")
        ]
        acting = [one for one in here if one.speaks] or [one for one in here if one.is_subject]
        before = (one for one in here if one.referent.kind == "person" and one.end + 1 == act)
        return next(before, None) or min(acting, key=lambda one: one.start, default=None)

    def _last_to_issue(self, seen: Iterable[DiscourseMention]) -> DiscourseMention | None:
        """Return who spoke last, if near: a body, or a person with a name."""
        near = [
            one
            for one in seen
            if one.speaks
            and self.place.sentence - one.sentence <= _ISSUED_WITHIN
            and (
                one.referent.kind == "organisation" or (one.referent.kind == "person" and one.referent.count)
            )
        ]
        return max(near, key=lambda one: one.start, default=None)


def owner_in(phrase: TextSpan, known: Descriptions) -> TextSpan | None:
    """Return the owner in a document's phrase: `the group`'s statement, `his` message.

    In `her colleagues statements` that is nobody whom a pronoun means.
    """
    owner = _POSSESSOR.match(phrase.text)
    if owner is None:
        return None
    start, end = owner.span("pronoun" if owner["pronoun"] else "phrase")
    if owner["pronoun"]:
        others = {singular(word.strip("'’"), known.people) for word in phrase.text[end:].lower().split()}
        if owner["pronoun"].lower() not in known.phrases.pronouns or others & known.people:
            return None
    return TextSpan(phrase.start + start, phrase.start + end, phrase.text[start:end])
