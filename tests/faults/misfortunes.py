"""What may befall a worker: planted into it from outside, through PYTHONPATH."""

from collections.abc import Mapping
from pathlib import Path

# Python loads it at its start; the run itself, which starts workers, has no use for spaCy.
_START = """
import sys

if any("spawn_main" in word for word in sys.orig_argv):
    import misfortune
"""
_HOOK = """
import ctypes, os, re, resource, signal, time
import extract.light_spacy
import extract.engines.spacy as engine

plain = engine.SpacyEngine.pipe

def eat():
    eaten = []
    while True:
        eaten.append(b'x' * 20_000_000)
        time.sleep(0.001)

def pipe(self, articles):
    articles = list(articles)
    text = '\\n'.join(article.text for article in articles)
"""


def write_hook(folder: Path, misfortunes: Mapping[str, str]) -> Path:
    """Write the module that Python loads at its start where PYTHONPATH names the folder.

    Args:
        folder: Made here.
        misfortunes: Word -> what befalls the worker, as Python, when it parses an article with the word.
    """
    folder.mkdir()
    cases = "".join(f"    if {word!r} in text:\n        {what}\n" for word, what in misfortunes.items())
    ending = "    return plain(self, articles)\n\nengine.SpacyEngine.pipe = pipe\n"
    (folder / "misfortune.py").write_text(f"{_HOOK}{cases}{ending}", encoding="utf-8")
    hook = folder / "sitecustomize.py"
    hook.write_text(_START, encoding="utf-8")
    return hook
