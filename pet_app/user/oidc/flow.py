"""The way to a provider and back: authorization code with PKCE, then asking anew by refresh."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from pet_app.core import clock
from pet_app.core.provider import Provider
from pet_app.core.settings import settings
from pet_app.user.oidc import wire
from pet_app.user.oidc.claims import Known, judge, known
from pet_app.user.oidc.discovery import keys_of, places_of
from pet_app.user.oidc.trouble import NotLetIn, Trouble, Withdrawn

GONE = "invalid_grant"
LONGEST_REFRESH = 8192


@dataclass(frozen=True)
class Secrets:
    """What one way to a provider and back is tied together by."""

    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class Visit:
    """Whom a provider vouches for, and the token to ask it again with, empty without one."""

    known: Known
    refresh: str = field(repr=False)


@dataclass(frozen=True)
class Renewed:
    """What a refresh token was changed for. `access` opens userinfo for a short while."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


def new_secrets() -> Secrets:
    """Fresh ones, for one way only."""
    return Secrets(secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def address_to_go(provider: Provider, state: str, ours: Secrets) -> str:
    """Where the visitor's browser goes. Slow: never inside a transaction. Raises `NotLetIn`."""
    there = places_of(provider).authorization
    asked = {
        **({"prompt": "consent"} if "offline_access" in provider.scopes.split() else {}),
        **provider.parameters,
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": way_back(provider),
        "scope": provider.scopes,
        "state": state,
        "nonce": ours.nonce,
        "code_challenge": _challenge(ours.verifier),
        "code_challenge_method": "S256",
    }
    return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"


def way_back(provider: Provider) -> str:
    """Where the provider sends the browser afterwards; to be entered there."""
    return f"{settings().site_url}/api/v1/oidc/{provider.name}/callback"


def arrive(provider: Provider, code: str, issuer: str, ours: Secrets) -> Visit:
    """Change the code for whom it stands. Slow: never inside a transaction. Raises `NotLetIn`.

    `issuer` is who the answer says it comes from, empty when it does not say.
    """
    places = places_of(provider)
    if issuer != provider.issuer and (issuer or places.names_itself):
        raise NotLetIn(Trouble.UNUSABLE, "the answer is of another issuer")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": way_back(provider),
        "code_verifier": ours.verifier,
    }
    try:
        said = _token(provider, form)
    except Withdrawn:
        raise NotLetIn(Trouble.START_AGAIN, "the code") from None
    vouched = judge(
        said.get("id_token"),
        lambda afresh: keys_of(provider, afresh=afresh),
        provider,
        ours.nonce,
        clock.now(),
    )
    if not vouched.email and (access := _said(said, "access_token")) and places.userinfo:
        # Many providers keep the address out of the id_token.
        vouched = _about(provider, access, vouched.subject)
    return Visit(vouched, _said(said, "refresh_token"))


def renew(provider: Provider, refresh: str) -> Renewed:
    """Change a refresh token for what opens userinfo. Raises `Withdrawn`, `NotLetIn`."""
    said = _token(provider, {"grant_type": "refresh_token", "refresh_token": refresh})
    return Renewed(_said(said, "access_token"), _said(said, "refresh_token") or refresh)


def look_up(provider: Provider, access: str, subject: str) -> Known | None:
    """What the provider says of somebody now; None where it has no userinfo. Raises `NotLetIn`."""
    return _about(provider, access, subject) if places_of(provider).userinfo else None


def _about(provider: Provider, access: str, subject: str) -> Known:
    try:
        found = known(wire.ask(places_of(provider).userinfo, bearer=access))
    except wire.Refused as fault:
        raise NotLetIn(Trouble.UNUSABLE, f"userinfo: {fault}") from None
    if found.subject != subject:
        raise NotLetIn(Trouble.UNUSABLE, "userinfo of somebody else")
    return found


def _token(provider: Provider, form: dict[str, str]) -> dict[str, Any]:
    """The answer of the token endpoint. Raises `Withdrawn` when what was shown is void."""
    places, secret = places_of(provider), provider.client_secret
    basic = None
    if secret and not places.posts_secret:
        # Both are form-encoded before they are put together (RFC 6749, 2.3.1).
        basic = (quote(provider.client_id, safe=""), quote(secret, safe=""))
    else:
        form = {**form, "client_id": provider.client_id}
        form |= {"client_secret": secret} if secret else {}
    try:
        return wire.ask(places.token, form, basic=basic)
    except wire.Refused as fault:
        if str(fault) == GONE:
            raise Withdrawn from None
        raise NotLetIn(Trouble.UNUSABLE, f"token: {fault}") from None


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _said(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    return found if isinstance(found, str) and len(found) <= LONGEST_REFRESH else ""
