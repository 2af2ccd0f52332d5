"""Sections: raw page text with the expected roles as inline markup."""

from typing import cast

import pytest

from extract.model import Section, SectionKind
from extract.reading import find_sections
from markup import parse_markup

PROSE = (
    "The provincial council met for the third time this month and again failed to agree on a new governor, "
    "members who attended the session told local reporters afterwards."
)

PAGES = {
    "title and body": f"<title>Council Fails to Choose a Governor</title>\n<body>{PROSE}</body>",
    "no title: the first line is a sentence": f"<body>{PROSE}\n\nA short heading\n\n{PROSE}</body>",
    "title that asks": f"<title>Will the council choose a governor?</title>\n\n<body>{PROSE}</body>",
    "title that ends in an abbreviation": (
        f"<title>Council chooses envoy to the U.S.</title>\n<body>{PROSE}</body>"
    ),
    "title with the outlet": f"<title>Council fails again | Al Jazeera</title>\n<body>{PROSE}</body>",
    "doubled title under a tagline": (
        "<boilerplate>The Daily Example, all that matters today</boilerplate>\n\n"
        "<title>Council Fails to Choose a Governor\n\nCouncil Fails to Choose a Governor</title>\n\n"
        f"<dateline>Saturday, 24 July, 2021 - 08:30</dateline>\n<body>{PROSE}</body>"
    ),
    "tagline of a known outlet": (
        "<boilerplate>Rudaw: Latest Kurdistan and World News</boilerplate>\n"
        f"<title>Council Fails to Choose a Governor</title>\n<body>{PROSE}</body>"
    ),
    "section name, title, byline, date": (
        "<boilerplate>Politics</boilerplate>\n<title>Council Fails to Choose a Governor</title>\n"
        f"<byline>By Tara Sample and Omid Sample</byline>\n<dateline>28 July 2021</dateline>\n"
        f"<body>{PROSE}</body>"
    ),
    "path of the page": (
        "<boilerplate>Home > News > Iraq</boilerplate>\n"
        f"<title>Council Fails to Choose a Governor</title>\n<body>{PROSE}</body>"
    ),
    "deck between title and date": (
        "<title>Council Fails to Choose a Governor\nThird session ends without a vote</title>\n"
        f"<dateline>Published: July 28, 2021 08:30 GMT</dateline>\n<body>{PROSE}</body>"
    ),
    "caption before all": (
        "<caption>Members arrive at the council building in Kirkuk, March 3, 2020. (REUTERS)</caption>\n\n"
        f"<dateline>July 28, 2021</dateline>\n\n<body>{PROSE}</body>"
    ),
    "captions within": (
        f"<body>{PROSE}</body>\n"
        f"<caption>Members arrive, Kirkuk March 3, 2020. REUTERS/Tara Sample/File Photo</caption>\n"
        f"<body>{PROSE}</body>\n<caption>Members leave the building [File: Tara Sample/AFP]</caption>\n"
        f"<body>{PROSE}</body>\n"
        f"<caption>The council building in Kirkuk. Tara Sample/AFP via Getty Images</caption>\n"
        f"<body>{PROSE}</body>\n"
        f"<caption>FILE PHOTO: The council building</caption>\n<body>{PROSE}</body>"
    ),
    "no caption: an organisation in brackets": (
        f"<body>{PROSE}\nIt was the work of the Provincial Reform Bloc (PRB)</body>"
    ),
    "no caption: words about an agency": (
        f"<body>{PROSE}\nA member confirmed the outcome of the session to Reuters</body>"
    ),
    "city lead-in": f"<dateline>Erbil -</dateline> <body>{PROSE}</body>",
    "agency lead-in": (
        f"<title>Council fails</title>\n<dateline>KIRKUK, July 28 (Reuters) -</dateline> <body>{PROSE}</body>"
    ),
    "two cities": f"<dateline>KIRKUK/ERBIL, Iraq (AP) —</dateline> <body>{PROSE}</body>",
    "outlet lead-in": f"<dateline>Shafaq News/</dateline> <body>{PROSE}</body>",
    "capitals and colon": f"<dateline>KIRKUK:</dateline> <body>{PROSE}</body>",
    "no lead-in: an aside": f"<body>Kirkuk - the oil city of the north - waits. {PROSE}</body>",
    "no lead-in: a speaker": f"<body>Sample: {PROSE}</body>",
    "no lead-in: a hyphen": f"<body>Al-Sample, the chairman, was absent. {PROSE}</body>",
    "tail heading": (
        f"<body>{PROSE}\n{PROSE}</body>\n\n"
        f"<boilerplate>Latest Briefs\n\nAnother headline\n{PROSE}</boilerplate>"
    ),
    "box within the article": (
        f"<body>{PROSE}</body>\n<boilerplate>Related\nAnother headline\nA third headline</boilerplate>\n"
        f"<body>{PROSE}\n{PROSE}\n{PROSE}</body>"
    ),
    "the outlet about itself": (
        f"<body>{PROSE}\n{PROSE}</body>\n<boilerplate>About Sample Watch\n\n"
        "Sample Watch is a platform of independent researchers.</boilerplate>"
    ),
    "no boilerplate: an explainer's heading": (
        f"<body>{PROSE}\n{PROSE}\nAbout Kirkuk Council\nKirkuk Council has forty-one seats.</body>"
    ),
    "republishing notice": (
        f"<body>{PROSE}\n{PROSE}</body>\n"
        "<boilerplate>The Example covers the region. Ask our desk before republishing this "
        "content elsewhere."
        "</boilerplate>"
    ),
    "links within": (
        f"<body>{PROSE}</body>\n<boilerplate>Read more: Council adjourns</boilerplate>\n<body>{PROSE}</body>"
    ),
    "signature of a post": f"<body>{PROSE}\n— Tara Sample (@tarasample) July 29, 2021\n{PROSE}</body>",
    "desk": f"<title>Council fails</title>\n<byline>Reuters Staff</byline>\n<body>{PROSE}</body>",
    "agency's closing credit": (
        f"<body>{PROSE}\n{PROSE}</body>\n<byline>(Reporting by Tara Sample; Editing by Omid Sample)</byline>"
    ),
    "wrapped by hand": (
        "<body>The provincial council met for the third time this month and\nagain failed to "
        "agree on a new governor, "
        "members who attended\nthe session told local reporters afterwards.</body>"
    ),
    "wrapped by hand, with a title": (
        "<title>Council Fails to Choose a Governor</title>\n\n"
        "<body>The provincial council met for the third time this "
        "month and\nagain failed to agree on a new governor, members who attended\nthe session said.</body>"
    ),
    "wrapped, with a title over two lines and a lead-in over two": (
        "<title>Provincial council fails for a third time to\n"
        "choose the governor of its own province</title>\n\n"
        "<dateline>SULAYMANIYAH, Kurdistan Region, July 28\n(Reuters) -</dateline> "
        "<body>The provincial council met for\nthe third time this month and again failed\n"
        "to agree on a new governor, members who\nattended the session told local reporters\n"
        "afterwards.</body>"
    ),
    "a page with all its furniture": (
        "<boilerplate>News|Iraq</boilerplate>\n<title>Council fails again in the north</title>\n"
        "<body>The members met for the third time.</body>\n<dateline>28-07-2021</dateline>\n"
        "<byline>Rudaw</byline>\n<boilerplate>@RudawEnglish\nShare</boilerplate>\n"
        f"<dateline>ERBIL, Kurdistan Region -</dateline> <body>{PROSE}\n{PROSE}</body>\n"
        "<boilerplate>© 2021 Example. All rights reserved.</boilerplate>"
    ),
    "byline with a date and an address": (
        "<title>Council fails again in the north</title>\n"
        f"<byline>BY TARA SAMPLE | July 28, 2021 | tara@example.org | @tara</byline>\n<body>{PROSE}</body>"
    ),
    "a date in the title": f"<title>Situation Report: July 21-27, 2021</title>\n<body>{PROSE}</body>",
    "agency in brackets, no dash": f"<dateline>(CNN)</dateline><body>{PROSE}</body>",
    "two hyphens": f"<dateline>KIRKUK, July 28 (Xinhua) --</dateline> <body>{PROSE}</body>",
    "no lead-in: an acronym explained": f"<body>Sample Bloc (SB) – a small party – waits. {PROSE}</body>",
    "no caption: a signed story": f"<body>{PROSE}\n{PROSE} (AFP)</body>",
    "no title: a section name": f"<body>Iraq\n\n{PROSE}</body>",
    "no deck: a sentence": (
        "<title>Council fails again</title>\n<body>The third session ended.</body>\n"
        f"<byline>By Tara Sample</byline>\n<body>{PROSE}</body>"
    ),
    "no deck: no byline or date below": (
        f"<title>Council fails again</title>\n<body>A first heading\n{PROSE}</body>"
    ),
    "neither deck nor byline: a section's name": (
        "<title>Council fails again</title>\n<body>Middle East</body>\n<dateline>28 July 2021</dateline>\n"
        f"<body>{PROSE}</body>"
    ),
    "one line": "<body>Nothing more is known</body>",
}

TITLE = "Council fails to choose a governor"
OPENING_CAPTIONS = {
    "unknown agency in brackets": "Members arrive at the building, Kirkuk, Iraq, March 3, 2020. (QASR WIRE)",
    "no full stop before it": "Members arrive at the building, Kirkuk, 3 March 2020 (QASR WIRE)",
    "name and agency": "Members arrive at the building, March 2020 [Tara Sample/Qasr Wire]",
    "after a day, without brackets": "Members arrive at the building, March 3, 2020. QASR WIRE",
    "after a sentence, with a slash": "Members arrive at the building. Tara Sample/Qasr Wire",
    "wrapped after a comma": "Members arrive at the building,\nKirkuk, Iraq, March 3, 2020. (QASR WIRE)",
    "wrapped after a word": "Members arrive at the council building in\nKirkuk, March 3, 2020. (QASR WIRE)",
    "wrapped twice": "Members arrive at\nthe council building in\nKirkuk, March 3, 2020. (QASR WIRE)",
    "credit on its own line": "Members arrive at the building, March 3, 2020.\n(QASR WIRE)",
}


@pytest.mark.parametrize("caption", OPENING_CAPTIONS.values(), ids=OPENING_CAPTIONS.keys())
@pytest.mark.parametrize(
    "page",
    [
        (
            f"<caption>{{}}</caption>\n\n<title>{TITLE}</title>\n\n<byline>By Tara Sample</byline>\n"
            f"<body>{PROSE}</body>"
        ),
        f"<caption>{{}}</caption>\n\n<title>{TITLE}</title>\n\n<body>{PROSE}</body>",
        (
            f"<title>{TITLE}</title>\n<dateline>28 July 2021</dateline>\n<caption>{{}}</caption>\n"
            f"<body>{PROSE}</body>"
        ),
    ],
    ids=["title and byline below", "title below", "title above"],
)
def test_a_caption_near_the_title_is_not_the_title(page: str, caption: str) -> None:
    text, expected = sections_in(page.format(caption))
    assert list(find_sections(text)) == expected


@pytest.mark.parametrize(
    "caption",
    [
        "Members leave the building in Kirkuk, Iraq March 3, 2020. QASR WIRE/Tara Sample/File Photo",
        "Members leave the building in Kirkuk, Iraq, March 3, 2020. (QASR WIRE)",
        "Members leave the building. Tara Sample/Qasr Wire",
        "Members leave the building. Photo: Tara Sample",
        "Members leave the building | Photo: Tara Sample",
        "Members leave the building (Photo by Tara Sample)",
        "Members leave the building (courtesy of Tara Sample)",
        "Members leave the building on 3 March 2020 (Qasr Wire)",
    ],
)
def test_a_caption_between_paragraphs(caption: str) -> None:
    text, expected = sections_in(
        f"<body>{PROSE}</body>\n\n<caption>{caption}</caption>\n\n<body>{PROSE}</body>"
    )
    assert list(find_sections(text)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "The bloc was founded in 2003 (QRB)",
        "Kirkuk and its Provincial Reform Bloc (PRB)",
        "Talks between the U.S. and Kirkuk/Erbil",
        "The members met on March 3, 2020. They failed.",
        "Interview with Dr. Tara Sample",
        "Members adopt their first photo policy (PRB)",
        '"We left on March 3, 2020 (Tuesday)"',
    ],
)
def test_a_heading_between_paragraphs_is_no_caption(line: str) -> None:
    text, expected = sections_in(f"<body>{PROSE}\n\n{line}\n\n{PROSE}</body>")
    assert list(find_sections(text)) == expected


def test_an_opening_caption_without_credit() -> None:
    text, expected = sections_in(
        "<caption>Members arrive at the building, March 3, 2020.</caption>\n\n"
        f"<title>{TITLE}</title>\n<byline>By Tara Sample</byline>\n<body>{PROSE}</body>"
    )
    assert list(find_sections(text)) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "Sample Monitor | By Tara Sample",
        "By Tara Sample | Sample Monitor",
        "By\nTara Sample",
        "By:\nTara Sample and Omid al-Sample",
        "Tara Sample in Kirkuk",
        "Tara Sample and Omid al-Sample in Kirkuk, Iraq",
        "By: Tara Sample",
        "Tara al-Sample",
        "Source: Sample Agency",
        "Source: Reuters, AFP",
    ],
)
def test_bylines(byline: str) -> None:
    text, expected = sections_in(
        f"<title>{TITLE}</title>\n<byline>{byline}</byline>\n<dateline>28 July 2021</dateline>\n"
        f"<body>{PROSE}</body>"
    )
    assert list(find_sections(text)) == expected


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Rocket Attack in Kirkuk</title>\n<body>{PROSE}</body>",
        f"<title>{TITLE}</title>\n<body>{PROSE}\nSecond Session in Kirkuk\n{PROSE}</body>",
        (
            f"<title>{TITLE}</title>\n<body>{PROSE}\n{PROSE}\n{PROSE}\nSource: Sample\n"
            f"{PROSE}\n{PROSE}\n{PROSE}\n{PROSE}</body>"
        ),
    ],
)
def test_titles_and_headings_are_no_bylines(page: str) -> None:
    text, expected = sections_in(page)
    assert list(find_sections(text)) == expected


ABOUT = "About Sample Lantern\n\nSample Lantern is a magazine."


@pytest.mark.parametrize(
    ("header", "foot"),
    [
        ("Rudaw", "Latest News"),
        ("Sample Lantern", ABOUT),
        ("The Sample Lantern", ABOUT),
        ("Sample Lantern | Politics", ABOUT),
        ("Politics\nSample Review", "Latest News"),
        ("Sample Lantern", "© 2021 Sample Lantern. All rights reserved."),
    ],
)
def test_the_outlets_name_above_the_title_is_no_title(header: str, foot: str) -> None:
    text, expected = sections_in(
        f"<boilerplate>{header}</boilerplate>\n\n<title>{TITLE}</title>\n\n"
        f"<body>{PROSE}\n{PROSE}\n{PROSE}</body>\n<boilerplate>{foot}</boilerplate>"
    )
    assert list(find_sections(text)) == expected


def sections_in(marked: str) -> tuple[str, list[Section]]:
    text, spans = parse_markup(marked)
    return text, [Section(cast("SectionKind", span.tag), span.start, span.end) for span in spans]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_every_line_gets_its_role(page: str) -> None:
    text, expected = sections_in(page)
    assert list(find_sections(text)) == expected


def test_a_known_title_is_looked_for() -> None:
    text, expected = sections_in(
        f"<boilerplate>Some heading of the page</boilerplate>\n<title>He left.</title>\n<body>{PROSE}</body>"
    )
    assert list(find_sections(text, title="He left")) == expected


def test_a_known_title_that_is_not_in_the_text_is_not_guessed() -> None:
    text, expected = sections_in(f"<body>A short heading\n{PROSE}</body>")
    assert list(find_sections(text, title="Another title")) == expected


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\u2028"])
def test_no_text_has_no_sections(text: str) -> None:
    assert find_sections(text) == ()
