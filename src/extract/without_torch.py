"""spaCy without PyTorch, for our own processes: the commands, the flows and their workers import this first.

Where PyTorch is installed, for Stanza, spaCy imports it too, for models that are not ours: 2 seconds and 190
MB a process. Stanza imports it later by itself. Programs that use extract beside other models are left alone.
"""

import sys

if "spacy" not in sys.modules and "torch" not in sys.modules:
    sys.modules["torch"] = None  # type: ignore[assignment]  # Python's sign that there is no such module
    try:
        import spacy  # noqa: F401 - it looks for PyTorch once, now
    finally:
        del sys.modules["torch"]
