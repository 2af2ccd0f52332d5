"""No input stops the others: altered samples, and what Hypothesis thinks of."""

import json
from itertools import count
from pathlib import Path

import pytest
from fuzz_inputs import check_input, fuzz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.pipeline.annotator import Annotator

_FOLDERS = count()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["id", "text", "title", "url", "outlet", "author", "published", "language"])
RECORDS = st.lists(st.dictionaries(FIELDS, VALUES), max_size=4).map(
    lambda records: "\n".join(map(json.dumps, records)).encode()
)
BYTES = st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))


@pytest.mark.slow
def test_no_altered_sample_stops_its_neighbours(tmp_path: Path) -> None:
    fuzzed = fuzz(range(60), 2021, tmp_path)
    assert not fuzzed.failures, "\n".join(what for _, what in fuzzed.failures)
    assert fuzzed.n_articles > 120, "hardly an altered sample became an article"
    assert {"bad_record", "binary", "guessed_encoding"} <= fuzzed.codes.keys()


@pytest.mark.parametrize(
    ("name", "inputs"),
    [("fuzzed.txt", BYTES), ("fuzzed.jsonl", RECORDS | BYTES), ("articles.csv", BYTES)],
)
def test_no_bytes_stop_their_neighbours(
    name: str, inputs: st.SearchStrategy[bytes], tmp_path: Path, annotator: Annotator
) -> None:
    @given(data=inputs)
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def check(data: bytes) -> None:
        check_input(name, data, tmp_path / str(next(_FOLDERS)), annotator)

    check()
