"""Requests to an application in this process, without a client's own time."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import ASGIApp

Ask = Callable[[int], Awaitable[None]]
Sent = tuple[bytes, list[tuple[bytes, bytes]]]
"""A body, and headers beside the usual ones."""

ROUNDS, AT_ONCE = 7, 8


def getting(app: ASGIApp, path: str) -> Ask:
    """What asks for a path, and is answered 200."""
    return _asking(app, "GET", path, lambda _number: (b"", []))


def posting(app: ASGIApp, path: str, sent: Callable[[int], Sent]) -> Ask:
    """What posts JSON to a path, by the request's number, and is answered 200."""
    return _asking(app, "POST", path, sent)


def in_turn(requests: int, *asks: Ask) -> list[list[float]]:
    """Milliseconds of single requests to each, in turn, so that all meet the same machine; the
    first tenth does not count."""

    async def run() -> list[list[float]]:
        found: list[list[float]] = [[] for _ in asks]
        for number in range(requests):
            for samples, ask in zip(found, asks, strict=True):
                started = time.perf_counter()
                await ask(number)
                samples.append(1000 * (time.perf_counter() - started))
        return found

    return [samples[requests // 10 :] for samples in asyncio.run(run())]


def p99(found: list[float]) -> float:
    """What only one sample in a hundred took longer than."""
    return statistics.quantiles(found, n=100)[98]


def rates(requests: int, *asks: Ask) -> list[list[float]]:
    """How many requests each answers in a second while eight are under way: seven rounds, in
    turn."""

    async def work(ask: Ask, first: int) -> None:
        for number in range(first, requests // ROUNDS, AT_ONCE):
            await ask(number)

    async def run() -> list[list[float]]:
        found: list[list[float]] = [[] for _ in asks]
        for _ in range(ROUNDS):
            for samples, ask in zip(found, asks, strict=True):
                started = time.perf_counter()
                await asyncio.gather(*(work(ask, first) for first in range(AT_ONCE)))
                samples.append(requests // ROUNDS / (time.perf_counter() - started))
        return found

    return asyncio.run(run())


def _asking(app: ASGIApp, method: str, path: str, sent: Callable[[int], Sent]) -> Ask:
    place, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": ("shop.test", 80),
    }
    plain = [(b"host", b"shop.test")]
    if method == "POST":
        plain.append((b"content-type", b"application/json"))

    async def ask(number: int) -> None:
        statuses: list[int] = []
        body, more = sent(number)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await app({**scope, "headers": [*plain, *more]}, receive, send)
        assert statuses == [200], statuses

    return ask
