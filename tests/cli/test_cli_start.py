"""What a process of ours loads before it works: nothing that it has no use for."""

import subprocess
import sys

import pytest

pytest.importorskip("torch")


@pytest.mark.parametrize("first", ["extract.without_torch", "flows.extract_articles"])
def test_the_commands_load_spacy_without_torch_which_stays_within_reach(first: str) -> None:
    code = f"import sys, {first}; assert 'torch' not in sys.modules; import spacy, torch; torch.zeros(1)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_a_run_loads_spacy_without_torch() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from extract.cli.app import app\n"
        "assert CliRunner().invoke(app, ['run', '/nowhere']).exit_code\n"
        "assert 'spacy' in sys.modules and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_other_programs_have_spacy_as_it_is() -> None:
    code = "import sys, extract.pipeline; assert 'torch' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
