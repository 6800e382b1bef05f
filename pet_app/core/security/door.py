"""How a route learns who is asking."""

from typing import Annotated

from fastapi import Depends, Request

from pet_app.core.security.cookies import cookies_in
from pet_app.core.security.identity import Identity
from pet_app.core.security.permissions import Permission
from pet_app.core.security.sessions import whoami


def cookies_of(request: Request) -> dict[str, str]:
    """Our cookies of a request, by their plain names."""
    return cookies_in(request.headers.raw)


def caller(request: Request) -> Identity:
    """Who sent this request; runs in FastAPI's thread pool."""
    return whoami(cookies_of(request))


def signed_in_caller(identity: Annotated[Identity, Depends(caller)]) -> Identity:
    """Who sent this request, who must be signed in."""
    identity.must(Permission.ACCOUNT)
    return identity


Caller = Annotated[Identity, Depends(caller)]
SignedInCaller = Annotated[Identity, Depends(signed_in_caller)]
