"""The phrase that names a speaker, grown from its head word."""

from spacy.tokens import Token

from extract.quotes.cues import Cues
from extract.quotes.layout import TokenRange
from extract.quotes.syntax import has_finite_verb

_LEFT_DEPS = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nmod",
        "poss",
        "nummod",
        "quantmod",
        "predet",
        "advmod",
        "neg",
        "cc",
        "preconj",
    }
)
_RIGHT_DEPS = frozenset({"amod", "nummod", "nmod", "poss"})
_CONJOINED_POS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_BRACKETS = "([{—–"


def noun_phrase(head: Token, lowest: int, highest: int, cues: Cues) -> TokenRange | None:
    """Return the token range of a phrase: head, title, name and owner, but no relative clause.

    None if the head lies outside the range: a parse may give a verb the subject of another sentence.

    Args:
        head: The head word.
        lowest: First token that the phrase may hold.
        highest: Token after the last one that it may hold.
        cues: For the prepositions that continue a phrase.
    """
    if not lowest <= head.i < highest:
        return None
    return _left_border(head, lowest), _right_border(head, highest, cues)


def _left_border(head: Token, lowest: int) -> int:
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ == "punct":
            if child.text in _BRACKETS or child.text == ",":
                break
            continue
        if child.dep_ not in _LEFT_DEPS:
            break
        start = child.left_edge.i
    return _skip_edge(head, max(start, lowest))


def _skip_edge(head: Token, start: int) -> int:
    """Skip white space, punctuation and conjunctions at the start of the phrase."""
    while start < head.i and (
        head.doc[start].is_space
        or head.doc[start].pos_ in ("CCONJ", "SCONJ")
        or head.doc[start].text in ",;:-—–"
    ):
        start += 1
    return start


def _right_border(head: Token, highest: int, cues: Cues) -> int:
    """Include what follows the head: `of` phrases, authors, more speakers, the name after a description."""
    end = head.i + 1
    for child in head.rights:
        if child.left_edge.i > end + 1 or child.i >= highest:
            break
        if child.dep_ in ("punct", "cc", "case"):
            continue
        if not _extends_phrase(head, child, end, cues):
            break
        end = min(_subtree_end(child), highest)
    return end


def _extends_phrase(head: Token, child: Token, end: int, cues: Cues) -> bool:
    """Return whether a child of the head belongs to a phrase that reaches to `end` so far.

    A name right after a noun does (`the group |Valley Watch`), after a comma only a person's.
    """
    if child.dep_ == "appos":
        is_beside = child.left_edge.i == end and head.pos_ == "NOUN" and child.pos_ == "PROPN"
        return is_beside or (head.pos_ != "PRON" and _is_name(child) and not _is_person(head))
    if has_finite_verb(child.subtree):
        return False
    if child.dep_ == "conj":
        return child.pos_ in _CONJOINED_POS
    if child.dep_ in ("prep", "agent"):
        phrases = cues.grammar.phrases
        continues = child.lower_ in phrases.prepositions or (
            child.lower_ in phrases.sources and head.lower_ in cues.descriptions.documents
        )
        return child.i == end and continues
    return child.i == end and child.dep_ in _RIGHT_DEPS


def _subtree_end(child: Token) -> int:
    """Return the end of a child's phrase, without a relative clause or an apposition in it."""
    end = child.right_edge.i + 1
    for inner in child.subtree:
        if inner.dep_ in ("relcl", "acl", "appos", "advcl") and inner.i > child.i:
            end = min(end, inner.left_edge.i)
    while end - 1 > child.i and (child.doc[end - 1].is_punct or child.doc[end - 1].is_space):
        end -= 1
    return max(end, child.i + 1)


def _is_name(token: Token) -> bool:
    """Return whether a token may be a person's name; unknown names are often tagged as common nouns."""
    capital = token.pos_ == "NOUN" and token.text[0].isupper()
    return (token.pos_ == "PROPN" or capital) and token.ent_type_ in ("PERSON", "")


def _is_person(head: Token) -> bool:
    """Return whether the head is itself a person's name, which an apposition only describes."""
    return head.ent_type_ == "PERSON"
