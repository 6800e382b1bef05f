"""What letters need to know, read as it is now; nothing for who has no account to write to."""

from sqlmodel import Session, col, delete, select

from pet_app.core.security import user_owner
from pet_app.licensing.models import (
    Application,
    Certificate,
    FoundMessage,
    Licence,
    Step,
    TransferOffer,
)
from pet_app.licensing.rules.standing import Kind, LicenceState, Status
from pet_app.licensing.service.closing import RESTORED
from pet_app.licensing.service.transfer.offers import state_of
from pet_app.licensing.told import AboutApplication, AboutLicence, AboutOffer, Found, Reader
from pet_app.licensing.towns import town
from pet_app.user import service as users

OWNERS = user_owner("")
NEEDS_MORE = Status.NEEDS_MORE.value


def about_application(session: Session, application_id: str) -> AboutApplication | None:
    """An application for a letter; None where there is nobody to write to."""
    row = session.get(Application, application_id)
    to = reader(session, row.owner) if row else None
    if row is None or to is None:
        return None
    where, status = town(row.town_id), Status(row.status)
    rule = where.refund
    form = row.form or {}
    return AboutApplication(
        id=row.id,
        to=to,
        town=where,
        kind=Kind(row.kind),
        status=status,
        animal=form.get("animal", {}).get("name", ""),
        fee=row.fee,
        paid=row.paid is not None,
        handed_in=row.handed_in,
        again=_was_asked(session, row.id),
        words=row.words,
        goes_back=rule.withdrawn if status is Status.WITHDRAWN else rule.rejected,
        refund_words=rule.words,
    )


def about_licence(session: Session, licence_id: str) -> AboutLicence | None:
    """A licence for a letter; None where there is nobody to write to."""
    row = session.get(Licence, licence_id)
    to = reader(session, row.owner) if row else None
    if row is None or to is None:
        return None
    return AboutLicence(
        id=row.id,
        to=to,
        town=town(row.town_id),
        state=LicenceState(row.state),
        number=row.number,
        tag_code=row.tag_code,
        animal=(row.animal or {}).get("name", ""),
        begins=row.begins,
        ends=row.ends,
        term_ends=row.term_ends,
        cut_short=row.ends is not None and row.ends != row.term_ends,
        certificate=row.certificate,
        lost=row.lost,
        lost_words=row.lost_words,
        reason=row.reason,
    )


def about_offer(session: Session, offer_id: str) -> AboutOffer | None:
    """An offer for a letter; None once it is gone."""
    row = session.get(TransferOffer, offer_id)
    licence = session.get(Licence, row.licence_id) if row else None
    if row is None or licence is None:
        return None
    return AboutOffer(
        id=row.id,
        town=town(licence.town_id),
        state=state_of(row),
        species=licence.species,
        number=licence.number,
        animal=(licence.animal or {}).get("name", ""),
        giver=reader(session, row.owner),
        licence_id=licence.id,
        email=row.email,
        expires=row.expires,
    )


def why_issued(session: Session, licence_id: str, serial: int) -> str:
    """Why a certificate was made out: the kind of the application that led to it, `restored` for a
    licence that a clerk gave back, empty for one that was only signed afresh."""
    of_it = select(Certificate).where(
        Certificate.licence_id == licence_id, col(Certificate.serial).in_((serial - 1, serial))
    )
    found = {row.serial: row for row in session.exec(of_it)}
    certificate, before = found.get(serial), found.get(serial - 1)
    if certificate is None:
        return ""
    if certificate.application_id:
        return session.get_one(Application, certificate.application_id).kind
    given_back = select(Step.id).where(
        Step.licence_id == licence_id,
        Step.what == RESTORED,
        col(Step.created) <= certificate.issued,
        *((col(Step.created) > before.issued,) if before else ()),
    )
    return RESTORED if session.exec(given_back.limit(1)).first() else ""


def step_words(session: Session, step_id: str) -> str:
    """What was said at a step; empty once that was taken out."""
    step = session.get(Step, step_id)
    return step.words if step else ""


def found_message(session: Session, message_id: str) -> Found | None:
    """What a finder wrote; None once it was sent on."""
    row = session.get(FoundMessage, message_id)
    return Found(row.words, row.contact, row.created) if row else None


def forget_found(session: Session, message_id: str) -> None:
    """Keep nothing of what was sent on. No harm when it is gone."""
    session.exec(delete(FoundMessage).where(col(FoundMessage.id) == message_id))


def reader(session: Session, owner: str) -> Reader | None:
    """The account something belongs to, where it belongs to one."""
    if not owner.startswith(OWNERS):
        return None
    found = users.addressee(session, owner.removeprefix(OWNERS))
    return Reader(found.id, found.email) if found else None


def _was_asked(session: Session, application_id: str) -> bool:
    of_it = select(Step.id).where(Step.application_id == application_id, Step.what == NEEDS_MORE)
    return session.exec(of_it.limit(1)).first() is not None
