"""Webhook intake, from the signed body to the answer, beside a bare route that writes one row."""

import asyncio
import json
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

from pet_app.api import make_api
from pet_app.core.ids import new_id
from pet_app.core.settings import settings
from pet_app.messaging import queue
from tests.benchmarks.row import Row, compare
from tests.benchmarks.scratch import open_shop
from tests.stripe.deliveries import signature

SECRET = "whsec_bench"
REQUESTS, WARM_UP = 500, 50
ROUNDS, ROUND, AT_ONCE = 7, 80, 8
HOOK = "/webhooks/stripe/payment"

Ask = Callable[[int], Awaitable[None]]


class BenchNote(SQLModel, table=True):
    """What the bare route writes."""

    id: str = Field(primary_key=True)
    text: str


def rows() -> list[Row]:
    """One request after the other; and how many in a second when eight are under way."""
    os.environ |= {"STRIPE_SECRET_KEY": "sk_test_bench", "STRIPE_WEBHOOK_SECRET": SECRET}
    settings.cache_clear()
    with open_shop() as folder:
        # Only the door is measured; what it announces waits.
        queue.stop_embedded()
        ours, theirs = _told(make_api()), _written(_bare(folder))
        mine, other = _in_turn(ours, theirs)
        rate, bare_rate = _rates(ours, theirs)
    versus = "a bare FastAPI route that writes one row"
    return [
        compare("webhook intake", "ms", mine, versus, other),
        compare("webhook intake, p99", "ms", [_p99(mine)], versus, [_p99(other)]),
        compare("webhook intake, in a second", "/s", rate, versus, bare_rate, digits=0),
    ]


def _bare(folder: Path) -> FastAPI:
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}")
    _lasting(engine)
    SQLModel.metadata.tables["benchnote"].create(engine)
    app = FastAPI()

    @app.post("/notes")
    def write_note(note: dict[str, str]) -> dict[str, bool]:
        with Session(engine) as session:
            session.add(BenchNote(id=new_id(), text=note["text"]))
            session.commit()
        return {"new": True}

    return app


def _lasting(engine: Engine) -> None:
    """What is answered has reached the disk, as with us."""

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")


def _told(app: FastAPI) -> Ask:
    async def ask(number: int) -> None:
        thing = {"id": f"cs_{number}", "object": "checkout.session", "padding": "x" * 3000}
        said = {
            "id": f"evt_{new_id()}",
            "object": "event",
            "type": "checkout.session.completed",
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": thing},
        }
        body = json.dumps(said).encode()
        signed = signature(SECRET, body, int(time.time())).encode()
        assert await _post(app, HOOK, body, [(b"stripe-signature", signed)]) == 200

    return ask


def _written(app: FastAPI) -> Ask:
    async def ask(number: int) -> None:
        body = json.dumps({"text": f"{number} {'x' * 3000}"}).encode()
        assert await _post(app, "/notes", body, []) == 200

    return ask


async def _post(app: FastAPI, path: str, body: bytes, more: list[tuple[bytes, bytes]]) -> int:
    """The status of one request, without a client's own time."""
    statuses: list[int] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"shop.test"), (b"content-type", b"application/json"), *more],
        "client": ("127.0.0.1", 1),
        "server": ("shop.test", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope, receive, send)
    return statuses[0]


def _in_turn(ours: Ask, theirs: Ask) -> tuple[list[float], list[float]]:
    """Milliseconds of single requests to either, in turn, so that both meet the same machine."""

    async def run() -> tuple[list[float], list[float]]:
        found: tuple[list[float], list[float]] = ([], [])
        for number in range(REQUESTS):
            for samples, ask in zip(found, (ours, theirs), strict=True):
                started = time.perf_counter()
                await ask(number)
                samples.append(1000 * (time.perf_counter() - started))
        return found

    mine, other = asyncio.run(run())
    return mine[WARM_UP:], other[WARM_UP:]


def _p99(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=100)[98]


def _rates(*asks: Ask) -> list[list[float]]:
    """Requests in a second with some always under way; several rounds of each, in turn."""

    async def work(ask: Ask, first: int) -> None:
        for number in range(first, ROUND, AT_ONCE):
            await ask(number)

    async def run(ask: Ask) -> float:
        started = time.perf_counter()
        await asyncio.gather(*(work(ask, first) for first in range(AT_ONCE)))
        return ROUND / (time.perf_counter() - started)

    rounds = [[asyncio.run(run(ask)) for ask in asks] for _ in range(ROUNDS)]
    return [list(found) for found in zip(*rounds, strict=True)]
