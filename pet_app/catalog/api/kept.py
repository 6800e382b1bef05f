"""Answers for everybody, kept until the catalogue changes.

The word that it changed comes within the process, or over Redis from every other; without Redis,
what another process changed is seen a second later.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from fastapi.responses import Response
from pydantic import BaseModel
from sqlmodel import Session

from pet_app.catalog.service import TOPIC
from pet_app.core import db
from pet_app.core.engine import Engines, engines
from pet_app.messaging import signal

LASTS_S = 1.0
MOST_BYTES = 16 * 1024 * 1024
"""However many ways there are to ask, no more than this is kept."""


@dataclass
class Kept:
    """The answers of one database, by what was asked, and how often it changed."""

    of: Engines
    changes: int = 0
    answers: OrderedDict[str, tuple[int, float, bytes]] = field(default_factory=OrderedDict)
    size: int = 0
    listening: ExitStack = field(default_factory=ExitStack)

    def changed(self) -> None:
        """What is kept counts no more. From any thread."""
        self.changes += 1

    def known(self, asked: str) -> bytes | None:
        """The answer, if nothing changed since."""
        found = self.answers.get(asked)
        if found is None:
            return None
        changes, made, body = found
        return body if changes == self.changes and time.monotonic() - made < LASTS_S else None

    def keep(self, asked: str, changes: int, made: float, body: bytes) -> None:
        """Keep an answer as of then; those kept longest make room for it."""
        self._drop(asked)
        self.answers[asked] = (changes, made, body)
        self.size += len(asked) + len(body)
        while self.size > MOST_BYTES:
            self._drop(next(iter(self.answers)))

    def _drop(self, asked: str) -> None:
        found = self.answers.pop(asked, None)
        if found is not None:
            self.size -= len(asked) + len(found[2])


_kept: Kept | None = None


async def answer(asked: str, make: Callable[[Session], BaseModel]) -> Response:
    """The answer to what was asked: the one kept, or the one made now. On the event loop only."""
    kept = held()
    body = kept.known(asked)
    if body is None:
        changes, made = kept.changes, time.monotonic()
        body = await db.read(lambda session: make(session).model_dump_json().encode())
        kept.keep(asked, changes, made, body)
    return Response(body, media_type="application/json")


def held() -> Kept:
    """What is kept of the database at hand."""
    global _kept
    if _kept is None or _kept.of is not engines():
        if _kept is not None:
            _kept.listening.close()
        _kept = Kept(engines())
        _kept.listening.enter_context(signal.watching(TOPIC, _kept.changed))
    return _kept
