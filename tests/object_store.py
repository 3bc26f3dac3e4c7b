"""An object store on this machine for tests: moto's S3 on the loopback, with dummy keys. Nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import fsspec
import pytest

ACCESS, SECRET = "DUMMYACCESSKEY01", "dummy/secret/of/the/tests"


@contextmanager
def object_store(*buckets: str) -> Iterator[str]:
    """Run a store with empty buckets, to which this process and its children are led by the environment; give its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        with pytest.MonkeyPatch.context() as patch:
            lead_to(address, patch)
            # what an earlier store of this process held is held still
            urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
            system = fsspec.filesystem("s3")
            for bucket in buckets:
                system.mkdir(bucket)
            yield address
    finally:
        server.stop()


def lead_to(address: str, patch: pytest.MonkeyPatch, access: str = ACCESS) -> None:
    """Lead every use of S3 to an address, with dummy keys."""
    patch.setenv("AWS_ENDPOINT_URL", address)
    patch.setenv("AWS_ACCESS_KEY_ID", access)
    patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    forget_stores()


def forget_stores() -> None:
    """Have stores opened anew: fsspec keeps them with the keys of their first use."""
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()


def uploads_under_way(bucket: str) -> list[str]:
    """Return the names of uploads that were begun and neither ended nor taken back."""
    system = fsspec.filesystem("s3")
    return [each["Key"] for each in system.list_multipart_uploads(bucket)]
