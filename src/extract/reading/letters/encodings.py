"""Which old encoding bytes are in: the one whose letters and marks fit their neighbours best."""

import codecs
import re
from collections.abc import Iterable

_UNUSED_IN_1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_WINDOWS_1252 = "".join(
    chr(code) if code in _UNUSED_IN_1252 else bytes([code]).decode("cp1252") for code in range(256)
)
# In the order of their frequency; the first one wins a tie.
_ENCODINGS = (
    "windows-1252",
    "windows-1256",
    "windows-1254",
    "mac-roman",
    "iso-8859-6",
    "windows-1251",
    "koi8-r",
)
_SAMPLE = 200_000  # bytes
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SURE = 0.8  # share of the letters and marks that fit
_UTF_16 = (("utf-16-le", "UTF-16 (little-endian)"), ("utf-16-be", "UTF-16 (big-endian)"))
_EXPECTED = re.compile(r"[\t\n\r -~\u00a0-\u024f\u0370-\u06ff\u1e00-\u1eff\u2000-\u206f\u20ac\u2122\ufeff]")
_EXPECTED_SHARE = 0.95
# What most of any text is made of: blanks, plain letters, letters of one other script.
_COMMON = re.compile(r"[\sA-Za-z\u0370-\u06ff]")
_COMMON_SHARE = 0.6

_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
_LATIN_WORD = re.compile(rf"[{_LATIN}]+")
# Letters that only few words of few languages have: they count half.
_RARE = frozenset("ŠšŽžŒœŸÿƒªº")
# Icelandic letters, where windows-1254 has those of Turkish.
_ICELANDIC = frozenset("ÐÝÞðýþ")
_OTHER_ICELANDIC = re.compile(r"[æÆáíóúÁÍÓÚ]")
_LONG_WORD = 4
_ONE_SCRIPT = re.compile(
    rf"(?<![{_LATIN}])(?:[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]{{2,}}|[\u0400-\u04ff]{{2,}}"
    rf"|[\u0370-\u03ff]{{2,}}|[\u05d0-\u05ea]{{2,}})(?![{_LATIN}])"
)
_ARABIC_HABITS = re.compile(r"(?<!\w)(?:ال\w{2,}|في|من|على|إلى|أن)(?!\w)")
_MARKS = re.compile(
    r"(?<![^\s(\[“«—–-])[“‘«„](?=\w)"  # opens
    r"|(?<=[\w.,!?…;:)”’%])[”’»](?![\w“])|(?<=[^\W\d_])[’‘](?=[^\W\d_])"  # closes, or stands in a word
    r"|(?<=[\s\w”’.,)])[–—](?=[\s\w“‘(])|(?<=[\w\s”’,])…|(?<=\s)[•·](?=\s)|[€£¥](?=\d)|(?<=\d)[€°½¼](?!\w)"
    r"|(?<=[\w\s.,;:!?»”])\u00a0|[©®™§](?=\W)|(?<=[\u0621-\u064a])[،؛؟]"
)


def guess_encoding(data: bytes) -> tuple[str, str]:
    """Return the name of the encoding that fits best, and the text.

    Where none of the usual ones fits well, charset-normalizer is asked; its answer counts only if it fits
    better: on short texts it is often wrong.
    """
    sample = data[:_SAMPLE]
    scores = {encoding: _fit(decode_as(sample, encoding)) for encoding in _ENCODINGS}
    best = max(_ENCODINGS, key=lambda encoding: scores[encoding])
    if scores[best] < _SURE * len(_BEYOND_ASCII.findall(sample)):
        best = max([best, *_other_encodings(sample)], key=lambda one: _fit(decode_as(sample, one)))
    return best, decode_as(data, best)


def decode_as(data: bytes, encoding: str) -> str:
    """Decode bytes; in windows-1252, as WHATWG does, unused bytes are the C1 controls of their value."""
    if encoding == "windows-1252":
        return codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]
    return data.decode(encoding, "replace")


def decode_utf_16(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-16 without a byte-order mark, and the encoding's name; None if it is none."""
    if b"\0" not in data:
        return None
    for encoding, name in _UTF_16:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        is_expected = len(_EXPECTED.findall(text)) >= _EXPECTED_SHARE * len(text)
        if is_expected and len(_COMMON.findall(text)) >= _COMMON_SHARE * len(text):
            return name, text
    return None


def _other_encodings(sample: bytes) -> Iterable[str]:
    """Return what charset-normalizer takes the bytes for."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, rarely needed

    return [match.encoding for match in [from_bytes(sample).best()] if match is not None]


def _fit(text: str) -> float:
    """Return how many characters beyond ASCII are where the writing of their language has them."""
    words = sum(_fit_of_script(match[0]) for match in _ONE_SCRIPT.finditer(text))
    habits = len(_ARABIC_HABITS.findall(text))
    latin = sum(_fit_of_word(match[0]) for match in _LATIN_WORD.finditer(text) if not match[0].isascii())
    if _OTHER_ICELANDIC.search(text) is None:
        latin -= sum(map(text.count, _ICELANDIC))
    return words + habits + latin + len(_MARKS.findall(text)) - text.count("\ufffd")


def _fit_of_script(word: str) -> float:
    """Return how many letters fit a word in one script; the wrong Cyrillic encoding turns case around."""
    if word.islower() or word.istitle() or not (word.isupper() or word.lower() != word):
        return len(word)
    return len(word) / 2 if word.isupper() else 0


def _fit_of_word(word: str) -> float:
    """Return how many letters beyond ASCII fit a Latin word: small ones after the first, or all capitals."""
    foreign = [char for char in word if char > "\x7f"]
    cased = word.islower() or word.isupper() or word.istitle()
    if not cased or len(word) == 1 or (len(word) >= _LONG_WORD and 2 * len(foreign) > len(word)):
        return 0
    return sum(0.5 if char in _RARE else 1 for char in foreign)
