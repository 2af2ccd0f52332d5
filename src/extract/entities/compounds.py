"""Mentions that depend on other mentions: a country and its body as one name, `the Observatory` for short."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.entities.conditions import NameContext
from extract.lexicon import Lexicon
from extract.model import Mention

_PLACES = frozenset({"GPE", "NORP"})


def join_mentions(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Join neighbouring mentions that are one name, and correct their ends.

    `U.S. Basin Agency` and `Basin Ministry of Iraq` are one name each, `Rana Qabbani Jr.` includes its full
    stop, and `US$` is no name.
    """
    joined: list[Mention] = []
    for mention in _with_ends_corrected(text, mentions, lexicon):
        whole = _joined(text, joined[-1], mention, lexicon) if joined else None
        if whole is not None:
            joined.pop()
        joined.append(whole or mention)
    return joined


def short_bodies(context: NameContext, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions of a body or party by the last word of its name: `the Observatory`.

    Args:
        context: The article's words.
        mentions: The mentions found so far.
    """
    taken = {mention.start for mention in mentions}
    for noun, mention in _named_by_noun(mentions, context.lexicon).items():
        for match in re.finditer(rf"\b[Tt]he (?P<noun>{noun})\b(?! [A-Z]| of\b)", context.text):
            if match.start("noun") > mention.end and match.start("noun") not in taken:
                rule = f"short for {mention.text}"
                yield replace(mention, start=match.start("noun"), end=match.end(), text=noun, rule=rule)


def _named_by_noun(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[str, Mention]:
    """Return, by noun, the first full name of the one body or party whose name ends with it."""
    named: dict[str, dict[object, Mention]] = defaultdict(dict)
    for mention in mentions:
        last = mention.text.rpartition(" ")[2]
        is_full = mention.label in {"ORG", "FACTION"} and last != mention.text
        if is_full and last in lexicon.words.short_bodies:
            named[last].setdefault(mention.candidates or mention.text, mention)
    return {noun: next(iter(bodies.values())) for noun, bodies in named.items() if len(bodies) == 1}


def _with_ends_corrected(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the mentions with their full stop (`Jr.`) or building noun; drop currencies (`US$`)."""
    abbreviations = lexicon.words.surnames.abbreviations
    for mention in mentions:
        following = text[mention.end : mention.end + 1]
        if following == "$":
            continue
        building = lexicon.phrases.bodies.building_after_person.match(text, mention.end)
        if building and mention.label == "PERSON" and _may_name_building(mention, lexicon):
            end = building.end()
            yield replace(mention, end=end, text=text[mention.start : end], label="FAC", candidates=())
            continue
        last = lexicon.spelling.key(mention.text.rpartition(" ")[2])
        if following == "." and mention.label == "PERSON" and last in abbreviations:
            yield replace(mention, end=mention.end + 1, text=f"{mention.text}.")
        else:
            yield mention


def _may_name_building(person: Mention, lexicon: Lexicon) -> bool:
    """Return whether a building may have a person's name: a guessed name in full, or one with `al-`."""
    [first, *_] = lexicon.spelling.split(person.text)
    return person.engine != "lexicon" and (" " in person.text or first.start < first.core)


def _joined(text: str, left: Mention, right: Mention, lexicon: Lexicon) -> Mention | None:
    """Return two mentions as one if they are a body with its country: `U.S. <body>`, `<body> of Iraq`."""
    gap = text[left.end : right.start]
    if gap == " " and left.label in _PLACES and right.label == "ORG":
        country, body = _country(left, lexicon), right
        is_one = _is_body_of(country, body, lexicon)
    elif gap == " of " and left.label == "ORG":
        country, body = _country(right, lexicon), left
        is_one = country is not None and _ends_as_body(body, lexicon)
    else:
        return None
    if not is_one:
        return None
    candidates = tuple(one for one in body.candidates if lexicon.entities[one].country == country)
    surface = text[left.start : right.end]
    return replace(body, start=left.start, end=right.end, text=surface, candidates=candidates)


def _is_body_of(country: str | None, body: Mention, lexicon: Lexicon) -> bool:
    """Return whether a known body belongs to the country before it, or every country has one like it."""
    if country is None or " " not in body.text:
        return False
    if any(lexicon.entities[one].country == country for one in body.candidates):
        return True
    return body.engine == "lexicon" and lexicon.spelling.key(body.text) in lexicon.words.institutions


def _ends_as_body(mention: Mention, lexicon: Lexicon) -> bool:
    return lexicon.spelling.split(mention.text)[-1].key in lexicon.words.bodies_of


def _country(mention: Mention, lexicon: Lexicon) -> str | None:
    """Return the ISO code of the country that a mention names."""
    for one in mention.candidates:
        entity = lexicon.entities[one]
        if entity.kind == "country":
            return entity.country
    return None
