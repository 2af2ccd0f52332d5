"""Connects a run to a Dask cluster, or starts one on this machine."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from distributed import Client, Future, LocalCluster

from extract.errors import ClusterError
from extract.settings import Settings

_LOCAL = "local:"
_CLOSE_SECONDS = 5
_ENCRYPTED = "tls://"


@contextmanager
def connected(settings: Settings) -> Iterator[Client]:
    """Provide a client of the cluster that the settings name; end what was started for it.

    Raises:
        ClusterError: Nothing answers there, or certificates are missing.
    """
    address = settings.cluster
    with ExitStack() as stack:
        if address.startswith(_LOCAL):
            address = stack.enter_context(_local_cluster(int(address.removeprefix(_LOCAL)), settings))
        try:
            client = Client(address, timeout=settings.start_seconds, set_as_default=False, name="extract")
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            raise ClusterError(
                f"No Dask scheduler answers at {address}: {error}.",
                advice="Start one with `dask scheduler`, or correct --cluster or EXTRACT_CLUSTER; "
                "docs/cluster.md explains it.",
            ) from error
        except TypeError as error:  # so Dask tells that it has no certificates
            if not address.startswith(_ENCRYPTED):
                raise
            raise ClusterError(
                f"The run has no certificates for {address}: {error}.",
                advice="Name them in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, ...TLS__CLIENT__CERT and "
                "...TLS__CLIENT__KEY; docs/cluster.md explains it.",
            ) from error
        stack.callback(_close, client)
        yield client


@contextmanager
def _local_cluster(n_workers: int, settings: Settings) -> Iterator[str]:
    """Provide the address of a cluster on this machine, whose workers have the models of the run."""
    with LocalCluster(
        n_workers=n_workers,
        threads_per_worker=1,
        memory_limit=0,  # the processes that annotate have limits of their own
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.ERROR,  # a worker that is lost is told by the run
        env={"EXTRACT_MODELS_DIR": str(settings.models_dir.absolute())},
    ) as cluster:
        yield cluster.scheduler_address


def workers_of(client: Client, seconds: float) -> Mapping[str, Mapping[str, Any]]:
    """Return what the scheduler knows of each worker, by its address.

    Raises:
        ClusterError: The scheduler does not answer.
    """
    try:
        known = client.sync(client.scheduler.identity, n_workers=-1, callback_timeout=seconds)
    except OSError as error:
        raise lost(client, str(error)) from error
    workers: Mapping[str, Mapping[str, Any]] = known["workers"]
    return workers


def lost(client: Client, why: str) -> ClusterError:
    """Return the error of a run whose scheduler is gone."""
    return ClusterError(
        f"The Dask scheduler at {client.scheduler.address} does not answer any more ({why}).",
        advice="The published tables are whole: start the scheduler and its workers, and run again.",
    )


def error_of(future: Future, seconds: float) -> Exception:
    """Return why a future has no result."""
    try:
        error: Exception | None = future.exception(timeout=seconds)
    except Exception as raised:  # noqa: BLE001 - a cancelled future raises what another one returns
        return raised
    return error or RuntimeError("it has a result")


def _close(client: Client) -> None:
    with suppress(OSError):
        client.close(_CLOSE_SECONDS)
