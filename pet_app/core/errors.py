"""The errors a visitor can meet: each knows its HTTP status and says what to do next."""

from collections.abc import Mapping


class Problem(Exception):
    """Something went wrong that the visitor can be told about.

    `detail` is a sentence the visitor can act on; `fields` maps a field name to the sentence
    shown beside that field; `retry_after_s` says when it is worth trying again.
    """

    status = 500
    title = "Something went wrong"
    retry_after_s: int | None = None

    def __init__(self, detail: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = dict(fields or {})


class Invalid(Problem):
    """What was sent cannot be used; `fields` says which part and why."""

    status = 422
    title = "Please check what you entered"


class NotSignedIn(Problem):
    """The visitor has to sign in first."""

    status = 401
    title = "Please sign in"


class Forbidden(Problem):
    """The visitor is known and may not do this."""

    status = 403
    title = "You can't do that"


class SecondFactorNeeded(Forbidden):
    """The visitor may do this once they show, or have, a second factor."""

    title = "One more step"


class NotFound(Problem):
    """There is no such thing, or it belongs to someone else."""

    status = 404
    title = "Not found"


class Conflict(Problem):
    """The thing changed meanwhile, or exists already."""

    status = 409
    title = "That has changed meanwhile"


class TooLarge(Problem):
    """More was sent than is accepted."""

    status = 413
    title = "Too large"


class TooManyRequests(Problem):
    """The visitor has to slow down."""

    status = 429
    title = "Too many tries"


class Unavailable(Problem):
    """A part of the shop is down or busy; trying again later helps."""

    status = 503
    title = "Busy at the moment"
    retry_after_s = 5
