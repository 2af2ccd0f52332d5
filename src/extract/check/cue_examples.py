"""Checks of [examples] in models/quotes/cues.toml: the words in brackets are found as reported speech.

Sentences have to be parsed, which takes two seconds; without examples nothing is loaded.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import LexiconError, ModelError
from extract.knowledge import Finding, check_shape, line_at
from extract.quotes.cue_shapes import CueFile
from extract.quotes.cues import CUES_FILE

if TYPE_CHECKING:
    from spacy.language import Language


def check_cue_examples(models_dir: Path) -> Iterator[Finding]:
    """Yield an error for each example whose reported words are not found."""
    path = models_dir / CUES_FILE
    file, _ = check_shape(path, CueFile)  # check_cues reports its findings
    if file is None or not file.examples:
        return
    nlp = load_parser(models_dir, path)
    if isinstance(nlp, Finding):
        yield nlp
        return
    if nlp is None:
        return
    for cue, sentences in file.examples.items():
        for sentence in sentences:
            yield from _try(nlp, path, cue, sentence)


def load_parser(models_dir: Path, path: Path) -> "Language | Finding | None":
    """Return a pipeline that finds quotes.

    Args:
        models_dir: The project's models/ folder.
        path: The file with the examples, for a warning without the language model.

    Returns:
        None if another file is invalid, whose own check reports it.
    """
    import extract  # noqa: PLC0415 - it imports spaCy

    try:
        return extract.load(models_dir)
    except LexiconError:
        return None
    except ModelError as error:
        line = line_at(path, ("examples",))
        return Finding(path, line, "warning", f"Not tried: {error.message}", error.advice)


def _try(nlp: "Language", path: Path, cue: str, sentence: str) -> Iterator[Finding]:
    """Yield an error if the words in brackets are not what the cue reports."""
    before, _, rest = sentence.partition("[")
    reported, _, after = rest.partition("]")
    found = [quote.text for quote in nlp(f"{before}{reported}{after}")._.quotes]
    if not reported or reported not in found:
        message = f"{cue!r}: {sentence!r} gives {found or 'nothing'}."
        advice = "Put the reported words in [brackets], or mend the cue and its frames."
        yield Finding(path, line_at(path, ("examples", cue), sentence), "error", message, advice)
