"""Where a sign-in comes from, as far as the connection itself proves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

FORWARDED = ("x-forwarded-for", "x-real-ip")


@dataclass(frozen=True)
class Client:
    """The address a request came from, and whether every hop of it was on this machine."""

    address: str
    loopback: bool


def client_of(host: str | None, headers: Mapping[str, str]) -> Client:
    """The client of a request. A proxy's headers can only take loopback away, never grant it.

    A proxy of this machine is believed where its visitor comes from: the last hop, which it added.
    """
    hops = [host or ""]
    for name in FORWARDED:
        hops += headers.get(name, "").split(",") if name in headers else []
    loopback = "forwarded" not in headers and all(_is_loopback(hop) for hop in hops)
    last = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    believed = _is_loopback(host or "") and _is_address(last)
    return Client(last if believed else host or "unknown", loopback)


def _is_address(hop: str) -> bool:
    try:
        ip_address(hop)
    except ValueError:
        return False
    return True


def _is_loopback(hop: str) -> bool:
    try:
        address = ip_address(hop.strip().strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
