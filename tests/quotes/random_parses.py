"""Docs whose words stand as in news, but whose parse, tags and names are random: no rule may trust them."""

from random import Random

import spacy
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.model import Article, Mention, Section

VOCAB = spacy.blank("en").vocab

# Word -> its tag; the coarse part of speech follows from it.
WORDS = {
    **dict.fromkeys(("said", "told", "asked", "wrote", "put", "citing", "predicts", "called"), "VBD"),
    **dict.fromkeys(("he", "she", "it", "they", "I", "you"), "PRP"),
    **dict.fromkeys(("Which", "which", "that"), "WDT"),
    **dict.fromkeys(("minister", "officials", "statement", "view", "rules", "one"), "NN"),
    **dict.fromkeys(("Brandt", "Karl", "Monday", "BRANDT:", "Q:", "D:", "@brandt"), "NNP"),
    **dict.fromkeys(("of", "to", "by", "in", "as", "according"), "IN"),
    **dict.fromkeys(("“", "”", '"', "‘", "’"), "``"),
    **dict.fromkeys((":", ",", ".", "?", "—", "(", ")"), "."),
    **dict.fromkeys((" ", "\n", "\n\n", "\u3000", "\x1f"), "_SP"),
    **dict.fromkeys(("is", "was"), "VBZ"),
    **dict.fromkeys(("the", "a"), "DT"),
    **dict.fromkeys(("back", "not"), "RB"),
    **dict.fromkeys(("and", "but"), "CC"),
    "who": "WP",
}
# Patterns that the rules look for; X stands for any words, S for any speaker.
PATTERNS = (
    *("“ X , ” S said .", "S said : “ X . ”", "S said that X .", "S : “ X ”", "X : \n\n “ X . ”"),
    *("S said . \n\n Which X back to one of X : “ X . ”", "X . \n\n Which X : “ X . ”", "“ X , ” jokes S ."),
    *(
        "according to S , X .",
        "“ X . ” \n\n — S \n\n",
        "X — S (@brandt) July 29, 2021",
        "as S put it , “ X ”",
    ),
    *("S , who X , said X .", "“ X , ” said S , citing X .", "in S 's view , X .", "X , S predicts that X ."),
    "BRANDT: you X ? \n\n Q: I X ? \n\n BRANDT: I X . \n\n Q: you X ?",
    "X",
)
SPEAKERS = ("Brandt", "Karl", "he", "the", "minister", "officials", "one", "of", "who", "it", " ")
TAGS = (
    "VBD",
    "VBZ",
    "VBG",
    "VBN",
    "VB",
    "MD",
    "NN",
    "NNS",
    "NNP",
    "PRP",
    "WDT",
    "WP",
    "IN",
    "DT",
    "RB",
    "_SP",
)
PARTS = {"VB": "VERB", "NN": "NOUN", "NNP": "PROPN", "PR": "PRON", "W": "PRON", "IN": "ADP", "DT": "DET"}
DEPENDENCIES = (
    *("nsubj", "nsubjpass", "agent", "pobj", "dobj", "prep", "ccomp", "xcomp", "advcl", "acl", "relcl"),
    *("conj", "cc", "appos", "compound", "poss", "det", "amod", "aux", "auxpass", "mark", "punct", "attr"),
    *("acomp", "pcomp", "parataxis", "advmod", "nmod", "oprd", "expl", "neg", "case", "dep"),
)
LEMMAS = {"said": "say", "told": "tell", "asked": "ask", "wrote": "write", "citing": "cite", "called": "call"}
LONGEST_SENTENCE = 20


def parsed(patterns: list[str], seed: int) -> Doc:
    """Fill the patterns with random words and join them in a random parse."""
    source = Random(seed)  # noqa: S311 - not a secret
    words = [word for pattern in patterns for word in _filled(pattern, source)] or ["a"]
    tags = [source.choice(TAGS) if source.random() < 0.15 else WORDS.get(word, "NN") for word in words]
    heads, dependencies = _tree(len(words), source)
    doc = Doc(
        VOCAB,
        words=words,
        spaces=[source.random() < 0.8 for _ in words],
        tags=tags,
        pos=[_part_of_speech(tag) for tag in tags],
        lemmas=[LEMMAS.get(word, word.lower()) for word in words],
        heads=heads,
        deps=dependencies,
    )
    doc._.article = _article(doc.text, source)
    doc._.mentions = tuple(_names(doc, source))
    return doc


def _filled(pattern: str, source: Random) -> list[str]:
    filled: list[str] = []
    for word in pattern.replace("\n\n", "¶").split(" "):
        if word in ("X", "S"):
            filled += source.choices(SPEAKERS if word == "S" else list(WORDS), k=source.randint(0, 4))
        else:
            filled.append(word.replace("¶", "\n\n"))
    return filled


def _tree(length: int, source: Random) -> tuple[list[int], list[str]]:
    """Return the head and the dependency of each word; each sentence is a tree."""
    heads, dependencies = [0] * length, ["ROOT"] * length
    start = 0
    while start < length:
        end = min(length, start + source.randint(1, LONGEST_SENTENCE))
        order = list(range(start, end))
        source.shuffle(order)
        heads[order[0]] = order[0]
        for number, word in enumerate(order[1:], start=1):
            heads[word], dependencies[word] = source.choice(order[:number]), source.choice(DEPENDENCIES)
        start = end
    return heads, dependencies


def _part_of_speech(tag: str) -> str:
    fitting = (part for start, part in sorted(PARTS.items(), reverse=True) if tag.startswith(start))
    return next(fitting, "SPACE" if tag == "_SP" else "PUNCT" if tag in ("``", ".") else "X")


def _article(text: str, source: Random) -> Article:
    end = text.find("\n")
    is_titled = end > 0 and source.random() < 0.5
    sections = (Section("title", 0, end), Section("body", end, len(text))) if is_titled else ()
    return Article("a", "a.txt", "txt", text, "", sections=sections)


def _names(doc: Doc, source: Random) -> list[Mention]:
    named = [token for token in doc if token.tag_ == "NNP" and token.text.strip() and source.random() < 0.7]
    return [
        Mention(token.idx, token.idx + len(token), token.text, "PERSON", "ner", "ner", "none", 0.5)
        for token in named
    ]


patterns = st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=6)
seeds = st.integers(0, 2**32)
