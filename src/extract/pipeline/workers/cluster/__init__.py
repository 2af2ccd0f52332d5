"""The crew of a Dask cluster: batches and parts travel as bytes, so no disk has to be shared.

Raises:
    ClusterError: The package `distributed` is not installed.
"""

from extract.errors import ClusterError

try:
    import distributed  # noqa: F401
except ImportError as error:
    raise ClusterError(
        "A cluster is asked for, but the package distributed is not installed.",
        advice="Install it with `pip install 'extract[dask]'`, or leave --cluster and EXTRACT_CLUSTER out.",
    ) from error
