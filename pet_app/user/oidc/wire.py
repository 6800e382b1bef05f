"""One HTTP request to a provider: short, no redirects, an answer of limited size in JSON."""

import json
import ssl
import time
from functools import cache
from typing import Any

import httpx

from pet_app.core.provider import may_be_asked
from pet_app.core.telemetry import log
from pet_app.user.oidc.trouble import NotLetIn, Trouble

STEP_S = 5.0
WHOLE_S = 10.0
LARGEST_ANSWER = 256 * 1024


class Refused(Exception):
    """The provider answered with an error of OAuth, such as `invalid_grant`."""


def ask(
    url: str,
    form: dict[str, str] | None = None,
    *,
    bearer: str = "",
    basic: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """The JSON object at an address; with a `form` it is posted.

    Raises `NotLetIn` when there is no usable answer, `Refused` for an error of OAuth.
    """
    if not may_be_asked(url):
        raise NotLetIn(Trouble.UNUSABLE, "an address that is not encrypted")
    headers = {"accept": "application/json"}
    if bearer:
        headers["authorization"] = f"Bearer {bearer}"
    try:
        status, body = _exchange(url, form, headers, basic)
    except httpx.HTTPError as fault:
        log.warning("provider unreachable", error=type(fault).__name__)
        raise NotLetIn(Trouble.UNREACHABLE, type(fault).__name__) from None
    if status >= 500 or status == 429:
        raise NotLetIn(Trouble.UNREACHABLE, f"status {status}")
    said = _object(body)
    if status != 200:
        error = said.get("error")
        raise Refused(error if isinstance(error, str) else f"status {status}")
    return said


def _exchange(
    url: str,
    form: dict[str, str] | None,
    headers: dict[str, str],
    basic: tuple[str, str] | None,
) -> tuple[int, bytes]:
    """Status and body. An answer that drips or swells is given up."""
    deadline, body = time.monotonic() + WHOLE_S, b""
    method = "GET" if form is None else "POST"
    with (
        httpx.Client(verify=_trusted(), timeout=STEP_S, follow_redirects=False) as client,
        client.stream(method, url, data=form, headers=headers, auth=basic) as answer,
    ):
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > LARGEST_ANSWER:
                raise NotLetIn(Trouble.UNUSABLE, "an answer past all measure")
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer takes too long")
        return answer.status_code, body


@cache
def _trusted() -> ssl.SSLContext:
    """Whose word for a provider counts. To read that takes longer than many an exchange."""
    return httpx.create_ssl_context()


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise NotLetIn(Trouble.UNUSABLE, "an answer that is no JSON object")
    return said
