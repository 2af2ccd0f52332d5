"""Whom the words beside a quote are about: the object of a judgement or demand, the subject of a fragment."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.tokens import Span, Token

from extract.model import Quote
from extract.quotes.context.about.names import ActorNames
from extract.quotes.context.beside import Beside
from extract.quotes.context.cue_reading import CueReading
from extract.quotes.context.people import ACTORS, STATES, id_of, name_at, names_in, span_at, text_span
from extract.quotes.context.surroundings import Surroundings
from extract.quotes.speakers.ranking import fits_pronoun
from extract.quotes.syntax import first_with_dep, is_passive, subject_of

_VERBS = frozenset({"VERB", "AUX"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_RELATIVES = frozenset({"that", "which", "who", "whom"})
_CLAUSES = frozenset({"acl", "relcl"})  # participles and relative clauses


class Targets:
    """Finds the actors beside the quotes of one article of whom they speak.

    Args:
        around: The article and what is known of it.
        names: Tells which names are those of actors.
        meant_by_phrase: Returns the id of whom the short definite phrase around a noun means, in a quote and
            not before a token.
    """

    def __init__(
        self,
        around: Surroundings,
        names: ActorNames,
        meant_by_phrase: Callable[[Token, int, Quote], str | None],
    ) -> None:
        self._around = around
        self._words = around.words.about
        self._kinds = around.cues.descriptions.phrases.pronouns
        self._people = around.cues.descriptions.people
        self._names = names
        self._meant_by_phrase = meant_by_phrase

    def of(self, quote: Quote, beside: Beside) -> Iterator[str | None]:
        """Yield the ids of the object of a cue of judgement or demand, and of a fragment's subject."""
        cue = beside.cue
        if cue is None:
            return
        if quote.context.act == "demand":
            yield quote.context.addressee_id
        own = {quote.speaker_entity_id, quote.speaker_name_id}
        if cue.kind == "verb":
            targets = self._objects(cue.token) if cue.lemma in self._words.targets else self._told_of(cue)
            for target in targets:
                yield from (one for one in self._in_phrase(target, quote) if one not in own)
                yield self._group_before(target, quote)
        if quote.type == "mixed":
            subject = self._subject_of_fragment(quote, beside)
            yield from (one for one in self._in_phrase(subject, quote) if one not in own)
            yield from self._joined_before(subject, quote)
        yield self._before_relative(quote, cue.token)

    def _objects(self, verb: Token) -> Iterator[Token]:
        """Yield whom a verb judges or binds: its object, which may be the subject of a passive."""
        found = first_with_dep(verb.rights, "dobj", "dative") if not is_passive(verb) else None
        found = found or first_with_dep(verb.lefts, "nsubjpass")
        if found is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
            found = verb.head
        if found is not None:
            yield found
        for child in verb.rights:
            if child.dep_ == "prep" and child.lower_ in self._words.target_prepositions:
                yield from (one for one in child.rights if one.dep_ == "pobj")

    def _told_of(self, cue: CueReading) -> Iterator[Token]:
        """Yield of whom something is said: `said of the |council that it was late`."""
        for child in cue.token.rights:
            if child.dep_ == "prep" and child.lower_ == "of" and cue.lemma in self._words.saying:
                yield from (one for one in child.rights if one.dep_ == "pobj")

    def _before_relative(self, quote: Quote, verb: Token) -> str | None:
        """Return whom a clause without a subject is told of: `the |council, which the mayor says owns it`."""
        before = self._around.doc[verb.left_edge.i].lower_ if verb.dep_ == "relcl" else ""
        words = span_at(self._around.doc, quote.start, quote.end)
        if before not in _RELATIVES or words is None or words.root.pos_ not in _VERBS:
            return None
        subject = subject_of(words.root)
        if subject is not None and subject.lower_ not in _RELATIVES:
            return None
        return self._meant(self._named_by(verb.head), quote)

    @staticmethod
    def _named_by(noun: Token) -> Token:
        """Return whom a noun describes: `the |Valley Front, a group`, `the |Valley Front is a group`."""
        if noun.dep_ == "appos":
            return noun.head
        subject = first_with_dep(noun.head.lefts, "nsubj") if noun.dep_ == "attr" else None
        return noun if subject is None else subject

    def _subject_of_fragment(self, quote: Quote, beside: Beside) -> Token | None:
        """Return the subject, outside the marks, of a fragment: `said |Iraq “needs no fighters”`.

        A second fragment has that of the first: `said |Iraq “has peace” and “needs no fighters”`.
        """
        span = span_at(self._around.doc, quote.start, quote.end)
        if span is None or beside.cue is None:
            return None
        verb = self._verb_of(span)
        while verb.dep_ == "conj" and subject_of(verb) is None:
            verb = verb.head
        subject = subject_of(verb) if verb.i != beside.cue.token.i else None
        is_outside = subject is not None and subject.i < span.start and subject.i not in beside.speaker
        return subject if is_outside else None

    @staticmethod
    def _verb_of(fragment: Span) -> Token:
        """Return the verb with which a fragment begins, or on which its beginning depends."""
        top = fragment[0]
        while (
            _is_in(top.head, fragment)
            and top.head.i != top.i
            and (top.pos_ not in _VERBS or top.dep_ in _AUXILIARIES)
        ):
            top = top.head
        return top if top.pos_ in _VERBS else top.head

    def _in_phrase(self, head: Token | None, quote: Quote) -> Iterator[str | None]:
        """Yield whom a phrase means, else the actors named in it: `the presence of |UK troops`."""
        if head is None:
            return
        meant = self._meant(head, quote)
        if meant is not None or name_at(self._around.mentions, head) is not None:
            yield meant
            return
        clause = next((one for one in head.rights if one.dep_ in _CLAUSES), None)
        first, last = (
            head.left_edge,
            head.right_edge if clause is None else self._around.doc[clause.left_edge.i - 1],
        )
        is_person = head.lemma_.lower() in self._people
        for name in names_in(self._around.mentions, first.idx, min(last.idx + len(last), quote.start)):
            is_beside = name.entity_kind == "outlet" or self._around.text[name.end : name.end + 1] == "-"
            if self._names.is_actor(name) and not is_beside and (name.label == "PERSON" or not is_person):
                yield id_of(name)

    def _joined_before(self, subject: Token | None, quote: Quote) -> Iterator[str | None]:
        """Yield those whom `they` means, the only ones that its sentence joins: `|Jordan and Syria`."""
        if subject is None or self._kinds.get(subject.lower_) != "p":
            return
        own = {quote.speaker_entity_id, quote.speaker_name_id}
        names = names_in(self._around.mentions, subject.sent.start_char, subject.idx)
        others = [one for one in names if id_of(one) not in own and self._names.is_actor(one)]
        between = [self._around.text[one.end : two.start].strip(", ") for one, two in pairwise(others)]
        if between and between[-1] == "and" and all(words in ("", "and") for words in between):
            yield from map(id_of, others)

    def _meant(self, token: Token, quote: Quote) -> str | None:
        """Return whom a word beside the quote means; nobody if it is inside the quote, and so found there."""
        if quote.start <= token.idx < quote.end:
            return None
        name = name_at(self._around.mentions, token)
        if name is not None:
            is_meant = name.label in ACTORS or name.entity_kind in STATES or self._names.is_actor(name)
            return id_of(name) if is_meant else None
        kind = self._kinds.get(token.lower_, "")
        if token.pos_ == "NOUN":
            return self._meant_by_phrase(token, token.left_edge.i, quote)
        if kind not in ("m", "f"):
            return None
        meant = self._around.resolver.meaning(text_span(self._around.doc[token.i : token.i + 1]))
        return (meant.entity_id or meant.name_id) if fits_pronoun(meant, kind) else None

    def _group_before(self, pronoun: Token, quote: Quote) -> str | None:
        """Return the only other group named before: `blames the |council, calling it corrupt`."""
        if self._kinds.get(pronoun.lower_) not in ("n", "p"):
            return None
        own = {quote.speaker_entity_id, quote.speaker_name_id}
        names = names_in(self._around.mentions, pronoun.sent.start_char, pronoun.idx)
        groups = {id_of(one) for one in names if one.label != "PERSON" and self._names.is_actor(one)} - own
        return groups.pop() if len(groups) == 1 else None


def _is_in(token: Token, span: Span) -> bool:
    return span.start <= token.i < span.end
