"""A bucket for the tests of storage."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from pet_app.core.settings import settings
from tests import servers


@pytest.fixture
def bucket(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3-compatible bucket of this machine's own that the shop stores its files in."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=servers.free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": "us-east-1",
        "STORAGE_URL": "s3://shop/files",
    }.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    httpx.put(f"http://{host}:{port}/shop").raise_for_status()
    yield "s3://shop/files"
    server.stop()
