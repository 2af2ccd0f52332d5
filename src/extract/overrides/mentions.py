"""Corrects names, before quotes and their speakers are found, so that these follow."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extract.entities.linking.linker import as_entity
from extract.entities.linking.name_ids import name_id_of
from extract.lexicon import Lexicon
from extract.model import Mention
from extract.overrides.corrections import Corrections
from extract.overrides.entries import Offset, Override

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
    for override in corrections.of("mention"):
        for start, end in override.places(text, original):
            touched = [one for one in found if one.start < end and start < one.end]
            exact = [one for one in touched if (one.start, one.end) == (start, end)]
            if not exact and (override.drop or (override.start is None and _is_inside(touched, start, end))):
                continue
            new = [] if override.drop else [_corrected(exact, (start, end), text, override, lexicon)]
            corrections.note(override, changed=[*map(_meaning, exact)] != [*map(_meaning, new)])
            found = [*(one for one in found if one not in touched), *new]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _is_inside(touched: Sequence[Mention], start: int, end: int) -> bool:
    """Return whether a stretch is part of a longer name."""
    return any(one.start <= start and end <= one.end for one in touched)


def _meaning(mention: Mention) -> tuple[str, str | None]:
    return mention.label, mention.entity_id


def _corrected(
    exact: Sequence[Mention], place: tuple[int, int], text: str, override: Override, lexicon: Lexicon
) -> Mention:
    """Return the mention at a place as the correction has it."""
    start, end = place
    before = exact[0] if exact else Mention(start, end, text[start:end], "PERSON", METHOD, "", METHOD, 1.0)
    mention = replace(before, method=METHOD, rule=override.rule, confidence=CERTAIN, candidates=())
    if override.entity:
        entity = lexicon.entities[override.entity]
        return as_entity(replace(mention, label=entity.label), entity, CERTAIN)
    label = override.label or mention.label
    if override.entity is None and label == before.label:
        return mention
    return replace(
        mention,
        label=label,
        entity_id=None,
        entity_kind=None,
        entity_name=mention.text,
        name_id=name_id_of(label, mention.text, lexicon),
    )
