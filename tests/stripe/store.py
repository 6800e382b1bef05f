"""What the stand-in remembers: objects by kind, its clock, and what was asked of it.

With a file it is all there again after a kill: each answer is written before it is given.
"""

import json
import secrets
import sqlite3
import string
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from typing import Any

from tests.stripe.errors import missing

Thing = dict[str, Any]
LETTERS = string.ascii_letters + string.digits
TABLE = (
    "CREATE TABLE IF NOT EXISTS kept"
    " (kind TEXT, id TEXT, serial INTEGER, body TEXT, PRIMARY KEY (kind, id))"
)
WRITE = (
    "INSERT INTO kept VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body"
)


class Store:
    """Everything that is remembered. Names beginning with `_` are ours and shown to nobody."""

    def __init__(self, file: Path | None = None) -> None:
        self.changed = Condition()
        self._kinds: dict[str, dict[str, Thing]] = {}
        self._fresh: dict[tuple[str, str], None] = {}
        self._serial = 0
        self._file = None
        if file is not None:
            self._file = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute(TABLE)
            self._read()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Alone with the store; what was changed is written down at the end, however it ends."""
        with self.changed:
            try:
                yield
            finally:
                self._write()
                self.changed.notify_all()

    def put(self, kind: str, thing: Thing) -> Thing:
        """Keep it, or that it has changed."""
        kept = self._kinds.setdefault(kind, {})
        if thing["id"] not in kept:
            self._serial += 1
            thing["_serial"] = self._serial
            kept[thing["id"]] = thing
        self._fresh[kind, thing["id"]] = None
        return thing

    def drop(self, kind: str, id: str) -> None:
        """Forget it."""
        self._kinds.get(kind, {}).pop(id, None)
        self._fresh[kind, id] = None

    def find(self, kind: str, id: str) -> Thing | None:
        """It, or None."""
        return self._kinds.get(kind, {}).get(id)

    def get(self, kind: str, id: str) -> Thing:
        """It; raises `Refused`."""
        found = self.find(kind, id)
        if found is None:
            raise missing(kind, id)
        return found

    def all(self, kind: str) -> list[Thing]:
        """Every one, in the order in which they came."""
        return list(self._kinds.get(kind, {}).values())

    def count(self, kind: str) -> int:
        """How many there are."""
        return len(self._kinds.get(kind, {}))

    def forget(self) -> None:
        """Begin anew, with nothing."""
        for kind, things in self._kinds.items():
            for named in things:
                self._fresh[kind, named] = None
        self._kinds.clear()

    @property
    def time(self) -> float:
        """What the stand-in's clock says, in seconds since 1970."""
        moved = self.find("setting", "clock")
        return time.time() + (moved["seconds"] if moved else 0.0)

    @property
    def now(self) -> int:
        """Its whole second."""
        return int(self.time)

    def new_id(self, prefix: str, length: int = 24) -> str:
        """An id such as `pi_3Kd…`."""
        return f"{prefix}_" + "".join(secrets.choice(LETTERS) for _ in range(length))

    def begin(self, kind: str, prefix: str, **values: Any) -> Thing:
        """A new object with an id and a time of its own."""
        head = {"id": self.new_id(prefix), "object": kind, "created": self.now, "livemode": False}
        return self.put(kind, head | values)

    def _read(self) -> None:
        assert self._file is not None
        for kind, named, serial, body in self._file.execute(
            "SELECT kind, id, serial, body FROM kept ORDER BY serial"
        ):
            self._kinds.setdefault(kind, {})[named] = json.loads(body)
            self._serial = serial

    def _write(self) -> None:
        fresh, self._fresh = self._fresh, {}
        if self._file is None or not fresh:
            return
        self._file.execute("BEGIN IMMEDIATE")
        for kind, named in fresh:
            thing = self.find(kind, named)
            if thing is None:
                self._file.execute("DELETE FROM kept WHERE kind = ? AND id = ?", (kind, named))
            else:
                self._file.execute(WRITE, (kind, named, thing["_serial"], json.dumps(thing)))
        self._file.execute("COMMIT")


def shown(thing: Any) -> Any:
    """The same without what is ours, as a copy."""
    if isinstance(thing, dict):
        return {key: shown(value) for key, value in thing.items() if not key.startswith("_")}
    if isinstance(thing, list):
        return [shown(part) for part in thing]
    return thing
