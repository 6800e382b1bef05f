"""One shop built for production and started, for all browser tests of a run."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path
from typing import IO

import httpx

from pet_app.core.settings import ROOT
from tests.user import acme as provider
from tests.user.acme import Acme

# Beside the developer's own shop, which may be running. What npm installed stays for next time.
SITE = ROOT / "build" / "site"
APART = ROOT / "build" / "apart"
PARTS = (
    "alembic",
    "assets",
    "pet_app",
    "workers",
    "reflex.lock",
    ".gitignore",
    "alembic.ini",
    "requirements.txt",
    "rxconfig.py",
)
RENDER = Path("pet_app", "builder", "render")
COMPILE = """
from numba.core import config
from pet_app.builder.render.warm import warm
warm()
print(config.CACHE_DIR)
"""
STARTS_WITHIN_S = 420
STOPS_WITHIN_S = 20
CLEARED = (
    "DATABASE_URL",
    "REDIS_URL",
    "STORAGE_URL",
    "SECRET_KEY",
    "PET_SECTIONS",
    "SITE_URL",
    "OIDC_PROVIDERS",
    "MAIN_SITE_URL",
)


@dataclass(frozen=True)
class Site:
    """A started shop: where it answers, where it keeps its data, what it said, what it imported;
    and the provider its visitors may sign in through. `town` is where a town's own pages would be,
    which may embed licensing; `sister` where a site beside this one would be."""

    url: str
    data_dir: Path
    log: Path
    imports: Path
    pid: int
    acme: Acme
    town: str
    sister: str


@contextmanager
def started(data_dir: Path) -> Iterator[Site]:
    """The shop with an empty `data_dir`, seeded, built and answering; stopped at the end."""
    _copy(SITE)
    _compile(SITE)
    port = _free_port()
    data_dir.mkdir(parents=True, exist_ok=True)
    imports = data_dir / "imports.txt"
    imports.touch()
    environment = {name: value for name, value in os.environ.items() if name not in CLEARED}
    environment |= {
        "PORT": str(port),
        "PET_ENV": "test",
        "PET_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(Path(__file__).parent / "imports"),
        "WATCHED_IMPORTS": str(imports),
    }
    # Other names for this machine are other sites to a browser.
    town, sister = (f"http://127.0.0.1:{_free_port()}" for _ in range(2))
    environment |= {"EMBED_ORIGINS": town, "SISTER_SITES": sister}
    with provider.started(f"http://localhost:{port}") as acme:
        environment |= {"OIDC_PROVIDERS": acme.settings(scopes="openid email profile")}
        yield from _run(data_dir, port, environment, acme)


@contextmanager
def beside(site: Site) -> Iterator[str]:
    """Licensing as a site of its own beside a started shop, on the same data; where it answers."""
    _copy(APART)
    installed, wanted = (folder / ".web" / "node_modules" for folder in (SITE, APART))
    if not wanted.exists():
        shutil.copytree(installed, wanted, symlinks=True)
    environment = {name: value for name, value in os.environ.items() if name not in CLEARED}
    environment |= {
        "PORT": site.sister.rpartition(":")[2],
        "SITE_URL": site.sister,
        "MAIN_SITE_URL": site.url,
        "PET_SECTIONS": "licensing",
        "PET_ENV": "test",
        "PET_DATA_DIR": str(site.data_dir),
    }
    log = site.data_dir / "apart.log"
    with log.open("w") as said:
        process = _begin(APART, environment, said)
    try:
        _wait(site.sister, log, process)
        yield site.sister
    finally:
        _stop(process)


def _run(data_dir: Path, port: int, environment: dict[str, str], acme: Acme) -> Iterator[Site]:
    log, imports = data_dir / "shop.log", data_dir / "imports.txt"
    with log.open("w") as said:
        process = _begin(SITE, environment, said)
    url, sister = f"http://localhost:{port}", environment["SISTER_SITES"]
    town = environment["EMBED_ORIGINS"]
    site = Site(url, data_dir, log, imports, process.pid, acme, town, sister)
    try:
        _wait(site.url, site.log, process)
        _put_off(data_dir / "shop.db")
        yield site
    finally:
        _stop(process)


def _put_off(database: Path) -> None:
    """Leave the turntables of the demonstration for tomorrow: no visitor here turns one, and all
    would take a core from these tests for two minutes."""
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d %H:%M:%S.%f}"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "UPDATE job SET due = ? WHERE kind = 'builder.make_long_ahead' AND state = 'ready'",
            [tomorrow],
        )


def _begin(folder: Path, environment: dict[str, str], said: IO[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pet_app", "run"],
        cwd=folder,
        env=environment,
        stdout=said,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _copy(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        source, target = ROOT / name, folder / name
        if target.is_dir():
            shutil.rmtree(target)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, target)


def _compile(folder: Path) -> None:
    """Compile the renderer where other tests find it too, and take what came of it along.

    numba keeps that under the path of the code, and asks only whether the code is still the same.
    """
    done = subprocess.run(
        [sys.executable, "-c", COMPILE], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    kept = Path(done.stdout.strip())
    here, there = (
        f"render_{sha1(str(place / RENDER).encode()).hexdigest()}" for place in (ROOT, folder)
    )
    shutil.copytree(kept / here, folder / RENDER / "__pycache__" / kept.name / there)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait(url: str, log: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    # One client asks again and again: to make one takes longer than to ask.
    with httpx.Client(base_url=url, timeout=2) as client:
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(httpx.TransportError):
                if client.get("/ready").is_success:
                    return
            time.sleep(0.2)
    raise RuntimeError(f"the shop did not start:\n{log.read_text()[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOPS_WITHIN_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
