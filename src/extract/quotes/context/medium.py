"""How words were made public: what the sentence of the cue tells beside the quote."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from extract.model import Medium
from extract.quotes.context.beside import Beside
from extract.quotes.context.words import MediaWords

_LONGEST_NOUN = 2  # words


def medium_of(beside: Beside, words: MediaWords) -> Medium | None:
    """Return the most specific medium that is told with an utterance; None if none is.

    Args:
        beside: The words of the sentences around the quote that are no quote.
        words: Words that name a medium.
    """
    told = {medium for token in beside.tokens for medium in _named_by(token, beside, words)}
    if beside.cue is not None and beside.cue.name in words.cues:
        told.add(words.cues[beside.cue.name])
    return next((medium for medium in words.ranked if medium in told), None)


def issued(sentence: Span, words: MediaWords) -> Token | None:
    """Return the document that a sentence says was put out: `issued a |statement on Monday`."""
    return next(
        (
            token
            for token in sentence
            if token.dep_ == "dobj" and token.head.lemma_ in words.issuing and medium_at(token, words)
        ),
        None,
    )


def _named_by(token: Token, beside: Beside, words: MediaWords) -> Iterator[Medium]:
    """Yield the medium that a noun names, if it stands in the frame of one."""
    named = medium_at(token, words)
    if named is not None and (token.i in beside.speaker or _is_beside_cue(token, words)):
        yield named


def medium_at(token: Token, words: MediaWords) -> Medium | None:
    """Return the medium that ends at a word: `press |conference`, `statement`, `Facebook`."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for length in range(_LONGEST_NOUN, 0, -1):
        run = token.doc[max(token.i - length + 1, 0) : token.i + 1]
        name = words.names.get(run.text)
        noun = words.nouns.get(" ".join([*(one.lower_ for one in run[:-1]), token.lemma_.lower()]))
        if name or noun:
            return name or noun
    return None


def _is_beside_cue(token: Token, words: MediaWords) -> bool:
    """Return whether a noun says where or in what something is said."""
    head = token.head
    if token.lemma_.lower() in words.heard and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return False
    if token.dep_ in ("dobj", "dative", "nsubjpass"):
        return head.lemma_ in words.verbs
    is_hearer = head.i > 0 and head.nbor(-1).pos_ == "NOUN" and head.lower_ == "to"  # `a letter to the court`
    return token.dep_ == "pobj" and head.lower_ in words.prepositions and not is_hearer
