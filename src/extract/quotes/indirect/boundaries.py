"""Where a reported clause begins and ends: what the parse hangs on it that is not reported."""

from spacy.tokens import Token

from extract.quotes.cues import Cues
from extract.quotes.layout import NO_REGION, Layout, Tokens
from extract.quotes.syntax import finite_tag

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_EDGE = frozenset(",.;:—–-?!-()[]") | {"--"}
_DEADLINES = frozenset({"before", "by", "until", "within"})  # `demanded a vote | before the spring`
_DASHES = frozenset({"—", "–", "--"})
_PARTICIPLES = frozenset({"VBG", "VBN"})
_CONJUNCTIONS = frozenset({"and", "but", "or", "while", "though", "although", "yet"})
# A clause that starts with one of these tells when or why something was said, not what.
CIRCUMSTANCES = frozenset(
    {"after", "although", "as", "because", "before", "since", "though", "until", "while"}
)


def clause_tokens(clause: Token, cue: Token, cues: Cues) -> Tokens:
    """Return the range of a reported clause, without what its speaker did besides.

    Args:
        clause: Head of the clause.
        cue: The cue that reports it.
        cues: The words that introduce speech, which may begin another report within the clause.
    """
    start, end = clause.left_edge.i, max(clause.right_edge.i + 1, _end_of_conjoined(clause, cue, cues))
    for child in clause.lefts:
        if child.dep_ == "npadvmod" and child.left_edge.i == start and child.i > cue.i:
            start = child.right_edge.i + 1  # `told reporters on the day | he would go`
    for token in clause.doc[clause.i + 1 : end]:
        if token.i >= end:
            break
        if (
            token.dep_ in ("advcl", "conj")
            and token.head.i >= start
            and _is_another_act(token, clause, cue, cues)
        ):
            end = min(end, _start_with_link(token, clause.i + 1))
    return start, end


def _end_of_conjoined(clause: Token, cue: Token, cues: Cues) -> int:
    """Return the end of a statement that a parse hangs on the cue, 0 if none is hung there.

    It may also be cut in two: `said [they are fine with] [however it plays out]`.
    """
    for child in cue.rights:
        if child.i <= clause.i:
            continue
        halved = child.dep_ == "ccomp" and child.left_edge.i == clause.right_edge.i + 1
        if halved or (child.dep_ == "conj" and _is_stated(child, clause, cue, cues)):
            return child.right_edge.i + 1
    return 0


def _is_stated(verb: Token, clause: Token, cue: Token, cues: Cues) -> bool:
    """Return whether a verb conjoined with the cue goes on with what is reported.

    `told how he had wept and gone`, `says that it is so, but that nobody knows`, `said it was late, but would
    go`; another cue, or a verb in the tense of the cue, is the reporter's.
    """
    if any(mark.lower_ == "that" and mark.dep_ == "mark" for mark in verb.lefts):
        return True
    tense = finite_tag(verb)
    if tense == "VBN":
        bare = not any(left.dep_ in ("aux", "auxpass", "nsubj") for left in verb.lefts)
        return clause.tag_ == "VBN" != cue.tag_ and bare
    if finite_tag(clause) not in _FINITE:  # `agreed to share the water and mend the road`
        return tense in ("VB", "VBP") and tense != finite_tag(cue) and not _has_subject(verb)
    if tense == "MD" or not _has_subject(verb):
        return tense in _FINITE and tense != finite_tag(cue)
    known = cues.reliability(verb.lemma_) or verb.lemma_ in cues.frames
    return tense == finite_tag(clause) and not (known and tense == finite_tag(cue))


def _is_another_act(token: Token, clause: Token, cue: Token, cues: Cues) -> bool:
    """Return whether a clause is the reporter's own: `..., citing reports`, `... and warned that ...`."""
    is_cue = token.lemma_ in cues.speech or token.lemma_ in cues.thought or token.lemma_ in cues.stance
    if token.dep_ == "advcl":
        after_comma = token.left_edge.i > 0 and token.doc[token.left_edge.i - 1].text == ","
        return after_comma and is_cue and (token.tag_ == "VBG" or token.lemma_ in cues.speech)
    tense = finite_tag(cue)
    same_form = token.tag_ == tense != clause.tag_ or token.tag_ == tense in ("VBD", "VBZ")
    return is_cue and same_form and token.head.i == clause.i and not _has_subject(token)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in token.lefts)


def _start_with_link(token: Token, lowest: int) -> int:
    """Return where a dependent clause starts, its conjunction or comma included."""
    start = token.left_edge.i
    while start > lowest and (
        token.doc[start - 1].text in _EDGE or token.doc[start - 1].lower_ in _CONJUNCTIONS
    ):
        start -= 1
    return start


def phrase_tokens(head: Token, verb: Token) -> Tokens:
    """Return the range of a reported phrase, with the phrases that a comma and a conjunction add to it."""
    end = _without_acts(head)
    for child in verb.rights:
        if child.dep_ == "prep" and child.i == end and child.lower_ in _DEADLINES:
            end = child.right_edge.i + 1
        elif child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i > end:
            between = verb.doc[end : child.left_edge.i]
            if all(token.text == "," or token.pos_ == "CCONJ" for token in between):
                end = child.right_edge.i + 1
    return head.left_edge.i, end


def _without_acts(head: Token) -> int:
    """Return the end of a phrase without what the journalist adds to it.

    That is a participle after a comma (`the law, saying ...`, `a deal, known as ...`), and all after a dash.
    """
    end = head.right_edge.i + 1
    for token in head.doc[head.i + 1 : end - 1]:
        following = head.doc[token.i + 1]
        participle = following.tag_ in _PARTICIPLES and following.dep_ in ("acl", "advcl")
        if token.text in _DASHES or (token.text == "," and participle):
            return token.i
    return end


def trim(layout: Layout, tokens: Tokens) -> Tokens | None:
    """Drop conjunctions and punctuation round a clause; None if it is no statement."""
    doc = layout.doc
    start, end = tokens
    start = _skip_edge(layout, start, end)
    if start < end and doc[start].text in ("that", "That", "to") and doc[start].dep_ in ("mark", "aux"):
        start = _skip_edge(layout, start + 1, end)
    if start < end and _is_circumstance(doc[start], end):
        return None
    end = _end_at_region(layout, start, _before_gloss(layout, start, end))
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].text in _EDGE or _is_conjunction(doc[end - 1])
    ):
        if doc[end - 1].text in ")]" and any(token.text in "([" for token in doc[start:end]):
            break
        end -= 1
    noun = start < end and doc[start].pos_ in ("NOUN", "PROPN")  # `called for restraint`
    return (start, end) if noun or end - start > 1 else None


def _before_gloss(layout: Layout, start: int, end: int) -> int:
    """Leave out what the journalist adds to a name at the end: `backs Karl Brandt, who is 70`."""
    for token in layout.doc[start + 1 : end]:
        if token.lower_ not in ("who", "whose"):
            continue
        clause = token.head if token.dep_ != "poss" else token.head.head
        if (
            layout.doc[token.i - 1].text == ","
            and layout.is_bare(token.i)
            and clause.dep_ == "relcl"
            and clause.head.ent_type_ == "PERSON"
            and clause.right_edge.i + 1 >= end
        ):
            return token.i - 1
    return end


def _is_circumstance(first: Token, end: int) -> bool:
    """Return whether a circumstance is all: `because it rained`, not `as of May, it rains`."""
    if first.lower_ not in CIRCUMSTANCES or first.dep_ not in ("mark", "prep", "advmod"):
        return False
    clause = first if first.dep_ == "prep" else first.head
    return clause.right_edge.i + 1 >= end


def _is_conjunction(token: Token) -> bool:
    """Tell the conjunction of what follows from an adverb: `its biggest yet`."""
    return token.lower_ in _CONJUNCTIONS and not (token.lower_ == "yet" and token.dep_ == "advmod")


def _skip_edge(layout: Layout, start: int, end: int) -> int:
    while start < end and (layout.doc[start].is_space or layout.doc[start].text in _EDGE):
        start += 1
    return start


def _end_at_region(layout: Layout, start: int, end: int) -> int:
    """Take in the whole of a quotation that the clause ends in; give up a clause that starts inside one."""
    if end <= start:
        return start
    first, last = layout.region_of[start], layout.region_of[end - 1]
    if first != NO_REGION and layout.outer[first][0] < start and layout.outer[first][1] < end:
        return start
    if last == NO_REGION or layout.outer[last][1] == end:
        return end
    return layout.outer[last][1]
