"""Name ids: one for each thing named, whether the lexicon knows it or not."""

from extract.lexicon import Lexicon
from extract.model import Label


def name_id_of(label: Label, full_name: str, lexicon: Lexicon) -> str | None:
    """Return the id of a name that the lexicon does not know: its label and its match key.

    Spellings of one name have one key, so that mentions group within and across articles.

    Args:
        label: What is named.
        full_name: The fullest form of the name in the article.
        lexicon: For its spellings.

    Returns:
        Such as `person:samir-qattan` for Samir al-Qattan; None for a name without letters.
    """
    key = lexicon.spelling.key(full_name)
    return f"{label.lower()}:{key.replace(' ', '-')}" if key else None
