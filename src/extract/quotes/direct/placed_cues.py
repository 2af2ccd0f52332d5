"""The cues of a Doc by token, and the attribution that a quotation takes from one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract.model import TextSpan
from extract.quotes.cue_uses import CueUse
from extract.quotes.cues import Cues
from extract.quotes.layout import BLANKS, Layout
from extract.quotes.speaker_heads import is_author

_SENTENCE_ENDS = frozenset(".?!;")
_FAR_REACH = 400  # tokens searched for a cue in a paragraph of any length
_SPACES = 4  # characters before a mark in which blanks are skipped


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source of a quotation: its speaker and cue.

    Attributes:
        rule: Which rule found it: `trailing`, `leading`, `enclosing`...
        use: The cue, None if the attribution rests on position alone.
    """

    rule: str
    confidence: float
    speaker: TextSpan | None = None
    cue: TextSpan | None = None
    use: CueUse | None = None

    def weaker(self, rule: str, kept: float) -> "Attribution":
        """Return the attribution for another region that takes it over, with less confidence."""
        return replace(self, rule=rule, confidence=round(kept * self.confidence, 3))


class PlacedCues:
    """Index of the cues of one Doc.

    Attributes:
        known: The words that introduce speech.
        uses: Cues by the index of their verb or first word.
        covering: Cues by the index of every token in them.
    """

    def __init__(self, layout: Layout, uses: list[CueUse], known: Cues) -> None:
        self.layout = layout
        self.known = known
        self.doc = layout.doc
        self.uses = {use.token.i: use for use in uses}
        self.covering = {index: use for use in uses for index in range(*use.tokens)}

    def attribution(self, use: CueUse, rule: str) -> Attribution:
        """Return the attribution that a cue gives a quotation."""
        speaker, cue = self.layout.words(use.speaker), self.layout.span(use.tokens)
        return Attribution(rule, use.reliability, speaker, cue, use)

    def last_use(self, paragraph: int) -> CueUse | None:
        """Return the main cue of the last sentence of a paragraph that has one."""
        start, end = self.layout.paragraph_tokens(paragraph)
        return self.last(range(max(start, end - _FAR_REACH), end))

    def last(self, tokens: Iterable[int]) -> CueUse | None:
        """Return the first cue of the last sentence that has one; failing that, the last verb of stance."""
        found: CueUse | None = None
        stance: CueUse | None = None
        for index in tokens:
            use = self.uses.get(index)
            if use is None or use.head is None or use.speaker is None or is_author(use.head, self.known):
                continue
            if use.kind == "stance":
                stance = use
                continue
            sentence = self.layout.sentence_of[index]
            if found is None or sentence != self.layout.sentence_of[found.token.i]:
                found = use
        return found or stance

    def starts_sentence(self, number: int) -> bool:
        """Return whether a region starts with a capital after the end of a sentence."""
        start, _ = self.layout.outer[number]
        first = self.doc[self.layout.inner[number][0]]
        opening = self.layout.regions[number].outer_start
        before = self.layout.text[max(opening - _SPACES, 0) : opening].rstrip(BLANKS)[-1:]
        return first.text[:1] in "[(" or (
            (first.text[:1].isupper() or not first.text[:1].isalpha())
            and (start == 0 or before in ("\n", "", ".", "?", "!", ":", "”", '"', "'", "’"))
        )

    def ends_sentence(self, token: Token) -> bool:
        """Return whether a token ends a sentence, which no small letter, `)` or `,` may follow."""
        if token.text not in _SENTENCE_ENDS:
            return False
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return following is None or not (following.text[0].islower() or following.text[0] in "),")

    def paragraph(self, number: int) -> int:
        """Return the index of the paragraph in which a region starts."""
        return self.layout.paragraph_of[self.layout.inner[number][0]]
