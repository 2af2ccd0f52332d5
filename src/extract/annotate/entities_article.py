"""Short names that one article introduces itself: surnames of its persons, acronyms in brackets."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.annotate.conditions import Surroundings
from extract.lexicon import ALWAYS, Lexicon
from extract.lexicon.keys import Word, match_key
from extract.lexicon.load import surname_of
from extract.model import Article, Label, Mention

SHORT_CONFIDENCE = 0.8
_BRACKETED = re.compile(r"\s{0,2}\(\s?[\"“‘']?(?P<acronym>[A-Z][A-Za-z]{0,6}[A-Z]s?)[\"”’']?\s?\)")
_SHORTEST_SURNAME = 3


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name and the mention that introduced it.

    Attributes:
        exact: The short name must be written just so (acronyms).
    """

    full: Mention
    rule: str
    exact: str | None


def agree(mentions: Sequence[Mention], article: Article) -> list[Mention]:
    """Give all guessed mentions of one name the same label: the model wavers where the article does not.

    The article's outlet is an ORG and its author a PERSON; else the label guessed most often wins.
    """
    labels: dict[str, Counter[Label]] = defaultdict(Counter)
    for mention in mentions:
        if mention.engine != "lexicon":
            labels[match_key(mention.text)][mention.label] += 1
    settled = {key: counts.most_common(1)[0][0] for key, counts in labels.items()}
    settled |= {
        match_key(name): label for name, label in _from_metadata(article) if match_key(name) in settled
    }
    return [
        replace(mention, label=settled[match_key(mention.text)]) if mention.engine != "lexicon" else mention
        for mention in mentions
    ]


def _from_metadata(article: Article) -> Iterator[tuple[str, Label]]:
    if article.outlet:
        yield article.outlet, "ORG"
    if article.author:
        yield article.author, "PERSON"


def repeated_mentions(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield all further places of the full names of persons and organisations that were guessed once."""
    guessed = {
        mention.text: mention
        for mention in mentions
        if mention.engine != "lexicon" and mention.label in {"PERSON", "ORG"} and " " in mention.text
    }
    for name, mention in guessed.items():
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            is_whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
            if is_whole and start != mention.start:
                yield replace(mention, start=start, end=end)
            start = text.find(name, end)


def short_mentions(around: Surroundings, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions by short names which the article's own full names explain.

    A surname counts in the whole article: headlines come before the full name. An acronym counts after its
    bracket. Words inside a longer mention are left alone.

    Args:
        around: The article's words.
        mentions: The mentions found so far, in order, without overlaps.
    """
    shorts = {**_surnames(mentions, around.lexicon), **_acronyms(around.text, mentions)}
    taken = {
        position
        for mention in mentions
        if " " in mention.text or mention.engine == "lexicon"
        for position in range(mention.start, mention.end)
    }
    for word in around.words:
        short = shorts.get(word.key)
        if short is None or word.start in taken or not _stands(short, word, around):
            continue
        yield Mention(
            start=word.start,
            end=word.end,
            text=around.text[word.start : word.end],
            label=short.full.label,
            method="acronym" if short.exact else "short_name",
            rule=short.rule,
            engine=short.full.engine,
            confidence=SHORT_CONFIDENCE,
            candidates=short.full.candidates,
        )


def _stands(short: ShortName, word: Word, around: Surroundings) -> bool:
    core = around.text[word.core : word.end]
    if short.exact is not None:
        return core == short.exact and word.start > short.full.end
    return core[0].isupper() and not around.lexicon.is_anothers_surname(around.text, word.start)


def _surnames(mentions: Sequence[Mention], lexicon: Lexicon) -> Mapping[str, ShortName]:
    found: dict[str, ShortName] = {}
    for mention in mentions:
        if mention.label != "PERSON":
            continue
        for surname in surname_of(mention.text):
            key = lexicon.spelling.key(surname)
            if (
                len(key) >= _SHORTEST_SURNAME
                and " " not in key
                and not _is_other_name(key, mention.label, lexicon)
            ):
                found.setdefault(key, ShortName(mention, f"surname of {mention.text}", None))
    return found


def _acronyms(text: str, mentions: Sequence[Mention]) -> Mapping[str, ShortName]:
    found: dict[str, ShortName] = {}
    for mention in mentions:
        match = _BRACKETED.match(text, mention.end) if mention.label in {"ORG", "FACTION", "FAC"} else None
        if match:
            acronym = match["acronym"]
            found.setdefault(match_key(acronym), ShortName(mention, f"acronym of {mention.text}", acronym))
    return found


def _is_other_name(key: str, label: Label, lexicon: Lexicon) -> bool:
    """Tell whether a word always means something else than a person: `Jordan`, `Saudi`, `Sunday`."""
    if key in lexicon.words.no_names or key in lexicon.words.describers:
        return True
    return any(name.when == ALWAYS and name.label != label for name in lexicon.names.get(key, ()))
