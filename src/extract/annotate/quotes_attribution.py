"""Who speaks in each marked region: the cue and the speaker that belong to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract.annotate.quotes_layout import BLANKS, Layout, Tokens, group_span
from extract.annotate.speakers_cues import CueUse, find_speaker, is_author
from extract.annotate.speakers_phrases import noun_phrase
from extract.model import TextSpan

_ENDS_BEFORE_CUE = frozenset(",?!…—–-")  # what a quotation ends with when its cue follows
_SENTENCE_ENDS = frozenset(".?!;")
_FAR_REACH = 400  # tokens, in a paragraph or sentence of any length
_REACH = 30  # tokens looked at to either side of a region
_LEADING_GAP = 8  # tokens between a cue and its quotation that need no parse to confirm them
_SPACES = 4  # characters before a mark in which blanks are passed over
_BESIDE_COLON = 2  # tokens: `shot back:`
_LABEL = 10  # tokens of a name before a colon: `Karl Brandt (envoy): "..."`
_FILLS = 0.9  # share of a paragraph that a quotation must fill to be the whole of it
# `— Karl Brandt, envoy`: a dash, then a name of up to ten words.
SIGNATURE = re.compile(
    r"\s{0,9}(?P<mark>[—–―-]{1,2})\s{0,9}"
    r"(?P<name>[A-Z][^\s.!?:;\"“”]*(?: (?:[A-Z]\.|[^\s.!?:;\"“”]+)){0,9})\.?"
)
_TRANSCRIPT = re.compile(r"(?P<name>[A-Z][A-Z.’'-]{1,30}(?: [A-Z][A-Z.’'-]{1,30}){0,3})(?P<mark>:)\s")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source of a quotation.

    Attributes:
        rule: Which rule found it: `trailing`, `leading`, `enclosing`...
        use: The cue, None where position alone tells.
    """

    rule: str
    confidence: float
    speaker: TextSpan | None = None
    cue: TextSpan | None = None
    use: CueUse | None = None


class Attributor:
    """Finds the attribution of each marked region of one Doc."""

    def __init__(self, layout: Layout, uses: list[CueUse]) -> None:
        self.layout = layout
        self.doc = layout.doc
        self.uses = {use.token.i: use for use in uses}
        self.covering = {index: use for use in uses for index in range(*use.tokens)}
        self.found: list[Attribution | None] = []

    def attribute(self) -> list[Attribution | None]:
        """Return one attribution, or None, for each marked region."""
        for number, region in enumerate(self.layout.regions):
            attribution = self._attribute_region(number)
            if attribution is None and region.group != number:
                attribution = _weaker(self.found[region.group], "reopened")
            self.found.append(attribution)
        return self._spread_backwards()

    def _attribute_region(self, number: int) -> Attribution | None:
        rules = (
            self._transcript,
            self._introduced,
            self._trailing,
            self._signature,
            self._leading,
            self._enclosing,
            self._same_paragraph,
            self._previous_paragraph,
        )
        return next((found for rule in rules if (found := rule(number)) is not None), None)

    def _spread_backwards(self) -> list[Attribution | None]:
        """Give the first paragraphs of an utterance the attribution that only its last one has."""
        result = list(self.found)
        for number in range(len(result) - 1, 0, -1):
            same = self.layout.regions[number].group == self.layout.regions[number - 1].group
            if same and result[number - 1] is None:
                result[number - 1] = _weaker(result[number], "reopened")
        return result

    def _transcript(self, number: int) -> Attribution | None:
        """`"BRANDT: ..."`: the speaker's name in capitals opens the quotation."""
        region = self.layout.regions[number]
        match = _TRANSCRIPT.match(self.layout.text, region.start, region.end)
        if match is None:
            return None
        return Attribution("transcript", 0.8, group_span(match, "name"), group_span(match, "mark"))

    def _introduced(self, number: int) -> Attribution | None:
        """`X asked, "...?"` before a sentence of its own: `Y replied that ...`."""
        region, (start, end) = self.layout.regions[number], self.layout.outer[number]
        following = self.doc[end] if end < len(self.doc) else None
        ended = self.layout.text[region.start : region.end].rstrip()[-1:] in (".", "?", "!")
        if not ended or following is None or not following.text[0].isupper() or start == 0:
            return None
        if self.doc[start - 1].text not in (",", ":") or not self.layout.is_bare(start - 1):
            return None
        near = range(start - 1, max(start - _LEADING_GAP, self.layout.sentence(start - 1)[0]) - 1, -1)
        use = next((self.covering[index] for index in near if index in self.covering), None)
        return None if use is None or use.kind != "speech" else self._accept_leading(number, use)

    def _trailing(self, number: int) -> Attribution | None:
        """`"...," X said` and `"...," said X`."""
        _, end = self.layout.outer[number]
        if not self._expects_cue(number):
            return None
        first = self._skip_comma(end)
        if self._is_link(first) and not self._starts_sentence(number):
            return None
        for index in range(first, min(first + _REACH, len(self.doc))):
            token = self.doc[index]
            if self._blocks(token):
                return None
            use = self.uses.get(index)
            if use is not None:
                return self._beside(use, first) or self._participle(number, use)
            finite = token.tag_ in ("VBD", "VBZ") or (token.tag_ == "VBN" and token.dep_ == "ROOT")
            if token.pos_ == "VERB" and finite and token.dep_ != "relcl":
                return self._unlisted(token, first) if self._starts_sentence(number) else None
        return None

    def _is_link(self, index: int) -> bool:
        """Tell whether the sentence goes on after the quotation: `"...," while`; but not `as X put it`."""
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
            return self._from_use(use, "trailing")
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
        return replace(self._from_use(use, "trailing"), speaker=self.layout.span(speaker))

    def _participle(self, number: int, use: CueUse) -> Attribution | None:
        """Take a participle after a quotation if no cue stands before: `gave a "...", saying the city ...`."""
        first, _ = self.layout.outer[number]
        if use.token.tag_ != "VBG" or use.head is None or use.head.i >= first:
            return None
        return self._leading(number) or self._from_use(use, "trailing")

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
        if head is None or head.i < lowest or abs(head.i - verb.i) > _LEADING_GAP:
            return None
        bounds = (lowest, verb.i) if head.i < verb.i else (verb.i + 1, len(self.doc))
        speaker = self.layout.span(noun_phrase(head, *bounds))
        return Attribution("trailing_unlisted", 0.5, speaker, self.layout.span((verb.i, verb.i + 1)))

    def _blocks(self, token: Token) -> bool:
        """Tell whether a search for a cue must stop at this token."""
        if token.is_space:
            return "\n" in token.text
        if not self.layout.is_bare(token.i):
            return self._is_long(self.layout.region_of[token.i])
        return self._ends_sentence(token)

    def _ends_sentence(self, token: Token) -> bool:
        """Tell a full stop from the point of an abbreviation: a capital, a mark or nothing follows it."""
        if token.text not in _SENTENCE_ENDS:
            return False
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return following is None or not (following.text[0].islower() or following.text[0] in "),")

    def _is_long(self, number: int) -> bool:
        start, end = self.layout.inner[number]
        return end - start > _LEADING_GAP

    def _signature(self, number: int) -> Attribution | None:
        """`"..." — Name` at the end of a paragraph."""
        _, last = self.layout.paragraphs[self._paragraph(number)]
        end = self.layout.regions[number].outer_end
        match = SIGNATURE.match(self.layout.text, end, last)
        if match is None or self.layout.text[match.end() : last].strip():
            return None
        return Attribution("signature", 0.8, group_span(match, "name"), group_span(match, "mark"))

    def _leading(self, number: int) -> Attribution | None:
        """`X said: "..."`, `X told us that Y "..."`, `X lauded "..."`."""
        start, _ = self.layout.outer[number]
        for index in range(start - 1, max(start - _REACH, -1), -1):
            token = self.doc[index]
            if token.is_space and "\n" in token.text:
                return self._after_colon(number, index) or self._by_colon(number)
            use = self.covering.get(index)
            if use is not None:
                return self._accept_leading(number, use) or self._by_colon(number)
            if self.layout.is_bare(index) and self._ends_sentence(token):
                break
        return self._by_colon(number)

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
        use = self._last_use(self.layout.paragraph_of[before])
        return self._colon_subject(before) if use is None else self._from_use(use, "colon")

    def _accept_leading(self, number: int, use: CueUse) -> Attribution | None:
        start, _ = self.layout.outer[number]
        use = self._outer_use(use)
        if use.speaker is None:
            return None
        bare = [i for i in range(use.tokens[1], start) if self.layout.is_bare(i)]
        near = len(bare) <= _LEADING_GAP
        last = self.doc[start - 1].text if bare else ""
        if near or last in (":", "that", ",") or self._governs(use, number):
            return self._from_use(use, "leading")
        return None

    def _outer_use(self, use: CueUse) -> CueUse:
        """Return the cue that reports a thought: in `X said she hopes for "..."` the words are X's."""
        if use.kind != "thought":
            return use
        for ancestor in use.token.ancestors:
            outer = self.uses.get(ancestor.i)
            if outer is not None and outer.kind == "speech" and outer.speaker is not None:
                return outer if outer.token.i < use.token.i else use
        return use

    def _governs(self, use: CueUse, number: int) -> bool:
        """Tell whether the parse hangs the region on the cue."""
        first, last = self.layout.inner[number]
        return any(
            self.doc[index].head.i == use.token.i for index in range(first, last)
        ) or use.token.is_ancestor(self.doc[first])

    def _enclosing(self, number: int) -> Attribution | None:
        """`The "..." was a trap, X said`, `According to X, the "..." ...`."""
        first, _ = self.layout.inner[number]
        for ancestor in self.doc[first].ancestors:
            use = self.uses.get(ancestor.i)
            if use is not None and use.kind in ("speech", "thought") and use.speaker is not None:
                return self._from_use(use, "enclosing")
        for index in range(*self._near(first)):
            use = self.uses.get(index)
            if use is not None and (use.kind == "preposition" or (use.closing and index > first)):
                return self._from_use(use, "enclosing")
        return None

    def _near(self, token: int) -> Tokens:
        """Return the range of the token's sentence, or what of it is in reach."""
        start, end = self.layout.sentence(token)
        return max(start, token - _FAR_REACH), min(end, token + _FAR_REACH)

    def _same_paragraph(self, number: int) -> Attribution | None:
        """`"...," X said. "..."`: a sentence in marks after one by the same speaker."""
        if number == 0 or not self._starts_sentence(number):
            return None
        earlier, later = self.layout.regions[number - 1], self.layout.regions[number]
        if self._paragraph(number) != self._paragraph(number - 1):
            return None
        known = self.found[number - 1]
        if known is not None and self._same_utterance(earlier.outer_end, later.outer_start, known):
            return _weaker(known, "same_paragraph")
        use = self._last_use_before(number)
        return None if use is None else _weaker(self._from_use(use, "same_paragraph"), "same_paragraph")

    def _same_utterance(self, start: int, end: int, known: Attribution) -> bool:
        """Tell whether nothing but the attribution itself stands between two quotations."""
        first, last = self.layout.tokens_between(start, end)
        verbs = [t for t in self.doc[first:last] if t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ", "VBP")]
        own = None if known.cue is None else known.cue.start
        return all(verb.idx == own or verb.dep_ in ("relcl", "acl", "advcl") for verb in verbs)

    def _previous_paragraph(self, number: int) -> Attribution | None:
        """A quotation that fills its paragraph goes on with the speaker of the paragraph before."""
        paragraph = self._paragraph(number)
        if not self._starts_sentence(number):
            return None
        if not self._fills_paragraph(number):
            use = self._last_use_before(number)
            return None if use is None else _weaker(self._from_use(use, ""), "same_paragraph")
        if paragraph == 0:
            return None
        if number > 0 and self._paragraph(number - 1) == paragraph - 1:
            known = self.found[number - 1]
            if known is not None:
                return _weaker(known, "previous_paragraph")
        use = self._last_use(paragraph - 1)
        return None if use is None else _weaker(self._from_use(use, ""), "previous_paragraph")

    def _last_use(self, paragraph: int) -> CueUse | None:
        start, end = self.layout.paragraph_tokens(paragraph)
        return self._last(range(max(start, end - _FAR_REACH), end))

    def _last_use_before(self, number: int) -> CueUse | None:
        start, _ = self.layout.paragraph_tokens(self._paragraph(number))
        end, _ = self.layout.outer[number]
        return self._last(range(max(start, end - _FAR_REACH), end))

    def _last(self, tokens: Iterable[int]) -> CueUse | None:
        """Return the main cue of the last sentence that has one: its first one; else a verb of stance."""
        found: CueUse | None = None
        stance: CueUse | None = None
        for index in tokens:
            use = self.uses.get(index)
            if use is None or use.head is None or use.speaker is None or is_author(use.head):
                continue
            if use.kind == "stance":
                stance = use
                continue
            sentence = self.layout.sentence_of[index]
            if found is None or sentence != self.layout.sentence_of[found.token.i]:
                found = use
        return found or stance

    def _starts_sentence(self, number: int) -> bool:
        start, _ = self.layout.outer[number]
        first = self.doc[self.layout.inner[number][0]]
        opening = self.layout.regions[number].outer_start
        before = self.layout.text[max(opening - _SPACES, 0) : opening].rstrip(BLANKS)[-1:]
        return first.text[:1] in "[(" or (
            (first.text[:1].isupper() or not first.text[:1].isalpha())
            and (start == 0 or before in ("\n", "", ".", "?", "!", ":", "”", '"', "'", "’"))
        )

    def _fills_paragraph(self, number: int) -> bool:
        region = self.layout.regions[number]
        start, end = self.layout.paragraphs[self._paragraph(number)]
        return region.outer_end - region.outer_start >= _FILLS * (end - start)

    def _paragraph(self, number: int) -> int:
        return self.layout.paragraph_of[self.layout.inner[number][0]]

    def _from_use(self, use: CueUse, rule: str) -> Attribution:
        speaker = None if use.speaker is None else self.layout.span(use.speaker)
        return Attribution(rule, use.reliability, speaker, self.layout.span(use.tokens), use)


def _weaker(attribution: Attribution | None, rule: str) -> Attribution | None:
    """Return the attribution as handed on from another region."""
    if attribution is None:
        return None
    return replace(attribution, rule=rule, confidence=round(0.8 * attribution.confidence, 3))
