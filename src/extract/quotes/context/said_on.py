"""The day of the utterance: the date that the cue or the noun of the utterance bears, outside the quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.model import Quote, Timex
from extract.quotes.context.beside import Beside
from extract.quotes.context.medium import medium_at
from extract.quotes.context.people import span_at
from extract.quotes.context.words import ContextWords, DayWords, MediaWords
from extract.quotes.syntax import subject_of

_DAYS = frozenset({"DATE", "TIME"})
_MAX_CLIMB = 8  # words from a date up to the verb that it dates
_VERBS = frozenset({"VERB", "AUX"})
_LEADING = frozenset({"ADJ", "ADP", "ADV", "DET"})  # between a verb and its date: `said late on Tuesday`


def find_said_on(
    doc: Doc, quote: Quote, beside: Beside, timexes: Sequence[Timex], words: ContextWords
) -> int | None:
    """Return the index of the date of the speech event, None if the text does not tell it.

    Args:
        doc: The Doc.
        quote: The quote.
        beside: Its cue and the unquoted words of the cue's sentence.
        timexes: The article's temporal expressions.
        words: For the nouns and participles of utterances (`a statement of 28 July`, `while addressing the
            press yesterday`).
    """
    if quote.type == "tweet":
        return next(_after_signature(doc, quote, timexes), None)
    if beside.cue is None or not beside.tokens:
        return None
    tokens = _before_content(quote, beside.cue.token, beside.tokens)
    event = SpeechEvent(beside.cue.token, tokens, words.media, words.days, beside.speaker.start)
    return event.date(doc, timexes)


def _before_content(quote: Quote, cue: Token, tokens: Sequence[Token]) -> Sequence[Token]:
    """Return words beside a quote without those that go on with what is said: `"two months", |and by May`."""
    after = next((one for one in tokens if one.idx >= quote.end and one.pos_ != "PUNCT"), None)
    if cue.idx > quote.start or after is None or after.pos_ != "CCONJ" or after.head.i in (cue.i, cue.head.i):
        return tokens
    return [one for one in tokens if one.i < after.i]


@dataclass(frozen=True, slots=True)
class SpeechEvent:
    """A verb of speech with the words around it, among which is its date.

    Attributes:
        verb: The verb.
        tokens: The unquoted words of its sentence.
        media: For the nouns of utterances.
        days: For the participles of utterances.
        speaker: The number of the token at which the speaker's phrase begins; 0 if that is not known.
    """

    verb: Token
    tokens: Sequence[Token]
    media: MediaWords
    days: DayWords
    speaker: int = 0

    def date(self, doc: Doc, timexes: Sequence[Timex]) -> int | None:
        """Return the index of the temporal expression that dates the verb: the nearest one."""
        outside = {token.i for token in self.tokens}
        found: dict[int, int] = {}
        for index, timex in enumerate(timexes):
            if self.tokens[0].idx <= timex.start <= self.tokens[-1].idx and _is_day(timex):
                span = span_at(doc, timex.start, timex.end)
                if span is not None and span.root.i in outside and self._is_dated_by(span.root):
                    found[index] = abs(span.root.i - self.verb.i)
        return min(found, key=found.__getitem__, default=None)

    def _is_dated_by(self, day: Token) -> bool:
        """Return whether a date belongs to the verb: through no other verb, nor a noun but an utterance."""
        if self._is_beside(day):
            return True
        token, is_of_utterance = day, False
        for _ in range(_MAX_CLIMB):
            head = token.head
            if self._is_own(head, day) or self._is_fronted(head, day) or self._is_utterance_beside(head):
                return True
            if is_of_utterance and any(one.i in self._above for one in head.conjuncts):
                return True  # `voiced concern and |called for a vote in a statement on Monday`
            if head.i == token.i or not self._leads_on(head, token, day):
                return False
            is_of_utterance = is_of_utterance or self._is_noun_of_utterance(head)
            token = head
        return False

    def _is_beside(self, day: Token) -> bool:
        """Return whether a date follows the verb at once, whatever it is parsed with: `said |Tuesday`."""
        between = day.doc[self.verb.i + 1 : day.i]
        return day.i > self.verb.i and all(one.pos_ in _LEADING for one in between)

    @property
    def _above(self) -> frozenset[int]:
        """The numbers of the cue, and of the light verb of which it is the object: `|voiced concern`."""
        return frozenset({self.verb.i, self.verb.head.i})

    def _leads_on(self, word: Token, below: Token, day: Token) -> bool:
        """Return whether the date below a word may belong to the verb above it.

        It does if a noun is an utterance, or the parse gives it a date that only follows it.
        """
        if word.pos_ in _VERBS:
            return self._is_issue(word)
        if word.pos_ != "NOUN":
            return True
        if word.dep_ == "pobj" and word.head.lower_ in self.days.events:
            return False  # `after Monday's |attack`
        if self._is_noun_of_utterance(word) or self._is_hearer(word, day):
            return True
        return word.dep_ == "pobj" and below.i > word.i

    def _is_issue(self, verb: Token) -> bool:
        """Return whether a verb tells that an utterance was put out: `a statement |released on Monday`."""
        if verb.lemma_ not in self.media.issuing:
            return False
        if verb.dep_ in ("acl", "relcl"):
            return self._is_noun_of_utterance(verb.head)
        before = verb.nbor(-1) if verb.i and verb.nbor(-1).text != "," else verb.doc[max(verb.i - 2, 0)]
        return verb.tag_ == "VBN" and self._is_noun_of_utterance(before)

    def _is_own(self, verb: Token, day: Token) -> bool:
        """Return whether a verb is that of the event, or one whose date holds for it."""
        is_before = any(verb.i == one.i and day.i < one.i for one in _verbs_before(self.verb))
        is_joint = _is_joint(self.verb) and verb.i == self.verb.head.i and day.i < self.verb.i
        return verb.i == self.verb.i or is_before or is_joint or verb.i == self._issue_above

    @property
    def _issue_above(self) -> int:
        """The number of the verb that puts out what the event is a participle of; -1 if there is none.

        `|held a press conference on Monday denouncing ...`, `|sent a letter on Monday, saying ...`.
        """
        head = self.verb.head
        if self.verb.tag_ != "VBG" or self.verb.dep_ not in ("acl", "advcl"):
            return -1
        issue = head.head if head.dep_ == "dobj" else head
        objects = (one for one in issue.rights if one.dep_ == "dobj")
        is_issue = issue.lemma_ in self.media.issuing and any(map(self._is_noun_of_utterance, objects))
        return issue.i if is_issue else -1

    def _is_fronted(self, verb: Token, day: Token) -> bool:
        """Return whether a date opens the sentence before its speaker, whatever verb it is parsed with."""
        if not day.i < self.speaker < verb.i or verb.pos_ not in _VERBS:
            return False
        return all(one.pos_ not in _VERBS for one in day.doc[day.sent.start : self.speaker])

    def _is_utterance_beside(self, verb: Token) -> bool:
        """Return whether a verb is the participle of an utterance: `|addressing the press yesterday`."""
        is_beside = self.tokens[0].i <= verb.i <= self.tokens[-1].i
        return is_beside and verb.tag_ == "VBG" and verb.lemma_ in self.days.uttering

    def _is_noun_of_utterance(self, noun: Token) -> bool:
        return medium_at(noun, self.media) is not None

    def _is_hearer(self, noun: Token, day: Token) -> bool:
        """Return whether a noun is the verb's object or subject, before a date that the parse gives to it."""
        is_beside = noun.dep_ in ("dobj", "dative", "nsubj") and noun.head.i == self.verb.i
        return is_beside and self.verb.i < noun.i < day.i


def _is_day(timex: Timex) -> bool:
    return timex.type in _DAYS and timex.earliest is not None and timex.latest is not None


def _after_signature(doc: Doc, quote: Quote, timexes: Sequence[Timex]) -> Iterator[int]:
    """Yield the dates in the line of a signature: `— Name (@handle) May 9, 2023`."""
    if quote.speaker is None:
        return
    text = doc.text
    end = text.find("\n", quote.speaker.end)
    end = len(text) if end < 0 else end
    for index, timex in enumerate(timexes):
        if quote.speaker.end <= timex.start < end and _is_day(timex):
            yield index


def _verbs_before(cue: Token) -> Iterator[Token]:
    """Yield the verbs with which a cue shares its subject and the date at the head of the sentence.

    `On Tuesday Brandt condemned the raid, warned the council and |said`, `condemned what he |called`, `left,
    |saying`.
    """
    verb = cue
    for _ in range(_MAX_CLIMB):
        is_what = verb.dep_ in ("ccomp", "dobj", "pcomp") and verb.left_edge.lower_ == "what"
        is_shared = verb.dep_ == "xcomp" or (verb.dep_ == "conj" and not _has_other_subject(verb))
        if not (is_shared or is_what or _is_joint(verb)):
            return
        verb = verb.head
        yield verb


def _is_joint(verb: Token) -> bool:
    """Return whether a verb is a participle that tells what was said meanwhile: `left on Monday, |saying`."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.i < verb.i and subject_of(verb) is None


def _has_other_subject(verb: Token) -> bool:
    """Return whether a joined verb has a subject of its own, and the verb before it a date of its own."""
    subject = subject_of(verb)
    return subject is not None and any(one.ent_type_ == "DATE" for one in verb.doc[verb.head.i : subject.i])
