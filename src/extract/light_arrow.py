"""Lets Arrow do without pandas; runs and their workers import this module before they use Arrow.

With the first list that it converts, Arrow imports pandas to know whether that is an object of pandas, which
costs a quarter of a second and 30 MB per process. It tries only once, and again when a table is to become a
frame, so that pandas stays within reach. Other programs that use extract as a library are not affected.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Makes `import pandas` raise ImportError."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


if "pandas" not in sys.modules:
    _finder = _NoPandas()
    sys.meta_path.insert(0, _finder)
    try:
        import pyarrow as pa

        pa.array([])  # looks for pandas
    finally:
        sys.meta_path.remove(_finder)
