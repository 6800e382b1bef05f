"""What is held about a person in letters, events and jobs."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Text, cast
from sqlmodel import Session, col, or_, select, update

from pet_app.core import db
from pet_app.core.mail import kept
from pet_app.core.models import LetterRow
from pet_app.core.personal import Holding, Person, Shown, register, told
from pet_app.messaging.models import JobRow

ERRORS_KEPT = timedelta(days=30)
"""A job about a design of theirs does not name them; but it is as old as their leave at least."""


def show(session: Session, person: Person) -> Shown:
    """Which letters we sent them; what they said is not kept where a mail server takes them."""
    rows = select(LetterRow).where(LetterRow.person == person.id).order_by(col(LetterRow.created))
    return Shown({"letters": [told(row, "id", "person") for row in session.exec(rows)]})


def erase(session: Session, person: Person) -> Collection[str]:
    """Their letters, and what went wrong in jobs about them, since an error may quote them.

    Events and jobs stay: they hold ids, and values whose key is destroyed.
    """
    kept.forget_letters(session, person.id, person.email)
    theirs = cast(col(JobRow.payload), Text).contains(person.id, autoescape=True)
    old = col(JobRow.created) < db.database_now(session) - ERRORS_KEPT
    session.exec(update(JobRow).where(or_(theirs, old)).values(error=None))
    return ()


register(Holding("letters", (LetterRow,), show, erase))
