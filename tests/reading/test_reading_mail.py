"""Mails and mailboxes: a mail is an article, a mailbox as many as it holds mails."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from extract.model import Article, Issue
from extract.reading import read_inputs

BODY = "The council of Basra met on Sunday and chose nobody, members said after the session had ended."
SECOND = "A second session is planned for next week, the chairman of the council told the paper on Monday."


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    told = {
        "From": "Riverbend News <news@riverbend.example>",
        "To": "analyst@desk.example",
        "Subject": "Council of Basra meets",
        "Date": "Sun, 5 Sep 2021 11:20:00 +0300",
        "Message-ID": "<a1@riverbend.example>",
    }
    for name, value in {**told, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        message[name] = value
    return message


def read(path: Path) -> tuple[list[Article], list[Issue]]:
    items = list(read_inputs([path], max_chars=100_000))
    return [item for item in items if isinstance(item, Article)], [i for i in items if isinstance(i, Issue)]


def read_one(message: EmailMessage, folder: Path) -> tuple[list[Article], list[Issue]]:
    path = folder / "a.eml"
    path.write_bytes(message.as_bytes())
    return read(path)


def body_of(article: Article) -> str:
    found = [section for section in article.sections if section.kind == "body"]
    return "\n".join(article.text[section.start : section.end] for section in found)


def test_a_mail_is_an_article(tmp_path: Path) -> None:
    message = mail()
    message.set_content(f"{BODY}\n\n{SECOND}\n\n-- \nUnsubscribe | View in browser\n")
    [article], issues = read_one(message, tmp_path)
    assert not issues
    assert (article.article_id, article.format) == ("a", "eml")
    assert (article.title, article.outlet, article.author) == (
        "Council of Basra meets",
        "Riverbend News",
        None,
    )
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-09-05T08:20:00+00:00"
    assert article.published_source == "metadata"
    assert body_of(article) == f"{BODY}\n\n{SECOND}"


SENDERS = {
    "Riverbend News <news@riverbend.example>": "Riverbend News",
    "Riverbend <daily@mail.riverbend.example>": "Riverbend",
    '"Rana Odeh from Riverbend News" <rana@riverbend.example>': "Riverbend News",
    "Riverbend Times via Postbox <list@postbox.example>": "Riverbend Times",
    "Rana Odeh <rana.odeh@desk.example>": None,
    "Odeh <rana@odeh.example>": "Odeh",
    "Rana Odeh <rana@ranaodeh.example>": None,
    "rana@desk.example": None,
}


@pytest.mark.parametrize("sender", SENDERS)
def test_only_the_name_of_an_outlet_is_an_outlet(sender: str, tmp_path: Path) -> None:
    message = mail(From=sender)
    message.set_content(BODY)
    [article], _ = read_one(message, tmp_path)
    assert article.outlet == SENDERS[sender]
    assert article.author is None


def test_the_page_is_read_if_the_plain_text_is_only_a_stub(tmp_path: Path) -> None:
    message = mail()
    message.set_content("View this email in your browser.")
    message.add_alternative(
        f"<html><head><style>p {{}}</style></head><body><table><tr><td><p>{BODY}</p><p>{SECOND}</p></td></tr>"
        "<tr><td><a href='x'>Unsubscribe</a></td></tr></table><script>x</script></body></html>",
        subtype="html",
    )
    [article], _ = read_one(message, tmp_path)
    assert article.text == f"{BODY}\n\n{SECOND}\n\nUnsubscribe"
    assert body_of(article) == f"{BODY}\n\n{SECOND}"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_text_is_decoded_as_its_part_says(encoding: str, tmp_path: Path) -> None:
    message = mail(Subject="The paper’s council")
    message.set_content("The council’s “session”: café. " * 20, charset=encoding, cte="base64")
    [article], _ = read_one(message, tmp_path)
    assert article.title == "The paper’s council"
    assert article.text.startswith("The council’s “session”: café.")


def test_a_charset_that_does_not_exist_is_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: Rana\nSubject: Council\nContent-Type: text/plain; charset=x-none\n\n" + "Café. ".encode() * 50
    )
    [article], _ = read(path)
    assert article.text.startswith("Café.")


def test_a_subject_in_raw_bytes_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes("From: Rana\nSubject: Café council\n\n".encode() + BODY.encode())
    [article], _ = read(path)
    assert article.title == "Café council"


def test_an_attachment_is_an_article_of_its_own(tmp_path: Path) -> None:
    message = mail()
    message.set_content(BODY)
    message.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename="second.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    articles, [issue] = read_one(message, tmp_path)
    assert [article.article_id for article in articles] == ["a", "a/second"]
    assert articles[1].text == SECOND
    assert {article.source for article in articles} == {str(tmp_path / "a.eml")}
    assert (issue.severity, issue.code) == ("info", "unknown_format")
    assert "map.png" in issue.message


@pytest.mark.parametrize(
    "name", ['"=?UTF-8?Q?Caf=C3=A9_=2D_draft=2Etxt?="', '"=?utf-8?B?Q2Fmw6kgLSBkcmFmdC50eHQ=?="']
)
def test_the_name_of_an_attachment_in_encoded_words(tmp_path: Path, name: str) -> None:
    parts = [
        "Subject: Council of Basra meets\nContent-Type: multipart/mixed; boundary=b\n",
        f"--b\nContent-Type: text/plain\n\n{BODY}\n",
        f"--b\nContent-Disposition: attachment; filename={name}\n\n{SECOND}\n",
        "--b--\n",
    ]
    (tmp_path / "a.eml").write_text("\n".join(parts), encoding="utf-8")
    articles, _ = read(tmp_path / "a.eml")
    assert [article.article_id for article in articles] == ["a", "a/Café - draft"]


def test_the_name_of_an_attachment_never_leads_out(tmp_path: Path) -> None:
    message = mail()
    message.set_content(BODY)
    for name in ("../../out.txt", "..\\out.txt", "/out.txt"):
        message.add_attachment(SECOND.encode(), maintype="text", subtype="plain", filename=name)
    folder = tmp_path / "mails"
    folder.mkdir()
    articles, _ = read_one(message, folder)
    assert [article.article_id for article in articles] == ["a", "a/2-out", "a/3-out", "a/out"]
    assert list(tmp_path.rglob("out*")) == []


def test_an_invitation_has_no_text(tmp_path: Path) -> None:
    message = mail()
    message.set_content(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar")
    articles, [issue] = read_one(message, tmp_path)
    assert not articles
    assert issue.code == "empty_mail"
    assert "text/calendar" in issue.message


def test_a_forwarded_mail_is_that_of_its_outlet(tmp_path: Path) -> None:
    message = mail(From="Rana Odeh <rana@desk.example>", Subject="Fwd: Council of Basra meets")
    message.set_content(
        "FYI\n\nBegin forwarded message:\n\nFrom: Riverbend News <news@riverbend.example>\n"
        "Subject: Council of Basra meets\nDate: 3 September 2021 at 11:20:00 GMT+3\nTo: rana@desk.example\n\n"
        f"{BODY}\n"
    )
    [article], _ = read_one(message, tmp_path)
    assert (article.title, article.outlet) == ("Council of Basra meets", "Riverbend News")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2021-09-03T08:20:00+00:00"
    assert body_of(article) == BODY


def mailbox(path: Path, *messages: EmailMessage) -> None:
    envelope = b"From riverbend@example Sun Sep  5 11:20:00 2021\n"
    path.write_bytes(b"".join(envelope + bytes(message) + b"\n" for message in messages))


def test_a_mailbox_has_as_many_articles_as_mails(tmp_path: Path) -> None:
    messages = []
    for number in range(3):
        message = mail(Message_ID=f"<{number}@riverbend.example>", Subject=f"Session {number}")
        message.set_content(f"{BODY}\n\n>From the hall: session {number}.\n\nFrom Basra it was told.\n")
        messages.append(message)
    mailbox(tmp_path / "in.mbox", *messages)
    articles, issues = read(tmp_path / "in.mbox")
    assert not issues
    assert [article.article_id for article in articles] == [f"in#{n}@riverbend.example" for n in range(3)]
    assert [article.title for article in articles] == ["Session 0", "Session 1", "Session 2"]
    assert all("\nFrom the hall" in article.text and "From Basra" in article.text for article in articles)


def test_mails_of_one_id_are_numbered(tmp_path: Path) -> None:
    message = mail()
    message.set_content(BODY)
    mailbox(tmp_path / "in.mbox", message, message)
    articles, _ = read(tmp_path / "in.mbox")
    assert [article.article_id for article in articles] == [
        "in#a1@riverbend.example",
        "in#a1@riverbend.example-2",
    ]


def test_a_file_that_is_no_mailbox_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.mbox").write_text(f"{BODY}\n", "utf-8")
    _, [issue] = read(tmp_path / "in.mbox")
    assert issue.code == "no_mails"
