"""The cache of Docs on disk: what runs add and remove, in few files, and never a Doc that was not written."""

import random
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.store import DocCache, read_docs, write_docs


def test_a_flipped_bit_in_the_cache_never_gives_another_doc(tmp_path: Path) -> None:
    dice = random.Random(5)  # noqa: S311 - positions, not secrets
    docs = {f"ab{number:030x}": dice.randbytes(300) * 3 for number in range(20)}
    cache, part = DocCache(tmp_path, "engine", 10**9), tmp_path / "part"
    part.mkdir()
    write_docs(part, docs)
    cache.update([part], docs.keys())
    [file] = set(cache.files.values())
    whole = file.read_bytes()
    found = 0
    for _ in range(600):
        content = bytearray(whole)
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        file.write_bytes(content)
        read = read_docs(file, docs.keys())
        assert all(docs[key] == doc for key, doc in read.items())
        found += len(read)
    assert found > 1000, "a flipped bit should cost some Docs, not all"


class Shelf:
    """A cache whose runs are told by what they add and what is published after them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.n_runs = 0

    def run(self, added: Mapping[str, bytes], published: Collection[str]) -> None:
        part = self.folder / f"part-{self.n_runs}"
        part.mkdir(parents=True)
        self.n_runs += 1
        write_docs(part, added)
        self.cache.update([part], published)

    @property
    def cache(self) -> DocCache:
        return DocCache(self.folder, "engine", 10**9)

    def docs(self) -> dict[str, bytes]:
        files = set(self.cache.files.values())
        return {key: doc for file in sorted(files) for key, doc in read_docs(file, self.cache.files).items()}


KEYS = st.sets(st.sampled_from([f"{number:032x}" for number in range(30)]), max_size=8)


@given(runs=st.lists(st.tuples(KEYS, KEYS), max_size=40))
@settings(max_examples=50, deadline=None)
def test_whatever_runs_add_and_remove_the_cache_has_the_docs_of_what_is_published(
    runs: list[tuple[set[str], set[str]]],
) -> None:
    with TemporaryDirectory() as folder:
        shelf, expected = Shelf(Path(folder)), dict[str, bytes]()
        for number, (added, removed) in enumerate(runs):
            docs = {key: f"{key} of run {number}".encode() for key in added}
            expected = {key: doc for key, doc in (expected | docs).items() if key not in removed}
            shelf.run(docs, expected.keys())
        found = shelf.docs()
        assert {key: found[key] for key in found if key in expected} == expected
        assert len(found) <= 2 * len(expected), "at most half of a file is of no use"


def test_many_small_runs_leave_few_files(tmp_path: Path) -> None:
    shelf, published = Shelf(tmp_path), dict[str, bytes]()
    for number in range(60):
        new = {f"{number:032x}": b"doc"}
        published |= new
        shelf.run(new, published.keys())
    assert shelf.docs() == published
    assert len(list(shelf.cache.folder.iterdir())) <= 17


def test_a_run_over_few_articles_leaves_full_files_alone(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    many = {f"{number:032x}": b"doc" for number in range(2000)}
    shelf.run(many, many.keys())
    before = {file: file.stat().st_ino for file in shelf.cache.folder.iterdir()}
    shelf.run({"f" * 32: b"new"}, [*many, "f" * 32][100:])
    assert before.items() <= {file: file.stat().st_ino for file in shelf.cache.folder.iterdir()}.items()
    assert len(shelf.cache.files) == 2001, "a file keeps Docs of no use until half of them are"


def test_a_doc_that_was_damaged_is_replaced(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.run({"a" * 32: b"doc"}, ["a" * 32])
    [file] = shelf.cache.folder.iterdir()
    content = file.read_bytes()
    packed = pa.ipc.open_file(file).read_all()["doc"][0].as_py()
    file.write_bytes(content.replace(packed, b"?" * len(packed)))
    assert shelf.docs() == {}
    shelf.run({"a" * 32: b"doc"}, ["a" * 32])
    assert shelf.docs() == {"a" * 32: b"doc"}
