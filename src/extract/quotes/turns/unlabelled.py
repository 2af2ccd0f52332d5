"""Interviews without labels: each question is a paragraph of its own, the answer is what follows."""

import re
from collections import Counter
from collections.abc import Sequence

from extract.engines.extensions import article_of
from extract.model import Mention, Quote, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.layout import Layout
from extract.quotes.turns.speech import (
    OF_ITSELF,
    OPENING_MARKS,
    Span,
    paragraph_quotes,
    share_matching,
    while_conversing,
)

_ADDRESSES = re.compile(r"\b[Yy]ou(?:rs?)?\b")
_ANNOUNCED = re.compile(
    r"\b(?:interview\w*|conversation|Q ?& ?A|questions|discusse[sd]"
    r"|(?:spoke|speaks|talk(?:ed|s)|sat down) (?:to|with))\b",
    re.IGNORECASE,
)
_LONGEST_QUESTION = 600  # characters
_FEWEST_QUESTIONS = 3
_ADDRESSING = 1 / 3  # least share of the questions with `you`
_FIRST_PERSON = 1 / 2  # least share of the answers with `I` or `we`
_CONFIDENCE = 0.6


def find_unlabelled_turns(layout: Layout, descriptions: Descriptions) -> list[Quote]:
    """Find the questions and answers of an interview whose turns have no labels.

    The text above the first question must speak of an interview and name one person more often than any
    other: that person answers. The questions have no speaker.

    Args:
        layout: Of a Doc with `doc._.mentions`.
        descriptions: Tell the kind of speaker.

    Returns:
        Quotes in text order, one a paragraph, those of one turn in one group; none for other texts.
    """
    text, paragraphs = layout.text, layout.paragraphs
    asked = [number for number, span in enumerate(paragraphs) if _is_question(text, span)]
    if len(asked) < _FEWEST_QUESTIONS or not _ANNOUNCED.search(text, 0, paragraphs[asked[0]][0]):
        return []
    person = _interviewee(layout, paragraphs[asked[0]][0])
    if person is None:
        return []
    questions = [paragraphs[number] for number in asked]
    answers = _answers(text, paragraphs, asked, person)
    if not _is_interview(text, questions, answers):
        return []
    speaker = TextSpan(person.start, person.end, person.text)
    quotes: list[Quote] = []
    for question, answer in zip(questions, answers, strict=True):
        quotes += paragraph_quotes(text, [question], None, _CONFIDENCE, descriptions)
        quotes += paragraph_quotes(text, answer, speaker, _CONFIDENCE, descriptions)
    return quotes


def _is_question(text: str, span: Span) -> bool:
    words = text[slice(*span)].strip()
    return words.endswith("?") and words[0] not in OPENING_MARKS and len(words) <= _LONGEST_QUESTION


def _interviewee(layout: Layout, end: int) -> Mention | None:
    """Return the fullest mention of the person named most before an offset, in the title counting twice.

    None if two are named as often.
    """
    article = article_of(layout.doc)
    above: list[Mention] = [
        mention
        for mention in layout.doc._.mentions
        if mention.label == "PERSON"
        and mention.end <= end
        and article.section_at(mention.start) in ("title", "body")
    ]
    counts = Counter(_surname(mention) for mention in above)
    counts.update(_surname(mention) for mention in above if article.section_at(mention.start) == "title")
    ranked = counts.most_common(2)
    if not ranked or len({count for _, count in ranked}) < len(ranked):
        return None
    return max((one for one in above if _surname(one) == ranked[0][0]), key=lambda one: len(one.text))


def _surname(mention: Mention) -> str:
    return mention.text.split()[-1].removesuffix("'s").removesuffix("’s")


def _answers(
    text: str, paragraphs: Sequence[Span], asked: Sequence[int], person: Mention
) -> list[Sequence[Span]]:
    """Return the paragraphs after each question, up to one that names the person, which is the narrator's."""
    answers: list[Sequence[Span]] = []
    for number, following in zip(asked, [*asked[1:], len(paragraphs)], strict=True):
        rest = paragraphs[number + 1 : following]
        rest = while_conversing(text, rest) if following == len(paragraphs) else rest
        named = (i for i, span in enumerate(rest) if _surname(person) in text[slice(*span)])
        answers.append(rest[: next(named, len(rest))])
    return answers


def _is_interview(text: str, questions: Sequence[Span], answers: Sequence[Sequence[Span]]) -> bool:
    """Return whether questions address somebody, and answers speak of themselves without marks."""
    said = [" ".join(text[slice(*span)] for span in answer).strip() for answer in answers if answer]
    asks = [text[slice(*question)] for question in questions]
    return (
        len(said) >= _FEWEST_QUESTIONS
        and not any(words[:1] in OPENING_MARKS for words in said)
        and share_matching(asks, _ADDRESSES) >= _ADDRESSING
        and share_matching(said, OF_ITSELF) >= _FIRST_PERSON
    )
