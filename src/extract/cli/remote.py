"""`extract pull` and `extract push`: the tables of a folder and of object storage."""

from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import Output
from extract.console import make_console

if TYPE_CHECKING:
    from extract.remote.transfer import Transfer

_Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS", help="Where the tables are, such as s3://bucket/iraq.", show_default=False
    ),
]


def pull(
    address: _Address,
    output: Output = None,
    discard: Annotated[
        bool, typer.Option("--discard", help="Give up tables of the folder that were not pushed.")
    ] = False,
) -> None:
    """Copy the tables of an address into a folder."""
    from extract.remote.bucket import Bucket
    from extract.remote.mirror import nothing_published
    from extract.remote.transfer import pull as pull_tables
    from extract.settings import load_settings

    settings = load_settings(output=output)
    done = pull_tables(settings.output, Bucket.at(address), keep=settings.keep_snapshots, discard=discard)
    if done is None:
        raise nothing_published(address)
    _say(done, f"{settings.output} has the tables of {address}")


def push(address: _Address, output: Output = None) -> None:
    """Publish the tables of a folder at an address."""
    from extract.remote.bucket import Bucket
    from extract.remote.lease import held
    from extract.remote.transfer import push as push_tables
    from extract.settings import load_settings

    settings, bucket = load_settings(output=output), Bucket.at(address)
    with held(bucket):
        done = push_tables(settings.output, bucket, keep=settings.keep_snapshots)
    _say(done, f"{address} has the tables of {settings.output}")


def _say(done: "Transfer", what: str) -> None:
    copied = f"{done.files:,} files, {done.size / 1e6:,.1f} MB" if done.files else "nothing to copy"
    make_console().print(f"{what}: publication {done.number} ({copied}).", markup=False, highlight=False)
