"""Requests to an application in this process, without a client's own time."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import ASGIApp

Ask = Callable[[int], Awaitable[None]]


def getting(app: ASGIApp, path: str) -> Ask:
    """What asks for a path, and is answered 200."""
    place, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"shop.test")],
        "client": ("127.0.0.1", 1),
        "server": ("shop.test", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ask(_number: int) -> None:
        statuses: list[int] = []

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await app({**scope}, receive, send)
        assert statuses == [200], statuses

    return ask


def posting(
    app: ASGIApp,
    path: str,
    body: Callable[[int], bytes],
    more: Callable[[int], list[tuple[bytes, bytes]]],
) -> Ask:
    """What posts JSON to a path with further headers, both by the request's number, and is
    answered 200."""
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
        "client": ("127.0.0.1", 1),
        "server": ("shop.test", 80),
    }
    plain = [(b"host", b"shop.test"), (b"content-type", b"application/json")]

    async def ask(number: int) -> None:
        statuses: list[int] = []
        sent = body(number)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await app({**scope, "headers": [*plain, *more(number)]}, receive, send)
        assert statuses == [200], statuses

    return ask


def samples(ask: Ask, requests: int, at_once: int = 1) -> list[float]:
    """Milliseconds of each request, so many under way at a time; the first tenth does not count."""
    found: list[float] = []

    async def work(first: int) -> None:
        for number in range(first, requests, at_once):
            started = time.perf_counter()
            await ask(number)
            found.append(1000 * (time.perf_counter() - started))

    async def run() -> None:
        await asyncio.gather(*(work(first) for first in range(at_once)))

    asyncio.run(run())
    return found[requests // 10 :]


def p99(found: list[float]) -> float:
    """What only one sample in a hundred took longer than."""
    return statistics.quantiles(found, n=100)[98]


def rate(ask: Ask, requests: int, at_once: int = 8) -> float:
    """How many requests are answered in a second, so many under way at a time."""
    started = time.perf_counter()
    samples(ask, requests, at_once)
    return requests / (time.perf_counter() - started)
