"""How right the pipeline is by itself, by an analyst's corrections: by label, by confidence, by rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse, islice

from extract.evaluate.calibration import Calibration, Judged
from extract.evaluate.report import format_calibrations, text_table
from extract.model import Article, Mention, Quote, Timex
from extract.overrides import Overrides
from extract.overrides.corrections import Corrections, Note
from extract.overrides.mentions import METHOD, correct_mentions
from extract.overrides.rows import correct_rows
from extract.overrides.sections import correct_sections
from extract.pipeline.annotator import Annotator

_AT_ONCE = 25
_MOST_RULES = 20
_NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row that an analyst has judged, by writing a correction for it.

    Attributes:
        table: The table of the row.
        label: Label of a name, type of a quote or date.
        rule: The rule that found it; of a speaker, how he was found.
        confidence: Of the row, or of the speaker; None if nothing was found.
        right: Whether it says what the correction says.
    """

    table: str
    label: str
    rule: str
    confidence: float | None
    right: bool


def judge_corrections(
    articles: Iterable[Article], overrides: Overrides, annotator: Annotator
) -> Iterator[Judgement]:
    """Yield a judgement for each row that a correction concerns.

    Args:
        articles: As they were read; those without corrections are left out.
        overrides: The corrections.
        annotator: Finds what the corrections are compared with: it must have none itself.
    """
    concerned = (one for one in articles if overrides.of(one))
    while some := list(islice(concerned, _AT_ONCE)):
        for annotation in annotator.annotate(some):
            article = annotation.article
            corrections = Corrections(overrides.of(article), annotator.knowledge.lexicon)
            correct_sections(article, corrections)
            correct_mentions(annotation.mentions, article.text, corrections)
            correct_rows(annotation, corrections)
            for note in corrections.notes:
                yield from _judgements(note)


def format_judgements(judgements: Sequence[Judgement]) -> str:
    """Return the judgements as tables: by label, by confidence, and the rules that err most."""
    labels = Counter((one.table, one.label, one.right) for one in judgements)
    kinds = sorted({(table, label) for table, label, _ in labels})
    rows = [
        [table, label, *_shares(labels[table, label, True], labels[table, label, False])]
        for table, label in kinds
    ]
    blocks = [text_table(["table", "label", "judged", "right", "wrong"], rows)]
    sure = [Judged(one.confidence, one.right) for one in judgements if one.confidence is not None]
    if sure:
        blocks.append(format_calibrations({"corrected rows": Calibration(tuple(sure))}))
    return "\n\n".join([*blocks, _format_rules(judgements)])


def _format_rules(judgements: Sequence[Judgement]) -> str:
    wrong = Counter((one.table, one.rule) for one in judgements if not one.right)
    right = Counter((one.table, one.rule) for one in judgements if one.right)
    ranked = sorted(wrong, key=lambda rule: (-wrong[rule], right[rule], rule))[:_MOST_RULES]
    rows = [[table, rule, *_shares(right[table, rule], wrong[table, rule])] for table, rule in ranked]
    return text_table(["table", "rule that errs", "judged", "right", "wrong"], rows)


def _shares(right: int, wrong: int) -> tuple[int, str, int]:
    return right + wrong, f"{100 * right / (right + wrong):.1f}", wrong


def _judgements(note: Note) -> Iterator[Judgement]:
    override = note.override
    if override.target in {"article", "section"}:
        return
    for found in filterfalse(_is_corrected, note.found):  # a wider correction has judged it already
        yield _of(found, speaker=override.speaker is not None, right=not note.changed)
    if not note.found:
        table = {"mention": "entities", "date": "dates"}.get(override.target, "quotes")
        yield Judgement(table, override.label or _NOT_FOUND, _NOT_FOUND, None, right=not note.changed)


def _is_corrected(found: Mention | Quote | Timex) -> bool:
    by = found.speaker_method if isinstance(found, Quote) else ""
    return by == METHOD or found.rule.startswith(f"{METHOD}:")


def _of(found: Mention | Quote | Timex, *, speaker: bool, right: bool) -> Judgement:
    if isinstance(found, Mention):
        return Judgement("entities", found.label, found.rule, found.confidence, right)
    if isinstance(found, Timex):
        return Judgement("dates", found.type, found.rule, found.confidence, right)
    if speaker:
        rule = f"speaker: {found.speaker_method or 'nobody'}"
        return Judgement("quotes", found.type, rule, found.speaker_confidence, right)
    return Judgement("quotes", found.type, found.rule, found.confidence, right)
