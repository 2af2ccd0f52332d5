"""Rebuild the openly licensed articles of tests/gold/open from local clones of public repositories.

    python -m benchmarks.corpora.open_articles MIRRORS OUT

MIRRORS contains the clones as `<owner>/<name>`, `<owner>/<name>.git` or `<owner>+<name>/repo`, with or
without a work tree. tests/gold/open/sources.csv lists the repositories and their commits; open_articles.toml
describes how to make an article from a file in them. Texts are written to OUT/dev, OUT/kept and so on, a
folder for each set, and only if they are byte-identical to the annotated ones (sha256). Every article that
cannot be rebuilt is reported on one line; the exit status is then 1. Articles from an R data file need the
package `rdata`, which is not a dependency.

OUT/kept is for one final measurement per release: do not read it, do not develop on it.
"""

import argparse
import ast
import csv
import datetime as dt
import hashlib
import html
import importlib
import io
import re
import subprocess
import sys
import tempfile
import tomllib
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "tests" / "gold" / "open" / "sources.csv"
RECIPES = Path(__file__).with_suffix(".toml")

Substitutions = Sequence[tuple[str, str]]


class RebuildError(Exception):
    """An article cannot be rebuilt; the message says why."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make an article from a file in a repository; open_articles.toml explains the fields."""

    path: str
    reader: str = "text"
    row: str = ""
    clean: Substitutions = ()
    mend: Substitutions = ()
    start: str = ""
    paragraphs: tuple[int, int] | None = None
    join: Sequence[int] = ()
    date_line: str = ""


def main() -> None:
    """Rebuild all articles, and fail if one is missing."""
    options = parse_options()
    with SOURCES.open(encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    recipes = read_recipes(sources)
    failed = 0
    for source in sources:
        try:
            text = rebuild(source, recipes[source["file"]], options.mirrors)
        except RebuildError as error:
            failed += 1
            print(f"{source['set']}/{source['file']}: {error}")
            continue
        target = options.out / source["set"] / source["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    print(f"{len(sources) - failed} of {len(sources)} articles rebuilt in {options.out}")
    sys.exit(failed > 0)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mirrors", type=Path, metavar="MIRRORS", help="folder with the clones")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder to write the texts to")
    return parser.parse_args()


def read_recipes(sources: Sequence[Mapping[str, str]]) -> dict[str, Recipe]:
    """Return the recipe of each article: the fields of its repository, overridden by its own."""
    data = tomllib.loads(RECIPES.read_text(encoding="utf-8"))
    recipes = {}
    for source in sources:
        shared, own = data["repositories"][source["repository"]], data["articles"][source["file"]]
        recipes[source["file"]] = Recipe(**shared | own)
    return recipes


def rebuild(source: Mapping[str, str], recipe: Recipe, mirrors: Path) -> str:
    """Return the text of an article.

    Raises:
        RebuildError: The clone, the commit or a package is missing, or the text differs.
    """
    content = read_content(find_git_dir(mirrors, source["repository"]), source["commit"], recipe.path)
    page = READERS[recipe.reader](content, recipe.row or source["title"])
    date = dt.date.fromisoformat(source["date"])
    parts = [source["title"], recipe.date_line.format(date), *split_paragraphs(page, recipe)]
    text = "\n\n".join(filter(None, parts)) + "\n"
    if hashlib.sha256(text.encode()).hexdigest() != source["sha256"]:
        raise RebuildError("the text differs from the annotated one")
    return text


def find_git_dir(mirrors: Path, repository: str) -> Path:
    """Return the git directory of a repository's clone."""
    for name in (repository, f"{repository}.git", f"{repository.replace('/', '+')}/repo"):
        for git_dir in (mirrors / name / ".git", mirrors / name):
            if (git_dir / "HEAD").is_file():
                return git_dir
    raise RebuildError(f"there is no clone of https://github.com/{repository} in {mirrors}")


@cache
def read_content(git_dir: Path, commit: str, path: str) -> bytes:
    """Return the content of a file at a commit."""
    command = ["git", f"--git-dir={git_dir}", "show", f"{commit}:{path}"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed command
    if done.returncode:
        raise RebuildError(f"{git_dir} has no {path} at {commit} ({done.stderr.decode().strip()})")
    return done.stdout


def read_text(content: bytes, _row: str) -> str:
    """Read a file that contains just the page."""
    return content.decode()


def read_csv(content: bytes, title: str) -> str:
    """Read the page with that title from a table."""
    csv.field_size_limit(len(content) + 1)
    rows = csv.DictReader(io.StringIO(content.decode()))
    return next(row["text"] for row in rows if row["title"] == title)


def read_python_bytes(content: bytes, _row: str) -> str:
    """Read a page that was saved as the repr of Python bytes."""
    literal = re.search(r"""(?s)b(['"]).*\1""", content.decode())
    if literal is None:
        raise RebuildError("the file contains no Python bytes")
    page: bytes = ast.literal_eval(literal[0])
    return page.decode()


def read_rda(content: bytes, row: str) -> str:
    """Read the page with that row id from an R data file."""
    page = parse_rda(content)["politics"]["text"][row]
    return page if isinstance(page, str) else "\n".join(map(str, page))


@cache
def parse_rda(content: bytes) -> Any:  # noqa: ANN401 - any R object
    """Parse an R data file."""
    try:
        rdata = importlib.import_module("rdata")
    except ImportError:
        raise RebuildError("the package rdata is missing (pip install rdata)") from None
    with tempfile.NamedTemporaryFile(suffix=".rda") as file, warnings.catch_warnings():
        file.write(content)
        file.flush()
        warnings.simplefilter("ignore")  # unknown R classes, which the texts do not use
        return rdata.conversion.convert(rdata.parser.parse_file(file.name))


READERS: Mapping[str, Callable[[bytes, str], str]] = {
    "csv": read_csv,
    "python_bytes": read_python_bytes,
    "rda": read_rda,
    "text": read_text,
}


def split_paragraphs(page: str, recipe: Recipe) -> list[str]:
    """Clean a page and return the article's paragraphs."""
    # Twice, as some repositories have doubly escaped entities.
    page = substitute(html.unescape(html.unescape(page)), [*recipe.clean, *recipe.mend])
    page = page[max(page.find(recipe.start), 0) :]
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", page))
    paragraphs = [block for block in blocks if block]
    if recipe.paragraphs:
        first, last = recipe.paragraphs
        paragraphs = paragraphs[first - 1 : last]
    return join_paragraphs(paragraphs, recipe.join)


def substitute(text: str, substitutions: Substitutions) -> str:
    """Apply substitutions in order."""
    for pattern, replacement in substitutions:
        text = re.sub(pattern, replacement, text)
    return text


def join_paragraphs(paragraphs: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """Append the paragraphs with these numbers to the ones before them."""
    joined: list[str] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        if number in numbers:
            joined[-1] += " " + paragraph
        else:
            joined.append(paragraph)
    return joined


if __name__ == "__main__":
    main()
