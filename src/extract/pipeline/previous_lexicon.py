"""A copy of the lexicon behind the published rows; comparing it with the current one shows what changed.

The copy is in outputs/.cache/models/lexicon, and is used only if its hash is the one in the manifest.
"""

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

from extract.errors import LexiconError
from extract.model import Article
from extract.pipeline.fingerprint import Fingerprint, fingerprint_of, knowledge_hash
from extract.settings import Settings
from extract.store import CACHE, Entry, Manifest
from extract.tables import schema_version

if TYPE_CHECKING:
    from extract.lexicon.difference import Difference

LEXICON = "lexicon"
_KEPT = CACHE / "models"


def save_lexicon(settings: Settings, fingerprint: Fingerprint) -> None:
    """Replace the copy of the lexicon by the current lexicon."""
    kept = settings.output / _KEPT
    if knowledge_hash(kept, LEXICON) != fingerprint.parts[LEXICON]:
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(settings.models_dir / LEXICON, kept / LEXICON)


def unaffected_by_lexicon_change(
    manifest: Manifest, fingerprint: Fingerprint, settings: Settings
) -> Callable[[Article], bool]:
    """Return a predicate for outdated articles whose rows would not change.

    If only names in the lexicon have changed, these are the articles that contain none of the changed names.
    After any other change there are none.
    """
    change = _change_of_names(manifest, fingerprint, settings)
    if change is None:
        return lambda _article: False
    # Here, as most runs need neither.
    from extract.text.joining import join_lines  # noqa: PLC0415
    from extract.text.line_words import load_line_words  # noqa: PLC0415

    made_by = fingerprint_of(manifest.components).whole
    words = load_line_words(settings.models_dir)

    def test(article: Article) -> bool:
        entry = manifest.entries[article.article_id]
        if not _is_done_by(entry, made_by):
            return False
        text = join_lines(article.text, words).text  # a word may be broken at the end of a line
        return not change.concerns("\n".join(filter(None, (text, article.outlet, article.author))))

    return test


def _is_done_by(entry: Entry, pipeline: str) -> bool:
    return entry.status == "done" and entry.fingerprint == pipeline


def _change_of_names(manifest: Manifest, fingerprint: Fingerprint, settings: Settings) -> "Difference | None":
    kept = settings.output / _KEPT
    only_lexicon = fingerprint.changed_since(manifest.components) == (LEXICON,)
    if settings.full or not only_lexicon or manifest.schema_version != schema_version():
        return None
    if knowledge_hash(kept, LEXICON) != manifest.components[LEXICON]:
        return None
    from extract.lexicon import load_lexicon  # noqa: PLC0415
    from extract.lexicon.difference import difference  # noqa: PLC0415

    try:
        return difference(load_lexicon(kept), load_lexicon(settings.models_dir))
    except LexiconError:  # the new lexicon is invalid: the run reports it when it loads it
        return None
