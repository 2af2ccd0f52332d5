"""Words that two lists of a knowledge file must not share."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

from extract.knowledge import Finding, line_at


def words_in_two(
    path: Path, lists: Mapping[str, Iterable[str]], advice: str, key: Callable[[str], str] = str
) -> Iterator[Finding]:
    """Yield an error for each word that is in two lists that exclude each other.

    Args:
        path: The file.
        lists: The lists, by their keys joined with full stops.
        advice: What to do about such a word.
        key: Words with the same key count as the same word.
    """
    for (one, words), (other, others) in combinations(lists.items(), 2):
        known = set(map(key, words))
        for word in dict.fromkeys(others):
            if key(word) in known:
                line = line_at(path, other.split("."), word)
                yield Finding(path, line, "error", f"{word!r} is in `{one}` and in `{other}`.", advice)
