"""Reading of the lexicon's word lists: labels of kinds, spellings, contexts, words about names."""

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from extract.errors import LexiconError
from extract.knowledge import Finding, line_of, read_toml
from extract.lexicon.entries import Context, NameWords, as_written, shapes_of
from extract.lexicon.keys import Spelling, match_key
from extract.lexicon.offices import RoleWords
from extract.model import Label

_CONTEXT_LISTS = frozenset({"sentence", "article", "countries", "not_after", "before", "not_before"})

# The lists of nouns that end names.
_NOUNS = ("organisations", "bodies", "facilities", "parties", "landforms", "matters")


def read_labels(path: Path) -> dict[str, Label]:
    """Return the label of each kind (kinds.toml)."""
    labels: dict[str, Label] = read_toml(path).get("labels", {})
    for kind, label in labels.items():
        if label not in get_args(Label):
            raise Finding(
                path, line_of(path, kind), "error", f"{label!r} is no label.",
                advice=f"Use one of: {', '.join(get_args(Label))}.",
            ).as_error()  # fmt: skip
    return labels


def read_spelling(path: Path) -> Spelling:
    """Return the spellings that count as one word (spellings.toml)."""
    tables = read_toml(path)
    spellings: dict[str, str] = {}
    for word, variants in tables.get("words", {}).items():
        for variant in variants:
            if variant in spellings or match_key(variant) != variant:
                raise Finding(
                    path, line_of(path, word, variant), "error",
                    f"{variant!r} is listed twice, or is no match key.",
                    advice="List each spelling once, in small letters without apostrophes.",
                ).as_error()  # fmt: skip
            spellings[variant] = word
    for word in set(spellings) & set(spellings.values()):
        raise Finding(
            path, line_of(path, spellings[word], word), "error",
            f"{word!r} is a spelling and has spellings.",
            advice="Put its spellings under the word that it counts as.",
        ).as_error()  # fmt: skip
    return Spelling(
        spellings,
        fixed=frozenset((*tables.get("fixed", ()), *read_toml(path.with_name("english.toml"))["words"])),
        countries=frozenset(tables.get("transliterated_countries", ())),
    )


def read_given_names(path: Path) -> list[str]:
    """Return the given names (names.toml) as they stand."""
    names: list[str] = read_toml(path).get("given_names", [])
    return names


def read_contexts(path: Path, spelling: Spelling) -> dict[str, Context]:
    """Return the contexts by their names (contexts.toml)."""
    contexts = {}
    for name, lists in read_toml(path).items():
        if not lists or set(lists) - _CONTEXT_LISTS:
            raise Finding(
                path, line_of(path, name), "error", f"context {name!r} has {sorted(lists)}.",
                advice=f"Give it one or more of: {', '.join(sorted(_CONTEXT_LISTS))}.",
            ).as_error()  # fmt: skip
        contexts[name] = Context(
            sentence=_keys(lists.get("sentence", []), spelling),
            article=_keys(lists.get("article", []), spelling),
            not_after=_keys(lists.get("not_after", []), spelling),
            countries=frozenset(lists.get("countries", [])),
            before=_written(lists.get("before", []), spelling),
            not_before=_written(lists.get("not_before", []), spelling),
        )
    return contexts


def read_words(path: Path, spelling: Spelling) -> NameWords:
    """Return the words about names (names.toml)."""
    tables = read_toml(path)
    try:
        return NameWords(
            titles=frozenset(word.key for title in tables["titles"] for word in spelling.split(title)),
            person_titles=_keys(tables["person_titles"], spelling),
            branches=_keys(tables["branches"], spelling),
            heads=_keys(tables["heads"], spelling),
            own_heads=_keys(tables["own_heads"], spelling),
            describers=_keys(tables["describers"], spelling),
            people=_keys(tables["people"], spelling),
            given_names=_keys([*tables["given_names"], *tables["western_names"]], spelling),
            faction_words=_keys(tables["faction_words"], spelling),
            epithets=_keys(tables["epithets"], spelling),
            no_names=_keys(tables["no_names"], spelling),
            organisations=_keys(tables["organisations"], spelling),
            bodies=_keys(tables["bodies"], spelling),
            bodies_of=_keys(tables["bodies_of"], spelling),
            short_bodies=frozenset(tables["short_bodies"]),
            facilities=_keys(tables["facilities"], spelling),
            parties=_keys(tables["parties"], spelling),
            landforms=_keys(tables["landforms"], spelling),
            towns=_keys(tables["towns"], spelling),
            town_starts=_keys(tables["town_starts"], spelling),
            matters=_keys(tables["matters"], spelling),
            matter_starts=_keys(tables["matter_starts"], spelling),
            nouns=_keys((noun for name in _NOUNS for noun in tables[name]), spelling),
            alone=_keys(tables["alone"], spelling),
            institutions={
                spelling.key(noun): (label, shapes_of(noun))
                for label, nouns in tables["institutions"].items()
                for noun in sorted(nouns)
            },
            roles=RoleWords(**{name: _keys(words, spelling) for name, words in tables["roles"].items()}),
        )
    except KeyError as error:
        raise LexiconError(f"{path} lacks the list {error}.", advice="Restore it.") from None


def _keys(words: Iterable[str], spelling: Spelling) -> frozenset[str]:
    return frozenset(spelling.key(word) for word in words)


def _written(words: Iterable[str], spelling: Spelling) -> frozenset[str]:
    return frozenset(as_written(spelling.split(word), word) for word in words)
