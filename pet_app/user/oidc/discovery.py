"""What a provider says of itself: where it answers, and the keys it signs with."""

import time
from dataclasses import dataclass
from typing import Any

from pet_app.core.provider import Provider, may_be_asked
from pet_app.core.settings import settings
from pet_app.user.oidc import wire
from pet_app.user.oidc.trouble import NotLetIn, Trouble

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT_S = 3600.0
MOST_KEYS = 100

_kept: dict[str, tuple[float, Any]] = {}


@dataclass(frozen=True)
class Places:
    """Where a provider answers. `names_itself` promises its issuer in every answer (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    posts_secret: bool
    names_itself: bool


def provider_named(name: str) -> Provider:
    """A provider of the settings. Raises `NotLetIn`."""
    for provider in settings().oidc_providers:
        if provider.name == name:
            return provider
    raise NotLetIn(Trouble.UNKNOWN)


def places_of(provider: Provider) -> Places:
    """Where this provider answers, asked at most once an hour. Raises `NotLetIn`."""
    if (kept := _recent(provider.issuer)) is not None:
        return kept
    said = _ask(provider.issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != provider.issuer:
        raise NotLetIn(Trouble.UNUSABLE, "the discovery document is of another issuer")
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    found = Places(
        authorization=_address(said, "authorization_endpoint"),
        token=_address(said, "token_endpoint"),
        keys=_address(said, "jwks_uri"),
        userinfo=_address(said, "userinfo_endpoint") if "userinfo_endpoint" in said else "",
        posts_secret="client_secret_basic" not in methods,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )
    _kept[provider.issuer] = (time.monotonic(), found)
    return found


def keys_of(provider: Provider, *, afresh: bool = False) -> list[dict[str, Any]]:
    """The keys this provider signs with, as JWKs; `afresh` when one was not among those known."""
    address = places_of(provider).keys
    if not afresh and (kept := _recent(address)) is not None:
        return kept
    said = _ask(address).get("keys")
    if not isinstance(said, list) or len(said) > MOST_KEYS:
        raise NotLetIn(Trouble.UNUSABLE, "a key set that is none")
    keys = [key for key in said if isinstance(key, dict)]
    _kept[address] = (time.monotonic(), keys)
    return keys


def forget() -> None:
    """Ask every provider anew."""
    _kept.clear()


def _recent(address: str) -> Any:
    at, found = _kept.get(address, (0.0, None))
    return found if found is not None and time.monotonic() - at < KEPT_S else None


def _ask(address: str) -> dict[str, Any]:
    try:
        return wire.ask(address)
    except wire.Refused as fault:
        raise NotLetIn(Trouble.UNREACHABLE, f"discovery: {fault}") from None


def _address(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not may_be_asked(found):
        raise NotLetIn(Trouble.UNUSABLE, f"no usable {name}")
    return found
