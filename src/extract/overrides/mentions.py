"""Corrects names, before quotes and their speakers are found, so that these follow."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from extract.entities.linking.linker import as_entity
from extract.entities.linking.name_ids import name_id_of
from extract.lexicon import ALWAYS, Lexicon
from extract.model import Mention
from extract.overrides.corrections import Corrections, Offset, Place
from extract.overrides.entries import Override
from extract.overrides.words import words_pattern

METHOD: Final = "override"  # of what was corrected
CERTAIN = 1.0


def correct_mentions(
    mentions: Sequence[Mention],
    text: str,
    corrections: Corrections,
    original: Offset = lambda offset: offset,
) -> tuple[Mention, ...]:
    """Return the mentions of an article with its corrections.

    A correction without a start leaves longer names alone that contain its words: `Sadr` in `Sadr City`.

    Args:
        mentions: What was found in the text.
        text: The text that is analysed.
        corrections: Those of the article; they note their use.
        original: Returns the offset in the article of an offset in the text.
    """
    found, lexicon = list(mentions), corrections.lexicon
    own = set[Place]()  # places that have a correction of their own
    placed = [(one, corrections.places(one, text, original)) for one in corrections.of("mention", "any")]
    last = {place: one for one, places in placed for place in places}
    for override, places in sorted(placed, key=lambda one: not one[0].split):
        for start, end in places:
            if _yields(override, last[start, end]):
                corrections.note_outweighed(override)
                continue
            touched = [one for one in found if one.start < end and start < one.end]
            exact = [one for one in touched if (one.start, one.end) == (start, end)]
            if not exact and (override.drop or (override.start is None and _is_inside(touched, start, end))):
                continue
            new = _replacements(exact, (start, end), text, override, lexicon)
            before = exact or touched
            corrections.note(override, changed=[*map(_meaning, exact)] != [*map(_meaning, new)], found=before)
            followers = _followers(found, exact, new, override, own)
            own.update((one.start, one.end) for one in new)
            found = [followers.get(id(one), one) for one in found if one not in touched] + new
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _yields(override: Override, narrower: Override) -> bool:
    """Return whether a correction has no effect in a place for which another one, or itself, counts last.

    What is dropped stays if another one says what it is. What is split is not one name as well.
    """
    if override is narrower:
        return False
    return bool(override.split or narrower.split or (override.drop and not narrower.drop))


def _is_inside(touched: Sequence[Mention], start: int, end: int) -> bool:
    """Return whether a stretch is part of a longer name."""
    return any(one.start <= start and end <= one.end for one in touched)


def _meaning(mention: Mention) -> tuple[object, ...]:
    return mention.start, mention.end, mention.label, mention.entity_id, mention.name_id


def _replacements(
    exact: Sequence[Mention], place: Place, text: str, override: Override, lexicon: Lexicon
) -> list[Mention]:
    """Return the mentions that a correction puts in a place."""
    if override.drop:
        return []
    start, end = place
    made = Mention(start, end, text[start:end], "PERSON", METHOD, "", METHOD, CERTAIN)
    before = exact[0] if exact else made
    if override.split:
        return list(_parts(before, override, lexicon))
    return [_corrected(before, override, lexicon)]


def _followers(
    found: Sequence[Mention],
    exact: Sequence[Mention],
    new: Sequence[Mention],
    override: Override,
    own: Collection[Place],
) -> dict[int, Mention]:
    """Return the short forms of a name that follow its correction, by the identity of what they replace.

    Short is what has some of its words and was taken for the same: *Qattan* after *Samir Qattan*. What has a
    correction of its own does not follow.
    """
    if override.start is not None or not (override.entity or override.name) or not (exact and new):
        return {}
    words, right = set(exact[0].text.split()), new[0]
    return {
        id(one): replace(
            right, start=one.start, end=one.end, text=one.text, rule=override.rule, engine=one.engine
        )
        for one in found
        if (one.start, one.end) not in own
        and one.name_id == exact[0].name_id is not None
        and set(one.text.split()) < words
    }


def _parts(before: Mention, override: Override, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield a mention for each of the names that one mention holds, linked if the lexicon knows just one."""
    offset = 0
    for name in override.split:
        place = re.search(words_pattern(name), before.text[offset:])
        if place is None:  # other white space than that of the words
            continue
        start, end = before.start + offset + place.start(), before.start + offset + place.end()
        offset += place.end()
        part = replace(before, start=start, end=end, text=place.group())
        yield _corrected(
            part, replace(override, split=(), entity=_only_entity(name, lexicon)), lexicon, override.rule
        )


def _only_entity(name: str, lexicon: Lexicon) -> str:
    """Return the id of the entity that a name always means; empty if there is none or several."""
    known = {one.entity_id for one in lexicon.names.get(lexicon.spelling.key(name), ()) if one.when == ALWAYS}
    return known.pop() if len(known) == 1 else ""


def _corrected(before: Mention, override: Override, lexicon: Lexicon, rule: str = "") -> Mention:
    """Return a mention as the correction has it."""
    mention = replace(before, method=METHOD, rule=rule or override.rule, confidence=CERTAIN, candidates=())
    if override.entity:
        entity = lexicon.entities[override.entity]
        return as_entity(replace(mention, label=entity.label), entity, CERTAIN)
    label = override.label or mention.label
    if override.entity is None and override.name is None and label == before.label and before.rule:
        return mention
    name = override.name or mention.text
    return replace(
        mention,
        label=label,
        entity_id=None,
        entity_kind=None,
        entity_name=name,
        name_id=name_id_of(label, name, lexicon),
    )
