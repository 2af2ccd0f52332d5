"""Files of public repositories, from local clones, at the commit that corpora.toml names."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from training.job import ROOT


def load_open_articles() -> ModuleType:
    """Load benchmarks/corpora/open_articles.py, a script in no package: it reads clones and cleans pages."""
    path = ROOT / "benchmarks" / "corpora" / "open_articles.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


open_articles = load_open_articles()


def read_file(clones: Path, source: dict[str, str], path: str) -> bytes:
    """Return a file of a source's repository."""
    git_dir = open_articles.find_git_dir(clones, source["repository"])
    content: bytes = open_articles.read_content(git_dir, source["commit"], path)
    return content


def list_files(clones: Path, source: dict[str, str]) -> Iterator[str]:
    """Yield the paths of all files of a source's repository, in git's order."""
    git_dir = open_articles.find_git_dir(clones, source["repository"])
    command = ["git", f"--git-dir={git_dir}", "ls-tree", "-r", "-z", "--name-only", source["commit"]]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own command
    yield from filter(None, done.stdout.decode().split("\0"))
