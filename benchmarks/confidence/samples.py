"""Rows of annotated texts, each with its features and whether it is right."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpora.run_corpus import read_jsonl
from benchmarks.dates.read_timeml import read_corpus
from benchmarks.quotes.fit_ranking import is_antecedent, spoken_by
from benchmarks.quotes.polnear import gold_rows
from benchmarks.quotes.speakers_polnear import JUDGED
from spacy.tokens import Doc

from extract.components import set_mentions
from extract.dates import find
from extract.dates.probability import features_of as date_features
from extract.entities.probability import features_of as mention_features
from extract.evaluate import read_gold
from extract.evaluate.gold import Gold
from extract.evaluate.judging import Verdict, judge_dates, judge_entities, judge_quotes, judge_speakers
from extract.evaluate.rows import DateRow, EntityRow, QuoteRow
from extract.model import Article, Mention, Quote, Timex
from extract.pipeline.annotator import Annotator
from extract.probability import Features
from extract.quotes.probability import quote_features, speaker_features
from extract.reading import read_inputs

OWN = "own"


@dataclass(frozen=True, slots=True)
class Sample:
    """One row.

    Attributes:
        kind: What the probability is of: mention, quote, speaker or date.
        text: The name of the text; folds do not divide a text.
        corpus: Whose annotation it is.
    """

    kind: str
    text: str
    corpus: str
    features: Features
    right: bool

    @property
    def own(self) -> bool:
        """Whether the annotation is ours and follows docs/annotation.md."""
        return self.corpus == OWN


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules find in an article, with their own confidence."""

    article: Article
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    timexes: tuple[Timex, ...]


def own_samples(annotator: Annotator, articles: Path, gold_folder: Path) -> Iterator[Sample]:
    """Yield the samples of articles with our own gold: of all tables that it has."""
    gold = read_gold(gold_folder)
    for found in find_all(annotator, articles):
        name = found.article.article_id
        here = _gold_of(gold, name)
        if here.entities:
            yield from _mention_samples(found, here)
        if here.quotes:
            yield from _quote_samples(found, here, corpus=OWN)
            yield from _speaker_samples(found, here, corpus=OWN)
        if here.dates:
            yield from _date_samples(name, found.timexes, here, corpus=OWN)


def polnear_samples(annotator: Annotator, docs: Path, gold_file: Path, texts: int) -> Iterator[Sample]:
    """Yield samples of quotes from the first texts of a part of PolNeAR.

    Speakers only where the text names them beside the words, because PolNeAR does not resolve others.
    """
    lines = {line["id"]: line for line in read_jsonl(gold_file)}
    for found in find_all(annotator, docs, texts):
        name = found.article.article_id
        gold = Gold(quotes=tuple(gold_rows(lines[name], found.article.text)))
        yield from _quote_samples(found, gold, corpus="PolNeAR")
        named = replace(found, quotes=tuple(q for q in found.quotes if q.speaker_method == "mention"))
        yield from _speaker_samples(named, gold, corpus="PolNeAR")


def judged_samples(annotator: Annotator, docs: Path) -> Iterator[Sample]:
    """Yield samples of the resolved speakers in PolNeAR dev that we judged ourselves."""
    judged = read_jsonl(JUDGED)
    for found in find_all(annotator, docs):
        name = found.article.article_id
        for line in (line for line in judged if line["id"] == name):
            quote = spoken_by(line["speaker"], found.quotes)
            if quote is not None and quote.speaker_method in {"coreference", "role"}:
                right = is_antecedent(line, quote, found.article.text, found.mentions)
                yield Sample("speaker", name, OWN, speaker_features(quote, found.mentions), right)


def timeml_samples(annotator: Annotator, folder: Path) -> Iterator[Sample]:
    """Yield samples of dates from a TimeML corpus."""
    rules = annotator.knowledge.date_rules
    for document in read_corpus(folder, "dev"):
        timexes = find(document.text, document.created, rules=rules)
        yield from _date_samples(document.name, timexes, Gold(dates=document.gold), corpus=folder.name)


def find_all(annotator: Annotator, articles: Path, most: int | None = None) -> Iterator[Found]:
    """Yield what the rules find in the articles of a file or folder."""
    settings = annotator.settings
    read = read_inputs([articles], max_chars=settings.max_chars, models_dir=settings.models_dir)
    known = [article for article in read if isinstance(article, Article)][:most]
    with annotator.engine.nlp.memory_zone():
        for article, doc in zip(known, annotator.engine.pipe(known), strict=True):
            yield _found(annotator, article, doc)


def _found(annotator: Annotator, article: Article, doc: Doc) -> Found:
    find_names, find_dates, find_quotes = annotator.components
    doc._.article = article
    set_mentions(doc, find_names.find(doc))
    find_dates(doc)
    return Found(article, doc._.mentions, find_quotes.find(doc), doc._.timexes)


def _gold_of(gold: Gold, article_id: str) -> Gold:
    """Return the gold of one article, whose name in gold may end with `.txt`, under its id."""
    names = {article_id, f"{article_id}.txt"}
    return Gold(
        *(
            tuple(replace(row, article=article_id) for row in rows if row.article in names)
            for rows in (
                gold.entities,
                gold.quotes,
                gold.dates,
                gold.optional_entities,
                gold.optional_quotes,
                gold.optional_dates,
            )
        )
    )


def _mention_samples(found: Found, gold: Gold) -> Iterator[Sample]:
    name = found.article.article_id
    rows = [
        EntityRow(name, one.start, one.end, one.text, one.label, one.entity_id, one.entity_name)
        for one in found.mentions
    ]
    times = Counter((one.text, one.label) for one in found.mentions)
    features = [mention_features(one, times[one.text, one.label], found.article) for one in found.mentions]
    yield from _samples("mention", name, features, judge_entities(rows, gold), corpus=OWN)


def _quote_samples(found: Found, gold: Gold, *, corpus: str) -> Iterator[Sample]:
    features = map(quote_features, found.quotes)
    verdicts = judge_quotes(_quote_rows(found, gold), gold)
    yield from _samples("quote", found.article.article_id, features, verdicts, corpus=corpus)


def _speaker_samples(found: Found, gold: Gold, *, corpus: str) -> Iterator[Sample]:
    features = (speaker_features(quote, found.mentions) for quote in found.quotes)
    verdicts = judge_speakers(_quote_rows(found, gold), gold)
    yield from _samples("speaker", found.article.article_id, features, verdicts, corpus=corpus)


def _quote_rows(found: Found, gold: Gold) -> list[QuoteRow]:
    """Return the quotes as rows of the article that gold names."""
    name = gold.quotes[0].article if gold.quotes else found.article.article_id
    return [_quote_row(name, quote) for quote in found.quotes]


def _quote_row(name: str, quote: Quote) -> QuoteRow:
    speaker = quote.speaker
    return QuoteRow(
        article=name,
        start=quote.start,
        end=quote.end,
        text=quote.text,
        type=quote.type,
        speaker=quote.speaker_name or (speaker.text if speaker else None),
        speaker_start=speaker.start if speaker else None,
        speaker_end=speaker.end if speaker else None,
        speaker_id=quote.speaker_entity_id,
        speaker_kind=quote.speaker_kind,
        speaker_method=quote.speaker_method,
    )


def _date_samples(name: str, timexes: Sequence[Timex], gold: Gold, *, corpus: str) -> Iterator[Sample]:
    rows = [
        DateRow(gold.dates[0].article, one.start, one.end, one.text, one.type, one.value)
        for one in timexes
        if gold.dates
    ]
    if rows:
        yield from _samples("date", name, map(date_features, timexes), judge_dates(rows, gold), corpus=corpus)


def _samples(
    kind: str, text: str, features: Iterable[Features], verdicts: Sequence[Verdict], *, corpus: str
) -> Iterator[Sample]:
    """Yield a sample for each row that gold can judge."""
    for known, right in zip(features, verdicts, strict=True):
        if right is not None:
            yield Sample(kind, text, corpus, known, right)
