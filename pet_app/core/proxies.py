"""Whose connection this is: proxies we trust are believed about who stands behind them."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from pet_app.core.settings import settings

FOR = b"x-forwarded-for"
PROTO = b"x-forwarded-proto"
FORWARDED = b"forwarded"
REAL_IP = b"x-real-ip"
PREFIX = b"x-forwarded-"
UNKNOWN = "unknown"
"""The address of whoever cannot be told from others, so that they share one allowance."""

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]


class TrustedProxies:
    """ASGI middleware, outermost: pages, websocket and API see the visitor's address and scheme.

    The hops that proxies wrote down are walked from the last one back, for as long as each is in
    `TRUSTED_PROXIES`; the first that is not is the visitor. What no trusted proxy wrote is not
    believed, and nothing behind this sees the headers. An address of this machine is given only
    when every hop anybody named is on this machine: a proxy can take that away, never grant it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.trusted = settings().trusted_networks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = self._seen_through(scope)
        await self.app(scope, receive, send)

    def _seen_through(self, scope: Scope) -> Scope:
        headers: list[tuple[bytes, bytes]] = list(scope["headers"])
        host, port = scope.get("client") or (UNKNOWN, 0)
        visitor = visitor_of(host, headers, self.trusted)
        believed = _is_in(address_of(host), self.trusted)
        scheme = _scheme(headers) if believed else ""
        if scheme and scope["type"] == "websocket":
            scheme = scheme.replace("http", "ws")
        return {
            **scope,
            "headers": [line for line in headers if not _is_of_proxies(line[0])],
            "client": (visitor, port if visitor == host else 0),
            "scheme": scheme or scope.get("scheme", "http"),
        }


def visitor_of(host: str, headers: Sequence[tuple[bytes, bytes]], trusted: Networks) -> str:
    """The address of whoever stands behind the proxies, or `UNKNOWN`."""
    chains = [chain for chain in (_forwarded_for(headers), _forwarded(headers)) if chain]
    found = {_walked(host, chain, trusted) for chain in chains} or {host}
    # Two stories that differ: a visitor told one of them. It is not for us to guess which.
    visitor = found.pop() if len(found) == 1 else UNKNOWN
    named = [host, *(hop for chain in chains for hop in chain), *_values(headers, REAL_IP)]
    if is_loopback(visitor) and not all(is_loopback(hop) for hop in named):
        return UNKNOWN
    return visitor


def is_loopback(host: str) -> bool:
    """Whether this is an address of the machine itself."""
    found = address_of(host)
    return found is not None and found.is_loopback


def address_of(hop: str) -> Address | None:
    """The address a hop names, with or without port and brackets; None for anything else."""
    text = hop.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _walked(host: str, chain: list[str], trusted: Networks) -> str:
    at = address_of(host)
    for hop in reversed(chain):
        if not _is_in(at, trusted):
            break
        at = address_of(hop)
        if at is None:
            # A trusted proxy wrote what is no address: somebody it does not name.
            return UNKNOWN
    return str(at) if at else host


def _forwarded_for(headers: Sequence[tuple[bytes, bytes]]) -> list[str]:
    return [hop for line in _values(headers, FOR) for hop in line.split(",")]


def _forwarded(headers: Sequence[tuple[bytes, bytes]]) -> list[str]:
    """The `for` of each element of Forwarded (RFC 7239), empty where an element has none."""
    return [
        _pairs(element).get("for", "")
        for line in _values(headers, FORWARDED)
        for element in line.split(",")
    ]


def _scheme(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """What the nearest proxy says it was asked by, empty when it says nothing of use."""
    said = [part for line in _values(headers, PROTO) for part in line.split(",")] or [
        _pairs(element).get("proto", "")
        for line in _values(headers, FORWARDED)
        for element in line.split(",")
    ]
    last = said[-1].strip().lower() if said else ""
    return last if last in ("http", "https") else ""


def _pairs(element: str) -> dict[str, str]:
    found = (pair.partition("=") for pair in element.split(";"))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in found}


def _values(headers: Sequence[tuple[bytes, bytes]], wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in headers if name == wanted]


def _is_of_proxies(name: bytes) -> bool:
    return name.startswith(PREFIX) or name in (FORWARDED, REAL_IP)


def _is_in(found: Address | None, networks: Networks) -> bool:
    return found is not None and any(found in network for network in networks)
