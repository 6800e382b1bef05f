"""Counting tries in the database, so that a restart does not give a guesser a new start.

An account lets five tries through at once; each one more has to wait longer than the last, up to
a quarter of an hour, so a day of guessing is worth a hundred passwords. Nobody is ever locked out
by a stranger: a browser the account was signed in from before is counted by itself, and a link
sent by e-mail clears the count.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import func, text
from sqlmodel import Session, col, delete, select

from pet_app.core import db
from pet_app.core.errors import TooManyRequests
from pet_app.core.security import fingerprint
from pet_app.user.client import Client
from pet_app.user.models import Attempt

MEMORY = timedelta(days=1)
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Window:
    """At most this many within the time before now."""

    most: int
    within: timedelta


SIGN_INS_OF_AN_ADDRESS = Window(100, timedelta(minutes=15))
LETTERS_TO_SOMEBODY = Window(5, timedelta(hours=1))
LETTERS_FOR_AN_ADDRESS = Window(30, timedelta(hours=1))
LINKS_OF_AN_ADDRESS = Window(60, timedelta(minutes=15))
LOOKS_FOR_A_THING = Window(20, timedelta(hours=1))
LOOKS_OF_AN_ADDRESS = Window(40, timedelta(minutes=15))
ORDERS_OF_AN_ADDRESS = Window(30, timedelta(hours=1))
GUESSES_OF_AN_ADDRESS = Window(60, timedelta(minutes=15))
MESSAGES_TO_SOMEBODY = Window(10, timedelta(hours=1))
MESSAGES_OF_AN_ADDRESS = Window(10, timedelta(hours=1))


def account_subject(email: str, device: str = "") -> str:
    """What the tries at an account are counted under; `device` is one it knows, or nothing."""
    return f"account:{fingerprint(email)}:{fingerprint(device) if device else ''}"


def code_subject(email: str) -> str:
    """What tries at the second step of an account are counted under."""
    return account_subject(email, "second step")


def count_try(session: Session, subject: str, client: Client | None = None) -> None:
    """Note one try at an account. Raises `TooManyRequests`, known account or not."""
    now = _begin(session, subject)
    earlier = select(func.count(), func.max(col(Attempt.at))).where(
        col(Attempt.subject) == subject, col(Attempt.at) > now - MEMORY
    )
    tries, last = session.exec(earlier).one()
    if last is not None and now < (until := last + wait_after(tries)):
        raise _too_many(until - now)
    if client is not None:
        _count_in(session, "sign-in", client, SIGN_INS_OF_AN_ADDRESS)
    session.add(Attempt(subject=subject, at=now))
    session.flush()


def count_letter(session: Session, email: str, client: Client) -> None:
    """Note that somebody wants a letter sent to an address. Raises `TooManyRequests`."""
    _count(session, f"letter:{fingerprint(email)}", LETTERS_TO_SOMEBODY)
    _count_in(session, "letter", client, LETTERS_FOR_AN_ADDRESS)


def count_link(session: Session, client: Client) -> None:
    """Note that somebody comes with the token of a link. Raises `TooManyRequests`."""
    _count_in(session, "link", client, LINKS_OF_AN_ADDRESS)


def count_look(session: Session, what: str, client: Client) -> None:
    """Note that somebody looks for a thing by what only its owner should know of it. Raises
    `TooManyRequests`. Commit before looking, or the try would not count."""
    _count(session, f"look:{fingerprint(what)}", LOOKS_FOR_A_THING)
    _count_in(session, "look", client, LOOKS_OF_AN_ADDRESS)


def count_order(session: Session, client: Client) -> None:
    """Note an order, which holds stock before it is paid. Raises `TooManyRequests`, so that
    nobody empties the shelves for others with orders they never pay."""
    _count_in(session, "order", client, ORDERS_OF_AN_ADDRESS)


def count_guess(session: Session, client: Client) -> None:
    """Note that somebody opens a thing by a short code, which might be a guess. Raises
    `TooManyRequests`. Commit before looking; how many want to see one thing is not counted."""
    _count_in(session, "guess", client, GUESSES_OF_AN_ADDRESS)


def count_message(session: Session, to: str, client: Client) -> None:
    """Note words that go to somebody through us. Raises `TooManyRequests`."""
    _count(session, f"message:{fingerprint(to)}", MESSAGES_TO_SOMEBODY)
    _count_in(session, "message", client, MESSAGES_OF_AN_ADDRESS)


def wait_after(tries: int) -> timedelta:
    """How long nobody may try again after so many tries without success."""
    if tries < FREE_TRIES:
        return timedelta(0)
    # Past ten doublings it is the longest wait in any case.
    return min(FIRST_WAIT * 2 ** min(tries - FREE_TRIES, 10), LONGEST_WAIT)


def forget_tries(session: Session, subject: str) -> None:
    """A success proves that the tries were the person's own."""
    session.exec(delete(Attempt).where(col(Attempt.subject) == subject))


def forget_all_tries(session: Session, email: str) -> None:
    """Whoever has the letters of an account is its owner, whatever strangers tried meanwhile."""
    everywhere = col(Attempt.subject).startswith(account_subject(email), autoescape=True)
    session.exec(delete(Attempt).where(everywhere))


def forget_old_tries(session: Session) -> None:
    """Forget what no longer counts."""
    session.exec(delete(Attempt).where(col(Attempt.at) < db.database_now(session) - MEMORY))


def forget_person(session: Session, email: str) -> None:
    """Forget every try at an account that is gone, and how many letters it was sent."""
    forget_all_tries(session, email)
    forget_tries(session, f"letter:{fingerprint(email)}")


def _count_in(session: Session, what: str, client: Client, window: Window) -> None:
    # Behind a proxy on this machine that names nobody, all visitors would be one.
    if not client.loopback:
        _count(session, f"{what} from {_place(client.address)}", window)


def _count(session: Session, subject: str, window: Window) -> None:
    now = _begin(session, subject)
    recent = (
        select(Attempt.at)
        .where(col(Attempt.subject) == subject, col(Attempt.at) > now - window.within)
        .order_by(col(Attempt.at).desc())
        .limit(window.most)
    )
    seen = list(session.exec(recent))
    if len(seen) >= window.most:
        raise _too_many(seen[-1] + window.within - now)
    session.add(Attempt(subject=subject, at=now))
    session.flush()


def _begin(session: Session, subject: str) -> datetime:
    """Make tries at one subject wait for each other; give the time by the database's clock."""
    if not db.is_sqlite():
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))")
        session.connection().execute(lock, {"subject": subject})
    now = db.database_now(session)
    session.exec(delete(Attempt).where(col(Attempt.at) < now - MEMORY))
    return now


def _place(address: str) -> str:
    """An address as one visitor has it: of IPv6 they have a whole network."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, IPv6Address) and not found.ipv4_mapped:
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)


def _too_many(wait: timedelta) -> TooManyRequests:
    seconds = max(1, round(wait.total_seconds()))
    minutes = -(-seconds // 60)
    words = f"{seconds} seconds" if seconds < 60 else f"{minutes} minute{'s' * (minutes > 1)}"
    problem = TooManyRequests(f"Too many tries. Wait {words}, then try again.")
    problem.retry_after_s = seconds
    return problem
