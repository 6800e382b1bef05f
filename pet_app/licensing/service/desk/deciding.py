"""What a clerk decides: approve, reject, ask for more, and audit what approved itself."""

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity
from pet_app.licensing import reasons
from pet_app.licensing.events import ApplicationDecided, MoreAsked
from pet_app.licensing.models import Application
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service.desk.access import clerk, not_ones_own, served_case
from pet_app.licensing.service.desk.claiming import let_go, not_held, tell_desk
from pet_app.licensing.service.desk.notes import LONGEST_WORDS
from pet_app.licensing.service.desk.queue import WANTED
from pet_app.licensing.service.granting import grant
from pet_app.licensing.service.history import add_step, move, not_now, touch
from pet_app.licensing.service.rows import CHANGED
from pet_app.messaging.outbox import publish

PASSED = "passed"
FAILED = "failed"
NO_REASON = "Choose one of the reasons."
NO_WORDS = "Say it to the owner in a sentence or two."
TOO_LONG = f"Use at most {LONGEST_WORDS} characters."
NO_AUDIT = "Nobody has to look at this one, or somebody has already."
SAY_WHAT = "Say what was wrong, so that the policy can be changed."


def approve(session: Session, identity: Identity, application_id: str, version: int) -> None:
    """Approve a case, and issue what was asked for in the same transaction.

    Raises `NotFound`, `Conflict` when it changed, is decided or held by somebody else, and
    `Forbidden` for one's own pet.
    """
    row = _to_decide(session, identity, application_id, version)
    if row.status != Status.IN_REVIEW:
        raise not_now(row)
    settle(session, row, Status.APPROVED, clerk(identity))
    grant(session, row, clerk(identity))


def reject(
    session: Session,
    identity: Identity,
    application_id: str,
    version: int,
    reason: str,
    words: str = "",
) -> None:
    """Reject a case for the reason of a template, whose words go out when `words` is empty.

    Raises as `approve`, and `Invalid`.
    """
    said = _said(reason, words, reasons.REJECT)
    row = _to_decide(session, identity, application_id, version)
    row.reason, row.words = reason, said
    settle(session, row, Status.REJECTED, clerk(identity), said)


def ask_more(
    session: Session,
    identity: Identity,
    application_id: str,
    version: int,
    reason: str,
    words: str = "",
) -> None:
    """Ask the owner for something else; the day it was handed in stays. Raises as `reject`."""
    said = _said(reason, words, reasons.ASK_MORE)
    row = _to_decide(session, identity, application_id, version)
    row.reason, row.words = reason, said
    let_go(row)
    # Who asks will want to see the answer.
    row.assigned_to = row.assigned_to or identity.user_id or ""
    step = move(session, row, Status.NEEDS_MORE, clerk(identity), said, {"reason": reason})
    publish(session, MoreAsked(row.id, step.id))
    tell_desk(session, row)


def audit(
    session: Session, identity: Identity, application_id: str, passed: bool, words: str = ""
) -> None:
    """Say whether what was approved automatically should have been.

    Raises `NotFound`, `Conflict` when nobody wants it looked at, `Invalid` for a failure that says
    nothing.
    """
    row = served_case(session, identity, application_id, hold=True)
    not_ones_own(identity, row)
    not_held(session, identity, row)
    said = _checked(words)
    if row.audit != WANTED:
        raise Conflict(NO_AUDIT)
    if not passed and not said:
        raise Invalid(SAY_WHAT, {"words": SAY_WHAT})
    row.audit = PASSED if passed else FAILED
    let_go(row)
    touch(session, row)
    facts = {"audit": row.audit}
    who = clerk(identity)
    add_step(session, "audited", who, application_id=row.id, words=said, internal=True, facts=facts)
    tell_desk(session, row)


def settle(session: Session, row: Application, to: Status, by: str, words: str = "") -> None:
    """Put a locked application to its end, one way or the other, and announce it."""
    row.decided, row.decided_by = clock.now(), by
    let_go(row)
    facts = {"reason": row.reason} if to is Status.REJECTED else {}
    move(session, row, to, by, words, facts)
    publish(session, ApplicationDecided(row.id, to.value))
    tell_desk(session, row)


def _to_decide(
    session: Session, identity: Identity, application_id: str, version: int
) -> Application:
    row = served_case(session, identity, application_id, hold=True)
    not_ones_own(identity, row)
    not_held(session, identity, row)
    if row.version != version:
        raise Conflict(CHANGED)
    return row


def _said(reason: str, words: str, goes_for: str) -> str:
    template = reasons.template(reason, goes_for)
    if template is None:
        raise Invalid(NO_REASON, {"reason": NO_REASON})
    said = _checked(words) or template.words
    if not said:
        raise Invalid(NO_WORDS, {"words": NO_WORDS})
    return said


def _checked(words: str) -> str:
    said = words.strip()
    if len(said) > LONGEST_WORDS:
        raise Invalid(TOO_LONG, {"words": TOO_LONG})
    return said
