"""Measure the names of persons, bodies and places on Universal NER (English EWT, CC BY-SA 4.0).

    python -m benchmarks.entities.uner FILE.bio [--engine spacy|stanza|consensus] [--errors]

FILE.bio holds a word and its tag (`B-PER`, `I-ORG`, `O`), separated by a tab, on each line, and an empty line
between sentences: dev.bio for development, test.bio for measuring only. Its sentences come from forums,
mails, reviews and blogs, not from the news, and are written here with a space between all words.

A name is right if its borders and its label are. Ours are mapped to the labels of the corpus: factions are
bodies; cities, countries and facilities are places; peoples are not annotated there and count nowhere.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from extract.model import Article, Mention
from extract.pipeline.annotator import Annotator
from extract.settings import Settings

LABELS: Mapping[str, str] = {
    "PERSON": "PER",
    "ORG": "ORG",
    "FACTION": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
}
_SENTENCES = 25  # in an article, as the corpus does not tell where its texts end
_ARTICLES = 25  # in a batch

Name = tuple[str, int, int, str]  # article, start, end, label of the corpus
Sentence = Sequence[tuple[str, str]]  # words with their tags


def main() -> None:
    """Annotate the sentences and print precision, recall and F1."""
    options = parse_options()
    gold: set[Name] = set()
    articles: list[Article] = []
    sentences = list(read_sentences(options.file))
    for first in range(0, len(sentences), _SENTENCES):
        article, names = as_article(f"uner-{first:05}", sentences[first : first + _SENTENCES])
        articles.append(article)
        gold |= names
    annotator = Annotator(Settings(engine=options.engine))
    found = {
        name
        for first in range(0, len(articles), _ARTICLES)
        for annotation in annotator.annotate(articles[first : first + _ARTICLES])
        for name in names_of(annotation.article.article_id, annotation.mentions)
    }
    print(f"{options.file.name}, engine {options.engine}: {len(gold)} names")
    for label in ("PER", "ORG", "LOC"):
        print(f"{label}  {scores(of_label(gold, label), of_label(found, label))}")
    print(f"all  {scores(gold, found)}")
    if options.errors:
        print_errors(gold, found, {article.article_id: article.text for article in articles})


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE.bio")
    parser.add_argument("--engine", default="spacy", choices=("spacy", "stanza", "consensus"))
    parser.add_argument("--errors", action="store_true", help="print the names missed and those too many")
    return parser.parse_args()


def read_sentences(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file."""
    lines = file.read_text("utf-8").splitlines()
    for is_blank, group in groupby(lines, key=lambda line: not line.strip()):
        if not is_blank:
            pairs = (line.split("\t") for line in group)
            yield [(word, tag) for word, tag in pairs]


def as_article(article_id: str, sentences: Sequence[Sentence]) -> tuple[Article, set[Name]]:
    """Return sentences as paragraphs of an article, with their names."""
    names: set[Name] = set()
    paragraphs: list[str] = []
    start = 0
    for sentence in sentences:
        paragraphs.append(" ".join(word for word, _ in sentence))
        names.update((article_id, first, last, label) for first, last, label in spans(sentence, start))
        start += len(paragraphs[-1]) + 2
    text = "\n\n".join(paragraphs)
    return Article(article_id, f"{article_id}.txt", "txt", text, content_hash=""), names


def spans(sentence: Sentence, start: int) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of the names in a sentence that begins at an offset.

    >>> list(spans([("In", "O"), ("Valley", "B-LOC"), ("Town", "I-LOC")], 0))
    [(3, 14, 'LOC')]
    """
    opened: tuple[int, int, str] | None = None
    for word, tag in sentence:
        kind, _, label = tag.partition("-")
        if opened and kind != "I":
            yield opened
            opened = None
        if kind != "O":
            opened = (opened[0] if opened else start, start + len(word), label)
        start += len(word) + 1
    if opened:
        yield opened


def names_of(article_id: str, mentions: Sequence[Mention]) -> Iterator[Name]:
    """Yield the names of an article with the labels of the corpus."""
    for one in mentions:
        if one.label in LABELS:
            yield article_id, one.start, one.end, LABELS[one.label]


def of_label(names: set[Name], label: str) -> set[Name]:
    """Return the names with a label."""
    return {name for name in names if name[-1] == label}


def scores(gold: set[Name], found: set[Name]) -> str:
    """Return precision, recall and F1 in percent."""
    right = len(gold & found)
    precision, recall = right / max(len(found), 1), right / max(len(gold), 1)
    f1 = 2 * right / max(len(gold) + len(found), 1)
    return f"precision {100 * precision:5.1f}  recall {100 * recall:5.1f}  F1 {100 * f1:5.1f}"


def print_errors(gold: set[Name], found: set[Name], texts: Mapping[str, str]) -> None:
    """Print what is only in one of two sets of names."""
    for title, names in (("missed", gold - found), ("too many", found - gold)):
        for article_id, start, end, label in sorted(names):
            print(f"{title}  {label}  {texts[article_id][start:end]!r}  {article_id}:{start}")


if __name__ == "__main__":
    main()
