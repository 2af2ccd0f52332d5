"""Installation compiles the kernels where it can, and does without them where it cannot."""

import ctypes
import shutil
from pathlib import Path

import pytest
from hatch_build import LIBRARY, SOURCE, compile_kernels

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    source = tmp_path / SOURCE
    source.parent.mkdir(parents=True)
    shutil.copy(ROOT / SOURCE, source)
    return tmp_path


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_kernels_compile_without_a_warning(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "cc -Wall -Wextra -Werror")
    assert compile_kernels(checkout) == ""
    assert ctypes.CDLL(str(checkout / LIBRARY)).extract_parse
    assert [file.name for file in sorted((checkout / LIBRARY).parent.iterdir())] == [
        "kernels.c",
        "kernels.so",
    ]


@pytest.mark.parametrize("compiler", ["/no/such/cc", "false"])
def test_without_a_compiler_the_reason_is_told_and_no_old_library_stays(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, compiler: str
) -> None:
    (checkout / LIBRARY).write_bytes(b"of another version")
    monkeypatch.setenv("CC", compiler)
    assert compiler in compile_kernels(checkout)
    assert not (checkout / LIBRARY).exists()
