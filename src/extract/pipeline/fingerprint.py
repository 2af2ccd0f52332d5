"""What rows depend on besides the article: a change of any of it makes them out of date."""

import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]

# Rooms whose code shapes the rows; a change of the command line or of the store does not.
ROOMS = ("annotate", "engines", "lexicon", "reading", "resolve")
MODULES = ("ids.py", "model.py", "schema.py", "tables.py")
KNOWLEDGE = ("*.toml", "*.sha256")


def pipeline_fingerprint(engine: str, models_dir: Path) -> str:
    """Return a hash of the engine's name, the rules' code and the knowledge under models/."""
    code = [path for room in ROOMS for path in (_PACKAGE / room).rglob("*.py")]
    code += [_PACKAGE / module for module in MODULES]
    knowledge = [path for pattern in KNOWLEDGE for path in models_dir.rglob(pattern)]
    state = hashlib.blake2b(engine.encode(), digest_size=16)
    for base, paths in ((_PACKAGE, code), (models_dir, knowledge)):
        for path in sorted(paths):
            state.update(path.relative_to(base).as_posix().encode())
            state.update(path.read_bytes())
    return state.hexdigest()
