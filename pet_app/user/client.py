"""Where a sign-in comes from, as far as the connection itself proves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from pet_app.core.proxies import UNKNOWN, is_loopback
from pet_app.user.device import device_label


@dataclass(frozen=True)
class Client:
    """The address a request came from, whether every hop of it was on this machine, and what its
    owner knows the browser by."""

    address: str
    loopback: bool
    device: str = ""


def client_of(host: str | None, headers: Mapping[str, str]) -> Client:
    """The client of a request, whose address `core.proxies` has seen through the proxies."""
    device = device_label(headers.get("user-agent", ""))
    return Client(host or UNKNOWN, is_loopback(host or ""), device)


def sender(request: Request) -> Client:
    """Where a request over HTTP comes from."""
    return client_of(request.client.host if request.client else None, request.headers)


FromClient = Annotated[Client, Depends(sender)]
