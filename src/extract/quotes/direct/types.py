"""The type of a quoted region: direct, mixed or scare."""

from spacy.tokens import Token

from extract.model import QuoteType
from extract.quotes.cues import Cues
from extract.quotes.direct.names import is_capitalised, is_introduced_as_name, words_of
from extract.quotes.direct.placed_cues import Attribution
from extract.quotes.layout import BLANKS, Layout, TokenRange, is_within
from extract.quotes.syntax import FINITE_TAGS

_NEAR = 4  # tokens between a cue and the fragment that it quotes
_SHORTEST_SENTENCE = 5  # words
_LONGER_THAN_TERMS = 10  # words of a clause that is no term, although nobody is known to say it
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_PARTS = _SUBJECTS | {"compound", "amod", "nmod", "poss"}  # roles of a term in the journalist's own sentence
_EMBEDDED = frozenset({"relcl", "acl", "pcomp", "csubj"})  # clauses within another clause
_PREDICATES = frozenset({"attr", "acomp", "oprd"})
_TRAILING_RULES = frozenset({"trailing", "trailing_unlisted", "signature", "transcript"})


def classify(
    layout: Layout, number: int, attribution: Attribution | None, cues: Cues, *, listed: bool = False
) -> QuoteType:
    """Return the type of a quoted region.

    Args:
        layout: The Doc with its regions.
        number: Index of the region.
        attribution: Its source, None if none was found.
        cues: For the words that give or present names.
        listed: Whether it continues a list of fragments of the same source: `called it "..." and "..."`.
    """
    words = words_of(layout, number)
    if not words or is_introduced_as_name(layout, number, words, cues):
        return "scare"
    if attribution is None:
        is_sentence = len(words) >= _SHORTEST_SENTENCE and _is_sentence(layout, number, words)
        is_clause = len(words) >= _LONGER_THAN_TERMS and _is_clause(layout, layout.inner[number])
        return "direct" if is_sentence or is_clause else "scare"
    return _attributed_type(layout, number, words, attribution, cues, listed=listed)


def _attributed_type(
    layout: Layout, number: int, words: list[Token], attribution: Attribution, cues: Cues, *, listed: bool
) -> QuoteType:
    if _is_direct_by_position(layout, number, attribution):
        return "direct"
    is_name = is_capitalised(words, cues) or _is_mention(layout, number)
    if is_name and not _is_spoken(layout, number, attribution, cues):
        return "scare"
    if _is_sentence(layout, number, words) or _is_clause(layout, layout.inner[number]):
        return "direct"
    return "scare" if not listed and _is_term(layout, number, words, attribution) else "mixed"


def _is_direct_by_position(layout: Layout, number: int, attribution: Attribution) -> bool:
    """Return whether a separate region is direct speech by its position, however short."""
    return _is_separate(layout, number) and (
        attribution.rule in _TRAILING_RULES or _is_short_sentence(layout, number, attribution)
    )


def _is_short_sentence(layout: Layout, number: int, attribution: Attribution) -> bool:
    """Return whether a region after a colon, or after others by the same speaker, ends as a sentence."""
    region = layout.regions[number]
    return attribution.rule in ("same_paragraph", "turn", "colon") and layout.text[region.end - 1] in ".!?"


def _is_sentence(layout: Layout, number: int, words: list[Token]) -> bool:
    """Return whether the region is a separate sentence with a capital and a verb."""
    return (
        words[0].text[0].isupper()
        and any(token.tag_ in FINITE_TAGS or token.tag_ == "VB" for token in words)
        and _is_separate(layout, number)
    )


def _is_separate(layout: Layout, number: int) -> bool:
    """Return whether a mark or a line break separates the region from what precedes it."""
    region = layout.regions[number]
    before = layout.text[max(region.outer_start - 3, 0) : region.outer_start].rstrip(BLANKS)[-1:]
    return before in ("", "\n", ".", "?", "!", ":", ",", "”", '"', "—", "–", "’", "…")


def _is_clause(layout: Layout, tokens: TokenRange) -> bool:
    """Return whether the region holds a finite verb with its subject before it."""
    start, end = tokens
    for token in layout.doc[start:end]:
        if token.tag_ not in FINITE_TAGS or _is_embedded(token, tokens):
            continue
        verb = token if token.dep_ not in ("aux", "auxpass") else token.head
        return any(
            child.dep_ in ("nsubj", "nsubjpass", "expl") and start <= child.left_edge.i and child.i < token.i
            for child in verb.lefts
        )
    return False


def _is_embedded(verb: Token, tokens: TokenRange) -> bool:
    """Return whether the verb's clause only describes a noun of the region: `nothing that needs a stamp`."""
    while is_within(verb.head, tokens) and verb.head.i != verb.i:
        if verb.dep_ in _EMBEDDED:
            return True
        verb = verb.head
    return False


def _is_mention(layout: Layout, number: int) -> bool:
    """Return whether the region is an entity mention."""
    region = layout.regions[number]
    return layout.is_name(region.start, region.end)


def _is_spoken(layout: Layout, number: int, attribution: Attribution, cues: Cues) -> bool:
    """Return whether a name is speech nevertheless: after a colon or comma, or as a judgement."""
    use = attribution.use
    if use is not None and use.lemma not in cues.naming and _is_judgement(layout, number, use.token):
        return True
    before = layout.outer[number][0] - 1
    introduced = before >= 0 and layout.doc[before].text in (":", ",")
    return introduced and attribution.rule in ("leading", "colon", "turn")


def _is_term(layout: Layout, number: int, words: list[Token], attribution: Attribution) -> bool:
    """Return whether the region is a word that is merely used in a report, not quoted for its own sake."""
    if len(words) > 1 or words[0].pos_ == "VERB":
        return False
    use = attribution.use
    if use is None or attribution.rule not in ("leading", "enclosing"):
        return False
    if _is_judgement(layout, number, use.token):
        return False
    far = layout.outer[number][0] - use.tokens[1] > _NEAR
    return far or attribution.rule == "enclosing" or _is_part_of_phrase(layout, number, words)


def _is_part_of_phrase(layout: Layout, number: int, words: list[Token]) -> bool:
    """Return whether a word of the region is a subject or modifier of a word outside it."""
    return any(token.dep_ in _PARTS and not is_within(token.head, layout.inner[number]) for token in words)


def _is_judgement(layout: Layout, number: int, cue: Token) -> bool:
    """Return whether the region says what something is or is called: `was "..."`, `as a "..."`."""
    inner = layout.inner[number]
    for token in layout.doc[inner[0] : inner[1]]:
        if is_within(token.head, inner) and token.dep_ != "ROOT":
            continue
        after_as = token.dep_ == "pobj" and token.head.lower_ == "as"
        if token.dep_ in _PREDICATES or after_as or (token.head.i == cue.i and token.dep_ not in _SUBJECTS):
            return True
    return False
