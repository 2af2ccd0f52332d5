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
from extract.quotes.speakers.referents import Referent
from extract.text.alternations import any_of

_INTRODUCED_WITHIN = 10  # sentences before a document within which it may have been introduced
_ISSUED_WITHIN = 4  # sentences within which who spoke may have issued the statement
_REACH = 60  # characters around a document within which its author is told
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
    ) -> Referent | None:
        """Return who issued the document; None if the text does not say.

        Args:
            seen: The mentions before the document, also those that spoke.
            following: The mentions after it.
        """
        if not self.known.phrases.definite.match(self.phrase.text):
            return self._issuer(self.phrase.start, self.phrase.end, seen, following)
        introduced = self._introduction()
        if introduced is not None:
            return self._issuer(*introduced.span(), seen, seen)
        return self._last_to_issue(seen) if self.noun in self.known.authored else None

    def _introduction(self) -> re.Match[str] | None:
        """Return the last place before that introduced such a document: `in a statement`, `Brandt's letter`."""
        pattern = re.compile(
            rf"\b{_DETERMINER} (?:[\w-]{{1,20}} ){{0,3}}{re.escape(self.noun)}\b", re.IGNORECASE
        )
        found = list(pattern.finditer(self.layout.text, 0, self.place.start))
        near = found and self.place.sentence - self.layout.sentence(found[-1].start()) <= _INTRODUCED_WITHIN
        return found[-1] if near else None

    def _issuer(
        self, start: int, end: int, seen: Sequence[DiscourseMention], following: Iterable[DiscourseMention]
    ) -> Referent | None:
        """Return who issued the document that is mentioned at a place."""
        text = self.layout.text
        owner = next((one for one in seen if start < one.end < end and one.is_owner), None)
        signed = re.compile(
            rf" (?:(?:that |which )?(?:was )?{any_of(self.known.issuing)} )?(?:by|from) (?:the )?"
        )
        signature = signed.match(text, end)
        if owner is None and signature:
            owner = next((one for one in following if one.start == signature.end()), None)
        if owner is not None:
            return owner.referent
        before = text[max(start - _REACH, 0) : start]
        issued = re.search(rf"\b{any_of(self.known.issuing)} (?:[\w-]+ ){{0,2}}$", before)
        return self._subject(start, seen) if issued or re.search(r"\b(?:[Ii]n|[Ww]ith) $", before) else None

    def _subject(self, start: int, seen: Sequence[DiscourseMention]) -> Referent | None:
        """Return who speaks, or else acts, in the sentence at an offset."""
        sentence = self.layout.sentence(start)
        here = [
            one
            for one in seen
            if one.sentence == sentence and one.referent.kind in ("person", "organisation")
        ]
        acting = [one for one in here if one.speaks] or [one for one in here if one.is_subject]
        return min(acting, key=lambda one: one.start).referent if acting else None

    def _last_to_issue(self, seen: Iterable[DiscourseMention]) -> Referent | None:
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
        return max(near, key=lambda one: one.start).referent if near else None
