"""Which mention a speaker's phrase names: its head, the name after a title, a group, an author."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.model import Mention, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.phrases import head_span, singular
from extract.quotes.speakers.callings import title_in

_COMPOUND = re.compile(r"[-‐‑]\w")
_IN_ADDRESS = "/_@"
_PERSON_AFTER = re.compile(r",? who\b")
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z]\w*(?![\w'’]|-[a-z])")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n“\"]\s?)$")
_NEXT_WORD = re.compile(r" (?P<word>[a-z]+)\b")
_BODIES_BETWEEN = 3  # mentions after a description among which the name beside it is expected
_BESIDE = re.compile(
    r"(?:-[\w-]+)?(?: of (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,4})?, (?:[A-Z][\w.'’-]* ){0,6}"
)
_CLOSED = re.compile(r"[,.;:)”\"]|\s?[–—]|\n|\Z")
_OWNER = re.compile(r"['’]s?(?!\w)")


class NamedHeads:
    """Finds the mention that a phrase names in one article.

    Args:
        mentions: The article's linked mentions, in text order.
        text: The article's text.
        descriptions: The words about speakers.
    """

    def __init__(self, mentions: Sequence[Mention], text: str, descriptions: Descriptions) -> None:
        self.mentions = mentions
        self.text = text
        self.descriptions = descriptions

    def named_in(self, speaker: TextSpan) -> Mention | None:
        """Return the mention at the head of a speaker's phrase, or the author of the document that speaks."""
        start, end = (speaker.start + offset for offset in head_span(speaker.text, self.descriptions.phrases))
        head = TextSpan(start, end, self.text[start:end])
        inside = [one for one in self.inside(speaker) if not self._is_anothers(one, speaker)]
        inside = [self._of_surname(one, speaker) or one for one in inside]
        at_head = (mention for mention in inside if mention.start < head.end and head.start < mention.end)
        return (
            self._name_beside(speaker, head)
            or self._titled_name(inside, speaker, head)
            or self._body_before(inside, next(at_head, None))
            or self._group_name(inside, head)
            or self._owner(inside, speaker, head)
        )

    def _is_anothers(self, mention: Mention, speaker: TextSpan) -> bool:
        """Return whether a name in a phrase is only part of what it names."""
        return (
            self._is_person_called(mention, speaker)
            or self._is_in_name(mention, speaker)
            or self._is_branch(mention, speaker)
            or self._says_whose(mention, speaker)
        )

    def _of_surname(self, mention: Mention, speaker: TextSpan) -> Mention | None:
        """Return who has the name of a people for a surname: `Qandeel Baloch sang. |Baloch said`."""
        if mention.label != "NORP" or (mention.start, mention.end) != (speaker.start, speaker.end):
            return None
        before = self.mentions[: bisect_left(self.mentions, mention.start, key=lambda one: one.start)]
        fuller = (one for one in before if one.label in ("PERSON", "ORG"))
        found = next((one for one in fuller if one.text.endswith(f" {mention.text}")), None)
        return None if found is None else replace(found, start=mention.start, end=mention.end)

    def _is_in_name(self, mention: Mention, speaker: TextSpan) -> bool:
        """Return whether a state or people only ends the name of a body: `the Sons of |Iraq`, `Cage |UK`."""
        if mention.label not in ("GPE", "NORP"):
            return False
        named = [(one.start, one.end) for one in self.inside(speaker)]
        words = _CAPITALISED.finditer(self.text, speaker.start, mention.start)
        known = self.descriptions.phrases.determiners | self.descriptions.before_states
        return any(
            word[0].lower() not in known
            and not _SENTENCE_START.search(self.text, max(word.start() - 3, 0), word.start())
            and not any(start <= word.start() < end for start, end in named)
            for word in words
        )

    def _is_branch(self, mention: Mention, speaker: TextSpan) -> bool:
        """Return whether a place before a body's name makes it a part of it: `the Ohio |Labour Party|`."""
        if mention.label != "FACTION":
            return False
        before = (one for one in self.inside(speaker) if one.end == mention.start - 1)
        return any(one.label == "GPE" and one.entity_kind != "country" for one in before)

    def _says_whose(self, mention: Mention, speaker: TextSpan) -> bool:
        """Return whether a group's name is all of a phrase before a person's noun: `the |Badr| commander`."""
        whole = (mention.start, mention.end) == (speaker.start, speaker.end)
        following = _NEXT_WORD.match(self.text, mention.end) if whole else None
        is_group = mention.label in ("ORG", "FACTION")
        return is_group and following is not None and following["word"] in self.descriptions.people

    def _is_person_called(self, mention: Mention, speaker: TextSpan) -> bool:
        """Return whether somebody has the name of a place: `said |Basra, who ...`."""
        whole = (mention.start, mention.end) == (speaker.start, speaker.end)
        return whole and mention.label == "GPE" and bool(_PERSON_AFTER.match(self.text, speaker.end))

    def _body_before(self, inside: Iterable[Mention], found: Mention | None) -> Mention | None:
        """Return the body whose branch a phrase names by its country, else what was found: `|Oxfam Iraq`."""
        if found is None or found.label != "GPE":
            return found
        beside = (one for one in inside if one.end < found.start and self.text[one.end : found.start] == " ")
        return next((one for one in beside if one.label in ("ORG", "FACTION")), found)

    def inside(self, speaker: TextSpan) -> list[Mention]:
        """Return the mentions in a phrase, not those in compounds (`the UN-led agency`) and addresses."""
        first = bisect_left(self.mentions, speaker.start, key=lambda mention: mention.end)
        last = bisect_left(self.mentions, speaker.end, key=lambda mention: mention.start)
        inside = (mention for mention in self.mentions[first:last] if mention.end > speaker.start)
        return [
            mention
            for mention in inside
            if not _COMPOUND.match(self.text, mention.end)
            and self.text[max(mention.start - 1, 0)] not in _IN_ADDRESS
        ]

    def _name_beside(self, speaker: TextSpan, head: TextSpan) -> Mention | None:
        """Return the person named beside a description: `the team head, Adviser |Karim Brandt|,`."""
        if head.text.lower() not in self.descriptions.people or speaker.text[:4].lower() != "the ":
            return None
        number = bisect_left(self.mentions, speaker.end, key=lambda one: one.start)
        following = self.mentions[number : number + _BODIES_BETWEEN]
        named = next((one for one in following if one.label == "PERSON"), None)
        if named is None or not _CLOSED.match(self.text, named.end):
            return None
        return named if _BESIDE.fullmatch(self.text, speaker.end, named.start) else None

    def _titled_name(self, inside: Sequence[Mention], speaker: TextSpan, head: TextSpan) -> Mention | None:
        """Return the name that ends a phrase whose head is a title: `Secretary of State Karl Brandt`.

        The title may hold a body: `House of Representatives Speaker Karl Brandt`.
        """
        if not inside or inside[-1].end != speaker.end or inside[-1].label != "PERSON":
            return None
        is_title = self.text[head.start].isupper()
        between = self.text[head.end : inside[-1].start]
        is_linked = self.descriptions.phrases.links.search(between)
        has_title = (
            "," not in between and title_in(between, self.descriptions).nouns & self.descriptions.people
        )
        return inside[-1] if is_title and (has_title or not is_linked) else None

    def _group_name(self, inside: Iterable[Mention], head: TextSpan) -> Mention | None:
        """Return the group named directly before a noun for armed groups: `the Badr group`."""
        if singular(head.text.lower(), self.descriptions.organisations) not in self.descriptions.after_names:
            return None
        for mention in inside:
            between = self.text[mention.end : head.start].strip(" \"'“”‘’")
            if mention.label in ("ORG", "FACTION") and mention.end <= head.start and not between:
                return mention
        return None

    def _owner(self, inside: Iterable[Mention], speaker: TextSpan, head: TextSpan) -> Mention | None:
        """Return the author named with a document: `Brandt's letter`, `a statement by the ministry`."""
        if self.descriptions.kind(speaker.text) != "document":
            return None
        for mention in inside:
            owns = mention.end <= head.start and (self._owns(mention) or self._issues(mention, head))
            if (owns or self._signs(mention, head)) and mention.label in ("PERSON", "ORG", "FACTION"):
                return mention
        return None

    def _owns(self, mention: Mention) -> bool:
        """Return whether a name is a possessive; the mark may belong to the name."""
        return bool(_OWNER.search(self.text, max(mention.end - 2, mention.start), mention.end + 2))

    def _issues(self, mention: Mention, head: TextSpan) -> bool:
        """Return whether a body's name stands before what only it can issue: `a Badr statement`."""
        noun = singular(head.text.lower(), self.descriptions.documents)
        is_beside = self.text[mention.end : head.start] == " "
        return is_beside and noun in self.descriptions.authored and mention.label in ("ORG", "FACTION")

    def _signs(self, mention: Mention, head: TextSpan) -> bool:
        """Return whether a name after a document is its author's; a person may have a title."""
        between = self.descriptions.phrases.authors.fullmatch(
            self.text, head.end, max(mention.start, head.end)
        )
        if between is None or self._owns(mention):
            return False
        noun = singular(head.text.lower(), self.descriptions.documents)
        of_whom = self.descriptions.depicting | self.descriptions.examining
        if between["preposition"] == "of" and noun in of_whom:
            return False
        return not between["title"] or (mention.label == "PERSON" and between["preposition"] != "of")
