"""A run from input files to published tables: plan -> annotate -> publish."""

from extract.pipeline.plan import Work
from extract.pipeline.run import (
    ProgressCallback,
    Summary,
    annotate_step,
    plan_step,
    publish_step,
    run,
)
from extract.pipeline.workers import BatchResult

__all__ = [
    "BatchResult",
    "ProgressCallback",
    "Summary",
    "Work",
    "annotate_step",
    "plan_step",
    "publish_step",
    "run",
]
