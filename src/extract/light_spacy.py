"""Imports spaCy without what we do not use; workers, and commands that need spaCy, import this module first.

spaCy imports PyTorch where it is installed, which takes 2 seconds and 190 MB per process; Stanza does it
itself later. It also imports its own command line, with all that downloads models: a quarter of a second.
Other programs that use extract as a library are not affected.
"""

import sys
from types import ModuleType

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def _import_spacy() -> None:
    """Import spaCy while what it looks for seems to be missing, or empty."""
    hidden = {name: ModuleType(name) for name in _COMMANDS}
    vars(hidden["spacy.cli.info"])["info"] = None  # `spacy.info`
    sys.modules.update(hidden)
    if "torch" not in sys.modules:
        sys.modules["torch"] = None  # type: ignore[assignment]  # makes `import torch` raise ImportError
    try:
        import spacy  # noqa: PLC0415, F401 - looks for them once, at import
    finally:
        for name in _COMMANDS:
            del sys.modules[name]
        if sys.modules.get("torch", sys) is None:
            del sys.modules["torch"]


if "spacy" not in sys.modules:
    _import_spacy()
