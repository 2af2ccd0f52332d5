"""Interviews without labels: each question is a paragraph of its own, followed by its answer."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.engines.extensions import article_of
from extract.model import Article, Mention, Quote, TextSpan
from extract.quotes.cues import Cues
from extract.quotes.layout import Layout
from extract.quotes.turns.speech import (
    OPENING_MARKS,
    Span,
    paragraph_quotes,
    share_matching,
    while_conversing,
)

_MAX_QUESTION = 600  # characters
_MIN_QUESTIONS = 3
_MIN_SECOND_PERSON = 1 / 3  # share of questions with `you`
_MIN_FIRST_PERSON = 1 / 2  # share of answers with `I` or `we`


def find_unlabelled_turns(layout: Layout, cues: Cues) -> list[Quote]:
    """Find the questions and answers of an interview whose turns have no labels.

    The text above the first question must announce an interview and name one person more often than any
    other: the interviewee. The questions have no speaker.

    Args:
        layout: Layout of a Doc with `doc._.mentions`.
        cues: For the words that announce an interview and occur in it.

    Returns:
        Quotes in text order, one per paragraph, one group per turn; none if the text is not an interview.
    """
    text, paragraphs = layout.text, layout.paragraphs
    asked = [number for number, span in enumerate(paragraphs) if _is_question(text, span)]
    if len(asked) < _MIN_QUESTIONS:
        return []
    first_question, _ = paragraphs[asked[0]]
    announced = cues.conversations.announcing.search(text, 0, first_question)
    person = _interviewee(layout, first_question) if announced else None
    if person is None:
        return []
    questions = [paragraphs[number] for number in asked]
    answers = _answers(text, paragraphs, asked, person, cues)
    if not _is_interview(text, questions, answers, cues):
        return []
    speaker = TextSpan(person.start, person.end, person.text)
    quotes: list[Quote] = []
    confidence, descriptions = cues.confidences.unlabelled_turn, cues.descriptions
    for question, answer in zip(questions, answers, strict=True):
        quotes += paragraph_quotes(text, [question], None, confidence, descriptions)
        quotes += paragraph_quotes(text, answer, speaker, confidence, descriptions)
    return quotes


def _is_question(text: str, span: Span) -> bool:
    words = text[slice(*span)].strip()
    return words.endswith("?") and words[0] not in OPENING_MARKS and len(words) <= _MAX_QUESTION


def _interviewee(layout: Layout, end: int) -> Mention | None:
    """Return the longest mention of the person named most often before an offset; the title counts twice.

    None if two persons are named equally often.
    """
    article = article_of(layout.doc)
    above = [mention for mention in _persons(layout, article) if mention.end <= end]
    counts = Counter(_surname(mention) for mention in above)
    counts.update(_surname(mention) for mention in above if article.section_at(mention.start) == "title")
    surname = _most_frequent(counts)
    named = [mention for mention in above if _surname(mention) == surname]
    return max(named, key=lambda mention: len(mention.text), default=None)


def _persons(layout: Layout, article: Article) -> Iterator[Mention]:
    """Yield the persons mentioned in the title and the body."""
    for mention in layout.doc._.mentions:
        if mention.label == "PERSON" and article.section_at(mention.start) in ("title", "body"):
            yield mention


def _most_frequent(counts: Counter[str]) -> str | None:
    """Return the key with the highest count, None if two share it."""
    ranked = counts.most_common(2)
    if not ranked or len({count for _, count in ranked}) < len(ranked):
        return None
    return ranked[0][0]


def _surname(mention: Mention) -> str:
    return mention.text.split()[-1].removesuffix("'s").removesuffix("’s")


def _answers(
    text: str, paragraphs: Sequence[Span], asked: Sequence[int], person: Mention, cues: Cues
) -> list[Sequence[Span]]:
    """Return the paragraphs after each question, up to the first narrator's, which names the person."""
    answers: list[Sequence[Span]] = []
    for number, following in zip(asked, [*asked[1:], len(paragraphs)], strict=True):
        rest = paragraphs[number + 1 : following]
        rest = while_conversing(text, rest, cues) if following == len(paragraphs) else rest
        named = (i for i, span in enumerate(rest) if _surname(person) in text[slice(*span)])
        answers.append(rest[: next(named, len(rest))])
    return answers


def _is_interview(
    text: str, questions: Sequence[Span], answers: Sequence[Sequence[Span]], cues: Cues
) -> bool:
    """Return whether questions say `you`, and answers say `I` or `we` without opening quotation marks."""
    said = [" ".join(text[slice(*span)] for span in answer).strip() for answer in answers if answer]
    asks = [text[slice(*question)] for question in questions]
    words = cues.conversations
    return (
        len(said) >= _MIN_QUESTIONS
        and not any(answer[:1] in OPENING_MARKS for answer in said)
        and share_matching(asks, words.asked) >= _MIN_SECOND_PERSON
        and share_matching(said, words.first_person) >= _MIN_FIRST_PERSON
    )
