"""The subjects of clauses near the pronouns that speak, read from the parse."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from extract.model import Quote, TextSpan
from extract.quotes.cues import Cues, Descriptions
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.phrases import singular
from extract.quotes.speaker_heads import can_speak
from extract.quotes.syntax import first_with_dep, has_dep

REACH = 4  # sentences, its own among them, in which a pronoun's antecedent may be the subject
_MAX_PHRASE = 25  # tokens of a subject on either side of its head
_SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"acl", "relcl"})  # participles and relative clauses
_THIRD_PERSON = frozenset({"m", "f", "n", "p"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_DATELINE_MARKS = frozenset({"-", "--", "–", "—", "("})
_REACH_OF_SUBJECT = 45  # characters in which a name after a subject may be taken for the subject


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause.

    Attributes:
        phrase: Its phrase.
        head: Offset of its head word.
        plural: Whether it is several.
        is_joint: Whether it is several joined by `and`.
        is_able: Whether it can speak, by its noun: persons, groups and documents can, things cannot.
        pronoun: The kind of pronoun, as in `PhraseWords.pronouns`; `-` for other words that are no nouns,
            empty for nouns.
        clause: Start and end offset of its clause, with the clauses that depend on it; for a clause such as
            `although it rained` of the one that it depends on.
        is_main: Whether it is the subject of a main clause.
        is_source: Whether it is none but the source of a report: `according to |the council`.
    """

    phrase: TextSpan
    head: int
    plural: bool
    is_joint: bool
    is_able: bool
    pronoun: str
    clause: tuple[int, int]
    is_main: bool
    is_source: bool


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects before the pronouns that speak, and what could be meant instead of them.

    Attributes:
        subjects: In text order.
        plurals: Offsets of the nouns in the plural, in order.
        evident: Offsets of the pronouns whose verb may have a piece of evidence as its subject: `it shows`.
        modifiers: Start of a speaker's phrase -> the words after it that say which one: `the general |charged
            with supplies`, `the lawyer |who defended them`.
        doubtful: Offsets of the pronouns that may mean the object of the clause before: `thanked Odeh
            after |he said that ...`.
    """

    subjects: tuple[Subject, ...] = ()
    plurals: tuple[int, ...] = ()
    evident: frozenset[int] = frozenset()
    modifiers: Mapping[int, str] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()

    def is_main(self, start: int, end: int) -> bool:
        """Return whether the head of a main clause's subject is between two offsets."""
        return any(one.is_main for one in self._between(start, end))

    def follows_pronoun(self, start: int) -> bool:
        """Return whether a pronoun is the subject of the main clause around an offset: `He called |Odeh`."""
        before = self._between(max(start - _REACH_OF_SUBJECT, 0), start)
        return any(one.is_main and one.pronoun not in ("", "-") and start < one.clause[1] for one in before)

    def between(self, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> Iterator[Subject]:
        """Yield the subjects between two offsets; none inside a quotation unless the end is inside one."""
        is_quoted = is_inside(quoted, end)
        for one in self._between(start, end):
            if is_quoted or not is_inside(quoted, one.head):
                yield one

    def _between(self, start: int, end: int) -> tuple[Subject, ...]:
        first = bisect_left(self.subjects, start, key=lambda one: one.head)
        return self.subjects[first : bisect_left(self.subjects, end, key=lambda one: one.head)]


NO_SUBJECTS = Subjects()


def find_subjects(doc: Doc, quotes: Sequence[Quote], cues: Cues) -> Subjects:
    """Find the subjects in the sentences before the pronouns that speak, and what follows a speaker's phrase.

    Args:
        doc: With a parse.
        quotes: As found.
        cues: For the pronouns.
    """
    spoken = [quote for quote in quotes if _is_third_person(quote, cues)]
    near = tuple(_sentences_near(list(doc.sents), {_speaker_start(quote) for quote in spoken}))
    subjects = (
        _subject(token, cues)
        for sentence in near
        for token in sentence
        if (token.dep_ in _SUBJECT_DEPS and not _is_dateline(token)) or _is_source(token, cues)
    )
    plurals = (token.idx for sentence in near for token in sentence if token.tag_ in _PLURAL_TAGS)
    return Subjects(
        tuple(subjects),
        tuple(plurals),
        frozenset(_speaker_start(quote) for quote in spoken if _is_evident(doc, quote, cues)),
        {_speaker_start(quote): words for quote in quotes if (words := _modifier(doc, quote))},
        frozenset(_speaker_start(quote) for quote in spoken if _may_be_object(doc, quote, cues)),
    )


def is_inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Return whether an offset is inside the last of the ordered spans that start at or before it."""
    before = bisect_right(spans, offset, key=lambda span: span[0])
    return before > 0 and offset < spans[before - 1][1]


def _is_source(token: Token, cues: Cues) -> bool:
    """Return whether a noun follows a preposition before sources: `according to |the council`."""
    if token.dep_ != "pobj":
        return False
    first = token.left_edge.i
    before = (token.doc[max(first - length, 0) : first].text.lower() for length in (1, 2))
    return any(words in cues.prepositions for words in before)


def _speaker_start(quote: Quote) -> int:
    return -1 if quote.speaker is None else quote.speaker.start


def _is_evident(doc: Doc, quote: Quote, cues: Cues) -> bool:
    """Return whether a quote's cue may have a piece of evidence as its subject."""
    if quote.cue is None:
        return False
    cue = doc.char_span(quote.cue.start, quote.cue.end, alignment_mode="expand")
    return cue is not None and any(token.lemma_ in cues.evidence for token in cue)


def _may_be_object(doc: Doc, quote: Quote, cues: Cues) -> bool:
    """Return whether a pronoun opens the clause that says why somebody is judged: `thanked Odeh after he`."""
    start = _speaker_start(quote)
    pronoun = doc.char_span(start, start + 1, alignment_mode="expand")
    clause = pronoun[0].head if pronoun is not None else None
    if clause is None or clause.dep_ != "advcl" or clause.head.lemma_ not in cues.grammar.subjects.judging:
        return False
    judged = first_with_dep(clause.head.rights, "dobj")
    return judged is not None and judged.pos_ in ("PROPN", "PRON") and judged.i < clause.i


def _modifier(doc: Doc, quote: Quote) -> str:
    """Return the clause right after a speaker's noun that says which one is meant; empty if there is none.

    A clause after a comma only adds something, and so does a participle where the speaker follows the cue:
    `"...," said the general speaking in Basra`.
    """
    if quote.speaker is None:
        return ""
    phrase = doc.char_span(quote.speaker.start, quote.speaker.end, alignment_mode="expand")
    if phrase is None or phrase.root.pos_ != "NOUN":
        return ""
    follows_cue = quote.cue is not None and quote.cue.end <= quote.speaker.start
    for child in phrase.root.rights:
        if child.left_edge.i == phrase.end and child.dep_ in _CLAUSES:
            adds = follows_cue and child.tag_ == "VBG"
            return "" if adds else doc[phrase.end : child.right_edge.i + 1].text
    return ""


def _is_dateline(subject: Token) -> bool:
    """Return whether a name is the place in a dateline, which a parse may take for the subject."""
    following = subject.doc[subject.i + 1 : subject.i + 2].text
    opens = subject.pos_ == "PROPN" and bool(subject.left_edge.is_sent_start)
    return opens and following in _DATELINE_MARKS


def _is_third_person(quote: Quote, cues: Cues) -> bool:
    """Return whether a quote's speaker is `he`, `she`, `it` or `they`, or theirs: `its statement`."""
    pronouns = cues.descriptions.phrases.pronouns
    if quote.speaker is None:
        return False
    first, *_ = quote.speaker.text.lower().split()
    return pronouns.get(first) in _THIRD_PERSON


def _sentences_near(sentences: Sequence[Span], offsets: Iterable[int]) -> Iterator[Span]:
    """Yield the sentences that hold one of the offsets, and those shortly before them."""
    wanted = set[int]()
    for offset in offsets:
        holding = bisect_right(sentences, offset, key=lambda sentence: sentence.start_char) - 1
        wanted.update(range(max(holding - REACH, 0), holding + 1))
    yield from (sentences[number] for number in sorted(wanted))


def _subject(subject: Token, cues: Cues) -> Subject:
    doc, verb = subject.doc, subject.head
    lowest, highest = max(subject.i - _MAX_PHRASE, 0), min(subject.i + _MAX_PHRASE, len(doc))
    if subject.i < verb.i:
        highest = min(highest, verb.i)
    first, last = noun_phrase(subject, lowest, highest, cues) or (subject.i, subject.i + 1)
    span = doc[first:last]
    is_noun = subject.pos_ in ("NOUN", "PROPN")
    pronoun = cues.descriptions.phrases.pronouns.get(subject.lower_, "" if is_noun else "-")
    clause = verb.head if verb.dep_ == "advcl" else verb
    is_joint = has_dep(subject.rights, "conj") and not any(child.lower_ == "or" for child in subject.rights)
    return Subject(
        phrase=TextSpan(span.start_char, span.end_char, span.text),
        head=subject.idx,
        plural=pronoun == "p" or subject.tag_ in _PLURAL_TAGS or is_joint,
        is_joint=is_joint,
        is_able=is_noun and _is_able(_counted(subject, cues.descriptions), cues.descriptions),
        pronoun=pronoun,
        clause=(clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge)),
        is_main=_is_main(verb),
        is_source=subject.dep_ not in _SUBJECT_DEPS,
    )


def _counted(noun: Token, descriptions: Descriptions) -> Token:
    """Return what is counted in `thousands of tenants`, else the noun itself."""
    if noun.lower_ not in descriptions.phrases.quantities:
        return noun
    of = next((child for child in noun.rights if child.lower_ == "of"), noun)
    return first_with_dep(of.rights, "pobj") or noun


def _is_able(noun: Token, descriptions: Descriptions) -> bool:
    """Return whether a noun names somebody who can speak."""
    word = noun.lower_
    is_person = singular(word, descriptions.people) in descriptions.people
    return can_speak(noun, descriptions) or is_person or word.endswith(descriptions.endings)


def _is_main(verb: Token) -> bool:
    """Return whether a verb heads its sentence, alone or joined to the head by `and` or a semicolon."""
    while (verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX")) or _is_set_off(verb):
        verb = verb.head
    return verb.dep_ == "ROOT"


def _is_set_off(verb: Token) -> bool:
    """Return whether a clause is one before a semicolon or colon, which a parse takes for a complement."""
    after = verb.right_edge.i + 1
    return verb.dep_ == "ccomp" and after < verb.head.i and verb.doc[after].text in (";", ":")
