"""Where a reported clause begins and ends, without the unreported words that the parse attaches to it."""

from spacy.tokens import Doc, Token

from extract.quotes.cues import Cues
from extract.quotes.layout import NO_REGION, Layout, TokenRange
from extract.quotes.phrases import singular
from extract.quotes.syntax import (
    FINITE_TAGS,
    finite_tag,
    first_with_dep,
    follows_comma,
    has_dep,
    has_subject,
    has_that,
    is_time,
    subject_of,
)

_EDGE = frozenset(",.;:—–-?!-()[]") | {"--"}
_DASHES = frozenset({"—", "–", "--"})
_GLOSS_MARKS = _DASHES | {","}
_PARTICIPLES = frozenset({"VBG", "VBN"})
_LINKS = frozenset({"mark", "aux"})
_RELATIVES = frozenset({"WDT", "WP", "WP$"})


def clause_tokens(clause: Token, cue: Token, cues: Cues) -> TokenRange:
    """Return the range of a reported clause, without other acts of its speaker.

    Args:
        clause: Head of the clause.
        cue: The cue that reports it.
        cues: The words that introduce speech, which may begin another report within the clause.
    """
    start, end = clause.left_edge.i, max(clause.right_edge.i + 1, _end_of_conjoined(clause, cue, cues))
    if (lost := _lost_subject(clause, cue, cues)) is not None:
        start = lost.left_edge.i
    for child in clause.lefts:
        if child.dep_ == "npadvmod" and child.left_edge.i == start and child.i > cue.i:
            start = child.right_edge.i + 1  # `told reporters on the day | he would go`
    for token in clause.doc[clause.i + 1 : end]:
        if token.i >= end:
            break
        dependent = token.dep_ in ("advcl", "conj") and token.head.i >= start
        another = dependent and _is_another_act(token, clause, cue, cues)
        denied = cue.lemma_ in cues.negatable and token.text == "," and _is_addition(token.nbor())
        if (
            another
            or denied
            or _is_next_main_clause(token, clause, cue)
            or _is_next_report(token, clause, cue, cues)
        ):
            end = min(end, _start_with_link(token, clause.i + 1, cues))
    return start, end


def _lost_subject(clause: Token, cue: Token, cues: Cues) -> Token | None:
    """Return the subject of a clause that the parse takes for an object: `said |life would be hard`."""
    if cue.lemma_ in cues.telling or has_subject(clause) or finite_tag(clause) not in FINITE_TAGS:
        return None
    noun = first_with_dep(cue.rights, "dobj")
    return noun if noun is not None and noun.right_edge.i + 1 == clause.left_edge.i else None


def _end_of_conjoined(clause: Token, cue: Token, cues: Cues) -> int:
    """Return the end of a further statement that the parse attaches to the cue, 0 if there is none.

    It may also be the second half of the clause: `said [they are fine with] [however it plays out]`.
    """
    for child in cue.rights:
        if child.i <= clause.i:
            continue
        halved = child.dep_ == "ccomp" and child.left_edge.i == clause.right_edge.i + 1
        if halved or (child.dep_ == "conj" and _continues_report(child, clause, cue, cues)):
            return child.right_edge.i + 1
    return 0


def _continues_report(verb: Token, clause: Token, cue: Token, cues: Cues) -> bool:
    """Return whether a verb conjoined with the cue belongs to the report.

    `told how he had wept and gone`, `says that it is so, but that nobody knows`, `said it was late, but would
    go`; but another cue, or a verb in the tense of the cue, belongs to the reporter.
    """
    if has_that(verb):
        return True
    if finite_tag(verb) == "VBN":
        return clause.tag_ == "VBN" != cue.tag_ and not has_dep(verb.lefts, "aux", "auxpass", "nsubj")
    if finite_tag(clause) not in FINITE_TAGS:
        return _continues_infinitive(verb, cue)
    return _continues_finite_clause(verb, clause, cue, cues)


def _continues_infinitive(verb: Token, cue: Token) -> bool:
    """Return whether a verb continues a reported infinitive: `agreed to share the water and mend it`."""
    tense = finite_tag(verb)
    return tense in ("VB", "VBP") and tense != finite_tag(cue) and not has_subject(verb)


def _continues_finite_clause(verb: Token, clause: Token, cue: Token, cues: Cues) -> bool:
    tense, cue_tense = finite_tag(verb), finite_tag(cue)
    if tense == "MD" or not has_subject(verb):
        return tense in FINITE_TAGS and tense != cue_tense
    if _same_pronoun(verb, clause) and verb.lemma_ not in cues.speech:
        return True
    is_cue = cues.reliability(verb.lemma_) or verb.lemma_ in cues.frames
    return tense == finite_tag(clause) and not (is_cue and tense == cue_tense)


def _same_pronoun(verb: Token, clause: Token) -> bool:
    """Return whether two verbs have the same pronoun as subject: `said he would go, but he has no car`."""
    subject, earlier = subject_of(verb), subject_of(clause)
    if subject is None or earlier is None:
        return False
    return subject.tag_ == "PRP" and subject.lower_ == earlier.lower_


def _is_another_act(token: Token, clause: Token, cue: Token, cues: Cues) -> bool:
    """Return whether a clause is the reporter's own: `..., citing reports`, `... and warned that ...`."""
    if not _is_listed(token, cues):
        return False
    if token.dep_ == "advcl":
        return follows_comma(token) and (token.tag_ == "VBG" or token.lemma_ in cues.speech)
    if token.head.i != clause.i or has_subject(token) or _is_shown(token, clause, cues):
        return False
    tense = finite_tag(cue)
    return token.tag_ == tense and (tense != clause.tag_ or tense in ("VBD", "VBZ"))


def _is_shown(verb: Token, clause: Token, cues: Cues) -> bool:
    """Return whether things in the report show something: `said the papers were real and showed that ...`."""
    subject, words = subject_of(clause), cues.descriptions
    if verb.lemma_ not in cues.evidence or verb.tag_ not in FINITE_TAGS or subject is None:
        return False
    is_thing = subject.pos_ == "NOUN" and words.kind(subject.text) in ("described", "document")
    return is_thing and singular(subject.lower_, words.people) not in words.people


def _is_next_main_clause(verb: Token, clause: Token, cue: Token) -> bool:
    """Return whether a verb begins the reporter's next main clause: `..., and the mayor on Sunday sent ...`.

    Its subject follows a comma and a conjunction, and it dates an act that its tense sets apart.
    """
    conjoined = verb.dep_ in ("conj", "ccomp") and verb.head.i in (clause.i, cue.i)
    if not conjoined or finite_tag(verb) != "VBD" or not has_subject(verb) or finite_tag(clause) == "VBD":
        return False
    return _follows_comma_and_conjunction(verb) and any(is_time(token) for token in verb.subtree)


def _is_next_report(verb: Token, clause: Token, cue: Token, cues: Cues) -> bool:
    """Return whether a verb begins the report of somebody else: `..., and residents said that ...`.

    Its subject follows a comma and a conjunction, and it has the tense of the cue.
    """
    reports = (
        verb.dep_ in ("conj", "ccomp") and verb.head.i in (clause.i, cue.i) and verb.lemma_ in cues.speech
    )
    if not reports or not has_subject(verb) or finite_tag(verb) != finite_tag(cue):
        return False
    return _follows_comma_and_conjunction(verb)


def _follows_comma_and_conjunction(verb: Token) -> bool:
    link = verb.doc[verb.left_edge.i - 1]
    return link.pos_ == "CCONJ" and link.i > 0 and link.nbor(-1).text == ","


def _is_listed(verb: Token, cues: Cues) -> bool:
    """Return whether a verb is a cue without a particle."""
    return verb.lemma_ in cues.speech or verb.lemma_ in cues.thought or verb.lemma_ in cues.stance


def _start_with_link(token: Token, lowest: int, cues: Cues) -> int:
    """Return where a dependent clause starts, including its conjunction or comma."""
    start, conjunctions = token.left_edge.i, cues.grammar.clauses.conjunctions
    while start > lowest and (
        token.doc[start - 1].text in _EDGE or token.doc[start - 1].lower_ in conjunctions
    ):
        start -= 1
    return start


def phrase_tokens(head: Token, verb: Token, cues: Cues) -> TokenRange:
    """Return the range of a reported phrase, with conjoined phrases and a deadline after it."""
    end = end_of_phrase(head)
    for child in verb.rights:
        if _is_deadline(child, end, cues) or _is_conjoined_phrase(child, end):
            end = child.right_edge.i + 1
    return head.left_edge.i, end


def _is_deadline(child: Token, start: int, cues: Cues) -> bool:
    return child.dep_ == "prep" and child.i == start and child.lower_ in cues.grammar.clauses.deadlines


def _is_conjoined_phrase(child: Token, start: int) -> bool:
    """Return whether only commas and conjunctions separate a conjoined noun from `start`."""
    if child.dep_ != "conj" or child.pos_ not in ("NOUN", "PROPN") or child.i <= start:
        return False
    return all(token.text == "," or token.pos_ == "CCONJ" for token in child.doc[start : child.left_edge.i])


def end_of_phrase(head: Token) -> int:
    """Return the end of a phrase without what the journalist adds to it.

    That is a participle or a relative clause after a comma (`the law, saying ...`, `the raid, which ...`) and
    everything after a dash.
    """
    end = head.right_edge.i + 1
    for token in head.doc[head.i + 1 : end - 1]:
        if token.text in _DASHES or (token.text == "," and _is_addition(token.nbor())):
            return token.i
    return end


def _is_addition(first: Token) -> bool:
    """Return whether a word after a comma begins a participle clause or a relative clause."""
    if first.tag_ in _PARTICIPLES:
        return first.dep_ in ("acl", "advcl")
    relative = first.nbor() if first.pos_ == "ADP" and first.i + 1 < len(first.doc) else first  # `in which`
    return relative.tag_ in _RELATIVES and relative.lower_ != "that"


def trim(layout: Layout, tokens: TokenRange, cues: Cues) -> TokenRange | None:
    """Trim conjunctions and punctuation from a clause; None if no statement is left."""
    doc = layout.doc
    start, end = _after_conjunction(doc, *tokens), tokens[1]
    if start < end and _is_circumstance(doc[start], end, cues):
        return None
    end = _end_at_region(layout, start, _before_gloss(layout, start, end))
    end = _trim_end(doc, start, end, cues)
    noun = start < end and doc[start].pos_ in ("NOUN", "PROPN")  # `called for restraint`
    return (start, end) if noun or end - start > 1 else None


def _after_conjunction(doc: Doc, start: int, end: int) -> int:
    """Return the first token after punctuation and a conjunction `that` or the `to` of an infinitive."""
    start = _skip_edge(doc, start, end)
    first = doc[start] if start < end else None
    if (
        first is not None
        and first.text in ("that", "That", "to")
        and (first.dep_ in _LINKS or first.tag_ == "IN")
    ):
        return _skip_edge(doc, start + 1, end)
    return start


def _skip_edge(doc: Doc, start: int, end: int) -> int:
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    return start


def _trim_end(doc: Doc, start: int, end: int, cues: Cues) -> int:
    """Trim white space, punctuation and conjunctions, but not a bracket that closes one in the clause."""
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].text in _EDGE or _is_conjunction(doc[end - 1], cues)
    ):
        if doc[end - 1].text in ")]" and any(token.text in "([" for token in doc[start:end]):
            break
        end -= 1
    return end


def _is_conjunction(token: Token, cues: Cues) -> bool:
    """Return whether a word is a conjunction; `yet` may be an adverb: `its biggest yet`."""
    return token.lower_ in cues.grammar.clauses.conjunctions and not (
        token.lower_ == "yet" and token.dep_ == "advmod"
    )


def _before_gloss(layout: Layout, start: int, end: int) -> int:
    """Return the end without what the journalist adds after a comma or dash.

    That is a relative clause (`backs Karl Brandt, who is 70`, `the dam was weak, which worried farmers`) or a
    description (`the dam was weak, a finding that worried farmers`).
    """
    doc = layout.doc
    for index in range(start, end - 1):
        if doc[index].text not in _GLOSS_MARKS or not layout.is_unquoted(index + 1):
            continue
        token = doc[index + 1]
        gloss = _glossing_clause(token) or _glossing_phrase(token)
        if gloss is not None and gloss.right_edge.i + 1 >= end:
            return index
    return end


def _glossing_clause(first: Token) -> Token | None:
    """Return the head of the relative clause that a word begins: one with `which`, or on a person."""
    if first.lower_ not in ("who", "whose", "which"):
        return None
    clause = first.head if first.dep_ != "poss" else first.head.head
    if first.lower_ == "which":
        return clause if clause.dep_ in ("relcl", "advcl") else None
    return clause if clause.dep_ == "relcl" and clause.head.ent_type_ == "PERSON" else None


def _glossing_phrase(first: Token) -> Token | None:
    """Return the head of the description with an article that a word begins."""
    noun = first.head
    apposed = noun.dep_ in ("appos", "ccomp") and noun.pos_ == "NOUN"  # a parse may take it for a clause
    return noun if apposed and first.tag_ == "DT" and noun.left_edge.i == first.i else None


def _is_circumstance(first: Token, end: int, cues: Cues) -> bool:
    """Return whether the clause is only a circumstance: `because it rained`, not `as of May, it rains`."""
    if first.lower_ not in cues.grammar.clauses.circumstances or first.dep_ not in ("mark", "prep", "advmod"):
        return False
    clause = first if first.dep_ == "prep" else first.head
    return clause.right_edge.i + 1 >= end


def _end_at_region(layout: Layout, start: int, end: int) -> int:
    """Return the end of the clause, or that of the quotation in which it ends.

    A clause that starts inside a quotation and ends after it is given up: the result is `start`.
    """
    if end <= start:
        return start
    first, last = layout.region_of[start], layout.region_of[end - 1]
    if first != NO_REGION and layout.outer[first][0] < start and layout.outer[first][1] < end:
        return start
    if last == NO_REGION or layout.outer[last][1] == end:
        return end
    return layout.outer[last][1]
