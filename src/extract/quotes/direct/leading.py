"""Quotations after their cue: `X said: "..."`, `X told us that Y "..."`, `X lauded "..."`."""

from extract.quotes.cue_uses import CueUse
from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import find_speaker

_REACH = 30  # tokens looked at before a region
_LEADING_GAP = 8  # tokens between a cue and its quotation that need no parse to confirm them
_BESIDE_COLON = 2  # tokens: `shot back:`
_LABEL = 10  # tokens of a name before a colon: `Karl Brandt (envoy): "..."`


class LeadingRule:
    """Finds the cue that a quotation follows."""

    def __init__(self, cues: PlacedCues) -> None:
        self.cues = cues
        self.layout = cues.layout
        self.doc = cues.doc

    def find(self, number: int) -> Attribution | None:
        """`X said: "..."`, `X told us that Y "..."`, `X lauded "..."`."""
        start, _ = self.layout.outer[number]
        for index in range(start - 1, max(start - _REACH, -1), -1):
            token = self.doc[index]
            if token.is_space and "\n" in token.text:
                return self._after_colon(number, index) or self._by_colon(number)
            use = self.cues.covering.get(index)
            if use is not None:
                return self._accept_leading(number, use) or self._by_colon(number)
            if self.layout.is_bare(index) and self.cues.ends_sentence(token):
                break
        return self._by_colon(number)

    def find_introduced(self, number: int) -> Attribution | None:
        """`X asked, "...?"` before a sentence of its own: `Y replied that ...`."""
        region, (start, end) = self.layout.regions[number], self.layout.outer[number]
        following = self.doc[end] if end < len(self.doc) else None
        ended = self.layout.text[region.start : region.end].rstrip()[-1:] in (".", "?", "!")
        if not ended or following is None or not following.text[0].isupper() or start == 0:
            return None
        if self.doc[start - 1].text not in (",", ":") or not self.layout.is_bare(start - 1):
            return None
        near = range(start - 1, max(start - _LEADING_GAP, self.layout.sentence(start - 1)[0]) - 1, -1)
        use = next((self.cues.covering[index] for index in near if index in self.cues.covering), None)
        return None if use is None or use.kind != "speech" else self._accept_leading(number, use)

    def _by_colon(self, number: int) -> Attribution | None:
        """Take the subject of any verb before a colon that a quotation follows."""
        start, _ = self.layout.outer[number]
        return (
            self._colon_subject(start - 1) if start > 0 and self.doc[start - 1].text.endswith(":") else None
        )

    def _colon_subject(self, colon: int) -> Attribution | None:
        """Take the subject of the clause before a colon, whatever its verb."""
        first, _ = self.layout.sentence(colon)
        if colon - first > _REACH:
            return None
        verbs = [self.doc[i] for i in range(first, colon) if self.doc[i].pos_ in ("VERB", "AUX")]
        if not verbs and colon - first <= _LABEL and self.doc[first].text[0].isupper():
            return self._turn(first, colon)
        verbs.sort(key=lambda verb: colon - verb.i > _BESIDE_COLON)  # the verb beside the colon first
        head = next((found for verb in verbs if (found := find_speaker(verb)) is not None), None)
        if head is None and self.doc[first + 1].pos_ == "PROPN":  # `Continued Karl Brandt: "..."`
            return self._turn(first + 1, colon)
        if head is None or not self.layout.is_bare(head.i):
            return None
        speaker = self.layout.span(noun_phrase(head, first, colon))
        return Attribution("colon", 0.4, speaker, self.layout.last_mark(colon))

    def _turn(self, first: int, colon: int) -> Attribution:
        """`Karl Brandt (envoy): "..."`: a name before a colon; where it opens its paragraph, a turn."""
        ends = "(," if self.doc[first].pos_ == "PROPN" else "("
        end = next((i for i in range(first + 1, colon) if self.doc[i].text[0] in ends), colon)
        opens, _ = self.layout.paragraph_tokens(self.layout.paragraph_of[first])
        rule, confidence = ("turn", 0.8) if first == opens else ("colon", 0.6)
        return Attribution(rule, confidence, self.layout.span((first, end)), self.layout.last_mark(colon))

    def _after_colon(self, number: int, index: int) -> Attribution | None:
        """Take the cue of the paragraph before, if a colon ends it."""
        start, _ = self.layout.outer[number]
        before = index - 1
        if index + 1 != start or before < 0 or not self.doc[before].text.endswith(":"):
            return None
        use = self.cues.last_use(self.layout.paragraph_of[before])
        return self._colon_subject(before) if use is None else self.cues.attribution(use, "colon")

    def _accept_leading(self, number: int, use: CueUse) -> Attribution | None:
        start, _ = self.layout.outer[number]
        use = self._outer_use(use)
        if use.speaker is None:
            return None
        bare = [i for i in range(use.tokens[1], start) if self.layout.is_bare(i)]
        near = len(bare) <= _LEADING_GAP
        last = self.doc[start - 1].text if bare else ""
        if near or last in (":", "that", ",") or self._governs(use, number):
            return self.cues.attribution(use, "leading")
        return None

    def _outer_use(self, use: CueUse) -> CueUse:
        """Return the cue that reports a thought: in `X said she hopes for "..."` the words are X's."""
        if use.kind != "thought":
            return use
        for ancestor in use.token.ancestors:
            outer = self.cues.uses.get(ancestor.i)
            if outer is not None and outer.kind == "speech" and outer.speaker is not None:
                return outer if outer.token.i < use.token.i else use
        return use

    def _governs(self, use: CueUse, number: int) -> bool:
        """Return whether the parse hangs the region on the cue."""
        first, last = self.layout.inner[number]
        return any(
            self.doc[index].head.i == use.token.i for index in range(first, last)
        ) or use.token.is_ancestor(self.doc[first])
