"""How a route learns who is asking, and says whom it is for.

Every route says one of three things: `Caller`, `SignedInCaller` or `BROWSER`, for browsers alone;
`with_scope(…)`, for browsers and for programs whose token carries that scope; or `ANYBODY`, for
routes that never ask. A route that says nothing is found by a test.
"""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.security import HTTPBearer, SecurityScopes

from pet_app.core.errors import Forbidden, NotSignedIn
from pet_app.core.security.bearer import whoami_by
from pet_app.core.security.cookies import cookies_in
from pet_app.core.security.identity import Identity
from pet_app.core.security.permissions import Permission, Scope
from pet_app.core.security.sessions import whoami

BROWSERS = "browsers"
EVERYBODY = "anybody"
PROGRAMS = "programs"

FOR_BROWSERS = "This can be done on our pages only, not with a token."
NOT_IN_SCOPE = "This token may not do that. Make one with the scope {scope}."
HOW_TO_ASK = "Send a token: Authorization: Bearer …"

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="An access token from `POST /api/v1/tokens`, or a personal token.",
)


def cookies_of(request: Request) -> dict[str, str]:
    """Our cookies of a request, by their plain names."""
    return cookies_in(request.headers.raw)


def caller(request: Request) -> Identity:
    """Who sent this request from a browser. Raises `Forbidden` for a program with a token."""
    if _token(request):
        raise Forbidden(FOR_BROWSERS)
    return whoami(cookies_of(request))


def signed_in_caller(identity: Annotated[Identity, Depends(caller)]) -> Identity:
    """Who sent this request from a browser, who must be signed in."""
    identity.must(Permission.ACCOUNT)
    return identity


def caller_in_scope(
    request: Request, asked: SecurityScopes, _documented: Annotated[Any, Depends(BEARER)]
) -> Identity:
    """Who sent this request, by cookie or by a token that carries the route's scopes.

    With a token the cookies beside it count for nothing. Raises `NotSignedIn` for a token that is
    not valid, and `Forbidden` for one without the scope.
    """
    token = _token(request)
    if not token:
        return whoami(cookies_of(request))
    identity = whoami_by(token)
    for scope in asked.scopes:
        if scope not in (identity.scopes or ()):
            raise Forbidden(NOT_IN_SCOPE.format(scope=scope))
    return identity


def program(request: Request, _documented: Annotated[Any, Depends(BEARER)]) -> Identity:
    """The program that sent this request, whatever its scopes. Raises `NotSignedIn`."""
    if not (token := _token(request)):
        raise NotSignedIn(HOW_TO_ASK)
    return whoami_by(token)


def anybody() -> None:
    """Says of a route that it never asks who is there."""


def with_scope(scope: Scope) -> Any:
    """For `Annotated[Identity, with_scope(Scope.PETS_READ)]`: browsers, and tokens with it."""
    return Security(caller_in_scope, scopes=[scope])


Caller = Annotated[Identity, Depends(caller)]
SignedInCaller = Annotated[Identity, Depends(signed_in_caller)]
Program = Annotated[Identity, Depends(program)]
ANYBODY = Depends(anybody)
BROWSER = Depends(caller)


def whom_it_is_for(dependant: Dependant) -> set[str]:
    """What a route said of whom it is for: scopes, `BROWSERS`, `PROGRAMS` or `EVERYBODY`."""
    return set(_said(dependant))


def _said(dependant: Dependant) -> Iterator[str]:
    for inner in dependant.dependencies:
        if inner.call is caller_in_scope:
            yield from inner.own_oauth_scopes or ()
        elif inner.call in MEANINGS:
            yield MEANINGS[inner.call]
        yield from _said(inner)


MEANINGS: dict[Any, str] = {caller: BROWSERS, program: PROGRAMS, anybody: EVERYBODY}


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
