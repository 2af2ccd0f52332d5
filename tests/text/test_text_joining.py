"""Which line breaks are white space: the lines of paragraphs that were wrapped, and no others."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text.joining import join_lines
from extract.text.line_words import load_line_words

PROSE = (
    "The council of Riverbend met for the third time this month and again failed to agree on a new head of "
    'police, members said on Thursday. Its speaker, Samir Qattan, told reporters that "nobody wants the seat '
    'and everybody wants the chair" and that the next session would be held on 12 October 2021, unless the '
    "Prime Minister of the region, Rashid Naddaf, came to the Assembly himself."
)
MORE = (
    "A committee had been asked to draw up a list of names by the end of August. It has not done so, and its "
    "members no longer answer the telephone. The Workers' Union of the North called the delay a disgrace."
)
LAST = "The seat has been empty since the spring, when its last holder left for the coast."


def fill(*paragraphs: str, width: int = 72, between: str = "\n\n", indent: str = "") -> str:
    return between.join(textwrap.fill(one, width, initial_indent=indent) for one in paragraphs)


@pytest.mark.parametrize("width", [40, 50, 60, 65, 72, 80, 100, 120])
def test_wrapped_paragraphs_are_joined_whatever_the_width(width: int) -> None:
    assert join_lines(fill(PROSE, MORE, LAST, width=width)).text == f"{PROSE}\n\n{MORE}\n\n{LAST}"


@pytest.mark.parametrize("width", [40, 60, 72, 80])
def test_an_indent_begins_a_paragraph_without_a_blank_line(width: int) -> None:
    text = fill(PROSE, MORE, LAST, width=width, between="\n", indent="    ")
    assert join_lines(text).text == "\n".join(f"    {one}" for one in (PROSE, MORE, LAST))


@pytest.mark.parametrize("width", [60, 72])
def test_a_short_line_that_ends_a_sentence_ends_a_paragraph(width: int) -> None:
    text = fill(PROSE, MORE, width=width, between="\n")
    assert join_lines(text).text == f"{PROSE}\n{MORE}"


def test_only_the_wrapped_blocks_of_a_text_are_joined() -> None:
    heading = "What the council said\n5 September 2021"
    text = "\n\n".join([heading, PROSE, fill(MORE), LAST])
    assert join_lines(text).text == f"{heading}\n\n{PROSE}\n\n{MORE}\n\n{LAST}"


def test_quoted_mail_is_joined_without_its_marks() -> None:
    quoted = "\n".join(f"> {line}" for line in fill(PROSE).split("\n"))
    text = f"Dear colleagues,\nplease read this.\n\n{quoted}\n>\n> Samir"
    assert join_lines(text).text == f"Dear colleagues,\nplease read this.\n\n> {PROSE}\n>\n> Samir"


JOINED = {
    "ragged lines of a proportional font": (
        "The council of Riverbend met for the third time this month and again\n"
        "failed to agree on a new head of police, said its members, who\n"
        "Thursday had found in a bad mood, and then told a crowd of many\n"
        "reporters that nobody wants the seat and that everybody wants the\n"
        "chair, whoever pays for the upholstery and for the old lamp of\n"
        "Samir Qattan, which stands above it, and for the old carpets of the\n"
        "building in which the council meets."
    ),
    "a sentence that is broken anywhere": (
        "The head of the group, who has not been seen since the spring, told\n"
        "reporters in Riverbend that the roads north of the city are open to\n"
        "everybody, and that the Workers'\n"
        "Union would leave its post by 12\n"
        "October 2021, whatever the Assembly\n"
        "Committee says."
    ),
    "one break": (
        "Nobody in the council wants the seat of the head of police, members\n"
        "said on Thursday."
    ),
    "a title over two lines": (
        "Council fails for a third time to agree on a new head of police, while\n"
        "its members blame each other"
    ),
    "items of a list": (
        "- the head of the police of Riverbend, who has been in office since the\n"
        "  spring of the year\n"
        "- the speaker of the council, whose brother is the owner of the largest\n"
        "  hotel in the town."
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", JOINED)
def test_lines_that_belong_together(case: str) -> None:
    context = fill(PROSE, MORE)
    joined = join_lines(f"{JOINED[case]}\n\n{context}").text.partition("\n\n")[0]
    items = "\n-" if case == "items of a list" else None
    assert joined.count("\n") == (1 if items else 0)


def test_one_break_in_a_sentence_needs_no_other_evidence() -> None:
    assert join_lines(JOINED["one break"]).text == JOINED["one break"].replace("\n", " ")


LINES = {
    "title, byline, day": "Council fails again to agree on a head of police\nBy Omar Salim\n5 September 2021",
    "a byline in lower case": "Council fails for a third time to agree on a head of police\nby Nadia Haddad",
    "a title as wide as the text": (
        "Council fails for a third time to agree on a new head of its police\nNadia Haddad\n5 September 2021"
    ),
    "a dateline alone": "RIVERBEND, September 5\nThe council met.",
    "one sentence a line": (
        "The council met on Monday.\nIt failed to agree on anything at all.\n"
        "The speaker left the room at noon.\nReporters waited for him in the street.\nNobody came."
    ),
    "headlines": (
        "Council fails for a third time to agree on a new head of police\n"
        "Dam levels fall below those of the driest year on record\n"
        "Oil tops seventy dollars as the talks on quotas drag on\n"
        "What is the Workers' Union? A short guide to the North"
    ),
    "verse": (
        "The roads run north at night,\nAnd no one asks the price\nOf bread, or who has gone\n"
        "Across the river twice."
    ),
    "verse in lower case": (
        "the roads run north at night\nand no one asks the price\nof bread, or who has gone\n"
        "across the river, or the road\nor over it, twice."
    ),
    "bullets": "• Baghdad: five wounded\n• Basra: three\n• Kirkuk and the villages around it: none",
    "numbers": "1. The council meets.\n2. The speaker speaks.\n3. Everybody goes home.",
    "dashes": "- apples from the north\n- oranges\n- the last of the dates",
    "a list in lower case": "apples\noranges\ndates\npomegranates\nlemons of the coast",
    "a table": "Town      Seats   Votes\nBasra     12      40,112\nKirkuk     9      31,004",
    "a table with bars": "| Town | Seats |\n|------|-------|\n| Basra | 12 |",
    "a box score": "Riverbend 2 Eastgate 1\nHarbour Lane 0 Old Mill 0\nNorthfield 3 Southfield 3",
    "a transcript": (
        "Q: Why did you close the bridge?\nMR. BRANDT: I had no choice.\nQ: When will you open it?\n"
        "MR. BRANDT: In spring."
    ),
    "an address": "Riverbend News\n12 Canal Street\nEastgate\nOld Mill County",
    "the head of a mail": (
        "From: Riverbend News <news@riverbend.example>\nTo: analyst@desk.example\n"
        "Subject: Council fails again to agree\nDate: Sun, 5 Sep 2021 11:20:00 +0300"
    ),
    "a post": (
        "The bridge is open again. Thank you all.\n— Samir Qattan (@qattan_sample) September 5, 2021"
    ),
    "an export": "HD   Council fails again to agree\nBY   By Nadia Haddad\nPD   5 September 2021",
    "a menu": "Home\nNews\nWorld\nMiddle East\nOpinion\nIn Pictures",
    "a centred head": (
        "                      The Riverbend Times\n                    September 5, 2021 Sunday"
    ),
    "paragraphs of one line": f"{PROSE}\n{MORE}\n{LAST}",
    "Arabic": "أعلن المجلس الاتفاق\nوقال الناطق إن الجلسة تمت\nفي شهر آب",
}  # fmt: skip


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES.keys())
@pytest.mark.parametrize("width", [0, 60, 72])
def test_lines_that_stand_alone_stay(lines: str, width: int) -> None:
    """Also in the middle of a text that is wrapped."""
    text = lines if not width else f"{fill(PROSE, width=width)}\n\n{lines}\n\n{fill(MORE, width=width)}"
    expected = lines if not width else f"{PROSE}\n\n{lines}\n\n{MORE}"
    assert join_lines(text).text == expected


HYPHENS = {
    "Samir Qatt-\nan said": "Samir Qattan said",
    "the govern-\nment said": "the government said",
    "Samir al-\nQattan said": "Samir al-Qattan said",
    "the Iran-\nbacked group": "the Iran-backed group",
    "a 30-\nyear-old man": "a 30-year-old man",
    "an anti-\ncorruption court": "an anti-corruption court",
    "a self-\nish speaker": "a selfish speaker",
    "COVID-\n19 closed the court": "COVID-19 closed the court",
    "a soft\N{SOFT HYPHEN}\nware house": "a software house",
    "the word--\nnever said": "the word--never said",
    "the word\N{EM DASH}\nnever said": "the word\N{EM DASH}never said",
    "the word \N{EM DASH}\nnever said": "the word \N{EM DASH} never said",
}


@pytest.mark.parametrize(("broken", "whole"), HYPHENS.items())
def test_hyphens_of_words_stay_and_those_of_line_breaks_go(broken: str, whole: str) -> None:
    start = "Members of the council, who met on Thursday in Riverbend, were told that "
    text = f"{start}{broken} so.\n\n{fill(PROSE)}"
    assert join_lines(text).text == f"{start}{whole} so.\n\n{PROSE}"


@pytest.mark.parametrize(
    ("elsewhere", "whole"), [("reelect", "reelect"), ("re-elect", "re-elect"), ("elect", "reelect")]
)
def test_other_places_in_the_text_tell_how_a_word_is_written(elsewhere: str, whole: str) -> None:
    start = "Members of the council, who met on Thursday in Riverbend, did not want to re-\nelect him."
    assert f"want to {whole} him." in join_lines(f"{start}\n\nThey wanted to {elsewhere} her.").text


OPENING = load_line_words().opening
WORDS = st.sampled_from(
    [word for word in f"{PROSE} {MORE}".replace('"', "").split() if word.lower() not in OPENING]
)
PARAGRAPH = st.lists(WORDS, min_size=30, max_size=120).map(
    lambda words: (
        f"The speaker of the council said that {' '.join(words).replace('.', ',').rstrip(',')} at noon."
    )
)


@given(st.lists(PARAGRAPH, min_size=2, max_size=4), st.integers(40, 100))
def test_unwrapping_is_the_inverse_of_wrapping(paragraphs: list[str], width: int) -> None:
    assert join_lines(fill(*paragraphs, width=width)).text == "\n\n".join(paragraphs)


PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n    ",
        "\n> ",
        "-\n",
        "The council met",
        " and the speaker ",
        "said.",
        "- ",
        "* ",
        " ",
        "\t",
        "Q: ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_every_character_keeps_its_place(text: str) -> None:
    """Only white space, the marks of quoted mails and hyphens go, and only at line breaks."""
    joined = join_lines(text)
    for offset, char in enumerate(joined.text):
        original = joined.original(offset)
        assert text[original] == char or (char == " " and text[original].isspace())
        assert joined.joined(original) == offset
    kept = {joined.original(offset) for offset in range(len(joined.text))}
    assert all(
        text[at].isspace() or text[at] in "->\N{HYPHEN}\N{SOFT HYPHEN}" for at in set(range(len(text))) - kept
    )


@given(st.text(alphabet=st.characters(exclude_characters="\n")), st.text())
def test_nothing_is_joined_over_a_blank_line(above: str, below: str) -> None:
    assert f"{above}\n\n" in join_lines(f"{above}\n\n{below}").text or below.startswith("\n")
