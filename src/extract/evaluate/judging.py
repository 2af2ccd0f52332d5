"""Which rows are right: True or False for each row, None where gold cannot tell."""

from collections.abc import Sequence
from dataclasses import replace

from extract.evaluate.calibration import Calibration, Judged
from extract.evaluate.dates import by_article, pair_rows
from extract.evaluate.entities import ACCEPTED, trim_span
from extract.evaluate.gold import Gold
from extract.evaluate.links import LINKED_LABELS, is_mislinked
from extract.evaluate.measures import overlaps_any
from extract.evaluate.quotes import best_row, fits, same_speaker
from extract.evaluate.rows import DateRow, EntityRow, QuoteRow, Row, in_articles

Verdict = bool | None


def judge_entities(rows: Sequence[EntityRow], gold: Gold) -> list[Verdict]:
    """Judge label and link. A row without a link asserts none; debatable spans are not judged."""
    known = {(row.article, row.start, row.end): row for row in gold.entities}
    return [_judge_entity(trim_span(row), known, gold.optional_entities) for row in rows]


def _judge_entity(
    row: EntityRow, known: dict[tuple[str, int, int], EntityRow], optional: Sequence[EntityRow]
) -> Verdict:
    right = known.get((row.article, row.start, row.end))
    if right is None:
        return None if overlaps_any(row, optional) else False
    is_linked = row.link is not None and right.label in LINKED_LABELS
    return row.label in ACCEPTED[right.label] and not (is_linked and is_mislinked(row, right))


def judge_quotes(rows: Sequence[QuoteRow], gold: Gold) -> list[Verdict]:
    """Judge words and border; scare quotes and debatable spans are not judged."""
    return [_judge_quote(row, gold) for row in rows]


def _judge_quote(row: QuoteRow, gold: Gold) -> Verdict:
    if row.type == "scare":
        return None
    if any(one.article == row.article and one.type != "scare" and fits(one, row) for one in gold.quotes):
        return True
    return None if overlaps_any(row, gold.optional_quotes) else False


def judge_speakers(rows: Sequence[QuoteRow], gold: Gold) -> list[Verdict]:
    """Judge the speakers of rows that match a gold quote.

    A speaker named in the phrase is right if the phrases overlap or the names agree; one who was resolved,
    only if the names agree. Where gold has an id, another id is wrong. Of several gold quotes that a row
    matches, as in speech within speech, one is enough.
    """
    speakers: dict[tuple[str, int, int], bool] = {}
    for one in gold.quotes:
        row = best_row(one, [row for row in rows if row.article == one.article])
        if row is not None and row.type != "scare" and row.speaker and one.type != "scare":
            place = row.article, row.start, row.end
            speakers[place] = speakers.get(place, False) or _is_right_speaker(one, row)
    return [speakers.get((row.article, row.start, row.end)) for row in rows]


def _is_right_speaker(gold: QuoteRow, row: QuoteRow) -> bool:
    if gold.has_id and row.speaker_id is not None and row.speaker_id != gold.speaker_id:
        return False
    if row.speaker_method in {"coreference", "role"} and gold.speaker:
        return same_speaker(replace(gold, speaker_start=None), row)
    return same_speaker(gold, row)


def judge_dates(rows: Sequence[DateRow], gold: Gold) -> list[Verdict]:
    """Judge type and value of the expressions; debatable spans are not judged."""
    right: set[tuple[str, int, int]] = set()
    expected = by_article(gold.dates)
    for article, found in by_article(rows).items():
        for one, row in pair_rows(expected[article], found):
            if (one.type, one.value) == (row.type, row.value):
                right.add((article, row.start, row.end))
    return [
        True
        if (row.article, row.start, row.end) in right
        else (None if overlaps_any(row, gold.optional_dates) else False)
        for row in rows
    ]


def calibrations(
    gold: Gold, entities: Sequence[EntityRow], quotes: Sequence[QuoteRow], dates: Sequence[DateRow]
) -> dict[str, Calibration]:
    """Return how true the probabilities are, by column: only of tables and articles that have gold."""
    named = {one.article for one in gold.entities}
    spoken = in_articles(quotes, {one.article for one in gold.quotes})
    dated = in_articles(dates, {one.article for one in gold.dates})
    mentioned = in_articles(entities, named)
    columns = {
        "entities.confidence": zip(_of(mentioned), judge_entities(mentioned, gold), strict=True),
        "quotes.confidence": zip(_of(spoken), judge_quotes(spoken, gold), strict=True),
        "quotes.speaker_confidence": zip(
            [row.speaker_confidence for row in spoken], judge_speakers(spoken, gold), strict=True
        ),
        "dates.confidence": zip(_of(dated), judge_dates(dated, gold), strict=True),
    }
    judged = {
        name: Calibration(
            tuple(Judged(one, verdict) for one, verdict in pairs if one is not None and verdict is not None)
        )
        for name, pairs in columns.items()
    }
    return {name: one for name, one in judged.items() if one.rows}


def _of(rows: Sequence[Row]) -> list[float | None]:
    return [row.confidence for row in rows]
