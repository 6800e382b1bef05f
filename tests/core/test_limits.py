"""How much a request may send, and how slowly."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core.http import install_errors
from pet_app.core.limits import BodyLimit


def app() -> FastAPI:
    """An application with one route that reads a body itself and one that has it read."""
    app = FastAPI()
    install_errors(app)

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.post("/fields")
    async def fields(body: dict[str, str]) -> int:
        return len(body)

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass

    app.mount("/elsewhere", elsewhere)
    return app


@pytest.fixture
def browser() -> TestClient:
    json = {"content-type": "application/json"}
    return TestClient(BodyLimit(app(), largest=1000), raise_server_exceptions=False, headers=json)


def pieces(count: int) -> Iterator[bytes]:
    yield b'{"a": "'
    for _ in range(count):
        yield b"x" * 100
    yield b'"}'


@pytest.mark.parametrize("path", ["/size", "/fields"])
def test_a_body_up_to_the_limit_passes(browser: TestClient, path: str) -> None:
    assert browser.post(path, content=b"".join(pieces(9))).status_code == 200
    assert browser.post(path, content=pieces(9)).status_code == 200


def test_a_length_of_five_thousand_digits_is_too_large(browser: TestClient) -> None:
    answer = browser.post("/size", content=b"x", headers={"content-length": "9" * 5000})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/size", "/fields"])
def test_a_larger_body_is_refused_even_when_its_length_is_not_announced(
    browser: TestClient, path: str
) -> None:
    for content in (b"".join(pieces(20)), pieces(20)):
        answer = browser.post(path, content=content)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Send less" in answer.json()["detail"]


class Drip:
    """A client that sends a first piece and then nothing, or one byte for ever."""

    def __init__(self, *, every_s: float) -> None:
        self.every_s = every_s
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        await asyncio.sleep(self.every_s)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def ask(self, app: ASGIApp, path: str) -> tuple[int, dict[bytes, bytes], bytes]:
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": b"",
            "headers": [(b"content-type", b"application/json")],
        }
        limited = BodyLimit(app, piece_within_s=0.05, whole_within_s=0.2)
        asyncio.run(limited(scope, self.receive, self.send))
        start, body = self.sent
        return start["status"], dict(start["headers"]), body["body"]


@pytest.mark.parametrize("every_s", [3600, 0.01])
@pytest.mark.parametrize("path", ["/size", "/fields", "/elsewhere/"])
def test_a_body_that_does_not_come_in_time_is_given_up(path: str, every_s: float) -> None:
    status, headers, body = Drip(every_s=every_s).ask(app(), path)
    assert status == 408
    assert headers[b"content-type"] == b"application/problem+json"
    assert headers[b"connection"] == b"close"
    assert b"too long" in body


def test_an_answer_may_take_longer_than_a_body(browser: TestClient) -> None:
    async def waits(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["body"] == b"all of it"
        gone = asyncio.ensure_future(receive())
        await asyncio.wait([gone], timeout=0.15)
        assert not gone.done()
        gone.cancel()
        await Response("done")(scope, receive, send)

    limited = BodyLimit(waits, piece_within_s=0.05, whole_within_s=0.05)
    scope: Scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    pieces: list[Message] = [{"type": "http.request", "body": b"all of it", "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        if pieces:
            return pieces.pop()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(limited(scope, receive, send))
    assert sent[0]["status"] == 200
