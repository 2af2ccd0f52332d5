"""The cue of a quote as the parse shows it: its head word, and how the quote depends on it (its frame)."""

from dataclasses import dataclass
from typing import Literal, get_args

from spacy.tokens import Doc, Span, Token

from extract.model import Quote
from extract.quotes.context.people import span_at
from extract.quotes.context.shapes import Frame
from extract.quotes.cues import Cues
from extract.quotes.indirect.frames import is_infinitive
from extract.quotes.syntax import first_with_dep

CueKind = Literal["verb", "noun", "adjective", "preposition"]

_KINDS_BY_RULE: dict[str, CueKind] = {"noun": "noun", "adjective": "adjective", "source": "preposition"}
_FRAMES = frozenset(get_args(Frame))
_QUESTIONS = frozenset({"WP", "WP$", "WDT", "WRB"})
_MAX_CLIMB = 12  # words from a quote up to its cue


@dataclass(frozen=True, slots=True)
class CueReading:
    """A cue that is a word.

    Attributes:
        token: Its head word.
        name: Its lemma, with the particle that belongs to it (`call on`); a preposition as it stands.
        lemma: Its lemma.
        frame: How the quote follows it: `that`, `wh`, `infinitive`, `gerund`, `object`, `complement`, a
            preposition; empty if the parse does not connect them.
    """

    token: Token
    kind: CueKind
    name: str
    lemma: str
    frame: str


def read_cue(doc: Doc, quote: Quote, cues: Cues) -> CueReading | None:
    """Return the cue of a quote, None if no word introduces it: a colon, a signature, a further piece."""
    if quote.cue is None or not any(map(str.isalpha, quote.cue.text)):
        return None
    span = span_at(doc, quote.cue.start, quote.cue.end)
    words = span_at(doc, quote.start, quote.end)
    if span is None or words is None:
        return None
    if quote.cue.text.lower() in cues.prepositions:
        return CueReading(span[0], "preposition", quote.cue.text.lower(), span[0].lemma_, "")
    token = span.root
    kind = _KINDS_BY_RULE.get(quote.rule, "verb")
    lemma = token.lower_ if kind == "adjective" else token.lemma_.lower()
    particle = doc[token.i + 1 : span.end].text.lower()
    return CueReading(token, kind, f"{lemma} {particle}".strip(), lemma, _frame(words, token, quote.rule))


def _frame(words: Span, cue: Token, rule: str) -> str:
    """Return how a quote follows its cue: by the rule that found it, else by the parse."""
    if rule.endswith("infinitive") or _is_demanded(words.root, cue):
        return "infinitive"
    if " " in rule:
        return rule.rpartition(" ")[2]
    if rule in _FRAMES:
        return rule
    top = _below(words.root, cue)
    return _preposition_before(words, cue) if top is None else _frame_of(top)


def _is_demanded(verb: Token, cue: Token) -> bool:
    """Return whether a verb is an infinitive of the cue: `told him to |go`, not `told him he had to |go`."""
    for _ in range(_MAX_CLIMB):
        if not _is_infinitive(verb):
            return False
        if verb.head.i in (cue.i, verb.i):
            return True
        verb = verb.head
    return False


def _preposition_before(words: Span, cue: Token) -> str:
    """Return the preposition of the cue before a quote that the parse does not connect; empty without one."""
    doc = words.doc
    before = (doc[number] for number in range(max(words.start - 2, 0), words.start))
    return next((one.lower_ for one in before if one.dep_ == "prep" and one.head.i == cue.i), "")


def _below(token: Token, cue: Token) -> Token | None:
    """Return the child of the cue through which a word depends on it, None if it does not."""
    for _ in range(_MAX_CLIMB):
        if token.head.i == cue.i:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _frame_of(child: Token) -> str:
    """Return the frame of a cue's child."""
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ in ("dobj", "nsubjpass"):
        return "object"
    if child.dep_ in ("oprd", "acomp"):
        return "complement"
    if _is_infinitive(child):
        return "infinitive"
    if child.tag_ == "VBG" and first_with_dep(child.lefts, "nsubj") is None:
        return "gerund"
    first = child.left_edge
    return "wh" if first.tag_ in _QUESTIONS or first.lower_ in ("if", "whether") else "that"


def _is_infinitive(verb: Token) -> bool:
    """Return whether a verb is an infinitive; one whose `to` stands before the quote too."""
    return verb.tag_ == "VB" and is_infinitive(verb)
