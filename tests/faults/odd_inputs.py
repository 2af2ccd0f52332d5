"""Odd inputs, made from the sample articles by dice: each number gives the same one again and again."""

import json
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
MAX_CHARS = 100_000

# What is put into texts, apart and again and again.
PIECES = (
    *(
        "\x00",
        "\x01",
        "\x0b",
        "\x0c",
        "\x1a",
        "\x1b[2J",
        "\x7f",
        "\x85",
        "\r",
        "\r\n",
        "\n\n\n",
        "\t",
        "\xa0",
    ),
    *("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\u200b", "\u200d", "\u202e", "\u2066", "�", "\xad"),
    *(
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "'",
        "’",
        "‘",
        '""',
        "''",
        "(",
        ")",
        "[",
        "]",
        "{",
        "—",
        "...",
        "…",
        "@",
        "#",
    ),
    *(
        "\u0301",
        "a\u0301\u0302\u0303",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
        "🇮🇶",
        "ﷺ",
        "\U0010ffff",
        "𝕴𝖗𝖆𝖖",
        "İ",
        "ß",
        "ﬁ",
        "١٢٣",
        "बगदाद",
        "巴格达",
    ),
    *[
        "كتائب حزب الله",
        "al-",
        "Al-",
        "-al-",
        "’",
        "ʿ",
        "Kata'ib ",
        "Mr. ",
        "President ",
        " of the ",
        " and ",
    ],
    *["31 February 2021", "0 BC", "99999999999999999999 years ago", "the year 10000", "in the 0s", "24:61"],
    *[
        "9999-12-31",
        "0001-01-01",
        "30 Rajab 9999",
        "3 billion centuries ago",
        "12/13/14",
        "May",
        "in 2021-2020",
    ],
    *["Tuesday Tuesday Tuesday ", "next century", "1 to 999999999999 days", "the 99th week of 2021"],
    *["-5 years", "1e308 days"],
    *[
        " said ",
        "told Reuters",
        "according to ",
        "Q: ",
        "A: ",
        "MR. BRANDT: ",
        "By ",
        "(Reuters) - ",
        "Read more: ",
    ],
    *("<script>", "<![CDATA[", "&#0;", "%s%n", "\\u0000", "\\", "{}", "=HYPERLINK()", "../../etc", "';--"),
)
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"),
    *("cp1252", "cp1256", "latin-1", "iso8859-6", "shift_jis", "gb18030", "koi8-r", "cp037", "mac-arabic"),
)
MARKS = (
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff\xfe\0\0",
    b"\0\0\xfe\xff",
    b"\x2b\x2f\x76\x38",
    b"\xdd\x73",
)
VALUES = (
    *(
        "null",
        "true",
        "0",
        "-1",
        "1e999",
        "-1e-999",
        "NaN",
        "Infinity",
        "1" * 4000,
        "1" * 5000,
        "[]",
        "{}",
        '""',
    ),
    *(
        '" "',
        '"\\u0000"',
        '"\\ud83d"',
        '"\\udc00\\ud83d"',
        "[" * 3000 + "]" * 3000,
        '{"a":' * 2000,
        "1" * 50_000,
    ),
    *(
        '"2021-07-28T10:00:00+23:59"',
        '"0001-01-01T00:00:00+14:00"',
        '"9999-12-31T23:59:59-14:00"',
        '"١ مايو"',
    ),
    *(
        '"2021-02-30"',
        '"July 2021"',
        '"1627464000"',
        "1627464000",
        '"99999999999999999999"',
        '"next Tuesday"',
    ),
    '"' + "long " * 20_000 + '"',
)
FIELDS = (
    "id",
    "text",
    "title",
    "url",
    "outlet",
    "author",
    "published",
    "published_at",
    "language",
    "id",
    "text",
)

_SAMPLES = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("sample-*.txt")))


def make_input(random: Random) -> tuple[str, bytes]:
    """Return the name and the bytes of an input."""
    make = random.choice((_text_file, _text_file, _records, _sidecar))
    name, data = make(random)
    if random.random() < 0.4:
        data = alter(data, random)
    if random.random() < 0.1:
        data = random.choice(MARKS) + data
    return name, data


def _text_file(random: Random) -> tuple[str, bytes]:
    return "fuzzed.txt", spoil(random.choice(_SAMPLES), random).encode(random.choice(ENCODINGS), "replace")


def _records(random: Random) -> tuple[str, bytes]:
    lines = [_record(number, random) for number in range(random.randint(1, 4))]
    ends = random.choice(("\n", "\n", "\r\n", "\n\n", "\r", ""))
    encoding = random.choice(("utf-8", "utf-8", "utf-8", random.choice(ENCODINGS)))
    return "fuzzed.jsonl", ends.join(lines).encode(
        encoding, "surrogatepass" if "utf" in encoding else "replace"
    )


def _record(number: int, random: Random) -> str:
    values = {
        "id": json.dumps(f"fuzzed-{number}"),
        "text": json.dumps(spoil(random.choice(_SAMPLES), random)),
    }
    for _ in range(random.randint(0, 3)):
        values[random.choice(FIELDS)] = random.choice(VALUES)
    if random.random() < 0.3:
        values["title"] = json.dumps(random.choice(PIECES) * random.randint(1, 300))
    return "{" + ", ".join(f'"{name}": {value}' for name, value in values.items()) + "}"


def _sidecar(random: Random) -> tuple[str, bytes]:
    columns = random.sample(
        ("file", "published", "outlet", "url", "title", "author", "language", "file", "x"), 5
    )
    cells = ("good-text", "good-text.txt", "none.txt", "../good-text.txt", *PIECES, *VALUES[13:23])
    rows = [[random.choice(cells) for _ in range(random.randint(1, 7))] for _ in range(random.randint(0, 6))]
    delimiter, quote = random.choice(",;\t|"), random.choice(('"', "", "'"))
    lines = [delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in (columns, *rows)]
    return "articles.csv", random.choice(("\n", "\r\n", "\r")).join(lines).encode("utf-8", "replace")


def spoil(text: str, random: Random) -> str:
    """Put pieces into a text, some of them again and again; cut, repeat and join its parts."""
    for _ in range(random.randint(0, 6)):
        place, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        piece = random.choice(PIECES)
        kind = random.randrange(8)
        if kind <= 3:
            text = text[:place] + piece * random.choice((1, 1, 2, 5)) + text[place:]
        elif kind == 4:
            text = (
                text[:place]
                + f"{piece}{random.choice(('', ' ', chr(10)))}" * random.choice((50, 500, 3000))
                + text[place:]
            )
        elif kind == 5:
            text = text[:place] + text[end:]
        elif kind == 6:
            text = text.replace("\n", random.choice((" ", "", "\r", "\u2028")))
        else:
            text = text[:end] + text[place:end] * random.choice((1, 3)) + text[end:]
    return text[: MAX_CHARS + 10]


def alter(data: bytes, random: Random) -> bytes:
    """Change, drop, add and repeat bytes."""
    spoiled = bytearray(data)
    for _ in range(random.randint(1, 8)):
        place = random.randrange(len(spoiled) + 1)
        kind = random.randrange(4)
        if kind == 0 and place < len(spoiled):
            spoiled[place] = random.randrange(256)
        elif kind == 1:
            del spoiled[place : place + random.choice((1, 3, 50, 5000))]
        elif kind == 2:
            spoiled[place:place] = random.randbytes(random.choice((1, 2, 20, 300)))
        else:
            spoiled[place:place] = spoiled[place : place + 200] * random.choice((1, 10))
    return bytes(spoiled)
