"""Questions to start from, with the SQL that answers them: the file examples.sql."""

from collections.abc import Mapping
from importlib.resources import files


def examples() -> Mapping[str, str]:
    """Return the SQL of each question."""
    text = files("extract.query").joinpath("examples.sql").read_text("utf-8")
    blocks = (block.strip().rstrip(";") for block in text.split(";\n\n"))
    return {
        question.removeprefix("-- "): sql for question, _, sql in (block.partition("\n") for block in blocks)
    }
