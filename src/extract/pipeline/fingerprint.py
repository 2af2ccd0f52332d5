"""What rows depend on besides the article: a change of any of it makes them out of date."""

import hashlib
from pathlib import Path

from extract.settings import Settings

_PACKAGE = Path(__file__).parents[1]

# Rooms whose code shapes the rows; a change of the command line or of the store does not.
ROOMS = ("annotate", "engines", "lexicon", "reading", "resolve")
MODULES = ("ids.py", "model.py", "schema.py", "tables.py")
KNOWLEDGE = ("*.toml", "*.sha256")


def pipeline_fingerprint(settings: Settings) -> str:
    """Return a hash of the engine, the rules' code and the knowledge under models/."""
    models_dir = settings.models_dir
    code = [path for room in ROOMS for path in (_PACKAGE / room).rglob("*.py")]
    code += [_PACKAGE / module for module in MODULES]
    knowledge = [path for pattern in KNOWLEDGE for path in models_dir.rglob(pattern)]
    state = hashlib.blake2b(_engine(settings).encode(), digest_size=16)
    for base, paths in ((_PACKAGE, code), (models_dir, knowledge)):
        for path in sorted(paths):
            state.update(path.relative_to(base).as_posix().encode())
            state.update(path.read_bytes())
    return state.hexdigest()


def _engine(settings: Settings) -> str:
    """Return the engine's name, with the models where it may use others than the project's."""
    if settings.engine == "spacy" or settings.stanza_models == "shipped":
        return settings.engine
    return f"{settings.engine} {settings.stanza_models} {settings.stanza_dir}"
