"""Files addressed by what is in them, in a local folder or in an S3-compatible bucket.

Private files lie beside them under names nobody can guess, and `get` does not know them.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.settings import settings

KEY = re.compile(r"(?P<shelf>[0-9a-f]{2})/(?P<digest>(?P=shelf)[0-9a-f]{62})\.[a-z0-9]{1,8}")
PRIVATE_KEY = re.compile(r"private/[0-9a-f]{64}\.[a-z0-9]{1,8}")
CHUNK = 1 << 18
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


def delete(key: str) -> None:
    """Remove what is stored under `key`, private or not; no harm when nothing is."""
    if not PRIVATE_KEY.fullmatch(key):
        _checked(key)
    with suppress(FileNotFoundError), _reached():
        obstore.delete(_store(), key)
    for half in _half_written(key):
        half.unlink(missing_ok=True)


def is_shared(key: str) -> bool:
    """Whether the file belongs to whoever has the same content, rather than to one person."""
    return KEY.fullmatch(key) is not None


def private_key(secret: bytes, name: str, suffix: str) -> str:
    """The key of a private file: always the same, and not to be guessed without the secret."""
    digest = hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()
    return f"private/{digest}.{suffix.removeprefix('.')}"


def put_private(key: str, file: BinaryIO) -> None:
    """Store the content of an open file under a `private_key`, over what was there."""
    file.seek(0)
    with _reached():
        obstore.put(_store(), _private(key), file)


def read_private(key: str) -> Iterator[bytes]:
    """The content of a private file, piece by piece. Raises `NotFound` when there is none."""
    try:
        with _reached():
            found = obstore.get(_store(), _private(key))
    except FileNotFoundError as error:
        raise NotFound(MISSING) from error
    return (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK))


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


def _half_written(key: str) -> list[Path]:
    """What a process that was killed while writing left beside a file in a local folder."""
    url = settings().storage_url
    if not url.startswith("file:"):
        return []
    file = Path(unquote(urlsplit(url).path)) / key
    return list(file.parent.glob(f"{file.name}#*"))


def _private(key: str) -> str:
    if not PRIVATE_KEY.fullmatch(key):
        raise NotFound(MISSING)
    return key


@lru_cache
def _store() -> ObjectStore:
    url = settings().storage_url
    if url.startswith("file:"):
        Path(unquote(urlsplit(url).path)).mkdir(parents=True, exist_ok=True)
    return from_url(url)
