"""How much a request may send."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from pet_app.core.http import install_errors
from pet_app.core.limits import BodyLimit


@pytest.fixture
def browser() -> TestClient:
    app = FastAPI()
    install_errors(app)

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.post("/fields")
    async def fields(body: dict[str, str]) -> int:
        return len(body)

    json = {"content-type": "application/json"}
    return TestClient(BodyLimit(app, largest=1000), raise_server_exceptions=False, headers=json)


def pieces(count: int) -> Iterator[bytes]:
    yield b'{"a": "'
    for _ in range(count):
        yield b"x" * 100
    yield b'"}'


@pytest.mark.parametrize("path", ["/size", "/fields"])
def test_a_body_up_to_the_limit_passes(browser: TestClient, path: str) -> None:
    assert browser.post(path, content=b"".join(pieces(9))).status_code == 200
    assert browser.post(path, content=pieces(9)).status_code == 200


@pytest.mark.parametrize("path", ["/size", "/fields"])
def test_a_larger_body_is_refused_even_when_its_length_is_not_announced(
    browser: TestClient, path: str
) -> None:
    for content in (b"".join(pieces(20)), pieces(20)):
        answer = browser.post(path, content=content)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Send less" in answer.json()["detail"]
