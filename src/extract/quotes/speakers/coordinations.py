"""Joint speakers: `Karim Brandt and the River Council` are two, `the mayors of Mosul and Kirkuk` one phrase.

Read from the text and the names in it. A phrase is a list of speakers only if each of its parts can speak by
itself; in `River and Valley spokesman Karim Brandt` the first one does not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, starmap

from extract.model import Mention, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.discourse import DiscourseMention
from extract.quotes.speakers.named_heads import NamedHeads
from extract.quotes.speakers.referents import describe
from extract.text.alternations import any_of

_COMMA = re.compile(r",\s+")
_OWNER = re.compile(r"['’]s?$")
_CLOSED = re.compile(r"[.,;:)\n”\"]|\Z")
_LONGEST_LIST = 8  # names that may follow a phrase in its list
_CLASSES = {"PERSON": "person", "ORG": "body", "FACTION": "body"}  # the others are places and peoples


class Coordinations:
    """Takes the phrases of joint speakers of one article apart, and completes those that a parse cut short.

    Args:
        heads: Knows which name a phrase names.
        text: The article's text.
        descriptions: The words about speakers.
    """

    def __init__(self, heads: NamedHeads, text: str, descriptions: Descriptions) -> None:
        self.heads = heads
        self.text = text
        self.descriptions = descriptions
        self._words = descriptions.phrases

    def parts(self, phrase: TextSpan) -> tuple[TextSpan, ...]:
        """Return the phrases of those who speak jointly, in text order; none for a phrase that is no list."""
        if not self._words.joining.search(phrase.text):
            return ()
        inside = self.heads.inside(phrase)
        pieces = list(self._split(self._words.joining, self._without_both(phrase), inside))
        if len(pieces) == 1:
            return ()
        parts = [part for piece in pieces[:-1] for part in self._listed(piece)] + pieces[-1:]
        is_list = all(map(self._can_speak, parts)) and not any(starmap(self._is_one, pairwise(parts)))
        return tuple(parts) if is_list else ()

    def whole(self, phrase: TextSpan, cue: TextSpan | None) -> TextSpan:
        """Return a phrase with the rest of a list of speakers that a parse cut off; else itself."""
        if cue is None:
            return phrase
        covering = self.heads.inside(phrase)
        start = min([phrase.start, *(one.start for one in covering[:1])])
        end = max([phrase.end, *(one.end for one in covering[-1:])])
        is_after = cue.end <= start
        closes = self._is_closed if is_after else lambda last: self.text[last : cue.start] in (" ", ", ")
        return self._longest(start, [end, *filter(closes, self._ends(start, end))]) or phrase

    def partners(self, issuer: DiscourseMention) -> tuple[TextSpan, ...]:
        """Return the names of a list that begins with who issues a document; none if it is one alone.

        `|The River Council and the Valley Union| issued a statement`.
        """
        issues = re.compile(rf" (?:{any_of(self.descriptions.issuing)}) ")
        ends = self._ends(issuer.start, issuer.end)
        found = self._longest(issuer.start, [end for end in ends if issues.match(self.text, end)])
        return self.parts(found) if found else ()

    def _longest(self, start: int, ends: Sequence[int]) -> TextSpan | None:
        """Return the longest of some phrases that is a list of speakers."""
        phrases = (self._span(start, end) for end in reversed(ends))
        return next((phrase for phrase in phrases if self.parts(phrase)), None)

    def authors(self, document: TextSpan, author: Mention) -> tuple[TextSpan, ...]:
        """Return those named as a document's authors: `a statement by |X and Y`, `|X and Y's statement`."""
        owning = self._span(document.start, author.end)
        return self.parts(self._span(author.start, document.end)) or self.parts(
            replace(owning, text=_OWNER.sub("", owning.text))
        )

    def _span(self, start: int, end: int) -> TextSpan:
        return TextSpan(start, end, self.text[start:end])

    def _without_both(self, phrase: TextSpan) -> TextSpan:
        both = self._words.pairing.match(phrase.text)
        return self._span(phrase.start + both.end(), phrase.end) if both else phrase

    def _split(
        self, separator: re.Pattern[str], phrase: TextSpan, names: Iterable[Mention]
    ) -> Iterator[TextSpan]:
        """Yield the pieces of a phrase between separators that do not stand inside a name."""
        start, held = phrase.start, [(one.start, one.end) for one in names]
        for found in separator.finditer(phrase.text):
            first, last = phrase.start + found.start(), phrase.start + found.end()
            if first > start and not any(begin < first and last < end for begin, end in held):
                yield self._span(start, first)
                start = last
        yield self._span(start, phrase.end)

    def _listed(self, piece: TextSpan) -> list[TextSpan]:
        """Return the names of a list before its last one: `|X|, |Y| and Z`; a piece that is none is whole."""
        names = list(self._split(_COMMA, piece, self.heads.inside(piece)))
        classes = {_class_of(self._ending(name)) for name in names}
        return names if len(classes) == 1 and None not in classes else [piece]

    def _ending(self, part: TextSpan) -> Mention | None:
        """Return the name that ends a part."""
        inside = self.heads.inside(part)
        return inside[-1] if inside and inside[-1].end == part.end else None

    def _can_speak(self, part: TextSpan) -> bool:
        """Return whether a part speaks by itself: a name, a pronoun, a description with its own article."""
        kind = self.descriptions.kind(part.text)
        if kind == "document" or _OWNER.search(part.text):
            return False
        if kind == "pronoun" or self.heads.named_in(part) is not None:
            return True
        words, known = part.text.split(), self._words
        described = describe(part, self.descriptions)
        opens = words[0].lower() in known.determiners | known.quantities | known.selecting
        is_several = described.plural and part.text.islower() and not self.heads.inside(part)
        is_other = words[-1] in known.others
        return is_other or ((opens or is_several) and (kind == "organisation" or not described.vague))

    def _is_one(self, left: TextSpan, right: TextSpan) -> bool:
        """Return whether a conjunction joins two names that belong to the noun before or after them.

        `The leader of |River and Valley|`, `|River and Valley| spokesman Karim Brandt`.
        """
        one, other = self._ending(left), next(iter(self.heads.inside(right)), None)
        if one is None or other is None or _class_of(one) != _class_of(other):
            return False
        is_governed = one != self.heads.named_in(left)
        return other.start == right.start and (is_governed or (_is_bare(left, one) and other.end < right.end))

    def _is_closed(self, end: int) -> bool:
        return _CLOSED.match(self.text, end) is not None

    def _ends(self, start: int, end: int) -> Iterator[int]:
        """Yield where a list that goes on after a phrase may end: after each name from the last joint one."""
        is_joint = bool(self._words.joining.search(self.text, start, end))
        position = end
        for name in self._names_from(end):
            gap = self.text[position : name.start]
            joins = bool(self._words.next_joint.fullmatch(gap))
            follows = gap in (" ", ", ") and is_joint and name.label == "PERSON"  # his deputy, |Brandt
            if self._words.next_apposed.fullmatch(gap):  # the leader of |Badr
                continue
            if not (joins or follows or self._words.next_listed.fullmatch(gap)):
                return
            position, is_joint = name.end, is_joint or joins
            if is_joint:
                yield position

    def _names_from(self, offset: int) -> Sequence[Mention]:
        mentions = self.heads.mentions
        first = bisect_right(mentions, offset, key=lambda one: one.start)
        return mentions[first : first + _LONGEST_LIST]


def _class_of(name: Mention | None) -> str | None:
    return None if name is None else _CLASSES.get(name.label, "place")


def _is_bare(part: TextSpan, name: Mention) -> bool:
    """Return whether a part is nothing but a name."""
    return name.start - part.start <= len("the ")
