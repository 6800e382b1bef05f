"""Handing in: what was told is frozen with its fee, paid, and lies with the town."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.licensing import facts
from pet_app.licensing.events import ApplicationHandedIn
from pet_app.licensing.form import Animal
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules.standing import (
    PURPOSE,
    UNDECIDED,
    Kind,
    LicenceState,
    Status,
)
from pet_app.licensing.service.applying import CLOSED, HAS_ONE, shown
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.history import (
    OWNER,
    PAYMENT,
    TOWN,
    add_step,
    move,
    not_now,
    touch,
)
from pet_app.licensing.service.pricing import WorkedOut, work_out
from pet_app.licensing.service.rows import own, own_locked, searched, stored
from pet_app.licensing.service.views import ApplicationView, form_of, line_told
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish
from pet_app.payment import service as payments
from pet_app.payment.service import Wanted

MISSING = "Some of this needs another look before it can be handed in."
COSTS_MORE = (
    "What you changed costs more than you paid. Withdraw this and apply once more for that."
)
ANOTHERS = "Licence {number} is somebody else's now, so nothing can be asked for it here."
ASKED_ALREADY = "You have asked {town} for a licence for {name} already."
HANDED_IN = (
    Status.AWAITING_PAYMENT.value,
    Status.IN_REVIEW.value,
    Status.NEEDS_MORE.value,
)
TO_PAY = timedelta(hours=12)

WHAT = {
    Kind.NEW: "Pet licence",
    Kind.RENEWAL: "Renewal of the licence",
    Kind.REPLACEMENT: "New tag",
    Kind.TRANSFER: "Transfer of the licence",
    Kind.BOOSTER: "Newer vaccination",
}
"""What is paid for, as it stands on the page of the provider."""


@dataclass(frozen=True)
class HandedIn:
    """What was handed in; `payment_id` is to be paid, empty for what costs nothing."""

    application_id: str
    payment_id: str


def hand_in(session: Session, identity: Identity, application_id: str, version: int) -> HandedIn:
    """Hand in what is complete, and open its payment; what costs nothing lies with the town now.

    Raises `NotFound`, `Invalid` with every fault by field, `Conflict` when it changed meanwhile or
    is handed in already, `Unavailable` while nothing can be paid.
    """
    _one_by_one(session, own(session, identity, application_id))
    row = own_locked(session, identity, application_id, version)
    if row.status != Status.DRAFT:
        raise not_now(row)
    _no_twin(session, row)
    freeze(session, row, work_out(session, row))
    row.submitted = clock.now()
    move(session, row, Status.AWAITING_PAYMENT, OWNER)
    return HandedIn(row.id, open_payment(session, row))


def pay(session: Session, identity: Identity, application_id: str) -> str:
    """The payment by which it can be paid now; a new one where the last is over.

    Handed in on an earlier day, it counts from today, for the fee belongs to what has to be there.
    Raises `NotFound`, `Conflict` where nothing is to be paid, `Invalid` where it is not complete
    any more, `Unavailable`.
    """
    row = own_locked(session, identity, application_id)
    if row.status != Status.AWAITING_PAYMENT:
        raise not_now(row)
    on_its_way = payments.is_arriving(session, PURPOSE, row.id)
    if row.handed_in != today_in(town(row.town_id)) and not on_its_way:
        freeze(session, row, work_out(session, row))
        touch(session, row)
    return open_payment(session, row)


def answer(
    session: Session, identity: Identity, application_id: str, version: int
) -> ApplicationView:
    """Give the clerk what they asked for: it lies with the town again, as of its first day.

    What it then costs less goes back; what costs more is another application. Raises `NotFound`,
    `Invalid` with every fault by field, `Conflict`.
    """
    row = own_locked(session, identity, application_id, version)
    if row.status != Status.NEEDS_MORE:
        raise not_now(row)
    found = work_out(session, row)
    if found.faults:
        raise Invalid(MISSING, found.faults)
    paid = row.fee
    if found.priced is None or found.priced.total.cents > paid.cents:
        raise Invalid(COSTS_MORE, {"term": COSTS_MORE})
    first_day = row.handed_in
    freeze(session, row, found)
    row.handed_in = first_day
    if row.paid is not None and row.fee_cents < paid.cents:
        _give_back(session, row, Money(paid.cents - row.fee_cents, paid.currency))
    move(session, row, Status.IN_REVIEW, OWNER)
    publish(session, ApplicationHandedIn(row.id))
    return shown(session, row)


def _give_back(session: Session, row: Application, less: Money) -> None:
    """What an answer made cheaper was paid too much."""
    key, why = f"licence:{row.id}:cheaper:{row.version}", "The licence costs less than was paid."
    payments.refund(session, row.payment_id, less, key, why, TOWN)
    words = f"It costs {less} less than you paid; that goes back to you."
    add_step(session, "refund", TOWN, application_id=row.id, words=words)


def arrive(session: Session, application: Application) -> None:
    """A locked application is paid, or costs nothing: it lies with the town from now on."""
    move(session, application, Status.IN_REVIEW, PAYMENT)
    publish(session, ApplicationHandedIn(application.id))


def freeze(session: Session, row: Application, found: WorkedOut) -> None:
    """Keep the case and the lines of its fee as they are today. Raises `Invalid` with the
    faults."""
    if found.faults or found.priced is None:
        raise Invalid(MISSING, found.faults)
    _still_theirs(session, row)
    row.handed_in = today_in(town(row.town_id))
    row.form, row.search = stored(found.form), searched(found.form)
    row.case = facts.frozen(found.case) if found.case else {}
    row.receipt = [line_told(line) for line in found.priced.fee.lines]
    row.term = found.form.term
    row.fee_cents, row.currency = found.priced.total.cents, found.priced.total.currency
    session.add(row)


def _one_by_one(session: Session, row: Application) -> None:
    """Hold all that this owner asks of this town: what one costs, and whether it may be asked for
    at all, depends on the others, and two of them may be handed in at the same moment."""
    theirs = select(Application.id).where(
        Application.owner == row.owner,
        Application.town_id == row.town_id,
        col(Application.status).in_(UNDECIDED),
    )
    session.exec(theirs.order_by(col(Application.id)).with_for_update()).all()


def _still_theirs(session: Session, row: Application) -> None:
    """Raise `Conflict` where nothing can come of it: the licence was closed, or has another owner
    than who asks."""
    licence = session.get(Licence, row.licence_id) if row.licence_id else None
    if licence is None:
        return
    if licence.state != LicenceState.ISSUED:
        raise Conflict(CLOSED.format(number=licence.number))
    if row.kind != Kind.TRANSFER and licence.owner != row.owner:
        raise Conflict(ANOTHERS.format(number=licence.number))


def _no_twin(session: Session, row: Application) -> None:
    """Raise `Conflict` when this pet has been asked for there already, under whatever id."""
    if row.kind != Kind.NEW:
        return
    animal, name = form_of(row).animal, town(row.town_id).name
    others = select(Application.form).where(
        Application.owner == row.owner,
        Application.town_id == row.town_id,
        Application.kind == Kind.NEW.value,
        Application.id != row.id,
        col(Application.status).in_(HANDED_IN),
    )
    if any(_is_same(animal, facts.form_from(told).animal) for told in session.exec(others)):
        raise Conflict(ASKED_ALREADY.format(name=animal.name, town=name))
    licences = select(Licence).where(
        Licence.owner == row.owner,
        Licence.town_id == row.town_id,
        Licence.state == LicenceState.ISSUED.value,
    )
    for licence in session.exec(licences):
        if _is_same(animal, facts.form_from({"animal": licence.animal}).animal):
            words = HAS_ONE.format(name=animal.name, number=licence.number, town=name)
            raise Conflict(words)


def _is_same(one: Animal, other: Animal) -> bool:
    if one.microchip and other.microchip:
        return one.microchip == other.microchip
    return (one.name.casefold(), one.species) == (other.name.casefold(), other.species)


def open_payment(session: Session, row: Application) -> str:
    """The payment of a locked application; empty for what costs nothing, which arrives at once."""
    if row.fee_cents == 0:
        arrive(session, row)
        return ""
    form, where = form_of(row), town(row.town_id)
    words = f"{WHAT[Kind(row.kind)]} for {form.animal.name}, {where.name}"
    payment = payments.open_payment(
        session,
        Wanted(
            owner=row.owner,
            purpose=PURPOSE,
            reference=row.id,
            amount=row.fee,
            lines=((words, row.fee_cents, 1),),
            back_to=f"/licensing/applications/{row.id}",
            expires=clock.now() + TO_PAY,
            description=words,
            email=form.holder.email,
        ),
    )
    row.payment_id = payment.id
    session.add(row)
    session.flush()
    return payment.id
