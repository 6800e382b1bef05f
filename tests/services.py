"""Fixtures for what the shop stands on: an empty database of either kind, a broker, a folder."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest

from pet_app.core import db, offload, redis, storage, telemetry
from pet_app.core.ids import new_id
from pet_app.core.settings import settings
from pet_app.messaging import presence, queue, signal
from tests import servers

SHOP_VARIABLES = (
    "DATABASE_URL",
    "REDIS_URL",
    "STORAGE_URL",
    "SECRET_KEY",
    "SITE_URL",
    "TRUSTED_PROXIES",
    "PET_SECTIONS",
    "MAIL_URL",
    "MAIL_FROM",
    "OIDC_PROVIDERS",
    "MAIN_SITE_URL",
    "SISTER_SITES",
    "EMBED_ORIGINS",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_API_BASE",
)


def forget() -> None:
    """Close whatever was opened by the settings, and read them afresh on the next use."""
    queue.stop_embedded()
    signal.close()
    db.close()
    storage.close()
    redis.close()
    queue.forget_brokers()
    presence.leave()
    settings.cache_clear()


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A shop of this test's own, in an empty folder: SQLite, no Redis. Yields the folder."""
    forget()
    for name in SHOP_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PET_ENV", "test")
    monkeypatch.setenv("PET_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    forget()


@pytest.fixture(scope="session", autouse=True)
def _servers() -> Iterator[None]:
    telemetry.configure()
    # Each process of a run waits for its own children, and what the others do is no more urgent.
    offload.NICENESS.update(dict.fromkeys(offload.NICENESS, 0))
    yield
    offload.close()
    servers.stop_all()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(
    request: pytest.FixtureRequest, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """An empty database, on SQLite and on Postgres; yields its address."""
    if request.param == "sqlite":
        yield f"sqlite:///{shop / 'shop.db'}"
        return
    with _postgres_database() as url:
        _use(monkeypatch, url)
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(
    request: pytest.FixtureRequest, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A database with every table and no row, on SQLite and on Postgres; yields its address."""
    if request.param == "sqlite":
        yield _sqlite_database(shop)
        return
    url = _postgres_with_tables()
    _use(monkeypatch, url)
    yield url
    forget()
    servers.postgres().empty(servers.WITH_TABLES)


@pytest.fixture
def sqlite_database(shop: Path) -> str:
    """A SQLite database with every table and no row; yields its address."""
    return _sqlite_database(shop)


@pytest.fixture
def valkey(shop: Path, monkeypatch: pytest.MonkeyPatch) -> servers.Valkey:
    """An empty Valkey that the shop uses as its Redis."""
    found = servers.valkey()
    found.client().flushall()
    monkeypatch.setenv("REDIS_URL", found.url)
    settings.cache_clear()
    return found


@pytest.fixture(params=["embedded", "redis"])
def broker(request: pytest.FixtureRequest) -> str:
    """Both ways in which hints travel; with Redis, the shop uses a real Valkey."""
    if request.param == "redis":
        request.getfixturevalue("valkey")
    return request.param


def _use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()


def _sqlite_database(shop: Path) -> str:
    shutil.copyfile(_sqlite_template(), shop / "shop.db")
    return f"sqlite:///{shop / 'shop.db'}"


@contextmanager
def _postgres_database() -> Iterator[str]:
    name = f"shop_{new_id()}"
    yield servers.postgres().create(name)
    forget()
    servers.postgres().drop(name)


@cache
def _sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp()) / "shop.db"
    atexit.register(shutil.rmtree, path.parent)
    _create_tables(f"sqlite:///{path}")
    # A database of one file is what can be copied.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return path


@cache
def _postgres_with_tables() -> str:
    url = servers.postgres().create(servers.WITH_TABLES)
    _create_tables(url)
    return url


def _create_tables(url: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        _use(monkeypatch, url)
        db.create_all()
        db.close()
    settings.cache_clear()
