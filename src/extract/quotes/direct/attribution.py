"""Attribution of quoted regions: the cue and the speaker of each."""

import re

from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.direct.leading import LeadingRule
from extract.quotes.direct.names import is_introduced_as_name, words_of
from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.direct.subjects import find_subject_before, is_about_another
from extract.quotes.direct.trailing import TrailingRule
from extract.quotes.headlines import find_headline_closing
from extract.quotes.layout import Layout, TokenRange, group_span

_FAR_REACH = 400  # tokens searched for a cue in a paragraph or sentence of any length
_FILLS = 0.9  # least share of a paragraph that a quotation must cover to fill it
# `— Karl Brandt, envoy`: a dash, then a name of up to ten words.
SIGNATURE = re.compile(
    r"\s{0,9}(?P<mark>[—–―-]{1,2})\s{0,9}"
    r"(?P<name>[A-Z][^\s.!?:;\"“”]*(?: (?:[A-Z]\.|[^\s.!?:;\"“”]+)){0,9})\.?"
)
_TRANSCRIPT = re.compile(r"(?P<name>[A-Z][A-Z.’'-]{1,30}(?: [A-Z][A-Z.’'-]{1,30}){0,3})(?P<mark>:)\s")


class Attributor:
    """Finds the attribution of each quoted region of one Doc.

    Args:
        layout: The Doc with its regions.
        uses: Its cues.
        known: The words that introduce speech.
    """

    def __init__(self, layout: Layout, uses: list[CueUse], known: Cues) -> None:
        self.layout = layout
        self.doc = layout.doc
        self.confidences = known.confidences
        self.cues = PlacedCues(layout, uses, known)
        self.leading = LeadingRule(self.cues)
        self.trailing = TrailingRule(self.cues, self.leading)
        self.found: list[Attribution | None] = []

    def attribute(self) -> list[Attribution | None]:
        """Return one attribution, or None, for each quoted region."""
        for number, region in enumerate(self.layout.regions):
            attribution = self._attribute_region(number)
            if attribution is None and region.group != number:
                first = self.found[region.group]
                attribution = None if first is None else self._weaker(first, "reopened")
            self.found.append(attribution)
        return self._spread_backwards()

    def _attribute_region(self, number: int) -> Attribution | None:
        if is_introduced_as_name(self.layout, number, words_of(self.layout, number), self.cues.known):
            return None
        rules = (
            self._transcript,
            self._headline,
            self.leading.find_introduced,
            self.trailing.find,
            self._signature,
            self.leading.find,
            self._enclosing,
            self._same_paragraph,
            self._previous_paragraph,
            self._subject_before,
        )
        return next((found for rule in rules if (found := rule(number)) is not None), None)

    def _spread_backwards(self) -> list[Attribution | None]:
        """Copy the attribution of a paragraph to those before it in the same utterance that have none."""
        result = list(self.found)
        for number in range(len(result) - 1, 0, -1):
            same = self.layout.regions[number].group == self.layout.regions[number - 1].group
            later = result[number]
            if same and result[number - 1] is None and later is not None:
                result[number - 1] = self._weaker(later, "reopened")
        return result

    def _transcript(self, number: int) -> Attribution | None:
        """Attribute `"BRANDT: ..."`, which opens with the speaker's name in capitals."""
        region = self.layout.regions[number]
        match = _TRANSCRIPT.match(self.layout.text, region.start, region.end)
        if match is None:
            return None
        confidence = self.confidences.transcript
        return Attribution("transcript", confidence, group_span(match, "name"), group_span(match, "mark"))

    def _headline(self, number: int) -> Attribution | None:
        """Attribute `"...": Name` and `"...", says Name` in the title."""
        region, paragraph = self.layout.regions[number], self.cues.paragraph(number)
        closing = find_headline_closing(self.layout, *self.layout.paragraphs[paragraph], self.cues.known)
        if closing is None or closing.start < region.outer_end:
            return None
        return Attribution("line", self.confidences.line, closing.speaker, closing.cue)

    def _signature(self, number: int) -> Attribution | None:
        """Attribute `"..." — Name` at the end of a paragraph."""
        _, last = self.layout.paragraphs[self.cues.paragraph(number)]
        end = self.layout.regions[number].outer_end
        match = SIGNATURE.match(self.layout.text, end, last)
        if match is None or self.layout.text[match.end() : last].strip():
            return None
        confidence = self.confidences.signature
        return Attribution("signature", confidence, group_span(match, "name"), group_span(match, "mark"))

    def _enclosing(self, number: int) -> Attribution | None:
        """Attribute `The "..." was a trap, X said` and `According to X, the "..." ...`."""
        first, _ = self.layout.inner[number]
        for ancestor in self.doc[first].ancestors:
            use = self.cues.uses.get(ancestor.i)
            if use is not None and use.kind in ("speech", "thought") and use.speaker is not None:
                return self.cues.attribution(use, "enclosing")
        for index in range(*self._near(first)):
            use = self.cues.uses.get(index)
            if use is not None and (use.kind == "preposition" or (use.closing and index > first)):
                return self.cues.attribution(use, "enclosing")
        return None

    def _near(self, token: int) -> TokenRange:
        """Return the range of the token's sentence, or the part of it within reach."""
        start, end = self.layout.sentence(token)
        return max(start, token - _FAR_REACH), min(end, token + _FAR_REACH)

    def _same_paragraph(self, number: int) -> Attribution | None:
        """Attribute the second sentence of `"...," X said. "..."` to the same speaker."""
        if number == 0 or not self.cues.starts_sentence(number):
            return None
        earlier, later = self.layout.regions[number - 1], self.layout.regions[number]
        if self.cues.paragraph(number) != self.cues.paragraph(number - 1):
            return None
        known = self.found[number - 1]
        if known is not None and self._same_utterance(earlier.outer_end, later.outer_start, known):
            return self._weaker(known, "same_paragraph")
        return self._weaker_use(self._last_use_before(number), "same_paragraph")

    def _same_utterance(self, start: int, end: int, known: Attribution) -> bool:
        """Return whether only the attribution itself, and no other main verb, separates two quotations."""
        first, last = self.layout.tokens_between(start, end)
        verbs = [t for t in self.doc[first:last] if t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP")]
        own = None if known.cue is None else known.cue.start
        return all(verb.idx == own or verb.dep_ in ("relcl", "acl", "advcl") for verb in verbs)

    def _previous_paragraph(self, number: int) -> Attribution | None:
        """Attribute a quotation that fills its paragraph to the speaker of the paragraph before.

        One that does not fill it goes to the last cue before it in its own paragraph.
        """
        paragraph = self.cues.paragraph(number)
        if not self.cues.starts_sentence(number):
            return None
        if not self._fills_paragraph(number):
            return self._weaker_use(self._last_use_before(number), "same_paragraph")
        if paragraph == 0:
            return None
        if number > 0 and self.cues.paragraph(number - 1) == paragraph - 1:
            known = self.found[number - 1]
            if known is not None:
                return self._weaker(known, "previous_paragraph")
        return self._weaker_use(self.cues.last_use(paragraph - 1), "previous_paragraph")

    def _subject_before(self, number: int) -> Attribution | None:
        """Attribute a sentence in marks to the person whom the narrator's sentence before is about."""
        return find_subject_before(self.cues, number)

    def _weaker_use(self, use: CueUse | None, rule: str) -> Attribution | None:
        """Return the attribution that a cue gives a quotation farther off, None without a cue."""
        return None if use is None else self._weaker(self.cues.attribution(use, rule), rule)

    def _weaker(self, attribution: Attribution, rule: str) -> Attribution:
        return attribution.weaker(rule, self.confidences.kept)

    def _last_use_before(self, number: int) -> CueUse | None:
        start, _ = self.layout.paragraph_tokens(self.cues.paragraph(number))
        end, _ = self.layout.outer[number]
        use = self.cues.last(range(max(start, end - _FAR_REACH), end))
        return None if use is None or is_about_another(self.cues, number, use) else use

    def _fills_paragraph(self, number: int) -> bool:
        region = self.layout.regions[number]
        start, end = self.layout.paragraphs[self.cues.paragraph(number)]
        return region.outer_end - region.outer_start >= _FILLS * (end - start)
