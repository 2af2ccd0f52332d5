"""The type of a marked region: direct, mixed, scare, tweet or pull."""

import re

from spacy.tokens import Token

from extract.model import QuoteType
from extract.quotes.direct.placed_cues import Attribution
from extract.quotes.layout import BLANKS, Layout, Tokens

_SO_CALLED = frozenset(
    {
        "called",
        "dubbed",
        "named",
        "titled",
        "entitled",
        "headlined",
        "termed",
        "nicknamed",
        "hashtag",
        "word",
        "words",
        "phrase",
        "term",
        "nickname",
        "slogan",
    }
)
_SMALL_WORDS = frozenset(
    {
        "of",
        "the",
        "al",
        "el",
        "for",
        "and",
        "in",
        "on",
        "at",
        "to",
        "with",
        "a",
        "an",
        "de",
        "la",
        "ibn",
        "bin",
    }
    | {"wa", "fi", "'s", "’s", "'", "’", "-", "–", "&", "."}
)
_TERM = 3  # so few words without a verb, deep in a clause, are a term
_NEAR = 4  # tokens between a cue and the fragment that it quotes
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SHORTEST_SENTENCE = 5
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_PARTS = _SUBJECTS | {"compound", "amod", "nmod", "poss"}  # a term's place in the journalist's own sentence
_EMBEDDED = frozenset({"relcl", "acl", "pcomp", "csubj"})  # clauses that stand for a part of another
_PREDICATES = frozenset({"attr", "acomp", "oprd"})
_AFTER = frozenset({"trailing", "trailing_unlisted", "signature", "transcript"})
_NAMING = frozenset({"call", "dub", "label", "term", "brand", "name"})
_LETTERS = re.compile(r"\w")


def classify(
    layout: Layout, number: int, attribution: Attribution | None, *, listed: bool = False
) -> QuoteType:
    """Return the type of a marked region.

    Args:
        layout: The Doc with its regions.
        number: Index of the region.
        attribution: Its source, None if none was found.
        listed: Whether it goes on a list of fragments of the same source: `called it "..." and "..."`.
    """
    start, end = layout.inner[number]
    tokens = [token for token in layout.doc[start:end] if _LETTERS.search(token.text)]
    if not tokens or _is_called(layout, number):
        return "scare"
    whole = _is_sentence(layout, number, tokens)
    if attribution is None:
        return "direct" if whole and len(tokens) >= _SHORTEST_SENTENCE else "scare"
    if _stands_alone(layout, number) and (
        attribution.rule in _AFTER or _goes_on(layout, number, attribution)
    ):
        return "direct"
    if (_is_name(tokens) or _is_mention(layout, number)) and not _is_spoken(layout, number, attribution):
        return "scare"
    if whole or _is_clause(layout, (start, end)):
        return "direct"
    return "scare" if not listed and _is_term(layout, number, tokens, attribution) else "mixed"


def _goes_on(layout: Layout, number: int, attribution: Attribution) -> bool:
    """Return whether the region is a sentence, however short: after a colon or others by the same speaker."""
    region = layout.regions[number]
    return attribution.rule in ("same_paragraph", "turn", "colon") and layout.text[region.end - 1] in ".!?"


def _is_called(layout: Layout, number: int) -> bool:
    """Return whether the words before the region present a name: `so-called "..."`, `titled "..."`."""
    before = layout.outer[number][0] - 1
    return before >= 0 and layout.doc[before].lower_ in _SO_CALLED and layout.doc[before].tag_ != "VBD"


def _is_sentence(layout: Layout, number: int, tokens: list[Token]) -> bool:
    """Return whether the region is a sentence of its own: capital, verb, and a border before it."""
    return (
        tokens[0].text[0].isupper()
        and any(token.tag_ in _FINITE or token.tag_ == "VB" for token in tokens)
        and _stands_alone(layout, number)
    )


def _stands_alone(layout: Layout, number: int) -> bool:
    region = layout.regions[number]
    before = layout.text[max(region.outer_start - 3, 0) : region.outer_start].rstrip(BLANKS)[-1:]
    return before in ("", "\n", ".", "?", "!", ":", ",", "”", '"', "—", "–", "’", "…")


def _is_clause(layout: Layout, tokens: Tokens) -> bool:
    """Return whether a finite verb and its subject stand in the region, the subject at its start."""
    start, end = tokens
    for token in layout.doc[start:end]:
        if token.tag_ not in _FINITE or _is_embedded(token, tokens):
            continue
        verb = token if token.dep_ not in ("aux", "auxpass") else token.head
        return any(
            child.dep_ in ("nsubj", "nsubjpass", "expl") and start <= child.left_edge.i and child.i < token.i
            for child in verb.lefts
        )
    return False


def _is_embedded(verb: Token, tokens: Tokens) -> bool:
    """Return whether the verb's clause only describes a noun of the region: `nothing that needs a stamp`."""
    while _inside(verb.head, tokens) and verb.head.i != verb.i:
        if verb.dep_ in _EMBEDDED:
            return True
        verb = verb.head
    return False


def _is_name(tokens: list[Token]) -> bool:
    """Return whether every word has a capital, small connecting words apart."""
    words = [token for token in tokens if token.lower_ not in _SMALL_WORDS]
    return (
        bool(words)
        and all(token.text[0].isupper() or token.text[0].isdigit() for token in words)
        and not any(token.pos_ in ("VERB", "AUX", "PRON", "INTJ") for token in words)
    )


def _is_mention(layout: Layout, number: int) -> bool:
    """Return whether the region is a name that the entity rooms know."""
    region = layout.regions[number]
    return layout.is_name(region.start, region.end)


def _is_spoken(layout: Layout, number: int, attribution: Attribution) -> bool:
    """Return whether capitalised words are speech all the same: after a colon or comma, or as a judgement."""
    use = attribution.use
    if (
        use is not None
        and use.lemma not in _NAMING
        and _is_judgement(layout.inner[number], layout, use.token)
    ):
        return True
    before = layout.outer[number][0] - 1
    return (
        attribution.rule in ("leading", "colon", "turn")
        and before >= 0
        and layout.doc[before].text in (":", ",")
    )


def _is_term(layout: Layout, number: int, tokens: list[Token], attribution: Attribution) -> bool:
    """Return whether the region is a short term used within what a cue reports, not itself quoted."""
    if len(tokens) > _TERM or any(token.tag_ in _FINITE for token in tokens):
        return False
    if attribution.use is None or attribution.rule not in ("leading", "enclosing"):
        return False
    if _is_judgement(layout.inner[number], layout, attribution.use.token):
        return False
    if any(token.dep_ in _PARTS and not _inside(token.head, layout.inner[number]) for token in tokens):
        return True
    return attribution.rule == "enclosing" or layout.outer[number][0] - attribution.use.tokens[1] > _NEAR


def _inside(token: Token, tokens: Tokens) -> bool:
    return tokens[0] <= token.i < tokens[1]


def _is_judgement(inner: Tokens, layout: Layout, cue: Token) -> bool:
    """Return whether the region says what something is called or said to be: `was "..."`, `as a "..."`."""
    for token in layout.doc[inner[0] : inner[1]]:
        if _inside(token.head, inner) and token.dep_ != "ROOT":
            continue
        after_as = token.dep_ == "pobj" and token.head.lower_ == "as"
        if token.dep_ in _PREDICATES or after_as or (token.head.i == cue.i and token.dep_ not in _SUBJECTS):
            return True
    return False
