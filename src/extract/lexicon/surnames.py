"""The surname of a person's full name."""

from extract.lexicon.keys import split_words

# First words that make one name with the next: Abdul Mahdi, Abu Fadak.
_BOUND = frozenset({"abd", "abdel", "abdul", "abu", "bin", "ibn", "bint", "umm"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "xiv", "xvi"})


def surname_of(full_name: str) -> list[str]:
    """Return the surname of a person's full name in a list, empty where the name is one word.

    >>> surname_of("Adel Abdul Mahdi"), surname_of("Muqtada al-Sadr"), surname_of("Saddam")
    (['Abdul Mahdi'], ['al-Sadr'], [])
    """
    words = [word for word in split_words(full_name) if word.key not in _SUFFIXES]
    count = 2 if len(words) > 1 and words[-2].key in _BOUND else 1
    if len(words) <= count:
        return []
    return [full_name[words[-count].start : words[-1].end]]
