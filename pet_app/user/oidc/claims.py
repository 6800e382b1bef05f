"""Judging what a provider signed: by its own keys, for us, for this sign-in, and now."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from pet_app.core.provider import Provider
from pet_app.user.oidc.trouble import NotLetIn, Trouble

KEY_TYPES = {"RS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
"""The algorithms we believe. None of them is symmetric: a public key can never be taken for a
shared secret."""
JWS = jwt.PyJWS(algorithms=list(KEY_TYPES))
LEEWAY = timedelta(seconds=60)
LONGEST_AGE = timedelta(minutes=5)
"""An id_token is made for the code we exchange this moment."""
LONGEST_SUBJECT = 255
LONGEST_TOKEN = 32 * 1024

Keys = Callable[[bool], list[dict[str, Any]]]


@dataclass(frozen=True)
class Known:
    """Whom a provider vouches for. `email` is empty unless it says that it has checked it."""

    subject: str
    email: str
    name: str


def judge(token: Any, keys: Keys, provider: Provider, nonce: str, now: datetime) -> Known:
    """Whom an id_token is about. Raises `NotLetIn`.

    `keys(afresh)` gives the provider's keys; it is asked again when the token names one that is
    not among them, since providers change their keys.
    """
    said = _signed(token, keys)
    if said.get("iss") != provider.issuer:
        raise _untrusted("issuer")
    _meant_for(said, provider.client_id)
    if not hmac.compare_digest(_text(said, "nonce").encode(), nonce.encode()):
        raise _untrusted("nonce")
    _timely(said, now)
    return known(said)


def known(said: dict[str, Any]) -> Known:
    """Whom these claims are about, of an id_token or of userinfo. Raises `NotLetIn`."""
    subject = _text(said, "sub")
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise _untrusted("subject")
    # Some providers write booleans as text.
    checked = said.get("email_verified") is True or said.get("email_verified") == "true"
    return Known(subject, _text(said, "email") if checked else "", _text(said, "name"))


def _signed(token: Any, keys: Keys) -> dict[str, Any]:
    """The claims of a token whose signature holds."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise _untrusted("token")
    try:
        head = jwt.get_unverified_header(token)
        algorithm = head.get("alg")
        if algorithm not in KEY_TYPES or "crit" in head:
            raise _untrusted("algorithm")
        key = _key(keys(False), head, algorithm) or _key(keys(True), head, algorithm)
        if key is None:
            raise _untrusted("key")
        # Only the signature here: the times are judged below, by the clock that is handed in.
        said = json.loads(JWS.decode(token, jwt.PyJWK(key, algorithm), [algorithm]))
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise _untrusted(type(fault).__name__) from None
    if not isinstance(said, dict):
        raise _untrusted("claims")
    return said


def _key(keys: list[dict[str, Any]], head: dict[str, Any], algorithm: str) -> dict[str, Any] | None:
    """The one key a token may be signed with; without a `kid` only if there is no choice."""
    fit = [
        key
        for key in keys
        if key.get("kty") == KEY_TYPES[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and ("kid" not in head or key.get("kid") == head["kid"])
    ]
    return fit[0] if len(fit) == 1 else None


def _meant_for(said: dict[str, Any], client_id: str) -> None:
    audience = said.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if client_id not in audiences:
        raise _untrusted("audience")
    if ("azp" in said or len(audiences) > 1) and said.get("azp") != client_id:
        raise _untrusted("authorised party")


def _timely(said: dict[str, Any], now: datetime) -> None:
    at = now.timestamp()
    expires, issued = _moment(said, "exp"), _moment(said, "iat")
    not_before = _moment(said, "nbf") if "nbf" in said else issued
    leeway = LEEWAY.total_seconds()
    if max(issued, not_before) > at + leeway:
        raise NotLetIn(Trouble.CLOCK, "issued in the future")
    if expires <= at - leeway or issued < at - LONGEST_AGE.total_seconds() - leeway:
        raise NotLetIn(Trouble.CLOCK, "run out")


def _moment(said: dict[str, Any], name: str) -> float:
    found = said.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float) or abs(found) > 1e12:
        raise _untrusted(name)
    return float(found)


def _text(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    return found if isinstance(found, str) else ""


def _untrusted(reason: str) -> NotLetIn:
    return NotLetIn(Trouble.UNUSABLE, f"id_token: {reason}")
