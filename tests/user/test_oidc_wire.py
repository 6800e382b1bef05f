"""Providers that answer badly: too much, too slowly, elsewhere, or not at all."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from pydantic import ValidationError

from pet_app.core.provider import Provider
from pet_app.core.settings import Settings
from pet_app.user.oidc import discovery, wire
from pet_app.user.oidc.trouble import NotLetIn, Trouble
from tests.servers import silent

ACME = {"name": "acme", "label": "Acme", "issuer": "https://id.example", "client_id": "us"}


class Answers(BaseHTTPRequestHandler):
    """What a provider says at each of its addresses."""

    says: dict[str, tuple[int, dict[str, str], bytes]] = {}
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = self.says.get(self.path, (404, {}, b"{}"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.path == "/drip":
            for _ in range(200):
                self.wfile.write(b" ")
                time.sleep(0.05)
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def there() -> Iterator[str]:
    """A server that answers as `Answers.says` wants."""
    Answers.says, Answers.asked = {}, []
    discovery.forget()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    discovery.forget()


def trouble(url: str) -> Trouble:
    with pytest.raises(NotLetIn) as refused:
        wire.ask(url)
    return refused.value.trouble


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"7", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 5000]
)
def test_what_is_no_object_is_refused(there: str, body: bytes) -> None:
    Answers.says["/x"] = (200, {}, body)
    assert trouble(f"{there}/x") == Trouble.UNUSABLE


def test_an_answer_that_swells_is_given_up(there: str) -> None:
    Answers.says["/x"] = (200, {}, b" " * 5_000_000)
    assert trouble(f"{there}/x") == Trouble.UNUSABLE


def test_no_redirect_is_followed(there: str) -> None:
    Answers.says["/x"] = (302, {"location": f"{there}/inside"}, b"{}")
    with pytest.raises(wire.Refused):
        wire.ask(f"{there}/x")
    assert Answers.asked == ["/x"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_provider_in_trouble_is_to_be_asked_later(there: str, status: int) -> None:
    Answers.says["/x"] = (status, {}, b"oh no")
    assert trouble(f"{there}/x") == Trouble.UNREACHABLE


def test_a_provider_that_drips_or_is_silent_is_given_up(
    there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "WHOLE_S", 0.3)
    monkeypatch.setattr(wire, "STEP_S", 0.3)
    Answers.says["/drip"] = (200, {}, b"{}")
    began = time.monotonic()
    assert trouble(f"{there}/drip") == Trouble.UNREACHABLE
    with silent() as port:
        assert trouble(f"http://127.0.0.1:{port}/") == Trouble.UNREACHABLE
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "url", ["http://id.example/token", "ftp://id.example/", "file:///etc/passwd", "//x", ""]
)
def test_only_encrypted_addresses_are_asked(url: str) -> None:
    assert trouble(url) == Trouble.UNUSABLE


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_discovery_document_of_somebody_else_is_not_believed(
    there: str, changed: dict[str, Any]
) -> None:
    provider = Provider.model_validate(ACME | {"issuer": there})
    said = {
        "issuer": there,
        "authorization_endpoint": f"{there}/auth",
        "token_endpoint": f"{there}/token",
        "jwks_uri": f"{there}/jwks",
    }
    Answers.says[discovery.WELL_KNOWN] = (200, {}, json.dumps(said | changed).encode())
    with pytest.raises(NotLetIn):
        discovery.places_of(provider)
    Answers.says[discovery.WELL_KNOWN] = (200, {}, json.dumps(said).encode())
    assert discovery.places_of(provider).token == f"{there}/token"
    discovery.places_of(provider)
    assert len(Answers.asked) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "http://id.example"},
        {"issuer": "id.example"},
        {"name": "Ac me"},
        {"name": "../x"},
        {"client_id": ""},
        {"scopes": "email"},
        {"secret": "a typing mistake"},
    ],
)
def test_a_provider_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    told = [ACME | {"client_secret": "very secret"} | changed]
    monkeypatch.setenv("OIDC_PROVIDERS", json.dumps(told))
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "very secret" not in str(refused.value)


def test_two_providers_of_one_name_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_PROVIDERS", json.dumps([ACME, ACME]))
    with pytest.raises(ValidationError, match="two providers"):
        Settings()
