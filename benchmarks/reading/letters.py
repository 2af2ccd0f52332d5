"""Break the letters of all factions' names in every way that analysts meet; count the wrong links.

    python benchmarks/reading/letters.py [--every 1]

Each spelling of a name with letters beyond ASCII stands in a sentence, which is broken: UTF-8 read as
windows-1252, latin-1, mac-roman or windows-1256, once or twice; HTML entities by name, decimal, hexadecimal
or escaped again; letters lost. A link is wrong if the unbroken sentence does not have it.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html.entities import codepoint2name

import spacy
from spacy.language import Language

from extract.components import EntityComponent
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Article
from extract.reading.build import Draft, make_article
from extract.reading.page.forms import load_forms
from extract.reading.records.metadata import Metadata
from extract.settings import default_models_dir

SENTENCE = "Fighters of {} ({}) handed two checkpoints in Iraq to the police. Then {} left, an officer said."
SIGNS = "’‘ʿʾʼʻ´`"
ENCODINGS = ("cp1252", "latin-1", "mac_roman", "cp1256")


def misread(text: str, encoding: str) -> str:
    """Return the text as UTF-8 that is read in another encoding; unused bytes become controls."""
    return "".join(bytes([code]).decode(encoding, "ignore") or chr(code) for code in text.encode())


def escaped(text: str, write: Callable[[str], str]) -> str:
    """Write the letters beyond ASCII, `&` and `'` as HTML entities."""
    return "".join(write(char) if char > "\x7f" or char in "&'" else char for char in text)


def _by_name(char: str) -> str:
    name = codepoint2name.get(ord(char))
    return f"&{name};" if name else f"&#{ord(char)};"


def _twice(char: str) -> str:
    return _by_name(char).replace("&", "&amp;")


BREAKAGES: Mapping[str, Callable[[str], str]] = {
    **{f"utf-8 as {one}": lambda text, one=one: misread(text, one) for one in ENCODINGS},
    **{f"utf-8 as {one}, twice": lambda text, one=one: misread(misread(text, one), one) for one in ENCODINGS},
    "entities by name": lambda text: escaped(text, _by_name),
    "entities, decimal": lambda text: escaped(text, lambda char: f"&#{ord(char)};"),
    "entities, hexadecimal": lambda text: escaped(text, lambda char: f"&#x{ord(char):X};"),
    "entities, escaped again": lambda text: escaped(text, _twice),
    "entities without semicolon": lambda text: escaped(text, lambda char: f"&#{ord(char)}"),
    "lost: U+FFFD": lambda text: escaped(text, lambda _: "\ufffd"),
    "lost: ?": lambda text: escaped(text, lambda _: "?"),
}


def spellings(lexicon: Lexicon) -> Iterator[str]:
    """Yield the spellings of the factions' names that have letters beyond ASCII or apostrophes."""
    found = dict.fromkeys(
        name.surface for names in lexicon.names.values() for name in names if name.label == "FACTION"
    )
    for name in found:
        if not name.isascii():
            yield name
        for sign in SIGNS if "'" in name or "’" in name else ():
            yield name.replace("'", sign).replace("’", sign)


def load_pipeline(lexicon: Lexicon) -> Callable[[str], frozenset[str]]:
    """Return a function from a text to the ids of the entities that it links, without a language model."""
    nlp: Language = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    find, forms = EntityComponent(lexicon), load_forms()

    def linked(text: str) -> frozenset[str]:
        article = make_article(
            Draft("a", "a.txt", "txt", text, Metadata(title="A title")), max_chars=10_000, forms=forms
        )
        if not isinstance(article, Article):
            return frozenset()
        doc = nlp(article.text)
        doc._.article = article
        return frozenset(one.entity_id for one in find(doc)._.mentions if one.entity_id)

    return linked


def main() -> None:
    """Print, by kind of breakage, how many names are linked rightly, not at all, and wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every nth spelling")
    every = parser.parse_args().every
    lexicon = load_lexicon(default_models_dir())
    linked = load_pipeline(lexicon)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in BREAKAGES}
    for spelling in list(spellings(lexicon))[::every]:
        text = SENTENCE.format(spelling, "XYZ", spelling)
        right = linked(text)
        for kind, break_letters in BREAKAGES.items():
            found = linked(break_letters(text))
            counts[kind]["wrong" if found - right else "right" if found == right else "null"] += 1
            if found - right:
                print("WRONG", kind, repr(break_letters(spelling)), sorted(found - right))
    for kind, count in counts.items():
        print(f"{kind:28} right {count['right']:5} null {count['null']:5} wrong {count['wrong']:5}")


if __name__ == "__main__":
    main()
