"""Checks of [examples] about the context of quotes: the words in brackets are a quote with that value.

An example belongs to a value of the column that its file is about: `demand = ["Brandt urged [them to go]."]`.
Several ids stand with commas between them; `none` is an empty value.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from extract.check.cue_examples import load_parser
from extract.knowledge import Finding, KnowledgeFile, check_shape, line_at
from extract.model import Quote, TextSpan
from extract.quotes.context.loading import (
    ABOUT_FILE,
    ACTS_FILE,
    ADDRESSEES_FILE,
    AFFILIATIONS_FILE,
    ANONYMITY_FILE,
    DAYS_FILE,
    MEDIA_FILE,
    POLARITY_FILE,
)
from extract.quotes.context.shapes import (
    AboutFile,
    ActFile,
    AddresseeFile,
    AffiliationFile,
    AnonymityFile,
    DayFile,
    MediumFile,
    PolarityFile,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# File -> its shape, and the attribute of a quote's context that its examples are about.
_FILES: Mapping[Path, tuple[type[KnowledgeFile], str]] = {
    ACTS_FILE: (ActFile, "act"),
    POLARITY_FILE: (PolarityFile, "polarity"),
    MEDIA_FILE: (MediumFile, "medium"),
    ADDRESSEES_FILE: (AddresseeFile, "addressee"),
    ANONYMITY_FILE: (AnonymityFile, "anonymous"),
    AFFILIATIONS_FILE: (AffiliationFile, "affiliation"),
    ABOUT_FILE: (AboutFile, "about"),
    DAYS_FILE: (DayFile, "said_on"),
}


def check_context(models_dir: Path) -> Iterator[Finding]:
    """Yield what is wrong in the shape of the files about context."""
    for name, (shape, _) in _FILES.items():
        yield from check_shape(models_dir / name, shape)[1]


def check_context_examples(models_dir: Path) -> Iterator[Finding]:
    """Yield an error for each example whose words are no quote, or one with another value."""
    nlp = load_parser(models_dir, models_dir / ACTS_FILE)
    if isinstance(nlp, Finding):
        yield nlp
    if nlp is None or isinstance(nlp, Finding):
        return
    for name, (shape, attribute) in _FILES.items():
        path = models_dir / name
        file, _ = check_shape(path, shape)  # check_context reports its findings
        examples = getattr(file, "examples", {})
        for value, sentences in examples.items():
            for sentence in sentences:
                found = _value(nlp, sentence, attribute)
                if found != value:
                    line = line_at(path, ("examples", value), sentence)
                    yield _finding(path, line, f"{sentence!r} gives {found or 'no quote'}.", attribute)


def _value(nlp: "Language", sentence: str, attribute: str) -> str | None:
    """Return the value of the quote in brackets as text; None if the words are none."""
    before, _, rest = sentence.partition("[")
    words, _, after = rest.partition("]")
    doc = nlp(f"{before}{words}{after}")
    quotes: tuple[Quote, ...] = doc._.quotes
    found = next((quote for quote in quotes if quote.text == words), None)
    return None if found is None else _as_text(getattr(found.context, attribute), attribute, doc)


def _as_text(value: object, attribute: str, doc: "Doc") -> str:
    """Return a value as the examples have it: words, ids with commas, the words of a date, or `none`."""
    if value is None or value == ():
        return "none"
    if isinstance(value, TextSpan):
        return value.text
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(doc._.timexes[value].text if attribute == "said_on" else value)


def _finding(path: Path, line: int, message: str, attribute: str) -> Finding:
    advice = f"Put the words of the quote in [brackets] below their `{attribute}`, or mend the words above."
    return Finding(path, line, "error", message, advice)
