"""What a process of ours loads before it works: nothing that it has no use for."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")


def test_workers_load_spacy_without_torch_which_stays_within_reach() -> None:
    python(
        "import extract.without_torch; assert 'torch' not in sys.modules; import spacy, torch; torch.zeros(1)"
    )


@pytest.mark.parametrize("first", ["flows.extract_articles", "extract.pipeline", "extract.cli.app"])
def test_a_run_itself_needs_no_spacy(first: str) -> None:
    python(f"import {first}; assert 'spacy' not in sys.modules")


def test_a_run_with_nothing_to_do_loads_no_spacy(tmp_path: Path) -> None:
    python(
        "from typer.testing import CliRunner; from extract.cli.app import app\n"
        f"options = ['{tmp_path}', '--output', '{tmp_path / 'outputs'}']\n"
        "result = CliRunner().invoke(app, ['run', *options])\n"
        "assert 'Nothing was read' in result.output, result.output\n"
        "assert 'spacy' not in sys.modules"
    )


def test_other_programs_have_spacy_as_it_is() -> None:
    python("import extract.pipeline.annotator; assert 'torch' in sys.modules")


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", f"import sys\n{code}"], check=True, timeout=120)
