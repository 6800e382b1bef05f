"""Offers of licences: found, held, ended, and what the town asks for one."""

from sqlmodel import Session, select

from pet_app.core import clock
from pet_app.core.errors import NotFound
from pet_app.core.security import fingerprint, is_token
from pet_app.licensing.events import TransferAnswered
from pet_app.licensing.models import Licence, TransferOffer
from pet_app.licensing.rules.standing import OfferState
from pet_app.licensing.service import closing, history
from pet_app.messaging.outbox import publish

NO_OFFER = "This offer is not there any more. Ask who sent it to you to offer it again."


def of_token(session: Session, token: str) -> TransferOffer:
    """The offer that a letter's link names. Raises `NotFound`."""
    named = select(TransferOffer).where(TransferOffer.token == fingerprint(token))
    offer = session.exec(named).one_or_none() if is_token(token) else None
    if offer is None:
        raise NotFound(NO_OFFER)
    return offer


def held(session: Session, offer: TransferOffer) -> tuple[TransferOffer, Licence]:
    """An offer and its licence that nobody else changes meanwhile, the licence held first."""
    licence = closing.held_licence(session, offer.licence_id)
    again = select(TransferOffer).where(TransferOffer.id == offer.id).with_for_update()
    found = session.exec(again.execution_options(populate_existing=True)).one_or_none()
    if licence is None or found is None:
        raise NotFound(NO_OFFER)
    return found, licence


def state_of(offer: TransferOffer) -> OfferState:
    """Where an offer stands at this moment."""
    late = offer.state == OfferState.OFFERED and offer.expires <= clock.now()
    return OfferState.EXPIRED if late else OfferState(offer.state)


def end(session: Session, offer: TransferOffer, state: OfferState) -> None:
    """A held offer stands no more, and both of them are told why."""
    offer.state, offer.open_key = state.value, None
    session.add(offer)
    session.flush()
    history.add_step(session, state.value, history.OWNER, licence_id=offer.licence_id)
    publish(session, TransferAnswered(offer.id, state.value))
