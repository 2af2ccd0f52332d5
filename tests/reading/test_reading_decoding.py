"""Encodings of text files."""

import pytest

from extract.errors import ReadError
from extract.reading.letters.decoding import decode

ENGLISH = "The council said: “We will meet again” – in the café."
ARABIC = "اجتمع المجلس اليوم في المدينة وقال الأعضاء إنهم سيجتمعون مرة أخرى"
FRENCH = "Le conseil s’est réuni à Noël, où l’été était déjà passé; señor Muñoz était là."
MIXED = f"The council met. {ARABIC}. The members left."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ENGLISH.encode(), ENGLISH),
        (b"\xef\xbb\xbf" + ENGLISH.encode(), ENGLISH),
        (ENGLISH.encode("utf-16"), ENGLISH),
        (b"\xfe\xff" + ARABIC.encode("utf-16-be"), ARABIC),
        (ENGLISH.encode("utf-32"), ENGLISH),
        (b"one\r\ntwo\rthree\n\r\n", "one\ntwo\rthree\n\n"),
        ("  kept\u00a0\u200b \t".encode(), "  kept\u00a0\u200b \t"),
        ("inner \ufeff mark".encode(), "inner \ufeff mark"),
    ],
)
def test_a_stated_encoding_gives_the_text_and_no_warning(data: bytes, text: str) -> None:
    assert decode(data) == (text, None)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "windows-1252"),
        (FRENCH, "windows-1252"),
        (ARABIC, "windows-1256"),
        (MIXED, "windows-1256"),
    ],
)
def test_an_old_encoding_is_guessed_and_told(text: str, encoding: str) -> None:
    decoded, problem = decode(text.encode(encoding))
    assert decoded == text
    assert problem is not None
    assert (problem.severity, problem.code) == ("warning", "guessed_encoding")
    assert encoding in problem.message


def test_english_in_the_arabic_encoding_reads_the_same() -> None:
    assert decode(ENGLISH.encode("windows-1256"))[0] == ENGLISH


def test_damaged_utf8_keeps_its_good_characters() -> None:
    data = "“One”, “two”, “three”".encode()
    text, problem = decode(data[:-1])
    assert text == "“One”, “two”, “three\ufffd"
    assert problem is not None
    assert problem.code == "damaged_encoding"


def test_a_false_byte_order_mark_is_an_error() -> None:
    with pytest.raises(ReadError):
        decode(b"\xff\xfeabc")
