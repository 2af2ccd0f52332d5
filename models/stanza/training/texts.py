"""Openly licensed articles for the silver data, without those that the gold sets know."""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from training.clones import list_files, open_articles, read_file
from training.job import Job


class Text(NamedTuple):
    """A text and where it is from."""

    repository: str
    id: str
    text: str


def gather(job: Job) -> list[Text]:
    """Return the articles of all sources, each once, and none that shares a sentence with a held-out text."""
    settings = job.settings["silver"]
    least, most_shared = settings["sentence_words"], settings["most_shared"]
    heldout = {sentence for text in heldout_texts(job) for sentence in sentences_of(text, least)}
    seen: set[str] = set()
    texts = []
    for text in (text for source in job.corpora["silver"] for text in read_source(job, source)):
        sentences = sentences_of(text.text, least)
        new = len(sentences & seen) <= len(sentences) * most_shared
        if len(text.text.split()) >= settings["least_words"] and new and not sentences & heldout:
            seen |= sentences
            texts.append(text)
    return texts


def heldout_texts(job: Job) -> Iterator[str]:
    """Yield the articles of tests/gold/open, rebuilt, and the texts of the folders that the command names."""
    with open_articles.SOURCES.open(encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    recipes = open_articles.read_recipes(sources)
    for source in sources:
        yield open_articles.rebuild(source, recipes[source["file"]], job.clones)
    for folder in job.heldout:
        yield from (path.read_text(encoding="utf-8") for path in folder.rglob("*.txt"))


def sentences_of(text: str, least: int) -> set[str]:
    """Return a text's longer sentences as bare words, to compare texts by."""
    sentences = (sentence for sentence in re.split(r"[.!?\n]+", text) if len(sentence.split()) >= least)
    return {re.sub(r"\W+", " ", sentence).strip().lower() for sentence in sentences}


def read_source(job: Job, source: dict[str, Any]) -> Iterator[Text]:
    """Yield the texts of a source on the region."""
    settings = job.settings["silver"]
    topics = compile_topics(settings["topics"])
    repository, read = source["repository"], PAGES[source["pages"]]
    for path in source["files"] if "files" in source else list_pages(job.clones, source):
        least = source.get("topics", {}).get(path, 0)
        for name, text in read(read_file(job.clones, source, path), path, repository):
            chosen = excerpt(text, topics, settings) if source.get("excerpt") else text
            if len(topics.findall(chosen)) >= least:
                yield Text(repository, name, chosen.strip())


def compile_topics(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these words."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def list_pages(clones: Path, source: dict[str, Any]) -> Iterator[str]:
    """Yield the pages of a source that has one file a page."""
    folders = tuple(source["under"])
    paths = list_files(clones, source)
    return (path for path in paths if path.startswith(folders) and path.endswith(source["suffix"]))


def excerpt(text: str, topics: re.Pattern[str], settings: dict[str, Any]) -> str:
    """Return the paragraphs of a text that are about the region."""
    shortest, longest = settings["excerpt_words"]
    return "\n\n".join(
        paragraph
        for paragraph in text.split("\n\n")
        if len(topics.findall(paragraph)) >= settings["least_topics"]
        and shortest <= len(paragraph.split()) <= longest
    )


def read_rda(content: bytes, path: str, repository: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of an R data file that holds one table, named as the file."""
    table = Path(path).stem
    for row, value in open_articles.parse_rda(content)[table]["text"].items():
        page = value if isinstance(value, str) else "\n".join(map(str, value))
        yield f"{table}:{row}", clean(page, repository)


def read_csv(content: bytes, _path: str, repository: str) -> Iterator[tuple[str, str]]:
    """Yield headlines and texts of a table."""
    csv.field_size_limit(len(content) + 1)
    for row in csv.DictReader(io.StringIO(content.decode())):
        yield row["title"], f"{row['title']}\n\n{clean(row['text'], repository)}"


def read_page(content: bytes, path: str, repository: str) -> Iterator[tuple[str, str]]:
    """Yield the one text of a file."""
    yield path, clean(content.decode(), repository)


def read_python_bytes(content: bytes, path: str, repository: str) -> Iterator[tuple[str, str]]:
    """Yield the one text of a page saved as Python prints bytes, none where the file holds another thing."""
    try:
        page = open_articles.read_python_bytes(content, "")
    except (open_articles.RebuildError, ValueError, SyntaxError):
        return
    yield path, clean(page, repository)


PAGES: dict[str, Callable[[bytes, str, str], Iterator[tuple[str, str]]]] = {
    "csv": read_csv,
    "python_bytes": read_python_bytes,
    "rda": read_rda,
    "text": read_page,
}


def clean(page: str, repository: str) -> str:
    """Return the paragraphs of a page, cleaned as open_articles.toml says for its repository."""
    recipe = open_articles.Recipe(path="", clean=read_recipes().get(repository, {}).get("clean", ()))
    return "\n\n".join(open_articles.split_paragraphs(page, recipe))


@cache
def read_recipes() -> dict[str, Any]:
    """Return what open_articles.toml says of each repository."""
    recipes: dict[str, Any] = tomllib.loads(open_articles.RECIPES.read_text(encoding="utf-8"))["repositories"]
    return recipes
