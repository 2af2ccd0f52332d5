"""Loading of the lexicon: TOML files under models/lexicon -> Lexicon, with every reference checked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from extract.errors import LexiconError
from extract.ids import digest
from extract.lexicon.entries import (
    ALWAYS,
    INTRODUCED,
    Context,
    Entity,
    Lexicon,
    Membership,
    Name,
    NameWords,
    Role,
    shapes_of,
)
from extract.lexicon.keys import Spelling, match_key, split_words
from extract.lexicon.toml_file import read_toml
from extract.model import Label

FOLDER = "lexicon"
_LEADING_THE = re.compile(r"^[Tt]he\s+")
_MEMBERSHIP = re.compile(r"(?P<id>\S+)(?:\s+(?P<first>[\d-]*)\.\.(?P<last>[\d-]*))?")
# First words that make one name with the next: Abdul Mahdi, Abu Fadak.
_BOUND = frozenset({"abd", "abdel", "abdul", "abu", "bin", "ibn", "bint", "umm"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class EntryFields(BaseModel):
    """The fields of one entry of a knowledge file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    name_when: str = ALWAYS
    label: Label | None = None
    also_kinds: list[str] = []
    country: str | None = None
    arabic: str | None = None
    wikidata: str | None = None
    role: str | None = None
    aliases: list[str] = []
    introduced: list[str] = []
    context: dict[str, list[str]] = {}
    demonyms: list[str] = []
    never: list[str] = []
    part_of: list[str] = []
    leaders: list[str] = []
    entity: str | None = None
    lat: float | None = None
    lon: float | None = None
    sources: list[str] = []
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with where it stands."""

    id: str
    kind: str
    role: Role
    path: Path
    fields: EntryFields

    def error(self, message: str, advice: str, *, at: str = "") -> LexiconError:
        """Return an error that names file and line of the entry, or of the string `at` in it."""
        return LexiconError(f"{where(self.path, self.id, at)}: {message}", advice=advice)


def load_lexicon(models_dir: Path) -> Lexicon:
    """Load and check the lexicon.

    Args:
        models_dir: The project's models/ folder.

    Raises:
        LexiconError: A file is missing, or an entry breaks a rule; the message names file and line.
    """
    folder = models_dir / FOLDER
    labels = _read_labels(folder / "kinds.toml")
    spelling = _read_spelling(folder / "spellings.toml")
    contexts = _read_contexts(folder / "contexts.toml", spelling)
    words = _read_words(folder / "names.toml", spelling)
    entries = list(_read_entries(folder, labels))
    _check(entries, contexts)
    heads = words.heads
    names = _index(
        (name for entry in entries for name in _names_of(entry, _label_of(entry, labels), heads)), spelling
    )
    longest: dict[str, int] = defaultdict(int)
    for key in names:
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        longest[first] = max(longest[first], count)
    return Lexicon(
        entities={entry.id: _entity_of(entry, _label_of(entry, labels)) for entry in entries},
        names=names,
        longest=dict(longest),
        contexts=contexts,
        words=words,
        spelling=spelling,
        fingerprint=fingerprint(folder),
    )


def fingerprint(folder: Path) -> str:
    """Return a hash over the names and contents of all knowledge files in `folder` and its subfolders."""
    files = sorted(folder.rglob("*.toml"))
    listing = "".join(
        f"{file.relative_to(folder).as_posix()} {digest(file.read_bytes())}\n" for file in files
    )
    return digest(listing.encode())


def where(path: Path, entry_id: str, at: str = "") -> str:
    """Return `file:line` of an entry, or of the first `"at"` in or after it."""
    text = path.read_text(encoding="utf-8")
    found = re.search(rf'^\s*"?{re.escape(entry_id)}"?\s*=', text, re.MULTILINE)
    position = found.end() if found else 0
    if at:
        position = max(position, text.find(f'"{at}', position))
    return f"{path}:{text.count(chr(10), 0, position) + 1}"


def _read_labels(path: Path) -> dict[str, Label]:
    labels: dict[str, Label] = read_toml(path).get("labels", {})
    for kind, label in labels.items():
        if label not in get_args(Label):
            raise LexiconError(
                f"{where(path, kind)}: {label!r} is no label.",
                advice=f"Use one of: {', '.join(get_args(Label))}.",
            )
    return labels


def _read_spelling(path: Path) -> Spelling:
    spellings: dict[str, str] = {}
    for word, variants in read_toml(path).get("words", {}).items():
        for variant in variants:
            if variant in spellings or match_key(variant) != variant:
                raise LexiconError(
                    f"{where(path, word, variant)}: {variant!r} is listed twice, or is no match key.",
                    advice="List each spelling once, in small letters without apostrophes.",
                )
            spellings[variant] = word
    for word in set(spellings) & set(spellings.values()):
        raise LexiconError(
            f"{where(path, spellings[word], word)}: {word!r} is a spelling and has spellings.",
            advice="Put its spellings under the word that it counts as.",
        )
    return Spelling(spellings)


def _read_contexts(path: Path, spelling: Spelling) -> dict[str, Context]:
    contexts = {}
    for name, lists in read_toml(path).items():
        if not lists or set(lists) - {"sentence", "article", "not_after"}:
            raise LexiconError(
                f"{path}: context {name!r} has {sorted(lists)}.",
                advice="Give it `sentence`, `article`, `not_after`.",
            )
        contexts[name] = Context(
            sentence=_keys(lists.get("sentence", []), spelling),
            article=_keys(lists.get("article", []), spelling),
            not_after=_keys(lists.get("not_after", []), spelling),
        )
    return contexts


def _read_words(path: Path, spelling: Spelling) -> NameWords:
    tables = read_toml(path)
    try:
        return NameWords(
            titles=frozenset(word.key for title in tables["titles"] for word in spelling.split(title)),
            heads=_keys(tables["heads"], spelling),
            describers=_keys(tables["describers"], spelling),
            given_names=_keys(tables["given_names"], spelling),
            faction_words=_keys(tables["faction_words"], spelling),
            epithets=_keys(tables["epithets"], spelling),
            no_names=_keys(tables["no_names"], spelling),
            organisations=_keys(tables["organisations"], spelling),
            bodies=_keys(tables["bodies"], spelling),
            facilities=_keys(tables["facilities"], spelling),
            institutions={
                spelling.key(noun): (label, shapes_of(noun))
                for label, nouns in tables["institutions"].items()
                for noun in sorted(nouns)
            },
        )
    except KeyError as error:
        raise LexiconError(f"{path} lacks the list {error}.", advice="Restore it.") from None


def _keys(words: list[str], spelling: Spelling) -> frozenset[str]:
    return frozenset(spelling.key(word) for word in words)


def _read_entries(folder: Path, labels: Mapping[str, Label]) -> Iterator[Entry]:
    files: list[tuple[Path, Role]] = [(path, "actor") for path in sorted(folder.glob("actors/*.toml"))]
    files += [(folder / "places.toml", "place")]
    files += [(folder / name, "named") for name in ("outlets.toml", "organisations.toml")]
    for path, role in files:
        for kind, table in read_toml(path).items():
            if kind not in labels:
                raise LexiconError(
                    f"{path}: the kind {kind!r} has no label.",
                    advice="Mend its name, or add it to kinds.toml.",
                )
            for entry_id, fields in table.items():
                yield Entry(entry_id, kind, role, path, _fields(fields, path, entry_id))


def _fields(raw: Any, path: Path, entry_id: str) -> EntryFields:  # noqa: ANN401 - whatever the file holds
    try:
        return EntryFields.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or entry_id
        raise LexiconError(
            f"{where(path, entry_id)}: {field}: {first['msg']}.",
            advice="The fields are explained at the head of actors/armed_factions.toml.",
        ) from None


def _check(entries: list[Entry], contexts: Mapping[str, Context]) -> None:
    """Raise for the first entry that breaks a rule which the file's form cannot hold."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in seen:
            first = where(seen[entry.id].path, entry.id)
            raise entry.error(f"the id {entry.id!r} is taken at {first}.", "Give one of the two another id.")
        seen[entry.id] = entry
    for entry in entries:
        _check_references(entry, seen, contexts)
        _check_names(entry)


def _check_references(entry: Entry, known: Mapping[str, Entry], contexts: Mapping[str, Context]) -> None:
    for reference in _references(entry):
        if reference not in known:
            raise entry.error(f"there is no entry {reference!r}.", "Add it, or mend the id.", at=reference)
    for context in (entry.fields.name_when, *entry.fields.context):
        if context != ALWAYS and context not in contexts:
            raise entry.error(f"there is no context {context!r}.", "Add it to contexts.toml, or mend it.")


def _check_names(entry: Entry) -> None:
    for surface in (entry.fields.name, *_surfaces(entry.fields)):
        if not match_key(surface):
            raise entry.error(f"{surface!r} has no letters.", "Give a name that a text can have.", at=surface)
    for surface in entry.fields.never:
        if surface in (entry.fields.name, *entry.fields.aliases):
            raise entry.error(f"{surface!r} is an alias and also under `never`.", "Remove one.", at=surface)


def _references(entry: Entry) -> list[str]:
    linked = [entry.fields.entity] if entry.fields.entity else []
    return [_membership(value).entity_id for value in entry.fields.part_of] + entry.fields.leaders + linked


def _membership(value: str) -> Membership:
    match = _MEMBERSHIP.fullmatch(value)
    if match is None:
        return Membership(value, None, None)
    return Membership(match["id"], match["first"] or None, match["last"] or None)


def _surfaces(fields: EntryFields) -> list[str]:
    conditional = [surface for surfaces in fields.context.values() for surface in surfaces]
    return [*fields.aliases, *fields.introduced, *conditional, *fields.demonyms]


def _label_of(entry: Entry, labels: Mapping[str, Label]) -> Label:
    return entry.fields.label or labels[entry.kind]


def _entity_of(entry: Entry, label: Label) -> Entity:
    fields = entry.fields
    return Entity(
        id=entry.id,
        name=fields.name,
        kind=entry.kind,
        label=label,
        role=entry.role,
        links_to=fields.entity or entry.id,
        country=fields.country,
        arabic=fields.arabic,
        wikidata=fields.wikidata,
        description=fields.role,
        aliases=tuple(dict.fromkeys(_surfaces(fields))),
        part_of=tuple(_membership(value) for value in fields.part_of),
        leaders=tuple(fields.leaders),
        lat=fields.lat,
        lon=fields.lon,
        sources=tuple(fields.sources),
        unsure=fields.unsure,
    )


def _names_of(entry: Entry, label: Label, heads: frozenset[str]) -> Iterator[Name]:
    """Yield every name of an entry with the condition under which it counts."""
    fields = entry.fields
    whens = [(fields.name, fields.name_when)]
    whens += [(surface, ALWAYS) for surface in fields.aliases]
    whens += [(surface, INTRODUCED) for surface in fields.introduced]
    whens += [(surface, when) for when, surfaces in fields.context.items() for surface in surfaces]
    if entry.kind == "person":
        whens += [
            (short, INTRODUCED) for surface in (fields.name, *fields.aliases) for short in surname_of(surface)
        ]
    keys = {match_key(surface) for surface, _ in whens}
    for surface, when in whens:
        free_last = label == "FACTION" and _is_head_free(match_key(surface), keys, heads)
        yield _name(surface, entry, label, _method(surface, entry, when), when, free_last=free_last)
    for surface in fields.demonyms:
        yield _name(surface, entry, "NORP", "demonym", ALWAYS, free_last=False)


def _is_head_free(key: str, keys: set[str], heads: frozenset[str]) -> bool:
    """Tell whether a name's last word may be in lower case (Mahdi army).

    Not where the words before it are a name of the same entity: there it only describes (Azm alliance).
    """
    before, _, last = key.rpartition(" ")
    return last in heads and before not in keys


def _name(surface: str, entry: Entry, label: Label, method: str, when: str, *, free_last: bool) -> Name:
    bare = _LEADING_THE.sub("", surface)
    shapes = shapes_of(bare, free_last=free_last, with_article=entry.role != "actor")
    return Name(bare, entry.id, label, method, when, shapes)


def _method(surface: str, entry: Entry, when: str) -> str:
    if entry.role == "place":
        return "group" if entry.kind.endswith("_group") else "place"
    if entry.kind == "outlet":
        return "outlet"
    if surface.isupper() and " " not in surface:
        return "acronym"
    short = when == INTRODUCED or (entry.kind == "person" and " " not in match_key(surface))
    return "short_name" if short else "alias"


def surname_of(full_name: str) -> list[str]:
    """Return the surname of a person's full name in a list, empty where the name is one word.

    >>> surname_of("Adel Abdul Mahdi"), surname_of("Muqtada al-Sadr"), surname_of("Saddam")
    (['Abdul Mahdi'], ['al-Sadr'], [])
    """
    words = [word for word in split_words(full_name) if word.key not in _SUFFIXES]
    count = 2 if len(words) > 1 and words[-2].key in _BOUND else 1
    if len(words) <= count:
        return []
    return [full_name[words[-count].start : words[-1].end]]


def _index(names: Iterable[Name], spelling: Spelling) -> dict[str, tuple[Name, ...]]:
    by_key: dict[str, dict[Name, None]] = defaultdict(dict)
    for name in names:
        known = by_key[spelling.key(name.surface)]
        same = {(other.entity_id, other.when, other.shapes) for other in known}
        if (name.entity_id, name.when, name.shapes) not in same:
            known[name] = None
    return {key: tuple(_told_apart(list(known))) for key, known in by_key.items()}


def _told_apart(names: list[Name]) -> Iterator[Name]:
    """Let a surname that is also a word for a people or group count only with its article: al-Houthi."""
    others = {name.entity_id for name in names if name.when == ALWAYS and name.label != "PERSON"}
    for name in names:
        is_derived = name.label == "PERSON" and name.when == INTRODUCED
        yield replace(name, shapes=("article",)) if is_derived and others else name
