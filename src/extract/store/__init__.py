"""Publishes the processed articles and their rows atomically.

A run calls `plan`, has workers call `write_part` with `Store.staging`, then calls `Store.publish`, all while
it holds `Store.lock`. Readers open `outputs/<table>`, or `open_snapshot(outputs)` for a state that never
changes.
"""

from extract.store.cache import CACHE, DocCache, read_docs, write_docs
from extract.store.entries import Entry, Status, source_key
from extract.store.history import Published, read_history
from extract.store.manifest import Manifest, Plan, outdate, plan, state_of
from extract.store.parts import write_part
from extract.store.problems import StoreProblem, store_problems
from extract.store.recovery import mend
from extract.store.snapshots import Snapshot, open_snapshot, read_table
from extract.store.store import Publication, Store

__all__ = [
    "CACHE",
    "DocCache",
    "Entry",
    "Manifest",
    "Plan",
    "Publication",
    "Published",
    "Snapshot",
    "Status",
    "Store",
    "StoreProblem",
    "mend",
    "open_snapshot",
    "outdate",
    "plan",
    "read_docs",
    "read_history",
    "read_table",
    "source_key",
    "state_of",
    "store_problems",
    "write_docs",
    "write_part",
]
