"""Compile the kernels of fast inference when the project is built or installed.

    python hatch_build.py      compile them in place, for a checkout that is not installed

The kernels are optional: without a C compiler the project installs all the same, and uses spaCy's own
inference. The compiler is `$CC`, else `cc`. The library depends on no version of Python.
"""

import hashlib
import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("src", "extract", "engines", "fast", "kernels.c")
LIBRARY = SOURCE.with_suffix(".so")
FLAGS = ("-std=c11", "-O3", "-fopenmp-simd", "-fPIC", "-shared")
COMPILE_SECONDS = 120


class KernelsHook(BuildHookInterface[Any]):
    """Adds the compiled kernels to a wheel, which then fits this kind of machine alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the kernels; `version` is "editable" or "standard", and both need them in their place."""
        del version
        problem = compile_kernels(Path(self.root))
        if problem:
            self.app.display_warning(f"Without fast inference: {problem}")
            return
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["artifacts"].append(LIBRARY.as_posix())
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"


def compile_kernels(root: Path) -> str:
    """Compile the kernels in a checkout; return why that failed, or nothing.

    The library takes its place in one step, as a run may be using the one before.
    """
    library = root / LIBRARY
    new = library.with_suffix(".new")
    compiler = shlex.split(os.environ.get("CC", "")) or ["cc"]
    # Lets a checkout of another version than the library's see that (extract.engines.fast.library).
    source = hashlib.sha256((root / SOURCE).read_bytes()).hexdigest()
    command = [*compiler, *FLAGS, f'-DSOURCE="{source}"', "-o", str(new), str(root / SOURCE), "-lm"]
    try:
        done = subprocess.run(  # noqa: S603 - the compiler that the environment names
            command, capture_output=True, text=True, timeout=COMPILE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        library.unlink(missing_ok=True)  # it may be of another version
        return f"{shlex.join(compiler)}: {error}"
    if done.returncode:
        library.unlink(missing_ok=True)
        return f"{shlex.join(command)} failed: {done.stderr.strip()[-2000:]}"
    new.replace(library)
    return ""


if __name__ == "__main__":
    sys.exit(compile_kernels(Path(__file__).parent) or 0)
