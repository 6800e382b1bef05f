"""Counting tries in the database, so that a restart does not give a guesser a new start."""

from datetime import timedelta

from sqlmodel import Session, col, delete, func, select

from pet_app.core import clock
from pet_app.core.errors import TooManyRequests
from pet_app.core.security import fingerprint
from pet_app.user.client import Client
from pet_app.user.models import Attempt

WINDOW = timedelta(minutes=15)
PER_EMAIL = 10
PER_ADDRESS = 100

TOO_MANY = "Too many tries. Wait a quarter of an hour, then try again."


def count_attempt(session: Session, email: str, client: Client) -> None:
    """Note one try. Raises `TooManyRequests` past the limit, known account or not.

    Requests from this machine count per account only: behind a proxy they would be everybody's.
    """
    now = clock.now()
    session.exec(delete(Attempt).where(col(Attempt.at) < now - WINDOW))
    limits = {_of_email(email): PER_EMAIL}
    if not client.loopback:
        limits[f"address:{client.address}"] = PER_ADDRESS
    for subject, limit in limits.items():
        count = select(func.count()).select_from(Attempt).where(Attempt.subject == subject)
        if session.exec(count).one() >= limit:
            raise TooManyRequests(TOO_MANY)
        session.add(Attempt(subject=subject, at=now))
    session.flush()


def forget_attempts(session: Session, email: str) -> None:
    """A success proves that the tries were the person's own."""
    session.exec(delete(Attempt).where(col(Attempt.subject) == _of_email(email)))


def _of_email(email: str) -> str:
    return f"email:{fingerprint(email)}"
