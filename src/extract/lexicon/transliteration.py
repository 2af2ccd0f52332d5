"""How a word of an Arabic, Kurdish or Persian name sounds: one form for the ways in which English writes it.

English has no one way to write these names, but writers vary by rule. `sound` folds what they vary freely and
what tells no two names apart. Two letters stand for more than one sound: e for a, i or ai (Mehdi, Khaled,
Suleman), dh for d or z (Fayyadh). They stay in the sound, and `readings` says what else it may be: Ahmed may
be Ahmad, while Hamad is never Hamid. q and k are two letters in Arabic and are never folded: pairs that are
attested are listed in models/lexicon/spellings.toml.

A sound alone decides nothing. `keys.Spelling` uses it only to bring a word to one that the lexicon has;
English words stay what they are; and a name of one word takes other spellings only where it is long.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, product

_CONSONANT = r"(?:[dgkstz]h|[b-df-hj-np-tv-z])"
# In order: each rule sees what the ones before it left.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"dj", "j"),
        (r"(?<=..)[aeu]{1,2}(?:dd|ld|(?<=[au])d)[ie]{1,2}n$", "aldin"),  # Salahuddin, Salah al-Din, Saladin
        (r"(?<=..)[aou]{1,2}l(?:lah?|ah)$", "alah"),  # Hizbullah, Nasrollah, Abdulla
        (r"([b-df-hj-np-tv-z])\1+|((?:[dgkst]h))\2+", r"\1\2"),  # Hassan, Fayyad
        (r"^abd[aeiou]{1,2}l?(?=[^l]..)", "abdul"),  # Abdurrahman, Abdel Latif in one word
        (r"oo|o?u+|o", "u"),
        (r"ee|ie(?=[^aeiouy])", "i"),
        (r"aa+", "a"),
        (r"(?<=a)y?[ie]{1,2}$", "i"),  # Rubaie, Walayi
        (r"iy(?=[aeu])", "i"),  # Iraqiyya, Ziyad
        (r"a[wu]u?(?![aeiu])|au", "W"),  # Awfiya, Daoud
        (r"[ae](?:i|y(?!i))(?![aeu])|aei?", "A"),  # Kata'ib, Kata'eb, Laith, Husayn
        (r"(?<=[^aeiuAW])y|iy", "i"),
        (r"ah$", "a"),  # Siyadah
        (rf"^({_CONSONANT}?)a((?!y){_CONSONANT})e({_CONSONANT})$", r"\1a\2i\3"),  # Khaled, Saleh, Adel
    )
)
# What e and dh stand for. A last e is mostly no Arabic vowel: sale is not Salah.
_FREE = str.maketrans({**dict.fromkeys("aeiouyhwdlzAW"), "p": "f"})
_READ_AS = {"e": ("e", "a", "i", "A"), "dh": ("dh", "d", "z")}
_OPEN = re.compile("e(?!$)|dh")
_MOST_OPEN = 3
Rewriting = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
# Abdul is written with the word after it or apart from it, Allah and al-Din with the word before them.
_JOINED: tuple[Rewriting, ...] = (
    (re.compile(r"\bAbd(?:[aeu]l)?(?: al-| el-|[ -])(\w)(?=\w\w)"), lambda match: f"Abdul{match[1].lower()}"),
    (re.compile(r"(?<=\w{3}) A(?=llah\b)"), "a"),
    (re.compile(r"(?<=\w{3}) (?:[Aa]l|[Aa]d|[Ee]l)-D(?=in\b)"), "add"),
)
_PARTED: tuple[Rewriting, ...] = (
    (
        re.compile(r"\bAbd[aeiou]{1,2}(?:l(?!l?ah\b)|([drsnzt])(?=\1))(\w)(?=\w\w)"),
        lambda match: f"Abdul {match[2].upper()}",
    ),
    (re.compile(r"(?<=\w{3})[aou]llah\b"), " Allah"),
    (re.compile(r"(?<=\w{3})[aeu]dd[ie]n\b"), " al-Din"),
)
# Letters that English has and transliterations have not.
_ENGLISH = re.compile(r"c(?!h)|x|wh|ght")


def may_be_transliterated(word: str) -> bool:
    """Return whether a folded word has only letters with which English transliterates."""
    return word.isascii() and _ENGLISH.search(word) is None


def sound(word: str) -> str:
    """Return how a folded word sounds (see `keys.fold`).

    >>> sound("kataeb") == sound("kataib"), sound("hamad") == sound("hamid")
    (True, False)
    """
    for pattern, written in _RULES:
        word = pattern.sub(written, word)
    return word


def consonants(word: str) -> str:
    """Return the consonants that all spellings and sounds of a word have, each once.

    Comparing these first is cheap and spares most words of a text the rules.
    """
    return "".join(dict.fromkeys(word.translate(_FREE)))


def readings(heard: str) -> frozenset[str]:
    """Return every sound that one with e or dh in it may stand for, itself with them.

    >>> sorted(readings(sound("mehdi")))
    ['mAhdi', 'mahdi', 'mehdi', 'mihdi']
    """
    pieces = _OPEN.split(heard)
    found = _OPEN.findall(heard)
    if not found or len(found) > _MOST_OPEN:
        return frozenset({heard})
    choices = product(*(_READ_AS[letters] for letters in found))
    read = ("".join(chain(*zip(pieces, (*chosen, ""), strict=True))) for chosen in choices)
    return frozenset(one[:-1] if one.endswith("ah") else one for one in read) | {heard}


def words_by_sound(words: Iterable[str]) -> dict[str, str]:
    """Return sound -> word, one word for all that are spellings of each other.

    Words without e and dh come first: they say how the others are read. A reading that two words share stands
    for neither.
    """
    found: dict[str, str] = {}
    for _, word, heard in sorted(_heard(words)):
        if heard not in found:
            found[heard] = known_word(heard, found) or word
    read: dict[str, set[str]] = defaultdict(set)
    for heard, word in found.items():
        for reading in readings(heard) - found.keys():
            read[reading].add(word)
    return found | {heard: min(known) for heard, known in read.items() if len(known) == 1}


def known_word(heard: str, by_sound: Mapping[str, str]) -> str | None:
    """Return the one word that a sound may stand for, None for no or several."""
    if heard in by_sound:
        return by_sound[heard]
    words = {by_sound[reading] for reading in readings(heard) if reading in by_sound}
    return words.pop() if len(words) == 1 else None


def written_forms(name: str) -> tuple[str, ...]:
    """Return a name as it stands, and with its joined words parted and its parted words joined.

    >>> written_forms("Abdul Latif Rashid"), written_forms("Kata'ib Hizballah")
    (('Abdul Latif Rashid', 'Abdullatif Rashid'), ("Kata'ib Hizballah", "Kata'ib Hizb Allah"))
    """
    return tuple(dict.fromkeys((name, _rewritten(name, _JOINED), _rewritten(name, _PARTED))))


def _rewritten(name: str, rewritings: Iterable[Rewriting]) -> str:
    for pattern, written in rewritings:
        name = pattern.sub(written, name)
    return name


def _heard(words: Iterable[str]) -> Iterator[tuple[bool, str, str]]:
    for word in set(words):
        heard = sound(word)
        yield _OPEN.search(heard) is not None, word, heard
