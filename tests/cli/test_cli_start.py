"""What a process of ours loads before it works: nothing that it has no use for."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed")


def test_workers_load_spacy_without_its_command_line_which_stays_within_reach() -> None:
    python(
        "import extract.light_spacy; assert {'spacy.cli', 'httpx', 'weasel'}.isdisjoint(sys.modules)\n"
        "import spacy.cli; assert spacy.cli.download and spacy.cli.info"
    )


def test_workers_load_spacy_without_torch_which_stays_within_reach() -> None:
    python(
        "import extract.light_spacy; assert 'torch' not in sys.modules; import spacy, torch; torch.zeros(1)"
    )


@pytest.mark.parametrize("first", ["flows.extract_articles", "extract.pipeline", "extract.cli.app"])
def test_a_run_itself_needs_no_spacy(first: str) -> None:
    python(f"import {first}; assert 'spacy' not in sys.modules")


def test_a_run_with_nothing_to_do_loads_nothing(tmp_path: Path) -> None:
    run = (
        "from typer.testing import CliRunner; from extract.cli.app import app\n"
        f"options = ['{tmp_path}', '--output', '{tmp_path / 'outputs'}']\n"
        "result = CliRunner().invoke(app, ['run', *options])\n"
        "assert 'Nothing was read' in result.output, result.output\n"
    )
    python(f"{run}assert {{'spacy', 'pandas', 'pandera'}}.isdisjoint(sys.modules)")
    python(
        f"{run}assert {{'spacy', 'extract.lexicon.lexicon', 'extract.reading.build'}}.isdisjoint(sys.modules)"
    )


def test_arrow_does_without_pandas_which_stays_within_reach() -> None:
    python(
        "import extract.light_arrow, pyarrow as pa\n"
        "rows = pa.Table.from_pylist([{'a': 1}, {'a': None}])\n"
        "assert 'pandas' not in sys.modules\n"
        "frame = rows.to_pandas()\n"
        "assert pa.array(frame['a']).to_pylist() == [1, None]"
    )


@pytest.mark.parametrize("module", ["extract.schema", "extract.tables", "extract.store", "extract.pipeline"])
def test_the_contract_of_the_tables_needs_no_pandas(module: str) -> None:
    python(
        f"import extract.light_arrow, {module}, extract.tables as made\n"
        "assert all(table.arrow_schema for table in made.TABLES.values())\n"
        "assert {'pandas', 'pandera'}.isdisjoint(sys.modules)"
    )


def test_other_programs_have_spacy_as_it_is() -> None:
    python("import extract.pipeline.annotator; assert 'torch' in sys.modules")


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", f"import sys\n{code}"], check=True, timeout=120)
