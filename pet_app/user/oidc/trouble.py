"""Why somebody could not go on with a provider: one word for the address, one sentence for them."""

from enum import StrEnum

from pet_app.core.errors import Problem


class Trouble(StrEnum):
    """What can go wrong; the word stands in the address of the page that says it."""

    REFUSED = "refused"
    START_AGAIN = "start-again"
    UNREACHABLE = "unreachable"
    UNUSABLE = "unusable"
    CLOCK = "clock"
    UNVERIFIED = "unverified"
    TAKEN = "taken"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"
    SIGNED_OUT = "signed-out"
    TOO_MANY = "too-many"
    UNKNOWN = "unknown"


SENTENCES = {
    Trouble.REFUSED: "Nothing happened: the other site did not let you go on.",
    Trouble.START_AGAIN: "That took too long, or was done before. Please start again from here.",
    Trouble.UNREACHABLE: "The other site does not answer at the moment. Try again in a while.",
    Trouble.UNUSABLE: "The other site gave an answer that we cannot trust, so we stopped here. "
    "Try again, and write to us if it stays like that.",
    Trouble.CLOCK: "The clocks of the other site and ours are too far apart, so its answer cannot "
    "be trusted. Try again later, or sign in with your password.",
    Trouble.UNVERIFIED: "The other site has not confirmed your e-mail address. Confirm it there "
    "first, or open an account here with a password.",
    Trouble.TAKEN: "There is an account with this e-mail already. Sign in with its password, then "
    "link the other site in your settings, under Security.",
    Trouble.ELSEWHERE: "That account of the other site opens another account of ours already.",
    Trouble.CLOSED: "This account is closed. Write to us if you think it should not be.",
    Trouble.SIGNED_OUT: "You were signed out meanwhile. Sign in, then link the other site again.",
    Trouble.TOO_MANY: "Too many tries. Wait a few minutes, then try again.",
    Trouble.UNKNOWN: "We don't know that site. Choose one of those below.",
}


class NotLetIn(Problem):
    """Somebody cannot go on with a provider, and `trouble` says why."""

    status = 422
    title = "That did not work"

    def __init__(self, trouble: Trouble, reason: str = "") -> None:
        super().__init__(SENTENCES[trouble])
        self.trouble = trouble
        self.reason = reason
        """For our logs: which check failed, never what was sent."""


class Withdrawn(Exception):
    """The provider takes a refresh token no more: the account there is closed, or has left us."""
