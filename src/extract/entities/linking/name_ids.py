"""Name ids: one per named thing, in the lexicon or not."""

from extract.lexicon import Lexicon
from extract.model import Label


def name_id_of(label: Label, full_name: str, lexicon: Lexicon) -> str | None:
    """Return the id of a name that is not in the lexicon: its label and its match key.

    All spellings of a name share one key, which groups mentions within and across articles.

    Args:
        label: Label of the mention.
        full_name: The fullest form of the name in the article.
        lexicon: For spellings.

    Returns:
        For example `person:samir-qattan` for Samir al-Qattan; None for a name without letters.
    """
    key = lexicon.spelling.key(full_name)
    return f"{label.lower()}:{key.replace(' ', '-')}" if key else None
