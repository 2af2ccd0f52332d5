"""Corrects what the parts of an article are: its title, a caption, boilerplate."""

from dataclasses import replace

from extract.model import Article, Section
from extract.overrides.corrections import Corrections


def correct_sections(article: Article, corrections: Corrections) -> Article:
    """Return an article with its corrected sections: the words of a correction are one of their own.

    Args:
        article: As it was read.
        corrections: Those of the article; they note their use.
    """
    sections = article.sections
    for override in corrections.of("section"):
        for start, end in corrections.places(override, article.text):
            new = Section(override.section or "body", start, end)
            touched = [one for one in sections if one.start < end and start < one.end]
            changed = any(one.kind != new.kind for one in touched)
            corrections.note(override, changed=changed)
            if changed:
                sections = _with(sections, new, article.text)
    return article if sections is article.sections else replace(article, sections=sections)


def _with(sections: tuple[Section, ...], new: Section, text: str) -> tuple[Section, ...]:
    """Return sections of which one more has its place; what is left of the others is cut."""
    parts = [new]
    for one in sections:
        for start, end in ((one.start, min(one.end, new.start)), (max(one.start, new.end), one.end)):
            words = text[start:end]
            if words.strip():
                left = start + len(words) - len(words.lstrip())
                parts.append(Section(one.kind, left, left + len(words.strip())))
    return tuple(sorted(parts, key=lambda one: one.start))
