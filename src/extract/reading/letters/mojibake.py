"""UTF-8 that was read in another encoding, once or several times: `Kataâ€™ib` -> `Kata’ib`.

A sequence of characters is undone only if its bytes are UTF-8 for a letter, mark or emoji of the languages
that analysts meet, and if its characters cannot stand beside each other in correct text. ftfy, which judges
by the same idea, knows nothing of windows-1256, leaves `ErdoÄŸan`, and calls the end of `“AMANHÃ”` broken.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extract.reading.letters.edits import Edit

_CONTINUATION = range(0x80, 0xC0)
# First byte of a sequence -> how many bytes continue it.
_FIRST_BYTES = ((range(0xC2, 0xE0), 1), (range(0xE0, 0xF0), 2), (range(0xF0, 0xF5), 3))
_MOST_ROUNDS = 4
# Greek, Cyrillic and Hebrew: fewer letters may be a capital and a closing quotation mark.
_SOME_LETTERS = 3

_LATIN = (
    r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
    r"\u0218-\u021b\u02b9-\u02bf\u0300-\u0331\u1e00-\u1eff"
)
_MARKS = (
    r"\u00a0-\u00bf\u00d7\u00f7\u200b-\u2027\u202a-\u202f"
    r"\u2030-\u203a\u2066-\u2069\u20ac\u2116\u2122\u2212\ufeff"
)
_EMOJI = r"\u2600-\u27bf\ufe0f\U0001f1e6-\U0001faff"
_ARABIC = r"\u060c\u061b\u061f\u0620-\u0669\u066a-\u06d5\u06f0-\u06f9\ufdf2\ufe8d-\ufefc"
_OTHER_SCRIPTS = r"\u0384-\u03ce\u0401-\u045f\u05d0-\u05ea"
_PLAUSIBLE = re.compile(rf"[{_LATIN}{_MARKS}{_EMOJI}{_ARABIC}{_OTHER_SCRIPTS}]+")
_HAS_ARABIC = re.compile(rf"[{_ARABIC}]")
_HAS_OTHER_SCRIPT = re.compile(rf"[{_OTHER_SCRIPTS}]")
_LATIN_LETTER = re.compile(rf"[{_LATIN}]")
# Never right beside a letter in correct text. Closing quotation marks, dashes, blanks, footnote signs and
# trade marks are left out: they may follow a word.
_ODD = re.compile(r"[\x80-\x9f¡¢£¤¥¦§¨¬¯±µ¶¸¼½¾¿‚ƒ„†‡ˆ‰‹Œ˜€√≈∆◊∏∑∫∂Ω≠≤≥∞π\uf8ff]")
# All mojibake has other characters than these; most texts have no others.
_SUSPECT = re.compile(r"[^\x00-\x7f‘’“”–—…•\xa0]")
_ODD_IN_ARABIC = re.compile(rf"{_ODD.pattern}|[\xad¹²³©®°´·]")


@dataclass(frozen=True, slots=True)
class _Misreading:
    """Encodings with mostly the same characters, in one of which UTF-8 was read by mistake.

    Attributes:
        codes: Character -> the byte that it was.
        runs: Matches characters whose bytes look like UTF-8.
        arabic: Whether its characters are Arabic letters, which may also stand beside each other by right.
        leads_are_letters: Whether the first bytes of Latin letters were read as capitals (`Ã`).
    """

    codes: Mapping[str, int]
    runs: re.Pattern[str] = field(init=False)
    arabic: bool = False
    leads_are_letters: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "runs", _runs(self.codes))

    def undo(self, surface: str) -> str | None:
        """Return what the bytes of the surface are in UTF-8; None if they are not UTF-8."""
        try:
            return bytes(self.codes[char] for char in surface).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None


def _runs(codes: Mapping[str, int]) -> re.Pattern[str]:
    def one_of(values: range) -> str:
        return f"[{re.escape(''.join(char for char, code in codes.items() if code in values))}]"

    sequences = (f"{one_of(first)}{one_of(_CONTINUATION)}{{{n}}}" for first, n in _FIRST_BYTES)
    return re.compile(rf"(?:{'|'.join(sequences)})+")


def _codes(*encodings: str) -> dict[str, int]:
    """Map the characters of the encodings to their bytes; unused bytes are read as C1 controls."""
    codes = {chr(code): code for code in range(0x80, 0x100)} if "latin-1" in encodings else {}
    for encoding in encodings:
        for code in range(0x80, 0x100):
            char = bytes([code]).decode(encoding, "ignore") or chr(code)
            codes.setdefault(char, code)
    return codes


_MISREADINGS = (
    _Misreading(_codes("cp1252", "latin-1", "cp1254"), leads_are_letters=True),
    _Misreading(_codes("mac_roman")),
    _Misreading(_codes("cp1256"), arabic=True),
)


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The characters beside a run; empty at the ends of the text."""

    before: str
    after: str

    @property
    def latin(self) -> bool:
        """Whether the run is part of a word in Latin letters."""
        return bool(_LATIN_LETTER.match(self.before) or _LATIN_LETTER.match(self.after))


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of characters that would be other text if undone."""

    edit: Edit
    certain: bool


def find_mojibake(text: str) -> list[Edit]:
    """Return the repairs that are certain, in text order.

    What may be right as it is (`“AMANHÃ”`) counts as broken only beside what cannot be right, by the same
    misreading.
    """
    if not _SUSPECT.search(text):
        return []
    edits: list[Edit] = []
    for misreading in _MISREADINGS:
        found = list(_find(text, misreading))
        if any(run.certain for run in found):
            edits += [run.edit for run in found]
    return _without_overlaps(edits)


def _without_overlaps(edits: list[Edit]) -> list[Edit]:
    """Return the edits in text order; of those that overlap the first one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _find(text: str, misreading: _Misreading) -> Iterator[_Run]:
    """Yield the runs that the misreading may have made."""
    for match in misreading.runs.finditer(text):
        start, end = match.span()
        around = _Neighbours(text[max(start - 1, 0) : start], text[end : end + 1])
        if misreading.arabic and not around.latin and not _ODD_IN_ARABIC.search(match[0]):
            continue  # Arabic, most likely, whatever stands elsewhere
        decoded = misreading.undo(match[0])
        if decoded:
            certain = _is_certain(match[0], decoded, around, misreading)
            decoded = _undo_again(decoded, around)
            if _PLAUSIBLE.fullmatch(decoded):
                yield _Run(Edit(start, end, decoded), certain)


def _undo_again(surface: str, around: _Neighbours) -> str:
    """Undo further misreadings of a whole run, as long as they are certain."""
    for _ in range(_MOST_ROUNDS):
        for misreading in _MISREADINGS:
            decoded = misreading.undo(surface) if misreading.runs.fullmatch(surface) else None
            if decoded and _is_certain(surface, decoded, around, misreading):
                surface = decoded
                break
        else:
            break
    return surface


def _is_certain(surface: str, decoded: str, around: _Neighbours, misreading: _Misreading) -> bool:
    """Return whether a run cannot be right as it is."""
    if misreading.arabic:
        return _is_certain_in_arabic(surface, decoded, around)
    if _HAS_OTHER_SCRIPT.search(decoded) and len(decoded) < _SOME_LETTERS:
        return False
    if _ODD.search(surface) or (_HAS_ARABIC.search(decoded) and len(decoded) > 1):
        return True
    if not misreading.leads_are_letters or around.before.isupper():
        return False
    glued = not around.before.isalpha() and around.after.isalpha() and not surface[-1].isspace()
    return around.before.islower() or glued or surface[0] == "Â"


def _is_certain_in_arabic(surface: str, decoded: str, around: _Neighbours) -> bool:
    """Return whether a run that may have Arabic letters is in a Latin word, or half symbols."""
    if around.latin:
        return True
    odd = len(_ODD_IN_ARABIC.findall(surface))
    if _HAS_ARABIC.search(decoded):
        return len(decoded) > 1 and 2 * odd >= len(decoded)
    is_latin = bool(_LATIN_LETTER.match(surface) or decoded[0] > "\uffff")
    return is_latin and odd > 0
