"""Which other group may be meant instead of one: joined to it, or spoken for by somebody."""

import re
from collections.abc import Iterable, Sequence

from extract.quotes.speakers.discourse import DiscourseMention
from extract.quotes.speakers.referents import Referent

_AND = re.compile(r",? and (?:the )?")


def is_same(referent: Referent, other: Referent) -> bool:
    """Return whether two referents are one, by id or name."""
    return (referent.name_id or referent.name) == (other.name_id or other.name)


def has_spokesman(group: DiscourseMention, near: Iterable[DiscourseMention]) -> bool:
    """Return whether a group is named in the phrase of one who speaks: `a |Badr| commander said`."""
    return any(one.speaks and one.start <= group.start and group.end <= one.end for one in near)


def last_is_joined(group: Referent, mentioned: Sequence[DiscourseMention], text: str) -> bool:
    """Return whether the last mention of a group is joined to another one: `Badr and Asaib fought`.

    Args:
        group: The group.
        mentioned: The mentions of those who may be meant.
        text: The article's text.
    """
    own = (one for one in mentioned if is_same(one.referent, group) and not one.is_quoted)
    last = max(own, key=lambda one: one.start, default=None)
    pairs = (sorted((last, one), key=lambda seen: seen.start) for one in mentioned if last is not None)
    return any(
        not is_same(left.referent, right.referent) and _AND.fullmatch(text, left.end, right.start)
        for left, right in pairs
    )
