"""The lexicon that the published rows were made with: what another one changes is found by comparing the two.

It lies in outputs/.cache/models/lexicon, and counts only where it is the one that the manifest speaks of.
"""

import shutil
from collections.abc import Callable

from extract.errors import LexiconError
from extract.lexicon import load_lexicon
from extract.lexicon.difference import Difference, difference
from extract.model import Article
from extract.pipeline.fingerprint import Fingerprint, fingerprint_of, knowledge_hash
from extract.settings import Settings
from extract.store import CACHE, Entry, Manifest
from extract.tables import schema_version

LEXICON = "lexicon"
_KEPT = CACHE / "models"


def save_lexicon(settings: Settings, fingerprint: Fingerprint) -> None:
    """Keep a copy of the lexicon as it is now, in the place of the last one."""
    kept = settings.output / _KEPT
    if knowledge_hash(kept, LEXICON) != fingerprint.parts[LEXICON]:
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(settings.models_dir / LEXICON, kept / LEXICON)


def unaffected_by_lexicon_change(
    manifest: Manifest, fingerprint: Fingerprint, settings: Settings
) -> Callable[[Article], bool]:
    """Return a test of which published articles that are out of date would give the same rows again.

    Only a change of names in the lexicon says so of any: of those that hold none of the names. After a change
    of anything else none would.
    """
    change = _change_of_names(manifest, fingerprint, settings)
    made_by = fingerprint_of(manifest.components).whole

    def test(article: Article) -> bool:
        entry = manifest.entries[article.article_id]
        if change is None or not _is_done_by(entry, made_by):
            return False
        return not change.concerns("\n".join(filter(None, (article.text, article.outlet, article.author))))

    return test


def _is_done_by(entry: Entry, pipeline: str) -> bool:
    return entry.status == "done" and entry.fingerprint == pipeline


def _change_of_names(manifest: Manifest, fingerprint: Fingerprint, settings: Settings) -> Difference | None:
    kept = settings.output / _KEPT
    only_lexicon = fingerprint.changed_since(manifest.components) == (LEXICON,)
    if settings.full or not only_lexicon or manifest.schema_version != schema_version():
        return None
    if knowledge_hash(kept, LEXICON) != manifest.components[LEXICON]:
        return None
    try:
        return difference(load_lexicon(kept), load_lexicon(settings.models_dir))
    except LexiconError:  # the new one is broken: the run says so where it needs it
        return None
