"""Quotations before their cue: `"...," X said`, `"...," said X`."""

from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Token

from extract.quotes.cue_uses import CueUse, is_quoting
from extract.quotes.direct.leading import LeadingRule
from extract.quotes.direct.placed_cues import Attribution, PlacedCues
from extract.quotes.layout import TokenRange
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.speaker_heads import is_author
from extract.quotes.syntax import find_speaker, first_with_dep, has_dep, has_subject, is_finite_passive

_ENDS_BEFORE_CUE = frozenset(",?!…—–-")  # last characters of a quotation that a cue follows
_REACH = 30  # tokens searched after a region
_SENTENCE = 4  # tokens in marks that are hardly a name or a term: `"Reformers" said no`
_LONGEST_TAG = 10
_WHAT = ("ccomp", "xcomp", "oprd", "dobj")  # what a verb says otherwise than by the words in marks
_TAG_ENDS = frozenset(".\n")
_NEAR = 8  # most tokens between an unlisted verb and its subject, and in a region that a search may cross


class TrailingRule:
    """Finds the cue that follows a quotation.

    Args:
        cues: The Doc's cues.
        leading: Finds a cue before the quotation, which is preferred to a participle after it.
    """

    def __init__(self, cues: PlacedCues, leading: LeadingRule) -> None:
        self.cues = cues
        self.known = cues.known
        self.layout = cues.layout
        self.doc = cues.doc
        self.leading = leading

    def find(self, number: int) -> Attribution | None:
        """Attribute `"...," X said` and `"...," said X`."""
        if not self._expects_cue(number):
            return None
        first = self._skip_comma(self.layout.outer[number][1])
        starts_sentence = self.cues.starts_sentence(number)
        if self._is_link(first) and not starts_sentence:
            return None
        for token in takewhile(lambda token: not self._blocks(token), self.doc[first : first + _REACH]):
            use = self.cues.uses.get(token.i)
            if use is not None and not _is_in_relative_clause(token, first):
                if not starts_sentence and (_says_something_else(use) or self._is_within_report(use, number)):
                    return None
                return self._from_cue(use, first) or self._participle(number, use)
            if _is_main_verb(token):
                return self._unlisted(token, first) if starts_sentence else None
        return None

    def _is_within_report(self, use: CueUse, number: int) -> bool:
        """Return whether an earlier cue reports a fragment and the cue: `X said it is "late", Y said`."""
        start = self.layout.inner[number][0]
        quoted = {token.i for token in self.doc[start].ancestors}
        above = {token.i for token in use.token.ancestors if token.i < start and token.i in self.cues.uses}
        return use.token.i not in quoted and bool(above & quoted)

    def _expects_cue(self, number: int) -> bool:
        """Return whether the region ends in a mark, or precedes one, that leads on to a cue."""
        region = self.layout.regions[number]
        if not region.closed:
            return False
        text = self.layout.text
        following = text[region.outer_end : region.outer_end + 2].lstrip()
        last = text[region.start : region.end].rstrip("'’\"”")[-1:]
        expected = last in _ENDS_BEFORE_CUE or following[:1] in (",", "—", "–")
        if expected or (last == "." and self._is_tag(self.layout.outer[number][1])):
            return True
        return self._precedes_cue(number)

    def _precedes_cue(self, number: int) -> bool:
        """Return whether a cue follows a sentence in marks at once: `"We are ready" |said X`."""
        first, last = self.layout.inner[number]
        if last - first < _SENTENCE or not self.cues.starts_sentence(number):
            return False
        start = self.layout.outer[number][1]
        use = next((found for i in range(start, start + _NEAR) if (found := self.cues.uses.get(i))), None)
        if use is None or use.kind != "speech" or use.token.tag_ not in ("VBD", "VBZ"):
            return False
        if use.token.i == start:
            return True
        is_whole = self.doc[last - 1].text == "."  # then what follows may be about somebody else
        return not is_whole and _is_subject_alone(use, start)

    def _is_unquoted(self, token: Token) -> bool:
        return self.layout.is_unquoted(token.i)

    def _is_tag(self, first: int) -> bool:
        """Return whether the sentence at a token only says who spoke: `"It is over." |Mr Odeh said`."""
        tag = list(takewhile(lambda token: not self._blocks(token), self.doc[first : first + _LONGEST_TAG]))
        uses = [self.cues.uses[token.i] for token in tag if token.i in self.cues.uses]
        if len(uses) != 1 or uses[0].head is None or not tag[0].is_sent_start:
            return False
        verb, end = uses[0].token, first + len(tag)
        is_whole = end < len(self.doc) and (self.doc[end].is_space or self.doc[end].text in _TAG_ENDS)
        is_only_verb = not any(token.pos_ == "VERB" and token.i != verb.i for token in tag)
        is_only_verb &= first_with_dep(verb.rights, *_WHAT) is None and all(map(self._is_unquoted, tag))
        return verb.pos_ == "VERB" and first <= uses[0].head.i < verb.i and is_whole and is_only_verb

    def _skip_comma(self, index: int) -> int:
        while index < len(self.doc) and self.doc[index].text in (",", "—", "–", "-", "--"):
            index += 1
        return index

    def _is_link(self, index: int) -> bool:
        """Return whether a conjunction continues the sentence: `"...," while`; but not `as X put it`."""
        token = self.doc[index] if index < len(self.doc) else None
        return token is not None and token.pos_ in ("CCONJ", "SCONJ") and token.lower_ != "as"

    def _blocks(self, token: Token) -> bool:
        """Return whether a search for a cue must stop at this token."""
        if token.is_space:
            return "\n" in token.text
        if not self.layout.is_unquoted(token.i):
            return self._is_long(self.layout.region_of[token.i])
        return self.cues.ends_sentence(token)

    def _is_long(self, number: int) -> bool:
        start, end = self.layout.inner[number]
        return end - start > _NEAR

    def _from_cue(self, use: CueUse, first: int) -> Attribution | None:
        """Take a cue after a quotation, if it has a speaker there: of a passive its agent or nobody."""
        is_heard = is_finite_passive(use.token) and use.lemma not in self.known.quoting
        if use.kind == "preposition" or is_quoting(use, self.known) or is_heard:
            return self.cues.attribution(use, "trailing")
        inverted = self._is_inverted(use.token, first)
        if inverted and self._continues_narration(use.token):
            return None
        speaker = self.layout.words(self._speaker_range(use, first, inverted=inverted))
        return None if speaker is None else replace(self.cues.attribution(use, "trailing"), speaker=speaker)

    def _is_inverted(self, verb: Token, first: int) -> bool:
        """Return whether the verb directly follows the quotation, but for an adverb or auxiliary."""
        return verb.i <= first + 1 and all(token.pos_ in ("ADV", "AUX") for token in self.doc[first : verb.i])

    def _continues_narration(self, verb: Token) -> bool:
        """Return whether a verb after a quotation continues the narrator's sentence, so is not inverted.

        `"...," referring to reports`; `The bloc, citing "...", said the road is closed`.
        """
        if verb.tag_ == "VBG":
            return True
        subject = first_with_dep(verb.lefts, "nsubj")
        clause = first_with_dep(verb.rights, "ccomp")
        if subject is None or clause is None:
            return False
        return self.layout.is_unquoted(subject.i) and has_dep(clause.lefts, "nsubj", "nsubjpass")

    def _speaker_range(self, use: CueUse, first: int, *, inverted: bool) -> TokenRange | None:
        """Return the speaker's phrase: after an inverted verb, else between quotation and verb."""
        head = use.head
        if (
            head is not None
            and head.i >= first
            and (head.i < use.token.i) != inverted
            and self.layout.is_unquoted(head.i)
        ):
            bounds = (use.tokens[1], len(self.doc)) if inverted else (first, use.token.i)
            return noun_phrase(head, *bounds, self.known)
        if use.token.tag_ == "VBG" and not has_dep(use.token.lefts, "aux"):
            return None  # a participle has no subject: `"...," a reference to Brandt, describing it as`
        return self._noun_run(use.tokens[1] if inverted else first)

    def _noun_run(self, start: int) -> TokenRange | None:
        """Return the nouns that start at a token, with the articles and adjectives before them."""
        end = start
        for token in self.doc[start : start + _REACH]:
            noun = token.pos_ in ("NOUN", "PROPN", "PRON") or token.text[0].isupper()
            if not noun and (end > start or token.pos_ not in ("DET", "ADJ", "NUM", "ADV", "PART")):
                break
            end = token.i + 1 if noun else end
        return (start, end) if end > start else None

    def _participle(self, number: int, use: CueUse) -> Attribution | None:
        """Take a participle after a quotation if no cue precedes: `gave a "...", saying that ...`."""
        first, _ = self.layout.outer[number]
        if use.token.tag_ != "VBG" or use.head is None or use.head.i >= first:
            return None
        return self.leading.find(number) or self.cues.attribution(use, "participle")

    def _unlisted(self, verb: Token, lowest: int) -> Attribution | None:
        """Take a verb that is in no list as a cue, directly after a quotation that expects one."""
        head = find_speaker(verb, self.known)
        if (
            head is None and verb.i == lowest
        ):  # a parse may take the subject of an inverted verb for its object
            head = first_with_dep(verb.rights, "dobj")
        if head is None or head.i < lowest or abs(head.i - verb.i) > _NEAR or is_author(head, self.known):
            return None
        bounds = (lowest, verb.i) if head.i < verb.i else (verb.i + 1, len(self.doc))
        speaker = self.layout.words(noun_phrase(head, *bounds, self.known))
        if speaker is None:
            return None
        confidence = self.known.confidences.trailing_unlisted
        return Attribution("trailing_unlisted", confidence, speaker, self.layout.span((verb.i, verb.i + 1)))


def _says_something_else(use: CueUse) -> bool:
    """Return whether a clause follows the cue at once: `As X called it "late", |Y said it was not|`."""
    clause = first_with_dep(use.token.rights, "ccomp")
    is_next = clause is not None and clause.left_edge.i == use.token.i + 1 and has_subject(clause)
    return is_next and use.token.tag_ != "VBG"


def _is_subject_alone(use: CueUse, start: int) -> bool:
    """Return whether only the subject and its cue follow a quotation: `"It is late" |Mr Odeh said| today`."""
    head = use.head
    if head is None or not start <= head.i < use.token.i or head.left_edge.i != start:
        return False
    what = first_with_dep(use.token.rights, *_WHAT)
    return what is None or what.tag_ == "VBG"  # `"It is late" he said adding that it was cold`


def _is_in_relative_clause(verb: Token, first: int) -> bool:
    """Return whether a verb tells of a noun after the quotation: `"...," a view |echoed by Brandt|`."""
    return verb.dep_ == "relcl" and verb.head.i >= first and verb.head.i < verb.i


def _is_main_verb(token: Token) -> bool:
    """Return whether a verb in the past or present may be that of a main clause."""
    finite = token.tag_ in ("VBD", "VBZ") or (token.tag_ == "VBN" and token.dep_ == "ROOT")
    return token.pos_ == "VERB" and finite and token.dep_ != "relcl" and not token.is_space
