"""The entries of a manifest are a mapping, whatever happens to its columns."""

from hypothesis import given
from hypothesis import strategies as st

from extract.store.entries import Entries, Entry, source_key

KEYS = st.one_of(
    st.sampled_from(["a", "b", "é", "zz", "ا", "😀"]), st.text("ab/", min_size=1).map(source_key)
)
ENTRIES = st.builds(
    Entry, st.text("01"), st.just("pipeline"), st.sampled_from(["done", "failed"]), st.text("st")
)
MAPPINGS = st.dictionaries(KEYS, ENTRIES)


@given(MAPPINGS, MAPPINGS, st.sets(KEYS))
def test_entries_are_replaced_as_in_a_dictionary(
    old: dict[str, Entry], new: dict[str, Entry], gone: set[str]
) -> None:
    changed = Entries.of(old).replaced(new, gone)
    expected = {key: entry for key, entry in old.items() if key not in gone} | new
    assert changed == expected
    assert list(changed) == sorted(expected)
    assert len(changed) == len(expected)
    assert changed == Entries.of(expected)
    assert changed.present([*gone, *new]) == expected.keys() & {*gone, *new}


def test_entries_differ_if_one_does() -> None:
    entry = Entry("hash", "pipeline", "done", "a.txt")
    assert Entries.of({"a": entry}) != Entries.of({"a": entry._replace(status="failed")})
    assert Entries.of({"a": entry}) != Entries.of({"b": entry})
