"""Quotations after their cue: `X said: "..."`, `X told us that Y "..."`, `X lauded "..."`."""

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse
from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.syntax import find_speaker, has_subject, is_finite_passive

_REACH = 30  # tokens searched before a region
_LEADING_GAP = 8  # tokens between a cue and its quotation that need no confirmation by the parse
_BESIDE_COLON = 2  # tokens from a verb to the colon that it introduces: `shot back:`
_LABEL = 10  # tokens of a name before a colon: `Karl Brandt (envoy): "..."`


class LeadingRule:
    """Finds the cue that precedes a quotation.

    Args:
        cues: The Doc's cues.
    """

    def __init__(self, cues: PlacedCues) -> None:
        self.cues = cues
        self.known = cues.known
        self.layout = cues.layout
        self.doc = cues.doc

    def find(self, number: int) -> Attribution | None:
        """Attribute `X said: "..."`, `X told us that Y "..."` and `X lauded "..."`."""
        start, _ = self.layout.outer[number]
        for index in range(start - 1, max(start - _REACH, -1), -1):
            token = self.doc[index]
            if token.is_space and "\n" in token.text:
                return self._after_colon(number, index) or self._by_colon(number)
            use = self.cues.covering.get(index)
            if use is not None:
                return self._from_cue(number, use) or self._by_colon(number)
            if self.layout.is_unquoted(index) and self.cues.ends_sentence(token):
                break
        return self._by_colon(number)

    def find_introduced(self, number: int) -> Attribution | None:
        """Attribute `X asked, "...?"` before a sentence of its own: `Y replied that ...`."""
        start, _ = self.layout.outer[number]
        if not self._is_between_sentences(number) or not self._follows_pause(start):
            return None
        near = range(start - 1, max(start - _LEADING_GAP, self.layout.sentence(start - 1)[0]) - 1, -1)
        use = next((self.cues.covering[index] for index in near if index in self.cues.covering), None)
        return None if use is None or use.kind != "speech" else self._from_cue(number, use)

    def _is_between_sentences(self, number: int) -> bool:
        """Return whether the region ends its sentence and the next one starts after it."""
        region, (_, end) = self.layout.regions[number], self.layout.outer[number]
        last = self.layout.text[region.start : region.end].rstrip()[-1:]
        return last in (".", "?", "!") and end < len(self.doc) and self.doc[end].text[0].isupper()

    def _follows_pause(self, start: int) -> bool:
        """Return whether a comma or a colon outside quotation marks precedes a token."""
        return start > 0 and self.doc[start - 1].text in (",", ":") and self.layout.is_unquoted(start - 1)

    def _by_colon(self, number: int) -> Attribution | None:
        """Attribute a quotation directly after a colon to the subject of any verb before it."""
        start, _ = self.layout.outer[number]
        if start == 0 or not self.doc[start - 1].text.endswith(":"):
            return None
        return self._colon_subject(start - 1)

    def _colon_subject(self, colon: int) -> Attribution | None:
        """Take the subject of the clause before a colon, whatever its verb."""
        first, _ = self.layout.sentence(colon)
        if colon - first > _REACH:
            return None
        verbs = [token for token in self.doc[first:colon] if token.pos_ in ("VERB", "AUX")]
        if not verbs and self._is_label(first, colon):
            return self._turn(first, colon)
        return self._by_verb(verbs, first, colon)

    def _by_verb(self, verbs: list[Token], first: int, colon: int) -> Attribution | None:
        """Take the first speaker of the verbs before a colon; of a passive without an agent nobody."""
        head = self._first_speaker(verbs, colon)
        confidence = self.known.confidences.colon
        if head is None and any(map(is_finite_passive, verbs)):  # `Brandt was told: "..."`: by nobody named
            return Attribution("colon", confidence, None, self.layout.last_mark(colon))
        if head is None and self.doc[first + 1].pos_ == "PROPN":  # `Continued Karl Brandt: "..."`
            return self._turn(first + 1, colon)
        if head is None or not self.layout.is_unquoted(head.i):
            return None
        speaker = self.layout.words(noun_phrase(head, first, colon, self.known))
        if speaker is None:
            return None
        return Attribution("colon", confidence, speaker, self.layout.last_mark(colon))

    def _first_speaker(self, verbs: list[Token], colon: int) -> Token | None:
        """Return the first speaker that one of the verbs has, starting with a verb beside the colon."""
        ordered = sorted(verbs, key=lambda verb: colon - verb.i > _BESIDE_COLON)
        speakers = (find_speaker(verb, self.known) for verb in ordered)
        return next((speaker for speaker in speakers if speaker is not None), None)

    def _is_label(self, first: int, colon: int) -> bool:
        return colon - first <= _LABEL and self.doc[first].text[0].isupper()

    def _turn(self, first: int, colon: int) -> Attribution | None:
        """Attribute `Karl Brandt (envoy): "..."`, a turn if the name opens its paragraph."""
        ends = "(," if self.doc[first].pos_ == "PROPN" else "("
        end = next((i for i in range(first + 1, colon) if self.doc[i].text[0] in ends), colon)
        speaker = self.layout.words((first, end))
        if speaker is None:
            return None
        opens, _ = self.layout.paragraph_tokens(self.layout.paragraph_of[first])
        confidences = self.known.confidences
        rule, confidence = ("turn", confidences.turn) if first == opens else ("colon", confidences.label)
        return Attribution(rule, confidence, speaker, self.layout.last_mark(colon))

    def _after_colon(self, number: int, index: int) -> Attribution | None:
        """Take the cue of the paragraph before, if a colon ends it."""
        start, _ = self.layout.outer[number]
        before = index - 1
        if index + 1 != start or before < 0 or not self.doc[before].text.endswith(":"):
            return None
        use = self.cues.last_use(self.layout.paragraph_of[before])
        return self._colon_subject(before) if use is None else self.cues.attribution(use, "colon")

    def _from_cue(self, number: int, use: CueUse) -> Attribution | None:
        """Take a cue that is near the region, leads into it or governs it in the parse."""
        start, _ = self.layout.outer[number]
        use = self._reporting_use(use, number)
        if use.speaker is None:
            return None
        between = [i for i in range(use.tokens[1], start) if self.layout.is_unquoted(i)]
        near = len(between) <= _LEADING_GAP
        last = self.doc[start - 1].text if between else ""
        if near or last in (":", "that", ",") or self._governs(use, number):
            return self.cues.attribution(use, "leading")
        return None

    def _reporting_use(self, use: CueUse, number: int) -> CueUse:
        """Return the cue that reports another one: in `X said she hopes for "..."` the words are X's.

        A whole sentence is the nearest speaker's: `X said the guard had told her: "Go home."`.
        """
        if self._is_direct(use, number):
            return use
        within = use.token
        for ancestor in use.token.ancestors:
            outer = self.cues.uses.get(ancestor.i)
            if outer is not None and outer.kind == "speech" and outer.speaker is not None:
                separate = within.dep_ == "conj" and has_subject(
                    within
                )  # `he said nothing, but Y called it "..."`
                reports = outer.token.i < use.token.i and outer.speaker != use.speaker and not separate
                return outer if reports else use
            within = ancestor
        return use

    def _is_direct(self, use: CueUse, number: int) -> bool:
        """Return whether a cue of speech introduces the region as a sentence, after a comma or a colon."""
        start, _ = self.layout.outer[number]
        capital = self.doc[self.layout.inner[number][0]].text[0].isupper()
        return use.kind == "speech" and capital and self._follows_pause(start)

    def _governs(self, use: CueUse, number: int) -> bool:
        """Return whether the region depends on the cue in the parse."""
        first, last = self.layout.inner[number]
        if any(token.head.i == use.token.i for token in self.doc[first:last]):
            return True
        return use.token.is_ancestor(self.doc[first])
