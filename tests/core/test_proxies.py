"""Whose connection this is, through proxies and through whatever a visitor makes up."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from pet_app.core.proxies import UNKNOWN, TrustedProxies, is_loopback, visitor_of
from pet_app.core.settings import settings

HERE = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
FRONT = [*HERE, ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")]


def lines(**headers: str) -> list[tuple[bytes, bytes]]:
    """Raw headers; an underscore stands for a dash."""
    return [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]


@pytest.mark.parametrize(
    ("host", "headers", "visitor"),
    [
        ("203.0.113.9", {}, "203.0.113.9"),
        ("127.0.0.1", {}, "127.0.0.1"),
        ("127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, "203.0.113.9"),
        ("::1", {"x_forwarded_for": "2001:db9::7"}, "2001:db9::7"),
        ("::ffff:127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, "203.0.113.9"),
        # What the visitor wrote stands to the left of what the proxy added.
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1, 203.0.113.9"}, "203.0.113.9"),
        ("127.0.0.1", {"x_forwarded_for": "8.8.8.8, 203.0.113.9"}, "203.0.113.9"),
        ("10.0.0.1", {"x_forwarded_for": "1.1.1.1, 203.0.113.9, 10.0.0.7"}, "203.0.113.9"),
        ("10.0.0.1", {"x_forwarded_for": "203.0.113.9:4711"}, "203.0.113.9"),
        ("127.0.0.1", {"forwarded": 'for="[2001:db9::7]:4711";proto=https'}, "2001:db9::7"),
        ("127.0.0.1", {"forwarded": "For=1.1.1.1, for=203.0.113.9;by=10.0.0.1"}, "203.0.113.9"),
        # A peer nobody trusts says nothing we believe.
        ("203.0.113.9", {"x_forwarded_for": "127.0.0.1"}, "203.0.113.9"),
        ("203.0.113.9", {"forwarded": "for=127.0.0.1"}, "203.0.113.9"),
        ("203.0.113.9", {"x_real_ip": "127.0.0.1"}, "203.0.113.9"),
        # Nobody is named, or two different ones are.
        ("127.0.0.1", {"x_forwarded_for": "garbage"}, UNKNOWN),
        ("127.0.0.1", {"x_forwarded_for": ""}, UNKNOWN),
        ("127.0.0.1", {"forwarded": "for=unknown"}, UNKNOWN),
        ("127.0.0.1", {"forwarded": "for=_hidden"}, UNKNOWN),
        ("127.0.0.1", {"forwarded": "proto=https"}, UNKNOWN),
        ("127.0.0.1", {"x_forwarded_for": "1.1.1.1", "forwarded": "for=2.2.2.2"}, UNKNOWN),
        # This machine, named by a proxy that is not on it.
        ("10.0.0.1", {"x_forwarded_for": "127.0.0.1"}, UNKNOWN),
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1, 10.0.0.7"}, UNKNOWN),
        ("127.0.0.1", {"x_real_ip": "203.0.113.9"}, UNKNOWN),
        # This machine all the way, as with the development server in front.
        ("127.0.0.1", {"x_forwarded_for": "::1, 127.0.0.1"}, "::1"),
        ("testclient", {"x_forwarded_for": "127.0.0.1"}, "testclient"),
    ],
)
def test_the_visitor_is_the_last_hop_that_is_no_proxy_of_ours(
    host: str, headers: dict[str, str], visitor: str
) -> None:
    assert visitor_of(host, lines(**headers), FRONT) == visitor


HOPS = some.one_of(
    some.ip_addresses().map(str),
    some.sampled_from(["127.0.0.1", "::1", "10.0.0.1", "[::1]:80", "::ffff:127.0.0.1", "", "_x"]),
    some.text(some.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20),
)
CHAINS = some.lists(HOPS, max_size=4)


@given(
    host=HOPS,
    forwarded_for=CHAINS,
    forwarded=CHAINS,
    real=CHAINS,
    trusted=some.sampled_from([[], HERE, FRONT]),
)
def test_no_header_ever_makes_a_visitor_one_of_this_machine(
    host: str, forwarded_for: list[str], forwarded: list[str], real: list[str], trusted: Any
) -> None:
    said = [("x-forwarded-for", ",".join(forwarded_for))] if forwarded_for else []
    said += [("forwarded", f'for="{hop}"') for hop in forwarded]
    said += [("x-real-ip", hop) for hop in real]
    headers = [(name.encode(), value.encode("latin-1")) for name, value in said]
    if is_loopback(visitor_of(host, headers, trusted)):
        assert is_loopback(host)
        assert all(is_loopback(hop) for hop in [*forwarded_for, *real] if "," not in hop)


async def seen(request: Request) -> Response:
    client = request.client
    assert client
    return JSONResponse([client.host, request.url.scheme, dict(request.headers)])


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    assert websocket.client
    said = [websocket.client.host, websocket.url.scheme, dict(websocket.headers)]
    await websocket.send_json(said)
    await websocket.close()


def through(peer: str, trusted: str | None, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client at this address, of a shop that trusts these proxies."""
    if trusted is not None:
        monkeypatch.setenv("TRUSTED_PROXIES", trusted)
        settings.cache_clear()
    app = Starlette(routes=[Route("/", seen), WebSocketRoute("/socket", socket)])
    return TestClient(TrustedProxies(app), "http://shop.test", client=(peer, 5000))


SAID = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "evil.test",
    "x-real-ip": "203.0.113.9",
    "forwarded": "for=203.0.113.9;proto=https",
}


@pytest.mark.parametrize(
    ("peer", "trusted", "visitor", "scheme"),
    [
        ("127.0.0.1", None, "203.0.113.9", "https"),
        ("127.0.0.1", "10.0.0.0/8", UNKNOWN, "http"),
        ("10.1.2.3", "10.0.0.0/8", "203.0.113.9", "https"),
        ("198.51.100.7", None, "198.51.100.7", "http"),
    ],
)
def test_pages_and_websocket_see_the_same_visitor_and_no_header_of_a_proxy(
    peer: str, trusted: str | None, visitor: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = through(peer, trusted, monkeypatch)
    host, by, headers = client.get("/", headers=SAID).json()
    assert (host, by) == (visitor, scheme)
    with client.websocket_connect("/socket", headers=dict(SAID)) as opened:
        host, by, socket_headers = opened.receive_json()
    assert (host, by) == (visitor, scheme.replace("http", "ws"))
    assert headers.keys().isdisjoint(SAID)
    assert socket_headers.keys().isdisjoint(SAID)


@pytest.mark.parametrize("proto", ["ftp", "javascript", "", "https, gopher", "HTTPS "])
def test_only_a_scheme_of_the_web_is_taken(proto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = through("127.0.0.1", None, monkeypatch).get("/", headers={"x-forwarded-proto": proto})
    assert answer.json()[1] == ("https" if proto == "HTTPS " else "http")


@pytest.mark.parametrize("wrong", ["all", "10.0.0.0/99", "10.0.0.1/8"])
def test_networks_that_are_none_are_refused_at_the_start(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="TRUSTED_PROXIES"):
        through("127.0.0.1", wrong, monkeypatch)
