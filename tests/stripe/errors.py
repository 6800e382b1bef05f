"""Refusals in Stripe's shape."""

from typing import Any


class Refused(Exception):
    """An answer other than 200; `details` are further fields of the error.

    `keep` says whether the answer belongs to the idempotency key: what was refused before the work
    began does not.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        *,
        code: str = "",
        param: str = "",
        keep: bool = True,
        **details: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.keep = status, keep
        self.error: dict[str, Any] = {"message": message, "type": kind}
        if code:
            self.error |= {"code": code, "doc_url": f"https://stripe.com/docs/error-codes/{code}"}
        if param:
            self.error["param"] = param
        self.error |= details


def invalid(message: str, *, code: str = "", param: str = "") -> Refused:
    """What was asked cannot be done as things stand."""
    return Refused(400, "invalid_request_error", message, code=code, param=param)


def unusable(message: str, *, code: str = "", param: str = "") -> Refused:
    """What was asked cannot be read, so that nothing was begun."""
    return Refused(400, "invalid_request_error", message, code=code, param=param, keep=False)


def missing(kind: str, id: str) -> Refused:
    """There is no such object."""
    message = f"No such {kind}: '{id}'"
    return Refused(404, "invalid_request_error", message, code="resource_missing", param="id")


def uncovered(what: str) -> Refused:
    """Stripe could do this, and this stand-in cannot; it says so instead of pretending."""
    return unusable(f"The stand-in for Stripe does not cover {what}.")
