"""Quotations before their cue: `"...," X said`, `"...," said X`."""

from dataclasses import replace

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse, is_author
from extract.quotes.direct.leading import LeadingRule
from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.layout import Tokens
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import find_speaker

_ENDS_BEFORE_CUE = frozenset(",?!…—–-")  # what a quotation ends with when its cue follows
_REACH = 30  # tokens looked at after a region
_NEAR = 8  # tokens between a verb that no list holds and its subject; of a region that a search may cross


class TrailingRule:
    """Finds the cue that follows a quotation.

    Args:
        cues: The Doc's cues.
        leading: Finds the cue before; it counts more than a participle after.
    """

    def __init__(self, cues: PlacedCues, leading: LeadingRule) -> None:
        self.cues = cues
        self.layout = cues.layout
        self.doc = cues.doc
        self.leading = leading

    def find(self, number: int) -> Attribution | None:
        """`"...," X said` and `"...," said X`."""
        _, end = self.layout.outer[number]
        if not self._expects_cue(number):
            return None
        first = self._skip_comma(end)
        if self._is_link(first) and not self.cues.starts_sentence(number):
            return None
        for index in range(first, min(first + _REACH, len(self.doc))):
            token = self.doc[index]
            if self._blocks(token):
                return None
            use = self.cues.uses.get(index)
            if use is not None:
                return self._beside(use, first) or self._participle(number, use)
            finite = token.tag_ in ("VBD", "VBZ") or (token.tag_ == "VBN" and token.dep_ == "ROOT")
            if token.pos_ == "VERB" and finite and token.dep_ != "relcl":
                return self._unlisted(token, first) if self.cues.starts_sentence(number) else None
        return None

    def _is_link(self, index: int) -> bool:
        """Return whether the sentence goes on after the quotation: `"...," while`; but not `as X put it`."""
        token = self.doc[index] if index < len(self.doc) else None
        return token is not None and token.pos_ in ("CCONJ", "SCONJ") and token.lower_ != "as"

    def _skip_comma(self, index: int) -> int:
        while index < len(self.doc) and self.doc[index].text in (",", "—", "–", "-", "--"):
            index += 1
        return index

    def _beside(self, use: CueUse, first: int) -> Attribution | None:
        """Take a cue after a quotation: its speaker stands between the two, or follows an inverted verb."""
        inverted = use.token.i <= first + 1 and all(
            self.doc[i].pos_ in ("ADV", "AUX") for i in range(first, use.token.i)
        )
        if use.kind == "preposition":
            return self.cues.attribution(use, "trailing")
        if inverted and self._goes_on_with(use.token):
            return None
        head = use.head
        if (
            head is not None
            and head.i >= first
            and (head.i < use.token.i) != inverted
            and self._is_bare(head)
        ):
            bounds = (use.tokens[1], len(self.doc)) if inverted else (first, use.token.i)
            speaker = noun_phrase(head, *bounds)
        else:
            found = self._noun_run(use.tokens[1] if inverted else first)
            if found is None:
                return None
            speaker = found
        return replace(self.cues.attribution(use, "trailing"), speaker=self.layout.span(speaker))

    def _participle(self, number: int, use: CueUse) -> Attribution | None:
        """Take a participle after a quotation if no cue stands before: `gave a "...", saying that ...`."""
        first, _ = self.layout.outer[number]
        if use.token.tag_ != "VBG" or use.head is None or use.head.i >= first:
            return None
        return self.leading.find(number) or self.cues.attribution(use, "participle")

    def _goes_on_with(self, verb: Token) -> bool:
        """Tell a verb that goes on after a quotation from an inverted one.

        `"...," referring to reports`; `The bloc, citing "...", said the road is closed`.
        """
        if verb.tag_ == "VBG":
            return True
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        clause = next((child for child in verb.rights if child.dep_ == "ccomp"), None)
        return (
            subject is not None
            and clause is not None
            and self._is_bare(subject)
            and any(child.dep_ in ("nsubj", "nsubjpass") for child in clause.lefts)
        )

    def _is_bare(self, token: Token) -> bool:
        return self.layout.is_bare(token.i)

    def _noun_run(self, start: int) -> Tokens | None:
        """Return the nouns that start at a token, with the articles and adjectives before them."""
        end = start
        for token in self.doc[start : start + _REACH]:
            noun = token.pos_ in ("NOUN", "PROPN", "PRON") or token.text[0].isupper()
            if not noun and (end > start or token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "PART")):
                break
            end = token.i + 1 if noun else end
        return (start, end) if end > start else None

    def _expects_cue(self, number: int) -> bool:
        region = self.layout.regions[number]
        if not region.closed:
            return False
        text = self.layout.text
        following = text[region.outer_end : region.outer_end + 2].lstrip()
        last = text[region.start : region.end].rstrip("'’\"”")[-1:]
        return last in _ENDS_BEFORE_CUE or following[:1] in (",", "—", "–")

    def _unlisted(self, verb: Token, lowest: int) -> Attribution | None:
        """Take a verb that no list holds as a cue, directly after a quotation that expects one."""
        head = find_speaker(verb)
        if head is None and verb.i == lowest:  # a parse may take whom an inverted verb names for its object
            head = next((child for child in verb.rights if child.dep_ == "dobj"), None)
        if head is None or is_author(head) or head.i < lowest or abs(head.i - verb.i) > _NEAR:
            return None
        bounds = (lowest, verb.i) if head.i < verb.i else (verb.i + 1, len(self.doc))
        speaker = self.layout.span(noun_phrase(head, *bounds))
        return Attribution("trailing_unlisted", 0.5, speaker, self.layout.span((verb.i, verb.i + 1)))

    def _blocks(self, token: Token) -> bool:
        """Return whether a search for a cue must stop at this token."""
        if token.is_space:
            return "\n" in token.text
        if not self.layout.is_bare(token.i):
            return self._is_long(self.layout.region_of[token.i])
        return self.cues.ends_sentence(token)

    def _is_long(self, number: int) -> bool:
        start, end = self.layout.inner[number]
        return end - start > _NEAR
