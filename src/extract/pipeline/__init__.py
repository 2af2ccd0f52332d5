"""A run from input files to published tables: plan -> annotate -> publish."""

from extract.pipeline.intake import Intake, Unread
from extract.pipeline.plan import Work
from extract.pipeline.run import (
    Progress,
    ProgressCallback,
    Summary,
    annotate_step,
    plan_step,
    preview,
    publish_step,
    run,
    with_overrides,
)
from extract.pipeline.workers.pool import BatchResult

__all__ = [
    "BatchResult",
    "Intake",
    "Progress",
    "ProgressCallback",
    "Summary",
    "Unread",
    "Work",
    "annotate_step",
    "plan_step",
    "preview",
    "publish_step",
    "run",
    "with_overrides",
]
