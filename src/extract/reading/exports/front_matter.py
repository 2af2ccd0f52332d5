"""Front matter: YAML between two lines `---`, or TOML between two lines `+++`, at the start of a text."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from yaml import BaseLoader, YAMLError
from yaml import load as load_yaml

from extract.model import Section
from extract.reading.build import Draft
from extract.reading.exports.documents import given_first, metadata_of
from extract.reading.exports.fields import Field
from extract.reading.page.forms import Forms
from extract.reading.page.lines import fold

_LONGEST = 20_000
_BLOCKS = (
    re.compile(r"\s*(?P<block>---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*)(?:\n|$)", re.DOTALL),
    re.compile(r"\s*(?P<block>\+\+\+[ \t]*\n(?P<toml>.*?\n)\+\+\+[ \t]*)(?:\n|$)", re.DOTALL),
)
# Fields in which a list or a mapping names somebody.
_NAME_KEY = "name"


def split_front_matter(draft: Draft, forms: Forms) -> list[Draft]:
    """Return the draft with what its front matter tells; nothing if the text does not begin with it."""
    match = next(filter(None, (block.match(draft.text[:_LONGEST]) for block in _BLOCKS)), None)
    values = _mapping(match) if match else {}
    labels = forms.exports.header
    found = [
        Field(labels[fold(key)], key, value, 0, 0)
        for key, value in values.items()
        if fold(key) in labels and value
    ]
    if match is None or not found:
        return []
    whole = Section("boilerplate", match.start("block"), match.end("block"))
    metadata = given_first(draft, metadata_of(found, forms))
    return [replace(draft, metadata=metadata, sections=(whole, *draft.sections))]


def _mapping(match: re.Match[str]) -> Mapping[str, str]:
    """Return the fields of a block as texts; none if it is no mapping."""
    parts = match.groupdict()
    try:
        if "toml" in parts:
            content: object = tomllib.loads(parts["toml"])
        else:  # the base loader makes nothing but texts, lists and mappings
            content = load_yaml(parts["yaml"], Loader=BaseLoader)  # noqa: S506
    except (YAMLError, RecursionError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {key.replace("_", " "): _text(value) for key, value in content.items() if isinstance(key, str)}


def _text(value: object) -> str:
    """Return a value as text: several names joined by `and`, a mapping by its `name`."""
    if isinstance(value, list):
        return " and ".join(filter(None, map(_text, value[:10])))
    if isinstance(value, dict):
        return _text(value.get(_NAME_KEY, ""))
    return value if isinstance(value, str) else str(value) if isinstance(value, date) else ""
