"""What is kept of the engine's work: new names and rules are applied without parsing anything again."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.engines import INGREDIENTS
from extract.model import Article
from extract.pipeline import annotator as annotator_module
from extract.pipeline import plan_step, run
from extract.pipeline.annotator import Annotator
from extract.pipeline.fingerprint import pipeline_fingerprint
from extract.pipeline.run import doc_cache
from extract.settings import Settings
from extract.store import Store

pytestmark = pytest.mark.usefixtures("warm")

TEXT = (
    "Guards of the Silver Ravens repelled a drone on Tuesday.\n\n"
    "“We saw it,” Karwan Dizayi, an analyst, told reporters. Kataib Hezbollah said it was not involved.\n"
)


@pytest.fixture
def models(tmp_path: Path, models_dir: Path) -> Path:
    """A copy of the knowledge that a test may change."""
    copy = tmp_path / "models"
    shutil.copytree(models_dir, copy, ignore=shutil.ignore_patterns("weights"))
    return copy


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Report {number}\n\nJuly 28, 2021\n\n{TEXT}", encoding="utf-8")
    return folder


def article(text: str = TEXT, name: str = "a") -> Article:
    published = datetime(2021, 7, 28, tzinfo=UTC)
    return Article(name, f"{name}.txt", "txt", text, f"hash of {name}", published_at=published)


def files(output: Path) -> dict[str, bytes]:
    snapshot = (output / ".current").resolve()
    return {
        path.relative_to(snapshot).as_posix(): path.read_bytes()
        for path in sorted(snapshot.rglob("*.parquet"))
    }


def change_cues(models: Path) -> None:
    cues = models / "quotes" / "cues.toml"
    cues.write_text(cues.read_text(encoding="utf-8") + "\n# one more line\n", encoding="utf-8")


def add_name(models: Path, name: str) -> None:
    factions = models / "lexicon" / "actors" / "armed_factions.toml"
    text = factions.read_text(encoding="utf-8")
    factions.write_text(text.replace("aliases = [", f'aliases = ["{name}", ', 1), encoding="utf-8")


def describe(inbox: Path, settings: Settings) -> str:
    store = Store(settings.output, keep=settings.keep_snapshots)
    with store.lock():
        return plan_step([inbox], settings, store).describe()


def test_known_docs_need_no_engine(annotator: Annotator, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = annotator.annotate_known([article()], {})

    def no_engine(_settings: Settings) -> None:
        pytest.fail("the engine was loaded")

    monkeypatch.setattr(annotator_module, "load_engine", no_engine)
    known = Annotator(annotator.settings).annotate_known([article()], fresh.docs)
    assert known.annotations == fresh.annotations
    assert known.docs == {}


@pytest.mark.parametrize("damage", [b"", b"no Doc at all", None])
def test_a_damaged_doc_is_made_again(damage: bytes | None, annotator: Annotator) -> None:
    fresh = annotator.annotate_known([article()], {})
    [key] = fresh.docs
    data = fresh.docs[key]
    broken = damage if damage is not None else data[:-1] + bytes([data[-1] ^ 1])
    again = annotator.annotate_known([article()], {key: broken})
    assert again.annotations == fresh.annotations
    assert again.docs == fresh.docs


def test_the_doc_of_another_text_is_not_taken(annotator: Annotator) -> None:
    other = annotator.annotate_known([article("He left. They stayed.", "b")], {})
    known = {"hash of a": next(iter(other.docs.values()))}
    [annotation] = annotator.annotate_known([article()], known).annotations
    assert annotation == annotator.annotate([article()])[0]


def test_the_order_of_articles_stays(annotator: Annotator) -> None:
    articles = [article(f"{TEXT} Part {name}.", name) for name in "abcd"]
    docs = annotator.annotate_known(articles[1:3], {}).docs
    done = annotator.annotate_known(articles, docs)
    assert [annotation.article for annotation in done.annotations] == articles
    assert sorted(done.docs) == ["hash of a", "hash of d"]


def test_other_rules_derive_from_what_is_kept_as_a_full_run_does(
    inbox: Path, models: Path, tmp_path: Path
) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    change_cues(models)
    assert describe(inbox, settings) == "3 to derive again (quote rules changed)"
    assert run([inbox], settings).done == 3
    full = settings.model_copy(update={"output": tmp_path / "full"})
    run([inbox], full)
    assert files(settings.output) == files(full.output)
    assert describe(inbox, settings) == "3 unchanged"


def test_a_new_name_is_looked_for_where_its_words_stand(inbox: Path, models: Path, tmp_path: Path) -> None:
    (inbox / "other.txt").write_text(
        "Other\n\nJuly 28, 2021\n\nA court in Basra met on Monday.\n", encoding="utf-8"
    )
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    add_name(models, "Guards of the Silver Ravens")
    assert describe(inbox, settings) == "3 to derive again (lexicon changed), 1 unchanged"
    assert run([inbox], settings).done == 3
    full = settings.model_copy(update={"output": tmp_path / "full"})
    run([inbox], full)
    assert files(settings.output) == files(full.output)
    assert describe(inbox, settings) == "4 unchanged"


def test_a_name_that_no_article_holds_changes_the_actors_alone(
    inbox: Path, models: Path, tmp_path: Path
) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    add_name(models, "Brigade of the Golden Eagles")
    assert describe(inbox, settings) == "3 unchanged"
    summary = run([inbox], settings)
    assert (summary.done, summary.published) == (0, True)
    full = settings.model_copy(update={"output": tmp_path / "full"})
    run([inbox], full)
    assert files(settings.output) == files(full.output)


def test_a_name_is_looked_for_everywhere_where_the_last_lexicon_is_lost(
    inbox: Path, models: Path, tmp_path: Path
) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    [kept] = (settings.output / ".cache").rglob("armed_factions.toml")
    kept.write_text(kept.read_text(encoding="utf-8") + "# altered\n", encoding="utf-8")
    add_name(models, "Brigade of the Golden Eagles")
    assert describe(inbox, settings) == "3 to derive again (lexicon changed)"


def test_other_weights_of_the_engine_annotate_again(
    inbox: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    with (models / "consensus" / "weights.toml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert describe(inbox, settings) == "3 unchanged"  # spaCy's engine has no such file
    monkeypatch.setattr(
        "extract.engines.INGREDIENTS", {**INGREDIENTS, "spacy": INGREDIENTS["consensus"]._replace(options=())}
    )
    assert describe(inbox, settings) == "3 to annotate again (engine changed)"


def test_full_ignores_what_is_kept_and_published(inbox: Path, models: Path, tmp_path: Path) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    full = settings.model_copy(update={"full": True})
    assert describe(inbox, full) == "3 to annotate again"
    before = files(settings.output)
    assert run([inbox], full).published
    assert files(settings.output) == before


def test_docs_of_articles_that_are_gone_are_dropped(inbox: Path, models: Path, tmp_path: Path) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models)
    run([inbox], settings)
    (inbox / "1.txt").unlink()
    (inbox / "2.txt").write_text(f"Report 2\n\nJuly 28, 2021\n\n{TEXT} More.", encoding="utf-8")
    run([inbox], settings)
    change_cues(models)
    assert describe(inbox, settings) == "2 to derive again (quote rules changed)"
    assert len(doc_cache(pipeline_fingerprint(settings), settings).files) == 2


def test_a_limit_of_nothing_keeps_nothing(inbox: Path, models: Path, tmp_path: Path) -> None:
    settings = Settings(output=tmp_path / "outputs", workers=1, models_dir=models, cache_mb=0)
    run([inbox], settings)
    assert list((settings.output / ".cache" / "docs").rglob("*.arrow")) == []
    change_cues(models)
    assert describe(inbox, settings) == "3 to annotate again (quote rules changed)"
