"""Which articles a run may replace or remove: two sources with one id, and inputs that are incomplete."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from desks import PIPELINE, TEXT, Desk, taken

from extract.errors import InputError
from extract.pipeline.plan import plan_work
from extract.settings import Settings
from extract.store import Manifest, outdate
from extract.store.manifest import FORMAT

pytestmark = pytest.mark.usefixtures("forked")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# Two sources with one id


def test_an_id_stays_with_the_source_that_it_was_published_from(desk: Desk) -> None:
    desk.write("reuters/001.txt", word="May")
    desk.write("ap/001.txt", word="June")
    desk.run("reuters")
    for inputs in (["ap"], ["ap", "reuters"], ["reuters", "ap"], ["ap"]):
        work = desk.run(*inputs)
        assert desk.sources() == {"001": "reuters/001.txt"}
        if "ap" in inputs:
            [(source, message)] = taken(work) or [("ap/001.txt", "used by reuters/001.txt")]
            assert source == "ap/001.txt"
            assert "reuters/001.txt" in message
    assert [entry.source for entry in desk.published.entries.values() if entry.status == "failed"] == [
        "ap/001.txt"
    ]


def test_a_copy_in_another_folder_does_not_take_the_id_either(desk: Desk) -> None:
    desk.write("reuters/001.txt", "ap/001.txt")
    desk.run("reuters")
    [note] = desk.run("ap").issues
    assert (note.code, note.severity, note.source) == ("same_article", "info", "ap/001.txt")
    assert desk.sources() == {"001": "reuters/001.txt"}


def test_ids_with_the_names_of_folders_leave_room_for_both(desk: Desk) -> None:
    desk.write("reuters/001.txt", "ap/001.txt")
    desk.run("reuters", folder_ids=True)
    desk.run("ap", "reuters", folder_ids=True)
    assert desk.sources() == {"ap/001": "ap/001.txt", "reuters/001": "reuters/001.txt"}


@pytest.mark.parametrize("folder", [".", "news", "out", "elsewhere"])
def test_sources_have_the_same_name_wherever_the_command_is_started(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    desk.write("news/a.txt", "elsewhere/x.txt")
    desk.run("news")
    monkeypatch.chdir(desk.top / folder)
    root = Path(os.path.relpath(desk.top))
    settings = Settings(output=desk.top / "out", source_root=root, settle_seconds=0)
    inputs = [Path(os.path.relpath(desk.top / "news"))]
    work = plan_work(inputs, desk.published, PIPELINE, settings, desk.top / "out")
    assert work.changes.unchanged == ("a",)
    assert desk.sources() == {"a": "news/a.txt"}


def test_without_a_root_or_outside_it_sources_are_absolute(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    far = tmp_path_factory.mktemp("disk") / "far.txt"
    far.write_text(TEXT, encoding="utf-8")
    desk.write("news/a.txt")
    desk.run(str(far))
    desk.run("news", source_root=None)
    assert desk.sources() == {"far": str(far), "a": str(desk.top / "news" / "a.txt")}
    monkeypatch.chdir(desk.top)
    desk.top = Path()
    assert desk.run("news", source_root=None).changes.unchanged == ("a",)


def test_a_folder_that_was_moved_keeps_its_articles(desk: Desk) -> None:
    desk.write("news/a.txt", "news/b.txt", "news/c.txt")
    desk.run("news")
    (desk.top / "news").rename(desk.top / "archive")
    assert taken(desk.run("archive")) == []
    assert desk.sources() == {name: f"archive/{name}.txt" for name in "abc"}


def test_another_article_does_not_take_the_id_of_one_whose_disk_is_away(desk: Desk) -> None:
    desk.write("usb/001.txt", word="May")
    desk.write("news/001.txt", word="June")
    desk.run("usb")
    desk.delete("usb/001.txt")
    desk.run("news")
    assert desk.sources() == {"001": "usb/001.txt"}, "an empty folder may be the place of a disk"
    (desk.top / "usb").rmdir()
    desk.run("news")
    assert desk.sources() == {"001": "usb/001.txt"}
    desk.write("usb/002.txt")
    desk.run("news")
    assert desk.sources() == {"001": "news/001.txt"}


def record(desk: Desk, file: str, *ids: str) -> None:
    lines = (f'{{"id": "{one}", "text": "The council met on Monday in {one} again."}}\n' for one in ids)
    (desk.top / "feed").mkdir(exist_ok=True)
    (desk.top / "feed" / file).write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize("archive", ["archive.jsonl", "old.jsonl"])
def test_a_record_that_moved_to_another_file_of_the_run_stays_published(desk: Desk, archive: str) -> None:
    record(desk, "latest.jsonl", "x", "y")
    desk.run("feed")
    record(desk, archive, "x")
    record(desk, "latest.jsonl", "y", "z")
    assert taken(desk.run("feed")) == []
    assert desk.sources() == {
        "x": f"feed/{archive}",
        "y": "feed/latest.jsonl",
        "z": "feed/latest.jsonl",
    }


def test_a_record_stays_with_a_file_that_could_not_be_read(desk: Desk) -> None:
    record(desk, "latest.jsonl", "x", "y")
    desk.run("feed")
    (desk.top / "feed" / "latest.jsonl").write_text("{", encoding="utf-8")
    record(desk, "old.jsonl", "x")
    assert [source for source, _ in taken(desk.run("feed"))] == ["feed/old.jsonl"]
    assert desk.sources() == {"x": "feed/latest.jsonl", "y": "feed/latest.jsonl"}


@pytest.mark.parametrize("archive", ["archive.jsonl", "old.jsonl"])
def test_a_record_that_was_copied_to_another_file_stays_with_the_first(desk: Desk, archive: str) -> None:
    record(desk, "latest.jsonl", "x", "y")
    desk.run("feed")
    record(desk, archive, "x")
    [(source, message)] = taken(desk.run("feed"))
    assert source == f"feed/{archive}"
    assert "feed/latest.jsonl" in message


def test_an_id_that_looks_like_a_source_with_a_problem_costs_nothing(desk: Desk) -> None:
    desk.write("feed/bad.txt")
    (desk.top / "feed" / "bad.txt").write_bytes(b"\0\1")
    record(desk, "a.jsonl", "feed/bad.txt")
    work = desk.run("feed")
    assert desk.sources() == {"feed/bad.txt": "feed/a.jsonl"}
    assert [issue.source for issue in work.issues] == ["feed/bad.txt"]


def test_a_line_that_was_mended_has_no_issue_although_another_is_bad(desk: Desk) -> None:
    record(desk, "a.jsonl", "x")
    file = desk.top / "feed" / "a.jsonl"
    good = file.read_text(encoding="utf-8")
    file.write_text(f"{{\n{{\n{good}", encoding="utf-8")
    desk.run("feed")
    file.write_text(f"{good}{{\n", encoding="utf-8")
    desk.run("feed")
    entries = desk.published.entries.values()
    assert sorted(entry.source for entry in entries) == ["feed/a.jsonl", "feed/a.jsonl:2"]


# Inputs that are incomplete


def names(count: int, first: int = 0) -> list[str]:
    return [f"news/{number:03d}.txt" for number in range(first, first + count)]


@pytest.mark.parametrize("count", [1, 2, 19, 40])
def test_an_empty_folder_removes_nothing(desk: Desk, count: int) -> None:
    desk.write(*names(count))
    desk.run("news")
    desk.delete(*names(count))
    with pytest.raises(InputError, match=rf"news has 0 articles; it had {count} before.*--allow-removals"):
        desk.run("news")
    assert len(desk.run("news", allow_removals=True).changes.removed) == count


def test_a_missing_folder_removes_nothing(desk: Desk) -> None:
    desk.write(*names(3))
    desk.run("news")
    (desk.top / "news").rename(desk.top / "away")
    with pytest.raises(InputError, match="does not exist"):
        desk.run("news")


@pytest.mark.parametrize(("before", "after", "max_drop", "stops"), [
    (10, 5, 0.5, False), (10, 4, 0.5, True), (3, 1, 0.5, True), (3, 2, 0.5, False), (10, 9, 0.0, True),
    (10, 1, 0.95, False), (10, 1, 1.0, False),
])  # fmt: skip
def test_an_input_may_lose_a_share_of_its_articles(
    desk: Desk, before: int, after: int, max_drop: float, *, stops: bool
) -> None:
    desk.write(*names(before))
    desk.run("news")
    desk.delete(*names(before - after))
    if stops:
        with pytest.raises(InputError, match="--allow-removals"):
            desk.run("news", max_drop=max_drop)
    else:
        assert len(desk.run("news", max_drop=max_drop).changes.removed) == before - after


def test_many_small_losses_are_one_big_loss(desk: Desk) -> None:
    desk.write(*names(8))
    desk.run("news")
    for number in range(4):
        desk.delete(names(8)[number])
        desk.run("news")
    desk.delete(names(8)[4])
    with pytest.raises(InputError, match="news has 3 articles; it had 8 before"):
        desk.run("news")
    desk.run("news", allow_removals=True)
    desk.delete(names(8)[5])
    assert len(desk.run("news").changes.removed) == 1, "what was allowed is the new measure"


def test_articles_that_come_and_go_are_no_loss(desk: Desk) -> None:
    for night in range(4):
        desk.write(*names(10, first=5 * night))
        desk.run("news")
        desk.delete(*names(5, first=5 * night))
    assert len(desk.sources()) == 10


def test_an_input_is_measured_by_itself(desk: Desk) -> None:
    desk.write(*names(40))
    desk.write("usb/a.txt", "usb/b.txt")
    desk.run("news", "usb")
    desk.delete("usb/a.txt", "usb/b.txt")
    with pytest.raises(InputError, match="usb has 0 articles; it had 2 before"):
        desk.run("news", "usb")


def test_a_sub_folder_that_is_empty_removes_nothing(desk: Desk) -> None:
    desk.write(*names(40))
    desk.write("news/usb/a.txt")
    desk.run("news")
    desk.delete("news/usb/a.txt")
    with pytest.raises(InputError, match=r"news/usb is empty; it had 1 articles before"):
        desk.run("news")
    (desk.top / "news" / "usb").rmdir()
    assert desk.run("news").changes.removed == ("usb/a",)


INPUTS: Mapping[str, Callable[[Path], str]] = {
    "a folder": lambda top: str(top / "news"),
    "a glob": lambda top: str(top / "news" / "*.txt"),
    "a folder above the output": str,
}


@pytest.mark.parametrize("spelt", INPUTS.values(), ids=INPUTS)
def test_every_kind_of_input_is_measured(desk: Desk, spelt: Callable[[Path], str]) -> None:
    desk.write(*names(10))
    desk.run(spelt(desk.top))
    desk.delete(*names(8))
    with pytest.raises(InputError, match="has 2 articles; it had 10 before"):
        desk.run(spelt(desk.top))


def test_a_file_of_records_is_measured(desk: Desk) -> None:
    record(desk, "a.jsonl", *"abcdefgh")
    desk.run("feed/a.jsonl")
    record(desk, "a.jsonl", "a")
    with pytest.raises(InputError, match=r"feed/a\.jsonl has 1 articles; it had 8 before"):
        desk.run("feed/a.jsonl")


def test_a_store_of_an_earlier_format_has_no_owners_of_ids(desk: Desk) -> None:
    desk.write("news/a.txt", "wire/a.txt")
    desk.run("news")
    desk.published = outdate(Manifest(entries=desk.published.entries, format=FORMAT - 1), {"a"})
    assert taken(desk.run("wire")) == []


def test_articles_of_other_inputs_are_told(desk: Desk) -> None:
    desk.write("samples/a.txt", "samples/b.txt", "news/c.txt")
    assert desk.run("samples").intake.elsewhere == {}
    assert desk.run("news").intake.elsewhere == {str(desk.top / "samples"): 2}
    assert desk.run("news", "samples").intake.elsewhere == {}


def test_what_was_not_read_is_counted_by_kind_and_reason(desk: Desk) -> None:
    desk.write("news/a.txt", "news/b.exe", "news/c.exe")
    (desk.top / "news" / "d.txt").touch()
    intake = desk.run("news").intake
    assert intake.read == {".txt": 1}
    assert [(one.kind, one.code, one.count) for one in intake.unread] == [
        (".exe", "unknown_format", 2),
        (".txt", "empty_text", 1),
    ]


# Archives


def test_what_an_archive_no_longer_holds_is_removed_and_what_changed_is_edited(desk: Desk) -> None:
    desk.write("news/x.txt")
    desk.pack("news/week.zip", a="May", b="June", c="July")
    assert sorted(desk.run("news").changes.new) == ["week/a", "week/b", "week/c", "x"]
    assert desk.sources()["week/a"] == "news/week.zip"
    desk.pack("news/week.zip", a="May", b="August")
    work = desk.run("news")
    assert (list(work.changes.removed), list(work.changes.edited)) == (["week/c"], ["week/b"])
    assert sorted(work.changes.unchanged) == ["week/a", "x"]


def test_a_damaged_archive_removes_nothing(desk: Desk) -> None:
    desk.write("news/x.txt", "news/y.txt")
    desk.pack("news/week.zip", a="May")
    desk.run("news")
    (desk.top / "news/week.zip").write_bytes(b"PK\x03\x04")
    work = desk.run("news")
    assert not work.changes.removed
    assert [issue.code for issue in work.issues] == ["unreadable_archive"]
    assert desk.sources()["week/a"] == "news/week.zip"


def test_a_deleted_archive_takes_its_articles_along(desk: Desk) -> None:
    desk.write("news/x.txt", "news/y.txt")
    desk.pack("news/week.zip", a="May")
    desk.run("news")
    desk.delete("news/week.zip")
    assert list(desk.run("news").changes.removed) == ["week/a"]


# Standard input


def test_standard_input_adds_and_never_removes(desk: Desk) -> None:
    desk.write("news/x.txt")
    desk.run("news")
    [first] = desk.pipe(TEXT.format("May")).changes.new
    [second] = desk.pipe(TEXT.format("June")).changes.new
    assert first != second
    assert not desk.pipe(TEXT.format("May")).changes.removed
    assert not desk.run("news").changes.removed
    assert list(desk.run(".").changes.removed) == ["x"]  # it is `news/x` now
    assert {first, second} <= desk.sources().keys()


def test_standard_input_of_one_name_is_edited(desk: Desk) -> None:
    desk.pipe(TEXT.format("May"), "daily")
    work = desk.pipe(TEXT.format("June"), "daily")
    assert (list(work.changes.edited), list(work.changes.removed)) == (["daily"], [])
    assert desk.sources() == {"daily": "stdin://daily.txt"}


def test_records_that_are_no_longer_piped_stay(desk: Desk) -> None:
    one, two = (f'{{"id": "{name}", "text": "The council met in May."}}\n' for name in ("r1", "r2"))
    desk.pipe(one + two, "daily")
    work = desk.pipe(two, "daily")
    assert not work.changes.removed
    assert desk.sources() == dict.fromkeys(("r1", "r2"), "stdin://daily.jsonl")


def test_a_note_about_a_file_keeps_no_record_that_is_gone(desk: Desk) -> None:
    """What is told of a whole file, such as records that it has twice, stands in place of no article."""
    one, two = ('{"id": "%s", "text": "Officials met in Basra on 3 May."}\n' % name for name in "ab")  # noqa: UP031
    (desk.top / "news").mkdir()
    file = desk.top / "news" / "all.jsonl"
    file.write_text(one + one + two, encoding="utf-8")
    assert [issue.code for issue in desk.run("news").issues] == ["same_record"]
    file.write_text(one + one, encoding="utf-8")
    assert list(desk.run("news").changes.removed) == ["b"]


def test_published_tables_are_no_input(desk: Desk) -> None:
    desk.write(*names(3))
    (desk.top / "news" / "old" / ".snapshots").mkdir(parents=True)
    (desk.top / "news" / "old" / "articles.csv").write_text("id,text\n1,Published.\n", encoding="utf-8")
    (desk.top / "out" / "own.csv").write_text("id,text\n2,Published.\n", encoding="utf-8")
    work = desk.run("")
    assert work.n_articles == 3
    assert [issue.code for issue in work.issues] == ["own_output"]


def test_columns_named_by_the_user_reach_the_reader(desk: Desk) -> None:
    (desk.top / "news").mkdir()
    (desk.top / "news" / "a.csv").write_text("id,Artikel\n7,Officials met in Basra.\n", encoding="utf-8")
    assert desk.run("news").n_articles == 0
    assert desk.run("news", map={"text": "artikel"}).n_articles == 1
