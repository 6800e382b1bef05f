"""Files are kept under the hash of what is in them."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pet_app.core import media, storage
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.http import install_errors

BAD_KEYS = [
    "",
    "shop.db",
    "../shop.db",
    "ab/../../shop.db",
    "/etc/passwd",
    f"ab/{'0' * 64}.webp",
    f"ab/ab{'0' * 62}.WEBP",
    f"ab/ab{'0' * 62}.webp\n",
    f"ab/ab{'0' * 62}",
]


@pytest.fixture
def browser() -> Iterator[TestClient]:
    """A visitor of the media route alone."""
    app = FastAPI()
    app.include_router(media.router)
    install_errors(app)
    with TestClient(app) as client:
        yield client


def test_what_is_put_is_found_under_its_hash() -> None:
    key = storage.put(b"a picture", ".webp")
    digest = hashlib.sha256(b"a picture").hexdigest()
    assert key == f"{digest[:2]}/{digest}.webp"
    assert storage.get(key) == b"a picture"


def test_the_same_bytes_are_stored_once(shop: Path) -> None:
    assert storage.put(b"same", ".glb") == storage.put(b"same", "glb")
    kept = [found for found in (shop / "storage").rglob("*") if found.is_file()]
    assert len(kept) == 1


@pytest.mark.parametrize("key", BAD_KEYS)
def test_a_key_that_is_no_key_finds_nothing(key: str) -> None:
    with pytest.raises(NotFound):
        storage.get(key)
    with pytest.raises(NotFound):
        storage.exists(key)


def test_a_key_nothing_was_put_under_finds_nothing() -> None:
    key = storage.key_of(b"never put", ".webp")
    assert not storage.exists(key)
    with pytest.raises(NotFound):
        storage.get(key)


def test_a_file_is_served_for_ever(browser: TestClient) -> None:
    key = storage.put(b"RIFF", ".webp")
    answered = browser.get(f"/media/{key}")
    assert (answered.status_code, answered.content) == (200, b"RIFF")
    assert answered.headers["content-type"] == "image/webp"
    assert "immutable" in answered.headers["cache-control"]
    again = browser.get(f"/media/{key}", headers={"If-None-Match": answered.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_is_not_there_is_a_problem_in_json(browser: TestClient) -> None:
    answered = browser.get("/media/ab/nothing.webp")
    assert answered.status_code == 404
    assert answered.headers["content-type"] == "application/problem+json"


def test_a_bucket_keeps_files_as_well_as_a_folder(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert os.environ["STORAGE_URL"] == bucket
    key = storage.put(b"far away", ".glb")
    assert storage.exists(key)
    assert storage.get(key) == b"far away"
    assert not storage.exists(storage.key_of(b"other", ".glb"))


def test_a_store_that_is_away_says_so(shop: Path) -> None:
    key = storage.put(b"a picture", ".webp")
    (shop / "storage").rename(shop / "elsewhere")
    (shop / "storage").write_text("a disk that did not mount")
    with pytest.raises(Unavailable):
        storage.get(key)
    with pytest.raises(Unavailable):
        storage.put(b"another picture", ".webp")
