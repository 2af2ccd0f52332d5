"""A server that speaks S3, for tests of object storage."""

from collections.abc import Iterator
from contextlib import contextmanager

import fsspec
import pytest
from moto.server import ThreadedMotoServer


@contextmanager
def s3_server(bucket: str) -> Iterator[fsspec.AbstractFileSystem]:
    """Run a server with an empty bucket, and provide another client's view of it.

    Its address and keys stand where tools of AWS find them as long as the block runs.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ALLOW_HTTP", "true")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.get_filesystem_class("s3").clear_instance_cache()  # those of other tests have another server
        files = fsspec.filesystem("s3", use_listings_cache=False)
        files.mkdir(bucket)
        yield files
        files.clear_instance_cache()
    server.stop()
