"""One's own applications over HTTP."""

from fastapi import APIRouter

from pet_app.core.http import ReadSession, WriteSession
from pet_app.licensing import service as licensing
from pet_app.licensing.api.shapes import (
    ApplicationOut,
    BeginIn,
    Id,
    Reader,
    SaveIn,
    ToPay,
    VersionIn,
    Writer,
    out,
)
from pet_app.licensing.service import HandedIn

router = APIRouter(prefix="/applications")


@router.get("")
def list_applications(session: ReadSession, identity: Reader) -> list[ApplicationOut]:
    """Everything you asked of towns, the latest first."""
    return [out(found) for found in licensing.list_applications(session, identity)]


@router.post("", status_code=201)
def begin_application(body: BeginIn, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Ask a town for something: a draft filled in with what is known, or the one open already."""
    return out(
        licensing.begin(session, identity, body.town, body.pet_id, body.kind.value, body.licence_id)
    )


@router.get("/{application_id}")
def get_application(application_id: Id, session: ReadSession, identity: Reader) -> ApplicationOut:
    """One of your applications."""
    return out(licensing.application_of(session, identity, application_id))


@router.put("/{application_id}/form")
def save_form(
    application_id: Id, body: SaveIn, session: WriteSession, identity: Writer
) -> ApplicationOut:
    """Keep what is told so far; what was handed in and not paid becomes a draft again."""
    form = body.form.form()
    return out(licensing.save_form(session, identity, application_id, form, body.version))


@router.post("/{application_id}/hand-in")
def hand_in(
    application_id: Id, body: VersionIn, session: WriteSession, identity: Writer
) -> HandedIn:
    """Hand in what is complete; the fee is to be paid then."""
    return licensing.hand_in(session, identity, application_id, body.version)


@router.post("/{application_id}/answer")
def answer(
    application_id: Id, body: VersionIn, session: WriteSession, identity: Writer
) -> ApplicationOut:
    """Give the clerk what they asked for."""
    return out(licensing.answer(session, identity, application_id, body.version))


@router.post("/{application_id}/payment")
def pay(application_id: Id, session: WriteSession, identity: Writer) -> ToPay:
    """The payment by which it can be paid now."""
    return ToPay(payment_id=licensing.pay(session, identity, application_id))


@router.post("/{application_id}/withdrawal")
def withdraw(application_id: Id, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Do not want it any more; what was paid goes back by the town's rule."""
    return out(licensing.withdraw(session, identity, application_id))
