"""The queue and its cases over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.security import Permission
from pet_app.licensing import service as licensing
from pet_app.licensing.api.desk.shapes import (
    AssignIn,
    AuditIn,
    CaseOut,
    Clerk,
    DecisionIn,
    NoteIn,
    Reader,
    ReasonIn,
    case_out,
)
from pet_app.licensing.api.shapes import Id
from pet_app.licensing.rules.standing import Kind
from pet_app.licensing.service import QueueAsked, QueuePage, Shelf, Template

router = APIRouter()

Short = Annotated[str, Query(max_length=200)]
TownAsked = Annotated[str, Query(max_length=80)]


@router.get("/applications")
def queue(
    session: ReadSession,
    identity: Reader,
    town: TownAsked = "",
    shelf: Shelf = "in_review",
    kind: Kind | None = None,
    text: Short = "",
    mine: bool = False,
    sort: Literal["oldest", "newest"] = "oldest",
    after: Annotated[str, Query(max_length=80)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> QueuePage:
    """The cases of your towns, those that wait longest first."""
    asked = QueueAsked(town, shelf, kind.value if kind else "", text, mine, sort, after, limit)
    return licensing.queue(session, identity, asked)


@router.get("/reasons")
def reasons(identity: Reader) -> list[Template]:
    """The reasons a case can be rejected or sent back for."""
    identity.must(Permission.LICENCES)
    return list(licensing.templates())


@router.get("/applications/{application_id}")
def one_case(application_id: Id, session: ReadSession, identity: Reader) -> CaseOut:
    """A case, without holding it."""
    return case_out(licensing.case_of(session, identity, application_id))


@router.post("/applications/{application_id}/claim")
def claim(application_id: Id, session: WriteSession, identity: Clerk) -> CaseOut:
    """Hold a case for five minutes, so that nobody else decides it meanwhile."""
    return case_out(licensing.claim(session, identity, application_id))


@router.delete("/applications/{application_id}/claim", status_code=204)
def release_claim(application_id: Id, session: WriteSession, identity: Clerk) -> None:
    """Let go of a case you hold."""
    licensing.release_claim(session, identity, application_id)


@router.put("/applications/{application_id}/assignment")
def assign(application_id: Id, body: AssignIn, session: WriteSession, identity: Clerk) -> CaseOut:
    """Hand a case to a clerk of its town."""
    licensing.assign(session, identity, application_id, body.user_id)
    return case_out(licensing.case_of(session, identity, application_id))


@router.post("/applications/{application_id}/approval")
def approve(
    application_id: Id, body: DecisionIn, session: WriteSession, identity: Clerk
) -> CaseOut:
    """Approve a case; the licence is issued with it."""
    licensing.approve(session, identity, application_id, body.version)
    return case_out(licensing.case_of(session, identity, application_id))


@router.post("/applications/{application_id}/rejection")
def reject(application_id: Id, body: ReasonIn, session: WriteSession, identity: Clerk) -> CaseOut:
    """Reject a case; what was paid goes back by the town's rule."""
    told = (application_id, body.version, body.reason, body.words)
    licensing.reject(session, identity, *told)
    return case_out(licensing.case_of(session, identity, application_id))


@router.post("/applications/{application_id}/question")
def ask_more(application_id: Id, body: ReasonIn, session: WriteSession, identity: Clerk) -> CaseOut:
    """Ask the owner for something else."""
    told = (application_id, body.version, body.reason, body.words)
    licensing.ask_more(session, identity, *told)
    return case_out(licensing.case_of(session, identity, application_id))


@router.post("/applications/{application_id}/notes")
def add_note(application_id: Id, body: NoteIn, session: WriteSession, identity: Clerk) -> CaseOut:
    """Write something for the other clerks."""
    licensing.add_note(session, identity, application_id, body.words)
    return case_out(licensing.case_of(session, identity, application_id))


@router.post("/applications/{application_id}/audit")
def audit(application_id: Id, body: AuditIn, session: WriteSession, identity: Clerk) -> CaseOut:
    """Say whether what approved itself should have been."""
    licensing.audit(session, identity, application_id, body.passed, body.words)
    return case_out(licensing.case_of(session, identity, application_id))
