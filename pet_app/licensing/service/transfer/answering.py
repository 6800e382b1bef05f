"""Who is offered a licence looks at it, agrees or declines; and what follows."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from pet_app.core.errors import Conflict, Forbidden
from pet_app.core.money import Money
from pet_app.core.security import Identity, Permission
from pet_app.licensing import facts
from pet_app.licensing.events import PapersDropped, TransferAnswered
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Certificate, Licence, TransferOffer
from pet_app.licensing.rules import Action, Species, Town
from pet_app.licensing.rules.standing import (
    UNDECIDED,
    Kind,
    LicenceState,
    OfferState,
    Status,
)
from pet_app.licensing.service import closing, history
from pet_app.licensing.service.applying import holder_of, shown
from pet_app.licensing.service.extra_fees import extra_fee
from pet_app.licensing.service.rows import (
    locked,
    open_application,
)
from pet_app.licensing.service.transfer.offers import (
    end,
    held,
    of_token,
    state_of,
)
from pet_app.licensing.service.views import ApplicationView
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish
from pet_app.pet import service as pets
from pet_app.user import service as users

ANSWERED = "This offer was answered, or taken back, before."
NOT_YOURS = (
    "This licence was offered to another e-mail address than that of your account. Sign in with "
    "that one, or ask for an offer to this one."
)
CLOSED = "This licence does not hold any more, so it cannot be handed on."


@dataclass(frozen=True)
class OfferShown:
    """An offer as who has its letter sees it. `email` is the address it went to; `fee` what the
    town asks for it, None where that cannot be said."""

    id: str
    state: OfferState
    email: str = field(repr=False)
    from_name: str = field(repr=False)
    animal_name: str
    species: Species
    breed: str
    town: Town
    number: str
    ends: date | None
    fee: Money | None
    application_id: str
    expires: datetime

    @property
    def town_name(self) -> str:
        return self.town.name


def transfer_offer(session: Session, token: str) -> OfferShown:
    """What is offered, to who has the letter. Raises `NotFound` for what was never offered."""
    offer = of_token(session, token)
    licence = session.get_one(Licence, offer.licence_id)
    where = town(licence.town_id)
    giver = users.addressee(session, offer.owner.removeprefix("user:"))
    return OfferShown(
        id=offer.id,
        state=state_of(offer),
        email=offer.email,
        from_name=giver.name if giver else "",
        animal_name=licence.animal.get("name", ""),
        species=Species(licence.species),
        breed=licence.animal.get("breed", ""),
        town=where,
        number=licence.number,
        ends=licence.ends,
        fee=extra_fee(licence, Action.TRANSFER),
        application_id=offer.application_id,
        expires=offer.expires,
    )


def accept_transfer(session: Session, identity: Identity, token: str) -> ApplicationView:
    """Agree to an offer: a draft to the town, filled in; the licence is theirs once that is paid.

    Agreed to twice it is the same draft. Raises `NotFound`, `Forbidden` for whom it was not
    offered to, `Conflict` for what was answered, taken back, or cannot be any more.
    """
    identity.must(Permission.ACCOUNT)
    offer, licence = held(session, of_token(session, token))
    if identity.email != offer.email or offer.owner in identity.owners:
        raise Forbidden(NOT_YOURS)
    if offer.state == OfferState.ACCEPTED:
        return shown(session, locked(session, offer.application_id))
    if state_of(offer) != OfferState.OFFERED:
        raise Conflict(ANSWERED)
    if licence.state != LicenceState.ISSUED or licence.owner != offer.owner:
        raise Conflict(CLOSED)
    where = town(licence.town_id)
    asked = open_application(
        session,
        owner=identity.owner,
        town_id=licence.town_id,
        pet_id=licence.pet_id,
        kind=Kind.TRANSFER,
        form=_form(session, identity, licence, where),
        licence_id=licence.id,
    )
    offer.state, offer.application_id = OfferState.ACCEPTED.value, asked.id
    session.add(offer)
    session.flush()
    history.add_step(session, OfferState.ACCEPTED.value, history.OWNER, licence_id=licence.id)
    publish(session, TransferAnswered(offer.id, offer.state))
    return shown(session, asked)


def decline_transfer(session: Session, token: str) -> None:
    """Say no to an offer, which takes no account. Said twice it changes nothing.

    Raises `NotFound`, and `Conflict` for what was agreed to or taken back.
    """
    offer, _ = held(session, of_token(session, token))
    if offer.state == OfferState.DECLINED:
        return
    if state_of(offer) != OfferState.OFFERED:
        raise Conflict(ANSWERED)
    end(session, offer, OfferState.DECLINED)


def follow_application(session: Session, application_id: str) -> None:
    """An offer ends with the application that came of it. Safe to do twice."""
    of_it = select(TransferOffer.id).where(
        TransferOffer.application_id == application_id, col(TransferOffer.open_key).is_not(None)
    )
    offer_id = session.exec(of_it).first()
    if not application_id or offer_id is None:
        return
    offer, _ = held(session, session.get_one(TransferOffer, offer_id))
    status = session.get_one(Application, application_id).status
    if offer.open_key and status not in UNDECIDED:
        approved = status == Status.APPROVED
        end(session, offer, OfferState.DONE if approved else OfferState.LAPSED)


def bring_pet_along(session: Session, licence_id: str) -> None:
    """The new owner of a licence has the pet among theirs. Safe to do twice."""
    licence = closing.held_licence(session, licence_id)
    if licence is None or not licence.pet_id:
        return
    licence.pet_id = pets.hand_on(session, licence.pet_id, licence.owner)
    session.add(licence)
    session.flush()


def forget_former_papers(session: Session, licence_id: str) -> None:
    """Certificates that name who had a licence before are kept for nobody. Safe to do twice."""
    licence = closing.held_licence(session, licence_id)
    if licence is None:
        return
    former = select(Certificate).where(
        Certificate.licence_id == licence.id,
        Certificate.serial < licence.certificate,
        Certificate.file_key != "",
    )
    found = session.exec(former.with_for_update()).all()
    keys = tuple(certificate.file_key for certificate in found)
    for certificate in found:
        certificate.file_key = ""
        session.add(certificate)
    if keys:
        session.flush()
        publish(session, PapersDropped(keys))


def _form(session: Session, identity: Identity, licence: Licence, where: Town) -> Form:
    held = facts.form_from({"animal": licence.animal}).animal
    return Form(
        holder=holder_of(session, identity, where),
        animal=replace(
            held,
            species=held.species or licence.species,
            altered=held.altered or ("yes" if licence.altered else "no"),
        ),
        term=licence.term,
    )
