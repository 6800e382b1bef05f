"""Applications that approve themselves, by the town's policy, and a sample of them for a clerk."""

import hashlib

from sqlmodel import Session

from pet_app.licensing.models import DeskPolicy
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service.desk.claiming import tell_desk
from pet_app.licensing.service.desk.deciding import settle
from pet_app.licensing.service.desk.policy import ALWAYS, AUDIT_PERCENT, approves
from pet_app.licensing.service.desk.queue import WANTED
from pet_app.licensing.service.doubts import doubts
from pet_app.licensing.service.granting import grant
from pet_app.licensing.service.history import TOWN, add_step, first_time, steps_of
from pet_app.licensing.service.pricing import work_out
from pet_app.licensing.service.rows import locked


def consider(session: Session, application_id: str) -> bool:
    """Approve an application that no clerk has to see; whether it was. Safe twice.

    That is one of a kind the town's policy names, complete and without a doubt, which nobody has
    asked anything about. Which of them are looked at afterwards chance decides, as fixed by the
    application's id, so that nobody can choose.
    """
    row = locked(session, application_id)
    tell_desk(session, row)
    kind = Kind(row.kind)
    policy = session.get(DeskPolicy, row.town_id)
    if row.status != Status.IN_REVIEW or row.locked_by or not approves(policy, kind):
        return False
    happened = {step.what for step in steps_of(session, row.id, internal=True)}
    if "trouble" in happened:
        return False
    if kind not in ALWAYS and (
        Status.NEEDS_MORE in happened or work_out(session, row).faults or doubts(session, row)
    ):
        return False
    percent = policy.audit_percent if policy else AUDIT_PERCENT
    row.automatic = True
    row.audit = WANTED if sampled(row.id, percent) else ""
    settle(session, row, Status.APPROVED, TOWN)
    grant(session, row, TOWN)
    return True


def leave_to_clerk(session: Session, application_id: str, why: str) -> None:
    """Write down for clerks why something did not approve itself. Safe twice."""
    row = locked(session, application_id)
    if row.status == Status.IN_REVIEW and first_time(session, row, "not automatic"):
        add_step(session, "trouble", TOWN, application_id=row.id, words=why, internal=True)
        tell_desk(session, row)


def sampled(application_id: str, percent: int) -> bool:
    """Whether an application is among so many of a hundred."""
    digest = hashlib.sha256(f"audit {application_id}".encode()).digest()
    return int.from_bytes(digest[:4]) % 100 < percent
