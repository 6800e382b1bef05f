"""How applications move: along `MOVES`, locked, with a step that stays."""

from typing import Any

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict
from pet_app.licensing.models import Application, Step
from pet_app.licensing.rules.standing import MOVES, UNDECIDED, Status
from pet_app.messaging import signal

OWNER = "owner"
TOWN = "town"
PAYMENT = "payment"
CLERK = "clerk:"
MARK = "mark"
"""What a step is called that nobody reads: it says that something was done once."""

NOT_NOW = "This application stands at “{label}”; that cannot be done with it now."


def move(
    session: Session,
    application: Application,
    to: Status,
    by: str,
    words: str = "",
    facts: dict[str, Any] | None = None,
) -> Step:
    """Move a locked application on, and write down who did and why.

    Raises `Conflict` where it cannot go there from where it stands.
    """
    was = Status(application.status)
    if to not in MOVES[was]:
        raise not_now(application)
    application.status = to.value
    now = clock.now()
    application.waiting_since = now if to is Status.IN_REVIEW else None
    if to not in UNDECIDED:
        application.open_key = None
    touch(session, application)
    told = {"from": was.value, "to": to.value, **(facts or {})}
    return add_step(session, to.value, by, application_id=application.id, words=words, facts=told)


def add_step(
    session: Session,
    what: str,
    by: str,
    *,
    application_id: str = "",
    licence_id: str = "",
    words: str = "",
    internal: bool = False,
    facts: dict[str, Any] | None = None,
) -> Step:
    """Write down one thing that happened; `internal` ones are the clerks' own."""
    step = Step(
        application_id=application_id,
        licence_id=licence_id,
        what=what,
        words=words,
        by=by,
        internal=internal,
        facts=facts or {},
        created=clock.now(),
    )
    session.add(step)
    session.flush()
    return step


def first_time(session: Session, application: Application, key: str) -> bool:
    """Whether nothing with this key was done to a locked application before; now it was."""
    marks = select(Step.id).where(
        Step.application_id == application.id, Step.what == MARK, Step.words == key
    )
    if session.exec(marks.limit(1)).first() is not None:
        return False
    add_step(session, MARK, TOWN, application_id=application.id, words=key, internal=True)
    return True


def steps_of(session: Session, application_id: str, *, internal: bool = False) -> list[Step]:
    """What happened to an application, the first first; the clerks' own only if asked for."""
    found = select(Step).where(Step.application_id == application_id, Step.what != MARK)
    if not internal:
        found = found.where(col(Step.internal).is_(False))
    return list(session.exec(found.order_by(col(Step.id))))


def touch(session: Session, application: Application) -> None:
    """Count the application one version on, and have open pages look again."""
    application.version += 1
    application.changed = clock.now()
    session.add(application)
    session.flush()
    signal.after_commit(session, topic(application.id))


def topic(application_id: str) -> str:
    """What pages that show an application listen to."""
    return f"licence:{application_id}"


def not_now(application: Application) -> Conflict:
    """What is said when an application does not stand where something can be done."""
    return Conflict(NOT_NOW.format(label=Status(application.status).label))
