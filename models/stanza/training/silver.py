"""Step `silver`: the project's own pipeline tags openly licensed articles; needs the package `extract`.

So the model learns the project's labels (docs/annotation.md) and the names of its lexicon from running text.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from spacy.tokens import Span

from extract.engines import load_engine
from extract.engines.engine import Engine
from extract.entities.mentions import find_mentions
from extract.lexicon import Lexicon, load_lexicon
from extract.model import Article, Mention
from extract.settings import Settings
from training.job import ROOT, Figures, Job, Sentence
from training.texts import Text, compile_topics, gather

MODELS = ROOT / "models"
ENGINE = "spacy"  # whatever EXTRACT_ENGINE says: the teacher must not be the pupil


def run(job: Job) -> Figures:
    """Gather texts, choose some, tag them and keep their sentences."""
    settings = job.settings["silver"]
    texts = gather(job)
    chosen = choose(texts, job.corpora["silver"], settings)
    words = sum(len(text.text.split()) for text in chosen)
    figures = job.write_sentences("silver", list(tag_texts(chosen, settings)))
    return {"texts": len(texts), "tagged_texts": len(chosen), "tagged_words": words, **figures}


def choose(texts: Sequence[Text], sources: Sequence[dict[str, Any]], settings: dict[str, Any]) -> list[Text]:
    """Return the share of the texts that corpora.toml says, in random order."""
    chance = random.Random(settings["seed"])  # noqa: S311 - no secret
    topics = compile_topics(settings["wide_topics"])
    by_repository = {source["repository"]: source for source in sources}
    chosen = []
    for text in texts:
        source = by_repository[text.repository]
        on_topic = len(topics.findall(text.text)) >= settings["least_topics"]
        share = source.get("share", 1 if on_topic else source.get("off_topic_share", 1))
        # Where all are taken no number is drawn.
        if share == 1 or chance.random() <= share:
            chosen.append(text)
    chance.shuffle(chosen)
    return chosen


def tag_texts(texts: Sequence[Text], settings: dict[str, Any]) -> Iterator[Sentence]:
    """Yield the sentences of texts with the mentions that the pipeline finds, before they are linked."""
    extract = Settings(engine=ENGINE, models_dir=MODELS)
    engine, lexicon = load_engine(extract), load_lexicon(MODELS)
    articles = [make_article(text) for text in texts]
    for start in range(0, len(articles), settings["batch"]):
        batch = articles[start : start + settings["batch"]]
        yield from tag_articles(engine, lexicon, batch, settings["tokens"])


def make_article(text: Text) -> Article:
    """Make an article of a bare text."""
    return Article(article_id=text.id, source=text.repository, format="txt", text=text.text, content_hash="")


def tag_articles(
    engine: Engine, lexicon: Lexicon, articles: Sequence[Article], lengths: tuple[int, int]
) -> list[Sentence]:
    """Return the sentences of some articles that are not too short or long."""
    shortest, longest = lengths
    sentences = []
    with engine.nlp.memory_zone():
        for article, doc in zip(articles, engine.pipe(articles), strict=True):
            doc._.article = article
            mentions = find_mentions(doc, lexicon, ENGINE)
            for span in doc.sents:
                sentence = tag_sentence(span, mentions)
                if sentence and shortest <= len(sentence) <= longest:
                    sentences.append(sentence)
    return sentences


def tag_sentence(span: Span, mentions: Sequence[Mention]) -> Sentence | None:
    """Return the tokens of a sentence with their tags, None where a mention's border is inside a token."""
    tokens = [token for token in span if not token.is_space]
    if not tokens:
        return None
    starts = {token.idx: index for index, token in enumerate(tokens)}
    ends = {token.idx + len(token): index for index, token in enumerate(tokens)}
    tags = ["O"] * len(tokens)
    for mention in mentions:
        if tokens[0].idx <= mention.start < tokens[-1].idx + len(tokens[-1]):
            first, last = starts.get(mention.start), ends.get(mention.end)
            if first is None or last is None:
                return None
            tags[first : last + 1] = [f"B-{mention.label}", *[f"I-{mention.label}"] * (last - first)]
    return [(token.text.replace(" ", "\xa0"), tag) for token, tag in zip(tokens, tags, strict=True)]
