"""Persons who act without a name: `a herder opened the gate`. `He said` may mean them."""

from collections.abc import Iterable, Iterator, Sequence

from extract.model import Mention, TextSpan
from extract.quotes.cues import Descriptions
from extract.quotes.speakers.discourse import DiscourseMention, Layout
from extract.quotes.speakers.referents import describe
from extract.quotes.speakers.subjects import Subject, is_inside


def unnamed_persons(
    subjects: Iterable[Subject],
    mentions: Sequence[Mention],
    speakers: Iterable[TextSpan],
    layout: Layout,
    descriptions: Descriptions,
) -> Iterator[DiscourseMention]:
    """Yield the subjects that are one person without a name, in text order; speakers are left out.

    Args:
        subjects: In text order, outside quotations.
        mentions: The article's mentions, in text order.
        speakers: The phrases that speak, in text order.
        layout: The article's sentences.
        descriptions: For the words about persons.
    """
    named = [(one.start, one.end) for one in mentions]
    speaking = [(one.start, one.end) for one in speakers]
    persons = {one.start for one in mentions if one.label == "PERSON"}
    for one in subjects:
        is_apposed = one.phrase.end + len(", ") in persons  # `the envoy, |Brandt`
        is_known = is_apposed or is_inside(named, one.head) or is_inside(speaking, one.head)
        if is_known or one.pronoun or one.plural or not one.is_able:
            continue
        referent = describe(one.phrase, descriptions)
        if referent.kind == "person" and not referent.vague:
            yield DiscourseMention(
                one.phrase.start,
                one.phrase.end,
                referent,
                layout.sentence(one.head),
                is_subject=True,
                is_main=one.is_main,
                introduces=not descriptions.phrases.definite.match(one.phrase.text),
            )
