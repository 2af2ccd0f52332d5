"""The speaker of a cue: the head word of its phrase, with common errors of the parse corrected."""

from spacy.tokens import Token

from extract.quotes.cues import Cues, Descriptions
from extract.quotes.layout import Layout, TokenRange
from extract.quotes.noun_phrases import noun_phrase
from extract.quotes.phrases import is_listed
from extract.quotes.syntax import (
    FINITE_TAGS,
    find_speaker,
    finite_tag,
    first_with_dep,
    follows_comma,
    has_dep,
    is_passive,
    subject_of,
    subjects_of,
)

_MAX_PHRASE = 25  # tokens of a speaker phrase on either side of its head
_LONGEST_NAME = 6  # tokens of a quoted region that may be a name, so may hold a speaker


def find_quoted(verb: Token, cues: Cues) -> Token | None:
    """Return whom `X quoted Y as saying ...` quotes, for either of its verbs; None for other sentences."""
    saying = _saying_after(verb, cues) if verb.lemma_ in cues.quoting else verb
    if saying is None or saying.tag_ != "VBG" or saying.i == 0 or saying.nbor(-1).lower_ != "as":
        return None
    quoting = next((above for above in saying.ancestors if above.lemma_ in cues.quoting), None)
    if quoting is None or is_passive(quoting):
        return None
    return first_with_dep(quoting.rights, "dobj", "nsubj")


def _saying_after(verb: Token, cues: Cues) -> Token | None:
    """Return the participle of speech after `as` that belongs to a verb."""
    following = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    return next((t for t in following if t.nbor(-1).lower_ == "as" and t.lemma_ in cues.speech), None)


def find_speaker_head(verb: Token, cues: Cues) -> Token | None:
    """Return the head of the phrase that speaks with a cue verb, None if there is none."""
    head = _in_absolute_clause(verb) or find_speaker(find_reporter(verb, cues), cues)
    if _is_cut_off(head, verb) or (head is None and _needs_subject(verb)):
        head = _name_before(verb) or _listed_name(verb) or _loose_subject(verb, cues) or head
    if head is None:
        return first_with_dep(verb.lefts, "compound") if is_verb_tagged_as_noun(verb) else None
    if head.i < verb.i and not _has_own_subject(verb, head) and not can_speak(head, cues.descriptions):
        return _nearer_subject(verb, cues) or _main_subject(head, cues.descriptions) or head
    return head


def _in_absolute_clause(verb: Token) -> Token | None:
    """Return the subject of a participle after `with`: `drew criticism, with |Samir Qattan saying`."""
    name = verb.nbor(-1) if verb.tag_ == "VBG" and verb.i > verb.sent.start else None
    if name is None or name.pos_ != "PROPN" or name.dep_ != "pobj":
        return None
    return name if name.head.lower_ == "with" else None


def _has_own_subject(verb: Token, head: Token) -> bool:
    """Return whether a speaker is the subject of a clause of its own, whoever acts in the one before.

    `The mayor closed the road and |farmers have complained`.
    """
    return verb.dep_ == "ccomp" or (verb.dep_ == "conj" and head in subjects_of(verb))


def find_reporter(verb: Token, cues: Cues) -> Token:
    """Return the cue whose speaker also speaks with `verb`, although the parse attaches it to the report.

    `X said that the roads were closed and called it "..."`, `X said that they were closed, calling it "..."`.
    """
    clause = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and clause.dep_ in ("dobj", "dative"):
        return clause.head if _is_addressee(clause, cues) else verb
    outer = clause.head
    within_report = clause.dep_ == "ccomp" and outer.i < clause.i and _reports(outer, cues)
    if not within_report or subject_of(verb) is not None:
        return verb
    return outer if _is_further_act(verb, outer) else verb


def _is_addressee(noun: Token, cues: Cues) -> bool:
    """Return whether a noun after its verb names the addressee: `emailed supporters saying: "..."`."""
    return noun.head.lemma_ in cues.addressing and noun.left_edge.i > noun.head.i


def _reports(verb: Token, cues: Cues) -> bool:
    return verb.lemma_ in cues.speech or verb.lemma_ in cues.negatable


def _is_further_act(verb: Token, outer: Token) -> bool:
    """Return whether a verb is a second act of a reporter: conjoined in one tense, or a final participle."""
    conjoined = verb.dep_ == "conj" and verb.tag_ == finite_tag(outer) and verb.tag_ in ("VBD", "VBZ")
    participle = verb.dep_ == "advcl" and verb.tag_ == "VBG" and follows_comma(verb)
    return conjoined or participle


def is_verb_tagged_as_noun(token: Token) -> bool:
    """Return whether a noun is really a verb: a name precedes it, and a `that` clause depends on it.

    Parsers take `predicts` after an unknown name for the head of a noun phrase, and may call a verb in the
    plural a noun although they give it a subject: `Mothers shout that ...`.
    """
    follows = token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "that"
    if not follows or not has_dep(token.rights, "ccomp", "acl"):
        return False
    if subjects_of(token):
        return token.tag_ == "NN"
    named = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.lefts)
    return named and token.tag_ in ("NNS", "VBZ")


def _is_cut_off(head: Token | None, verb: Token) -> bool:
    """Return whether a semicolon separates a verb from the subject that the parse gives it."""
    return head is not None and any(
        token.text == ";" for token in verb.doc[max(head.i, verb.i - _MAX_PHRASE) : verb.i]
    )


def _needs_subject(verb: Token) -> bool:
    return verb.tag_ in FINITE_TAGS and not is_passive(verb)


def _name_before(verb: Token) -> Token | None:
    """Return the last word of a name between commas before a verb: `an engineer, Karl Brandt, explains`."""
    before = verb.i - 2
    if before < 0 or verb.doc[verb.i - 1].text != ",":
        return None
    name = verb.doc[before]
    return name if name.pos_ == "PROPN" and name.dep_ != "pobj" else None


def _listed_name(verb: Token) -> Token | None:
    """Return the name before a verb that a parse adds to the phrase before it: `In a book on X, |Y said`."""
    name = verb.doc[max(verb.i - 1, 0)]
    is_added = name.pos_ == "PROPN" and name.dep_ in ("conj", "appos") and name.left_edge.i > 0
    return name if is_added and name.left_edge.nbor(-1).text == "," else None


def _nearer_subject(verb: Token, cues: Cues) -> Token | None:
    """Return the person of the clause before a participle: `The hall fell silent as X rose, accusing ...`."""
    clauses = [child for child in verb.head.rights if child.dep_ == "advcl" and child.i < verb.i]
    subject = subject_of(clauses[-1]) if clauses and verb.tag_ == "VBG" else None
    return subject if subject is not None and can_speak(subject, cues.descriptions) else None


def _loose_subject(verb: Token, cues: Cues) -> Token | None:
    """Return a noun that the parse only calls dependent on a verb: `The report, "No Way Home," says ...`."""
    noun = first_with_dep(verb.lefts, "dep", "npadvmod")
    speaks = noun is not None and noun.pos_ in ("NOUN", "PROPN") and can_speak(noun, cues.descriptions)
    return noun if speaks else None


def _main_subject(head: Token, descriptions: Descriptions) -> Token | None:
    """Return the sentence's subject if it can speak: `A statement came after the talks, which said ...`."""
    root = next((ancestor for ancestor in head.ancestors if ancestor.dep_ == "ROOT"), head)
    subject = subject_of(root)
    if subject is None or subject.i >= head.i or not can_speak(subject, descriptions):
        return None
    return subject


def can_speak(head: Token, descriptions: Descriptions) -> bool:
    """Return whether a noun names a person, a group or a document, or has such a name in apposition."""
    if head.pos_ != "NOUN" or head.ent_type_ != "" or descriptions.kind(head.text) != "described":
        return True
    if any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in head.rights):
        return True
    return is_listed(head.lower_, descriptions.persons, descriptions.voices)


def is_author(head: Token | None, cues: Cues) -> bool:
    """Return whether a speaker is the article's author or nobody; `one in three` is neither."""
    if head is None or head.lower_ not in cues.grammar.subjects.never_quoted:
        return False
    return not (head.lower_ == "one" and any(child.lower_ in ("in", "of") for child in head.rights))


def speaker_phrase(layout: Layout, head: Token | None, cue: Token, cues: Cues) -> TokenRange | None:
    """Return the range of the speaker's phrase, without the cue; None inside a quotation or a dateline."""
    if head is None or head.i in layout.datelines or _is_in_quotation(layout, head):
        return None
    lowest, highest = max(head.i - _MAX_PHRASE, 0), min(head.i + _MAX_PHRASE, len(layout.doc))
    if head.i < cue.i:
        highest = min(highest, cue.i)
    else:
        lowest = max(lowest, cue.i + 1)
    phrase = noun_phrase(head, lowest, highest, cues)
    if phrase is None:
        return None
    return _with_whole_name(layout, _after_caption(layout, phrase, head, cues), highest)


def _with_whole_name(layout: Layout, phrase: TokenRange, highest: int) -> TokenRange:
    """Return a phrase up to the end of the name that a parse may have cut."""
    start, end = phrase
    last = layout.offsets[end - 1] + 1
    return start, min(max(end, layout.tokens_between(0, layout.end_of_name(last))[1]), highest)


def _after_caption(layout: Layout, phrase: TokenRange, head: Token, cues: Cues) -> TokenRange:
    """Return a phrase without the words before a caption: `Image caption |President Brandt`."""
    labels = list(cues.grammar.caption.finditer(layout.text, layout.offsets[phrase[0]], head.idx))
    return (layout.tokens_between(labels[-1].end(), head.idx)[0], phrase[1]) if labels else phrase


def _is_in_quotation(layout: Layout, token: Token) -> bool:
    """Return whether a token is in a region that is too long to be a name in marks."""
    region = layout.region_of[token.i]
    return region >= 0 and layout.inner[region][1] - layout.inner[region][0] > _LONGEST_NAME
