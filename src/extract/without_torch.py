"""Imports spaCy without PyTorch; workers, and commands that need spaCy, import this module first.

If PyTorch is installed (for Stanza), spaCy imports it as well, which costs 2 seconds and 190 MB per process
and which our models do not need. Stanza imports PyTorch itself later. Other programs that use extract as a
library are not affected.
"""

import sys

if "spacy" not in sys.modules and "torch" not in sys.modules:
    sys.modules["torch"] = None  # type: ignore[assignment]  # makes `import torch` raise ImportError
    try:
        import spacy  # noqa: F401 - looks for PyTorch once, at import
    finally:
        del sys.modules["torch"]
