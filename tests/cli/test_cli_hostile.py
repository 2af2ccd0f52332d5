"""What articles, names and files hold is shown by every command as text: no screen obeys it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli_process import ROOT

from extract.cli import main
from extract.model import Issue
from report.report_samples import ACTORS, actor, annotation, publish

pytestmark = pytest.mark.usefixtures("forked")

TRAPS = (
    "Ha\x1b[2Jil\u202e a\rb\x08c",
    '"><img onerror=x><script>alert(1)<\\script>',
    "[red]x[/red][/] javascript:alert(1)",
)
FORBIDDEN = "\x00\x07\x08\x1b\r\u202e\u2066\x9b"


@pytest.fixture(scope="module", params=TRAPS)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A text that wants to be more than text, and a folder in which it is everywhere."""
    trap, folder = request.param, tmp_path_factory.mktemp("desk")
    actors = (*ACTORS, actor("bad", trap, aliases=[trap], arabic_name=trap, country=trap))
    text = f"{trap} met Bahr on 5 May 2021.\n“So {trap} be it” said {trap}"
    told = annotation(trap, text, actors=actors, title=trap, outlet=trap, author=trap, url=trap)
    unsure = [replace(one, confidence=0.1, speaker_entity_id=None, speaker_name=trap) for one in told.quotes]
    unlinked = [replace(one, entity_id=None, name_id=f"person:{trap}") for one in told.mentions]
    article = replace(told.article, article_id=f"b/{trap}", source=f"b/{trap}")
    told_too = replace(told, article=article, quotes=tuple(unsure), mentions=tuple(unlinked))
    issues = [Issue(f"{trap}.txt", None, "error", "not_text", trap, trap)]
    publish(folder / "outputs", [told, told_too], actors=actors, issues=issues)
    name = trap.replace("/", "")
    for place in (folder / "news", folder / "overrides"):
        place.mkdir()
    (folder / "news" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "news" / f"x.{name}").write_text(text, encoding="utf-8")
    (folder / "overrides" / f"{name}.toml").write_text(
        f"[[override]]\ntext = {name!a}\nnonsense = 1\n".replace("'", '"').replace("\\x", "\\u00"),
        encoding="utf-8",
    )
    return trap, folder


COMMANDS = (
    ("search",),
    ("search", "TRAP"),
    ("search", "--speaker", "TRAP"),
    ("search", "--outlet", "TRAP"),
    ("who", "bad"),
    ("who", "TRAP"),
    ("show", "TRAP"),
    ("show", "TRAP", "--sections"),
    ("show", "TRAPx"),
    ("query", "FROM statements"),
    ("query", "FROM issues"),
    ("query", "FROM articles"),
    ("query", "SELECT 'TRAP"),
    ("plan", "news"),
    ("plan", "TRAP"),
    ("unlinked", "--min-articles", "1"),
    ("doubtful",),
    ("overrides",),
    ("check", "--overrides", "overrides"),
    ("history",),
    ("doctor",),
    ("report", "--to", "site-TRAP"),
    ("report", "--since", "TRAP"),
    ("export", "--format", "csv", "--to", "all-TRAP"),
    ("lexicon", "show", "TRAP"),
    ("rollback", "TRAP"),
)


@pytest.fixture
def call(
    desk: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[tuple[str, ...]], str]:
    """Arguments -> all that a screen shows; TRAP among them stands for the text."""
    trap, folder = desk
    monkeypatch.chdir(folder)
    monkeypatch.setenv("EXTRACT_MODELS_DIR", str(ROOT / "models"))
    monkeypatch.setattr("extract.cli.end_on_signals", lambda: None)
    monkeypatch.setattr("extract.check.check_models", lambda _models_dir: ())  # the desk is not in models/

    def shown(command: tuple[str, ...]) -> str:
        words = [word.replace("TRAP", trap.replace("\x00", "")) for word in command]
        monkeypatch.setattr("sys.argv", ["extract", *words])
        with pytest.raises(SystemExit):
            main()
        return "".join(capsys.readouterr())

    return shown


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_shows_what_a_screen_would_obey(
    call: Callable[[tuple[str, ...]], str], command: tuple[str, ...]
) -> None:
    shown = call(command)
    assert shown.strip()
    assert "Traceback" not in shown
    assert not set(FORBIDDEN) & set(shown)
    assert "[red]" in shown or "[red]" not in " ".join(command)
