"""Reading of the TOML knowledge files."""

import tomllib
from pathlib import Path
from typing import Any

from extract.errors import LexiconError


def read_toml(path: Path) -> dict[str, Any]:
    """Read one knowledge file.

    Raises:
        LexiconError: The file is missing or is no TOML; the message names the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(
            f"The knowledge file {path} is missing.", advice="Restore it, or set EXTRACT_MODELS_DIR."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path} cannot be read: {error}.", advice="Mend the line named here.") from error
