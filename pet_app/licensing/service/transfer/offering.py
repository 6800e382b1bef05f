"""An owner offers a licence, and takes the offer back."""

from datetime import timedelta

from sqlmodel import Session, col, delete, func, or_, select

from pet_app.core import clock, vault
from pet_app.core.errors import Conflict, Invalid, TooManyRequests
from pet_app.core.security import Identity, Permission, fingerprint, new_token
from pet_app.licensing.events import TransferOffered
from pet_app.licensing.models import Licence, TransferOffer
from pet_app.licensing.rules import Action
from pet_app.licensing.rules.standing import (
    UNDECIDED,
    LicenceState,
    OfferState,
    Standing,
    Status,
    standing,
)
from pet_app.licensing.service import closing, history
from pet_app.licensing.service.applying import call_off
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.extra_fees import extra_fee
from pet_app.licensing.service.reading import (
    LicenceView,
    licence_of,
    open_applications,
    standing_offers,
)
from pet_app.licensing.service.rows import (
    locked,
    own_licence,
)
from pet_app.licensing.service.transfer.offers import end, held
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish
from pet_app.user import service as users

STANDS = timedelta(days=14)
KEPT_FOR = timedelta(days=30)
FOR_OFFERS = "offers of licences"
"""What is sealed under this is the token of an offer, on its way into a letter."""
A_DAY = timedelta(days=1)
MOST_A_DAY = 5
"""Offers that one owner makes, or one address gets, in a day: letters go to strangers here."""
YOURSELF = "This licence is yours already. Enter the address of who has the pet now."
ENOUGH = "That were many offers in one day. Try again tomorrow."
CLOSED = "This licence does not hold any more, so it cannot be handed on."
FIRST = "Something you asked the town for is still open. Finish or withdraw it first."
STANDING = "You have offered this licence to somebody already. Take that back first."
NO_WAY = "{issuer} has no rule for handing a licence on that we know of. Ask there how it is done."
PAID = "They have agreed and paid, so it is with the town now."


def offer_transfer(
    session: Session, identity: Identity, licence_id: str, email: str
) -> LicenceView:
    """Offer a licence to whoever reads the mail of an address; it holds two weeks.

    Raises `NotFound`, `Invalid` for an address that is none or their own, `Conflict` where it
    cannot be handed on now, `TooManyRequests`.
    """
    licence = closing.own_held(session, identity, licence_id)
    to = _address(email)
    if to == identity.email:
        raise Invalid(YOURSELF, {"email": YOURSELF})
    _must_be_free(session, licence)
    _count(session, licence.owner, to)
    token, now = new_token(), clock.now()
    offer = TransferOffer(
        licence_id=licence.id,
        owner=licence.owner,
        email=to,
        token=fingerprint(token),
        open_key=licence.id,
        created=now,
        expires=now + STANDS,
    )
    session.add(offer)
    session.flush()
    history.add_step(session, OfferState.OFFERED.value, history.OWNER, licence_id=licence.id)
    sealed = vault.seal_for_shop(FOR_OFFERS, token)
    publish(session, TransferOffered(offer.id, sealed))
    return licence_of(session, identity, licence.id)


def take_back_offer(session: Session, identity: Identity, licence_id: str) -> LicenceView:
    """Offer a licence no more, also where the other one has agreed and not paid yet.

    Taken back twice it changes nothing. Raises `NotFound`, and `Conflict` once it is paid.
    """
    identity.must(Permission.ACCOUNT)
    own_licence(session, identity, licence_id)
    found = standing_offers(session, [licence_id]).get(licence_id)
    if found is not None:
        offer, _ = held(session, found)
        if offer.state == OfferState.ACCEPTED:
            _call_off(session, offer)
        if offer.open_key:
            end(session, offer, OfferState.TAKEN_BACK)
    return licence_of(session, identity, licence_id)


def end_expired_offers(session: Session) -> int:
    """Offers that nobody answered in time stand no more, and who made them is told; how many."""
    late = select(TransferOffer).where(
        col(TransferOffer.state) == OfferState.OFFERED.value,
        col(TransferOffer.open_key).is_not(None),
        col(TransferOffer.expires) <= clock.now(),
    )
    found = [held(session, offer)[0] for offer in session.exec(late).all()]
    ended = [offer for offer in found if offer.open_key]
    for offer in ended:
        end(session, offer, OfferState.EXPIRED)
    return len(ended)


def forget_old_offers(session: Session) -> None:
    """Whose address an offer went to is kept no longer than anybody may ask about it."""
    over = delete(TransferOffer).where(
        col(TransferOffer.open_key).is_(None), col(TransferOffer.expires) <= clock.now() - KEPT_FOR
    )
    session.exec(over)


def _must_be_free(session: Session, licence: Licence) -> None:
    where = town(licence.town_id)
    worth = standing(licence.state, licence.begins, licence.ends, today_in(where))
    if licence.state != LicenceState.ISSUED or worth is Standing.EXPIRED:
        raise Conflict(CLOSED)
    if open_applications(session, [licence.id]):
        raise Conflict(FIRST)
    if extra_fee(licence, Action.TRANSFER) is None:
        raise Conflict(NO_WAY.format(issuer=where.issuer))
    if standing_offers(session, [licence.id]):
        raise Conflict(STANDING)
    end_expired_offers(session)


def _count(session: Session, owner: str, email: str) -> None:
    lately = select(func.count()).where(
        or_(col(TransferOffer.owner) == owner, col(TransferOffer.email) == email),
        col(TransferOffer.created) > clock.now() - A_DAY,
    )
    if session.exec(lately).one() >= MOST_A_DAY:
        raise TooManyRequests(ENOUGH)


def _address(text: str) -> str:
    try:
        return users.normal_email(text)
    except ValueError as fault:
        raise Invalid("Look at the address once more.", {"email": str(fault)}) from None


def _call_off(session: Session, offer: TransferOffer) -> None:
    """What the other one asked the town for ends with the offer, unless it is paid."""
    asked = locked(session, offer.application_id)
    if asked.status in (Status.DRAFT, Status.AWAITING_PAYMENT):
        call_off(session, asked)
    elif asked.status in UNDECIDED or asked.status == Status.APPROVED:
        raise Conflict(PAID)
