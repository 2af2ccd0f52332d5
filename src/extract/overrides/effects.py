"""What corrections have done in the published tables."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from extract.overrides.entries import Override
from extract.overrides.words import same_letters

_ONE = {"entities": "entity", "quotes": "quote", "dates": "date"}


def count_effects(entries: Iterable[Override], tables: Mapping[str, pa.Table]) -> dict[Override, str]:
    """Return what each correction has done, in words: `3 entities`, `1 quote`, `fits nothing`.

    Args:
        entries: The corrections.
        tables: The published tables articles, entities, quotes, dates and issues.
    """
    articles = set(tables["articles"]["article_id"].to_pylist())
    made = {name: Counter(tables[name]["rule"].to_pylist()) for name in ("entities", "quotes", "dates")}
    corrected = tables["quotes"].filter(pc.equal(tables["quotes"]["speaker_method"], "override"))
    quotes = corrected.select(["article_id", "text"]).to_pylist()
    issues = tables["issues"].select(["article_id", "code", "message"]).to_pylist()
    return {
        one: _effect(one, made, quotes, issues)
        if one.scope.article is None or one.scope.article in articles
        else "no such article"
        for one in entries
    }


def _effect(
    override: Override,
    made: Mapping[str, Counter[str]],
    quotes: Iterable[Mapping[str, str]],
    issues: Iterable[Mapping[str, str]],
) -> str:
    counts = {name: rows[override.rule] for name, rows in made.items()}
    if override.speaker is not None:
        counts["quotes"] = sum(_has_words(one, override) for one in quotes)
    if override.target == "article":
        return "1 article"
    told = Counter(one["code"] for one in issues if _is_about(one, override))
    states = {
        "override_unmatched": "fits nothing",
        "override_dropped": f"dropped in {_articles(told['override_dropped'])}",
        "override_not_needed": f"not needed in {_articles(told['override_not_needed'])}",
    }
    if override.target == "section" and not told:
        return "1 section"
    shown = [f"{count:,} {name if count > 1 else _ONE[name]}" for name, count in counts.items() if count]
    return ", ".join([*shown, *(text for code, text in states.items() if told[code])]) or "none"


def _has_words(quote: Mapping[str, str], override: Override) -> bool:
    words, said = (same_letters(text).casefold() for text in (override.text, quote["text"]))
    return quote["article_id"] == override.scope.article and words in said


def _is_about(issue: Mapping[str, str], override: Override) -> bool:
    is_here = override.scope.article in {None, issue["article_id"]}
    return is_here and f"{override.text!r} in {override.path.name} " in issue["message"]


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
