"""The phrase that names a speaker, grown from its head word."""

from spacy.tokens import Token

_LEFT = frozenset(
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
_PLACE_OR_OWNER = frozenset({"of", "for", "from", "in", "at", "on", "with", "to", "close", "inside", "near"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BRACKETS = "([{—–"


def noun_phrase(head: Token, lowest: int, highest: int) -> tuple[int, int]:
    """Return the token range of the phrase that `head` stands in: title, name, owner, no relative clause.

    Args:
        head: The head word.
        lowest: First token that the phrase may hold.
        highest: Token after the last one that it may hold.
    """
    start = _left_border(head, lowest)
    end = _right_border(head, highest)
    return start, end


def _left_border(head: Token, lowest: int) -> int:
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ == "punct":
            if child.text in _BRACKETS or child.text == ",":
                break
            continue
        if child.dep_ not in _LEFT:
            break
        start = child.left_edge.i
    return _skip_edge(head, max(start, lowest))


def _skip_edge(head: Token, start: int) -> int:
    """Drop white space, punctuation and conjunctions that a parse put before the phrase."""
    while start < head.i and (
        head.doc[start].is_space
        or head.doc[start].pos_ in ("CCONJ", "SCONJ")
        or head.doc[start].text in ",;:-—–"
    ):
        start += 1
    return start


def _right_border(head: Token, highest: int) -> int:
    """Take in what follows the head: `of` phrases, further speakers, the name after a description."""
    end = head.i + 1
    for child in head.rights:
        if child.left_edge.i > end + 1 or child.i >= highest:
            break
        if child.dep_ in ("punct", "cc", "case"):
            continue
        if not _belongs(head, child, end):
            break
        end = min(_subtree_end(child), highest)
    return end


def _belongs(head: Token, child: Token, end: int) -> bool:
    if child.dep_ == "prep":
        return child.i == end and child.lower_ in _PLACE_OR_OWNER and not _has_clause(child)
    if child.dep_ == "conj":
        return child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM") and not _has_clause(child)
    if child.dep_ == "appos":
        return head.pos_ != "PRON" and _is_name(child) and not _is_name_phrase(head)
    return child.dep_ in ("amod", "nummod", "nmod", "poss") and child.i == end and not _has_clause(child)


def _subtree_end(child: Token) -> int:
    """Return the end of a child's phrase, cut before a relative clause or an apposition of its own."""
    end = child.right_edge.i + 1
    for inner in child.subtree:
        if inner.dep_ in ("relcl", "acl", "appos", "advcl") and inner.i > child.i:
            end = min(end, inner.left_edge.i)
    while end - 1 > child.i and (child.doc[end - 1].is_punct or child.doc[end - 1].is_space):
        end -= 1
    return max(end, child.i + 1)


def _has_clause(token: Token) -> bool:
    return any(inner.tag_ in _FINITE for inner in token.subtree)


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "")


def _is_name_phrase(head: Token) -> bool:
    """Return whether the head is itself a person's name, so that an apposition only describes it."""
    return head.ent_type_ == "PERSON"
