"""What is printed on a terminal: names of files neither move the cursor nor count as markup."""

from pathlib import Path

import pytest

from extract.console import print_error, print_summary
from extract.errors import StoreError
from extract.pipeline import Intake, Summary, Unread

TRAP = "[/red]\x1b[2J\nerror: all is lost\u202e"
SHOWN = "[/red]\\x1b[2J\\nerror: all is lost\\u202e"


def test_the_name_of_the_output_folder_is_shown_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    intake = Intake({".txt": 1}, (Unread(".pdf", "unreadable", 1, "Check it."),), {TRAP: 3})
    print_summary(
        Summary(Path(TRAP), 1, 0, 0, 0, 0, {"issues": 1}, published=True, seconds=1.0, intake=intake)
    )
    shown = " ".join(capsys.readouterr().out.split())
    assert f"Problems are listed in {SHOWN}/issues." in shown
    assert f"read_parquet('{SHOWN}/quotes')" in shown
    assert f"3 articles from other inputs, which stay: {SHOWN}." in shown
    assert "Not read: 1 .pdf (unreadable). Check it." in shown
    assert "\x1b" not in shown


def test_an_error_is_shown_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    print_error(StoreError(f"The folder {TRAP} is full.", advice=f"Free some space in {TRAP}."))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"error: The folder {SHOWN} is full.", f"Free some space in {SHOWN}."]
