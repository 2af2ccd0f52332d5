"""Exports of several documents: n documents are n articles, each with what its fields tell."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Article
from extract.reading.build import Draft
from extract.reading.context import Context
from extract.reading.exports import make_articles
from extract.reading.exports.authors import without_outlet
from extract.reading.records.metadata import Metadata

CONTEXT = Context(max_chars=100_000, models_dir=None, sidecars={})
BODY = "The council of Basra met on Sunday and chose nobody, members said after the session had ended."


def articles(text: str, *, kind: str = "txt", metadata: Metadata | None = None) -> list[Article]:
    draft = Draft("desk/a", "desk/a.txt", kind, text, metadata or Metadata())
    found = list(make_articles(draft, CONTEXT))
    assert all(isinstance(item, Article) for item in found)
    return [item for item in found if isinstance(item, Article)]


def told(article: Article) -> dict[str, str]:
    """What an article is known to be, without what is unknown."""
    published = article.published_at.isoformat() if article.published_at else None
    values = {
        "title": article.title,
        "author": article.author,
        "outlet": article.outlet,
        "published": published.removesuffix("+00:00").removesuffix("T00:00:00") if published else None,
        "url": article.url,
    }
    return {name: value for name, value in values.items() if value}


def text_of(article: Article, *kinds: str) -> str:
    found = (section for section in article.sections if section.kind in kinds)
    return "\n".join(article.text[section.start : section.end] for section in found)


LEXIS_CLASSIC = f"""                               3 of 9 DOCUMENTS


                              The Riverbend Times

                      September 5, 2021 Sunday 9:05 PM GMT

                              Late Edition - Final

Council of Basra meets
again; Nobody is chosen

BYLINE: By Rana Odeh and Samir Qattan

SECTION: WORLD; Part 2; Pg. 14

LENGTH: 112 words

DATELINE: BASRA

{BODY}

GRAPHIC: PHOTO: The council's hall.

LOAD-DATE: September 7, 2021

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                       Copyright 2021 The Riverbend Times Ltd.
                              All Rights Reserved
"""
LEXIS_OLD = f"""Document 1 of 2

                  Copyright 2004 Eastgate Monitor Company
                              Eastgate Monitor

              March 12, 2004, Friday, Late Edition - Final

SECTION: Section A; Page 1; Column 4; Foreign Desk

LENGTH: 1112 words

HEADLINE: Council of Basra meets

BYLINE:  By OMAR SALIM

BODY:
   {BODY}

LOAD-DATE: March 12, 2004
"""
NEXIS_UNI = f"""User Name: Analyst
Date and Time: Wednesday, September 8, 2021 3:05:00PM EDT
Job Number: 152345678
Documents (1)
1. Council of Basra meets
Client/Matter: -None-

Council of Basra meets
The Riverbend Times
September 5, 2021 Sunday
Late Edition - Final

Copyright 2021 The Riverbend Times Ltd. All Rights Reserved

Section: Section A; Column 0; Foreign Desk; Pg. 1
Length: 1205 words
Byline: By Rana Odeh
Dateline: BASRA
Body


{BODY}


Graphic


PHOTO: The council's hall.

Classification


Language: ENGLISH

Publication-Type: Newspaper

Subject: COUNCILS (90%); ELECTIONS (78%)

Load-Date: September 5, 2021


End of Document
"""
NEXIS_BYLINE_BEHIND_TITLE = NEXIS_UNI.replace("Byline: By Rana Odeh\n", "").replace(
    "\nCouncil of Basra meets\nThe River", "\nCouncil of Basra meets BYLINE: By RANA ODEH\nThe River"
)
FACTIVA_CODES = f"""SE   World
HD   Council of Basra meets
     again
BY   By Rana Odeh
CR   Riverbend
WC   112 words
PD   5 September 2021
ET   11:30 GMT
SN   The Riverbend Times
SC   RIVT
PG   14
LA   English
CY   (c) 2021 Riverbend Ltd.

LP

{BODY}

TD

"We go on," a member said.

RE   basra : Basra | iraq : Iraq
PUB  Riverbend Ltd.
AN   Document RIVT000020210905eh9500001
"""
FACTIVA_PLAIN = f"""World
Council of Basra meets again

By Rana Odeh
1,112 words
5 September 2021
11:30 GMT
The Riverbend Times
RIVT
A14
English
(c) 2021 Riverbend Ltd.

{BODY}

"We go on," a member said.

Document RIVT000020210905eh9500001
"""
PROQUEST = f"""____________________________________________________________

Document 1 of 2

Council of Basra meets

Author: Odeh, Rana

Publication info: The Riverbend Times ; Basra [Basra]. 05 Sep 2021: A.14.

ProQuest document link

Abstract: The council met.

Links: http://library.example/resolver

Full text: {BODY}

"We go on," a member said.

Subject: Councils

Title: Council of Basra meets

Publication title: The Riverbend Times

Publication year: 2021

Publication date: Sep 5, 2021

Language of publication: English

Document type: News

ProQuest document ID: 2569812345

Document URL: https://www.proquest.example/docview/2569812345

Last updated: 2021-09-06
____________________________________________________________

Contact us at: http://help.example
"""
EBSCO = f"""Record: 1
Title: Council of Basra meets
Authors: Rana Odeh
Source: Riverbend Times. 09/15/2021, p14
Publication: The Riverbend Times
Date: September 15, 2021
Document Type: Article
Accession Number: 2W61234567
Full Text: {BODY}
Database: Newspaper Source
"""

WHOLE = {"title": "Council of Basra meets", "outlet": "The Riverbend Times", "published": "2021-09-05"}
LEXIS_FRENCH = f"""2 of 3 DOCUMENTS

The Riverbend Times

5 septembre 2021 dimanche

Council of Basra meets

AUTEUR: Odeh, Rana

RUBRIQUE: INTERNATIONAL; Pg. 35

LONGUEUR: 143 mots

{BODY}

SUJET: AMBASSADE ET CONSULAT (72%); LENGTH
LOCALISATION-GEO: IRAK (99%)

DATE-CHARGEMENT: 7 septembre 2021

LANGUE: ENGLISH; ANGLAIS

TYPE-PUBLICATION: Journal

Copyright 2021 The Riverbend Times Ltd.
Tous Droits Réservés
"""
LEXIS_GERMAN = f"""1 of 49 DOCUMENTS

The Riverbend Times

5. September 2021 Sonntag 9:05 PM GMT+1

Council of Basra meets

AUTOR: AUTOR: Rana Odeh

RUBRIK: VOTUM IM RAT

LÄNGE: 1285 Wörter

{BODY}

UPDATE: 5. September 2021

SPRACHE: ENGLISH; ENGLISCH

PUBLICATION-TYPE: Web-Publikation

ZEITUNGS-CODE: rive

Copyright 2021 The Riverbend Times Ltd.
Alle Rechte vorbehalten
"""
FACTIVA_GERMAN = f"""Factiva
Dow Jones
Foreign Desk; 1
12) Council of Basra meets
VON RANA ODEH
Special to The Riverbend Times
133 Wörter
5 September 2021
The Riverbend Times
RIVT
Late Edition - Final
Englisch
Copyright 2021 The Riverbend Times Ltd.

{BODY}

Dokument RIVT000020210905eh9500001
"""

ONE_DOCUMENT: Mapping[str, tuple[str, dict[str, str]]] = {
    "LexisNexis": (
        LEXIS_CLASSIC,
        {
            "title": "Council of Basra meets again; Nobody is chosen",
            "author": "Rana Odeh and Samir Qattan",
            "outlet": "The Riverbend Times",
            "published": "2021-09-05T21:05:00",
        },
    ),
    "LexisNexis, rights above, labels for all": (
        LEXIS_OLD,
        {
            "title": "Council of Basra meets",
            "author": "OMAR SALIM",
            "outlet": "Eastgate Monitor",
            "published": "2004-03-12",
        },
    ),
    "Nexis Uni with its cover page": (NEXIS_UNI, {**WHOLE, "author": "Rana Odeh"}),
    "Nexis Uni with the byline behind the title": (
        NEXIS_BYLINE_BEHIND_TITLE,
        {**WHOLE, "author": "RANA ODEH"},
    ),
    "Factiva with codes": (
        FACTIVA_CODES,
        {
            "title": "Council of Basra meets again",
            "author": "Rana Odeh",
            "outlet": "The Riverbend Times",
            "published": "2021-09-05T11:30:00",
        },
    ),
    "Factiva without codes": (
        FACTIVA_PLAIN,
        {
            "title": "Council of Basra meets again",
            "author": "Rana Odeh",
            "outlet": "The Riverbend Times",
            "published": "2021-09-05T11:30:00",
        },
    ),
    "LexisNexis in French": (LEXIS_FRENCH, {**WHOLE, "author": "Rana Odeh"}),
    "LexisNexis in German": (
        LEXIS_GERMAN,
        {**WHOLE, "author": "Rana Odeh", "published": "2021-09-05T20:05:00"},
    ),
    "Factiva in German": (FACTIVA_GERMAN, {**WHOLE, "author": "RANA ODEH"}),
    "ProQuest": (
        PROQUEST,
        {**WHOLE, "author": "Rana Odeh", "url": "https://www.proquest.example/docview/2569812345"},
    ),
    "EBSCO": (EBSCO, {**WHOLE, "author": "Rana Odeh", "published": "2021-09-15"}),
}


@pytest.mark.parametrize("name", ONE_DOCUMENT)
def test_a_document_has_the_metadata_of_its_fields(name: str) -> None:
    text, expected = ONE_DOCUMENT[name]
    [article] = articles(text)
    assert told(article) == expected
    assert article.language == "en"
    assert article.published_source == "metadata"


@pytest.mark.parametrize("name", ONE_DOCUMENT)
def test_the_body_is_what_the_article_says(name: str) -> None:
    [article] = articles(ONE_DOCUMENT[name][0])
    body = text_of(article, "body")
    assert body.startswith(BODY)
    fields = (
        "LENGTH",
        "Length",
        "LOAD-DATE",
        "Load-Date",
        "words",
        "Copyright",
        "(c)",
        "Document",
        "Subject",
    )
    assert not [word for word in fields if word in body]
    assert "PHOTO" not in text_of(article, "body", "title")


@pytest.mark.parametrize("name", ONE_DOCUMENT)
def test_documents_keep_their_ids_when_they_are_exported_in_another_order(name: str) -> None:
    text = ONE_DOCUMENT[name][0]
    other = (
        text.replace("2021", "2019")
        .replace("Basra", "Diyala")
        .replace("2W61", "2W62")
        .replace("25698", "25697")
    )
    text, other = f"{text}\n", f"{other}\n"
    one, two = articles(text + other), articles(other + text)
    assert len({article.article_id for article in one}) == 2
    assert {article.article_id for article in one} == {article.article_id for article in two}
    assert articles(text)[0].article_id == one[0].article_id
    assert all(article.article_id.startswith("desk/a#") for article in one)
    assert all(article.source == "desk/a.txt" for article in one)


@pytest.mark.parametrize(
    ("field", "author"),
    [
        ("From RANA ODEH in Basra", "RANA ODEH"),
        ("BYLINE: By Rana Odeh", "Rana Odeh"),
        ("Odeh, Rana; Qattan, Salim", "Rana Odeh; Salim Qattan"),
        ("Rana Odeh; Eastgate News", "Rana Odeh"),
        ("Rana Odeh Eastgate Monitor", "Rana Odeh"),
        ("Edited By RANA ODEH", None),
        ("NO BYLINE AVAILABLE", None),
        ("EASTGATE MONITOR", None),
        ("The Eastgate Water Board", None),
        ("CP", None),
    ],
)
def test_only_a_person_is_the_author_of_a_document(field: str, author: str | None) -> None:
    text = LEXIS_OLD.replace("By OMAR SALIM", field)
    [article] = articles(text)
    assert article.author == author


@pytest.mark.parametrize(
    ("words", "day", "language", "mark"),
    [
        ("133 mots", "5 septembre 2021", "Anglais", "Document"),
        ("133 palabras", "5 de septiembre de 2021", "Inglés", "Documento"),
        ("133 Wörter", "5. September 2021", "Englisch", "Dokument"),
    ],
)
def test_factiva_in_other_languages(words: str, day: str, language: str, mark: str) -> None:
    text = FACTIVA_GERMAN.replace("133 Wörter", words).replace("5 September 2021", day)
    [article] = articles(text.replace("Englisch", language).replace("Dokument", mark))
    assert told(article) == {**WHOLE, "author": "RANA ODEH"}
    assert (article.language, article.article_id) == ("en", "desk/a#RIVT000020210905eh9500001")


def test_a_byline_behind_the_headline_is_no_part_of_it() -> None:
    text = LEXIS_OLD.replace("Basra meets\n\nBYLINE:  By", "Basra meets BYLINE: By")
    assert [(article.title, article.author) for article in articles(text)] == [
        ("Council of Basra meets", "OMAR SALIM")
    ]


@pytest.mark.parametrize("name", ["LexisNexis, rights above, labels for all", "ProQuest", "EBSCO"])
def test_lines_without_blank_lines_between_them_are_read_as_well(name: str) -> None:
    """As the text of a Word file may be: one line per paragraph."""
    text, expected = ONE_DOCUMENT[name]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    [article] = articles("\n".join(lines), kind="docx")
    assert told(article) == expected
    assert BODY in text_of(article, "body")


def test_the_same_document_twice_is_two_articles() -> None:
    found = articles(LEXIS_CLASSIC + LEXIS_CLASSIC)
    assert len({article.article_id for article in found}) == 2


def test_what_articles_csv_gives_wins_over_the_fields() -> None:
    [article] = articles(LEXIS_CLASSIC, metadata=Metadata(outlet="Eastgate Monitor"))
    assert article.outlet == "Eastgate Monitor"
    assert article.author == "Rana Odeh and Samir Qattan"


def test_the_metadata_of_a_word_file_are_not_those_of_the_documents_in_it() -> None:
    [article] = articles(
        LEXIS_OLD, kind="docx", metadata=Metadata(title="Search of Monday", author="Analyst")
    )
    assert (article.title, article.author) == ("Council of Basra meets", "OMAR SALIM")


POSTS = {
    "Telegram": (
        f"Riverbend, [05.09.2021 11:20]\n{BODY}\n\nRiverbend, [06.09.2021 08:00]\n[ Photo ]\nWe go on.",
        ["2021-09-05T11:20:00", "2021-09-06T08:00:00"],
    ),
    "Telegram with seconds, a post with nothing but a picture": (
        f"Riverbend, [05.09.2021 11:20:09]\n{BODY}\nRiverbend, [06.09.2021 08:00:00]\n[ Photo ]",
        ["2021-09-05T11:20:09"],
    ),
    "Telegram on a telephone": (
        f"Riverbend, [Sep 5, 2021 at 11:20 AM]:\n{BODY}\n\nRiverbend, [Sep 5, 2021 at 1:02 PM]:\nWe go on.",
        ["2021-09-05T11:20:00", "2021-09-05T13:02:00"],
    ),
    "day or month first: another post tells": (
        f"Riverbend, [9/5/21 11:20]\n{BODY}\n\nRiverbend, [9/15/21 11:20]\nWe go on.",
        ["2021-09-05T11:20:00", "2021-09-15T11:20:00"],
    ),
    "day or month first: nothing tells": (
        f"Riverbend, [9/5/21 11:20]\n{BODY}\n\nRiverbend, [9/6/21 11:20]\nWe go on.",
        [None, None],
    ),
    "WhatsApp": (
        f"[25/09/2021, 11:20:33] Riverbend: {BODY}\n[26/09/2021, 11:20:33] Riverbend: We go on.",
        ["2021-09-25T11:20:33", "2021-09-26T11:20:33"],
    ),
}


@pytest.mark.parametrize("name", POSTS)
def test_a_post_is_an_article_of_its_channel(name: str) -> None:
    text, moments = POSTS[name]
    found = articles(text)
    assert [told(article).get("published") for article in found] == moments
    assert {article.outlet for article in found} == {"Riverbend"}
    assert text_of(found[0], "body") == BODY
    assert "Photo" not in "".join(text_of(article, "body", "title") for article in found)


def test_a_chat_of_several_has_no_outlet() -> None:
    found = articles(f"Rana, [05.09.2021 11:20]\n{BODY}\n\nOmar, [05.09.2021 11:21]\nWe go on.")
    assert [article.outlet for article in found] == [None, None]


HEADERS = {
    "labels": (
        (
            f"Title: Council of Basra meets\nURL: https://riverbend.example/a\nDate: 2021-09-05\n"
            f"Author: Rana Odeh\nSource: The Riverbend Times\n\n{BODY}"
        ),
        {**WHOLE, "author": "Rana Odeh", "url": "https://riverbend.example/a"},
    ),
    "labels below the title": (
        f"Council of Basra meets\nOutlet: The Riverbend Times\nPublished: 5 September 2021\n\n{BODY}",
        WHOLE,
    ),
    "other labels between": (
        (
            f"Headline: Council of Basra meets\nTags: iraq, basra\n\nPublication: The Riverbend Times\n"
            f"Publication date: September 5, 2021\n\n{BODY}"
        ),
        WHOLE,
    ),
    "front matter": (
        (
            f'---\ntitle: "Council of Basra meets"\ndate: 2021-09-05\nsource: The Riverbend Times\n'
            f"tags: [iraq, basra]\n---\n\n{BODY}"
        ),
        WHOLE,
    ),
    "front matter in TOML": (
        (
            f'+++\ntitle = "Council of Basra meets"\ndate = 2021-09-05\n'
            f'publisher = "The Riverbend Times"\n+++\n{BODY}'
        ),
        WHOLE,
    ),
    "front matter with a list of authors": (
        f"---\ntitle: Council of Basra meets\nauthors:\n  - Rana Odeh\n  - name: Omar Salim\n---\n{BODY}",
        {"title": "Council of Basra meets", "author": "Rana Odeh and Omar Salim"},
    ),
    "mail": (
        (
            f"From: The Riverbend Times <news@riverbend.example>\nTo: analyst@desk.example\n"
            f"Subject: Council of Basra meets\nDate: Sun, 5 Sep 2021 11:20:00 +0300\n\n{BODY}"
        ),
        {**WHOLE, "published": "2021-09-05T08:20:00"},
    ),
    "mail of a person": (
        (
            f"From: Rana Odeh <rana@desk.example>\nSent: Sunday, September 5, 2021 11:20 AM\n"
            f"To: Analyst\nSubject: RE: Council of Basra meets\n\n{BODY}"
        ),
        {"title": "Council of Basra meets", "published": "2021-09-05T11:20:00"},
    ),
    "newsletter passed on": (
        (
            "From: Rana Odeh <rana@desk.example>\nTo: analyst@desk.example\n"
            f"Subject: Fwd: Council of Basra meets\nDate: 6 Sep 2021 08:00 +0300\n\nFor your file.\n\n"
            f"---------- Forwarded message ---------\nFrom: The Riverbend Times <news@riverbend.example>\n"
            f"Date: Sun, 5 Sep 2021 at 11:20\nSubject: Council of Basra meets\nTo: <rana@desk.example>\n\n"
            f"{BODY}\n\n"
            "Unsubscribe | View in browser"
        ),
        {**WHOLE, "published": "2021-09-05T11:20:00"},
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_tells_of_the_article_below_it(name: str) -> None:
    text, expected = HEADERS[name]
    [article] = articles(text)
    assert told(article) == expected
    assert article.article_id == "desk/a"
    assert article.text == text
    assert text_of(article, "body") == BODY


FEET = {
    "signature": "--\nRiverbend News\nMarket Street 1, Basra",
    "footer": "You are receiving this email because you subscribed.\nMarket Street 1, Basra\nUnsubscribe",
    "quoted mail": "On Sat, 4 Sep 2021, Omar Salim wrote:\n> What did the council do?\n> Omar",
    "mail below": (
        "-----Original Message-----\nFrom: Omar Salim\nSent: 4 September 2021\nSubject: Council\n\nAny news?"
    ),
}


@pytest.mark.parametrize("name", FEET)
def test_the_foot_of_a_mail_is_boilerplate(name: str) -> None:
    head = (
        "From: Rana Odeh <rana@desk.example>\nTo: a@desk.example\nSubject: RE: Council\nDate: 5 May 2021\n\n"
    )
    [article] = articles(f"{head}{BODY}\n\n{BODY}\n\n{FEET[name]}")
    assert text_of(article, "body") == f"{BODY}\n\n{BODY}"
    assert article.title == "Council"


ONE_STORY = {
    "a list of documents": f"The paper is 3 of 9 documents\n\n{BODY}",
    "the mark without fields": f"1 of 3 DOCUMENTS\n\n{BODY}\n\n2 of 3 DOCUMENTS\n\n{BODY}",
    "end of document in the text": f"Council of Basra meets\n\n{BODY}\n\nEnd of Document\n\n{BODY}",
    "codes in the text": f"HD   is a code\n\n{BODY}\n\nPD   is another",
    "a numbered document": f"Council of Basra meets\n\n{BODY}\n\nDocument AB1234567820210905eh95\n\n{BODY}",
    "one label": f"Date: 5 September 2021\n\n{BODY}",
    "labels that tell nothing": f"Note: this\nAnswer: that\n\n{BODY}",
    "an interview": f"Author: What comes next?\nSource: We go on, as we said at the session.\n\n{BODY}",
    "rules": f"Council meets\n{'_' * 40}\n{BODY}\n{'_' * 40}\n{BODY}",
    "a name and a day in the text": f"{BODY}\n\nRiverbend, [05.09.2021 11:20]\n{BODY}",
    "a rule of three hyphens": f"---\n{BODY}\n---\n{BODY}",
}


@pytest.mark.parametrize("name", ONE_STORY)
def test_an_ordinary_article_stays_whole(name: str) -> None:
    [article] = articles(ONE_STORY[name])
    assert article.article_id == "desk/a"
    assert article.text == ONE_STORY[name]
    assert BODY in text_of(article, "body")
    assert article.outlet is None
    assert article.author is None


LINES = st.sampled_from(
    sorted({line for text, _ in ONE_DOCUMENT.values() for line in text.split("\n")})
    + sorted({line for text, _ in HEADERS.values() for line in text.split("\n")})
    + sorted({line for text, _ in POSTS.values() for line in text.split("\n")})
)


def test_one_document_without_a_date_does_not_keep_the_others_together() -> None:
    """Nexis leaves the date out where a correction was appended."""
    cover, _, document = NEXIS_UNI.partition("-None-\n")
    undated = document.replace("September 5, 2021 Sunday\nLate Edition - Final", "Correction Appended")
    found = articles(cover + "-None-\n" + document * 3 + undated + document)
    assert [article.title for article in found] == ["Council of Basra meets"] * 5
    assert [article.published_at is None for article in found] == [False, False, False, True, False]
    assert all(text_of(article, "body").startswith(BODY[:20]) for article in found)


def test_a_page_head_above_the_first_document_is_no_part_of_its_title() -> None:
    [article] = articles("Factiva\nDow Jones\n" + FACTIVA_PLAIN)
    assert article.title == "Council of Basra meets again"


@pytest.mark.parametrize(
    ("author", "outlet", "left"),
    [
        ("Rana Odeh The Riverbend Times", "Riverbend Times", "Rana Odeh"),
        ("Rana Odeh River-Bend Times", "River Bend Times", "Rana Odeh"),
        ("Rana Odeh Riverbend-Times", "Riverbend Times", "Rana Odeh"),
        ("The Riverbend Times", "Riverbend Times", None),
        ("Odeh-Riverbend Times", "Riverbend Times", "Odeh-Riverbend Times"),
    ],
)
def test_an_outlet_behind_an_author_is_found_however_it_is_hyphenated(
    author: str, outlet: str, left: str | None
) -> None:
    assert without_outlet(author, outlet) == left


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=40))
def test_whatever_the_lines_every_document_is_whole(lines: list[str]) -> None:
    """Lines of all kinds in any order: sections lie in the text, and ids are distinct."""
    draft = Draft("desk/a", "desk/a.txt", "txt", "\n".join(lines), Metadata())
    items = list(make_articles(draft, CONTEXT))
    ids = [item.article_id for item in items]
    assert len(ids) == len(set(ids)) > 0
    for item in items:
        if isinstance(item, Article):
            assert item.article_id.startswith("desk/a")
            assert all(0 <= one.start < one.end <= len(item.text) for one in item.sections)
