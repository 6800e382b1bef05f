"""Files addressed by what is in them, in a local folder or in an S3-compatible bucket."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.settings import settings

KEY = re.compile(r"(?P<shelf>[0-9a-f]{2})/(?P<digest>(?P=shelf)[0-9a-f]{62})\.[a-z0-9]{1,8}")
MISSING = "This file is not here, or not any more."
AWAY = "Our files cannot be reached right now. Nothing was lost; please try again in a moment."


def put(data: bytes, suffix: str) -> str:
    """Store `data` once and return its key, such as `ab/ab12….webp` for the suffix `.webp`."""
    key = key_of(data, suffix)
    if not exists(key):
        with _reached():
            obstore.put(_store(), key, data)
    return key


def key_of(data: bytes, suffix: str) -> str:
    """The key `data` has, stored or not."""
    digest = hashlib.sha256(data).hexdigest()
    return _checked(f"{digest[:2]}/{digest}.{suffix.removeprefix('.')}")


def get(key: str) -> bytes:
    """The bytes stored under `key`. Raises `NotFound` when there are none."""
    try:
        with _reached():
            return bytes(obstore.get(_store(), _checked(key)).bytes())
    except FileNotFoundError as error:
        raise NotFound(MISSING) from error


def exists(key: str) -> bool:
    """Whether something is stored under `key`."""
    try:
        with _reached():
            obstore.head(_store(), _checked(key))
    except FileNotFoundError:
        return False
    return True


def close() -> None:
    """Let go of the store; the next use opens the one that the settings then name."""
    _store.cache_clear()


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        raise Unavailable(AWAY) from error


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise NotFound(MISSING)
    return key


@lru_cache
def _store() -> ObjectStore:
    url = settings().storage_url
    if url.startswith("file:"):
        Path(unquote(urlsplit(url).path)).mkdir(parents=True, exist_ok=True)
    return from_url(url)
