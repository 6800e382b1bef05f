"""Asking a town for something: begun, saved as it is typed, looked at, given up."""

from dataclasses import replace

from sqlmodel import Session, col, func, select

from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.security import Identity, Permission
from pet_app.licensing import facts
from pet_app.licensing.events import ApplicationWithdrawn
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules import Town
from pet_app.licensing.rules.standing import (
    PURPOSE,
    UNDECIDED,
    Kind,
    LicenceState,
    Status,
)
from pet_app.licensing.service.closing import own_held
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.history import OWNER, move, not_now, touch
from pet_app.licensing.service.pricing import work_out
from pet_app.licensing.service.reading import standing_offers
from pet_app.licensing.service.rows import (
    holding_licence,
    open_application,
    own,
    own_locked,
    searched,
    stored,
)
from pet_app.licensing.service.views import ApplicationView, receipt_of, view
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish
from pet_app.payment import service as payments
from pet_app.pet import service as pets
from pet_app.user import service as users

NO_KIND = "There is nothing like this to ask a town for."
OFFER_FIRST = "Offer the licence to its new owner; they ask for it once they agree."
HAS_ONE = "{name} has licence {number} in {town}. Renew that one instead."
CLOSED = "Licence {number} does not hold any more, so there is nothing to be done with it."
TOO_EARLY = (
    "Licence {number} holds until {ends:%-d %B %Y}. It can be renewed from {days} days before that."
)
FOR_LIFE = "Licence {number} holds for the animal's life and needs no renewal."
ON_ITS_WAY = "The payment for this is on its way. Wait until it is here, then try again."
OFFERED = "You have offered this licence to somebody else. Take that back first."
ANOTHERS = "Who had this before has asked for the same. Ask the town to decide on that first."
MOST_OPEN = 200
TOO_MANY = f"You have {MOST_OPEN} applications open. Finish or withdraw one of them first."
COUNTRIES = {"USD": "US", "CAD": "CA"}


def begin(
    session: Session,
    identity: Identity,
    town_id: str,
    pet_id: str,
    kind: str = Kind.NEW.value,
    licence_id: str = "",
) -> ApplicationView:
    """Ask a town for something about a pet: a draft, filled in with what is known.

    One that is open already for this pet, town and kind is shown instead. A new licence may be for
    a pet we do not know, without a `pet_id`; every other kind is about a `licence_id` of theirs.
    Raises `NotFound`, `Invalid` for no such kind, and `Conflict` where the town has nothing to
    give: it is licensed there, or renewed too early.
    """
    identity.must(Permission.ACCOUNT)
    where = town(town_id)
    if kind not in set(Kind):
        raise Invalid(NO_KIND, {"kind": NO_KIND})
    if kind == Kind.TRANSFER:
        # Both agree: it begins when the new owner takes the offer.
        raise Conflict(OFFER_FIRST)
    wanted = Kind(kind)
    if wanted is Kind.NEW:
        _not_too_many(session, identity)
        pet = pets.get_pet(session, identity, pet_id) if pet_id else None
        if pet is None and (untouched := _untouched(session, identity, where)):
            return shown(session, untouched)
        if pet and (licence := holding_licence(session, where.id, pet.id)):
            words = HAS_ONE.format(name=pet.name, number=licence.number, town=where.name)
            raise Conflict(words)
        form = _first_form(session, identity, where, pet)
        row = open_application(
            session,
            owner=identity.owner,
            town_id=where.id,
            pet_id=pet_id,
            kind=wanted,
            form=form,
        )
    else:
        # Held, so that it is not offered to somebody in the same moment.
        licence = own_held(session, identity, licence_id)
        if standing_offers(session, [licence.id]):
            raise Conflict(OFFERED)
        _may_ask(licence, wanted, where)
        row = open_application(
            session,
            owner=identity.owner,
            town_id=licence.town_id,
            pet_id=licence.pet_id,
            kind=wanted,
            form=form_again(session, licence),
            licence_id=licence.id,
        )
    if row.owner not in identity.owners:
        raise Conflict(ANOTHERS)
    return shown(session, row)


def save_form(
    session: Session, identity: Identity, application_id: str, form: Form, version: int
) -> ApplicationView:
    """Keep what was typed so far. What was handed in and not paid becomes a draft again.

    Raises `NotFound`, `Invalid` for what is no answer at all, `Conflict` when it changed meanwhile
    or lies with the town.
    """
    row = own_locked(session, identity, application_id, version)
    kept = facts.tidy(form)
    if row.status == Status.AWAITING_PAYMENT:
        turn_back(session, row)
    if row.status not in (Status.DRAFT, Status.NEEDS_MORE):
        raise not_now(row)
    row.form, row.search = stored(kept), searched(kept)
    touch(session, row)
    return shown(session, row)


def application_of(session: Session, identity: Identity, application_id: str) -> ApplicationView:
    """One of their applications. Raises `NotFound`, also for somebody else's."""
    return shown(session, own(session, identity, application_id))


def list_applications(session: Session, identity: Identity) -> list[ApplicationView]:
    """All of theirs, the latest first. Raises `NotSignedIn`."""
    identity.must(Permission.ACCOUNT)
    found = select(Application).where(col(Application.owner).in_(identity.owners))
    rows = session.exec(found.order_by(col(Application.id).desc()).limit(100))
    return [shown(session, row) for row in rows]


def withdraw(session: Session, identity: Identity, application_id: str) -> ApplicationView:
    """Do not want it any more; what was paid goes back by the town's rule.

    Raises `NotFound`, and `Conflict` once it is decided.
    """
    row = own_locked(session, identity, application_id)
    if row.status == Status.WITHDRAWN:
        return shown(session, row)
    call_off(session, row)
    return shown(session, row)


def call_off(session: Session, row: Application) -> None:
    """A locked application is not wanted any more. Raises `Conflict` once it is decided."""
    move(session, row, Status.WITHDRAWN, OWNER)
    if row.payment_id and row.paid is None:
        payments.give_up(session, row.payment_id)
    publish(session, ApplicationWithdrawn(row.id))


def turn_back(session: Session, row: Application) -> None:
    """What was handed in and not paid is a draft once more. Raises `Conflict` for money under
    way."""
    if row.payment_id:
        if payments.is_arriving(session, PURPOSE, row.id):
            raise Conflict(ON_ITS_WAY)
        payments.give_up(session, row.payment_id)
    row.payment_id, row.handed_in, row.submitted = "", None, None
    row.case, row.receipt, row.fee_cents, row.currency = {}, [], 0, ""
    move(session, row, Status.DRAFT, OWNER)


def shown(session: Session, row: Application) -> ApplicationView:
    """An application as its owner sees it."""
    if row.status in (Status.DRAFT, Status.NEEDS_MORE):
        found = work_out(session, row)
        priced = receipt_of(row) if row.status == Status.NEEDS_MORE else found.priced
        return view(session, row, found.faults, priced, found.papers)
    return view(session, row, {}, receipt_of(row), ())


def form_again(session: Session, licence: Licence) -> Form:
    """A form filled with what a licence says, and with what was told of the vaccination last."""
    told = select(Application.form).where(
        Application.licence_id == licence.id, Application.status == Status.APPROVED.value
    )
    latest = session.exec(told.order_by(col(Application.decided).desc()).limit(1)).first()
    before = facts.form_from(latest) if latest else Form()
    vaccination = before.vaccination
    until = licence.rabies_until.isoformat() if licence.rabies_until else ""
    if until and vaccination.until != until:
        vaccination = replace(Vaccination(), until=until)
    held = facts.form_from({"holder": licence.holder, "animal": licence.animal})
    return replace(
        before,
        holder=held.holder,
        animal=replace(held.animal, species=held.animal.species or licence.species),
        vaccination=vaccination,
        term=licence.term,
        signed=False,
        moved_from="",
        adopted="",
        proofs=tuple(proof for proof in before.proofs if proof != "adopted"),
    )


def holder_of(session: Session, identity: Identity, where: Town) -> Holder:
    """Who asks, as they are known here, at their own address in that country."""
    country = COUNTRIES.get(where.currency, "US")
    preferred = next(
        (held for held in users.list_addresses(session, identity) if held.country == country), None
    )
    address = {"country": country, **(preferred.lines if preferred else {})}
    return Holder(name=identity.name, email=identity.email, address=address)


def _not_too_many(session: Session, identity: Identity) -> None:
    """Raise `Conflict` for more than anybody has pets; each can hold papers that we keep."""
    undecided = select(func.count()).where(
        col(Application.owner).in_(identity.owners), col(Application.status).in_(UNDECIDED)
    )
    if session.exec(undecided).one() >= MOST_OPEN:
        raise Conflict(TOO_MANY)


def _untouched(session: Session, identity: Identity, where: Town) -> Application | None:
    """A draft for a pet we do not know that nothing was told in yet."""
    drafts = select(Application).where(
        col(Application.owner).in_(identity.owners),
        Application.town_id == where.id,
        Application.pet_id == "",
        Application.kind == Kind.NEW.value,
        Application.status == Status.DRAFT.value,
    )
    rows = session.exec(drafts.order_by(col(Application.id).desc()).limit(20))
    return next((row for row in rows if not facts.form_from(row.form).animal.name), None)


def _first_form(
    session: Session, identity: Identity, where: Town, pet: pets.PetRecord | None
) -> Form:
    """A form filled with what is known of a pet and its owner."""
    return Form(
        holder=holder_of(session, identity, where),
        animal=_animal(pet) if pet else Animal(),
        term=_only_term(where),
    )


def _animal(pet: pets.PetRecord) -> Animal:
    more = pet.more
    return Animal(
        name=pet.name,
        species=pet.species.value,
        sex=more.sex.value if more.sex else "",
        altered="" if more.altered is None else ("yes" if more.altered else "no"),
        born=more.born.isoformat() if more.born else "",
        breed=pet.breed,
        colours=more.colours,
        microchip=more.microchip,
    )


def _only_term(where: Town) -> str:
    terms = where.terms_on(today_in(where))
    return terms[0].id if len(terms) == 1 else ""


def _may_ask(licence: Licence, kind: Kind, where: Town) -> None:
    if licence.state != LicenceState.ISSUED:
        raise Conflict(CLOSED.format(number=licence.number))
    if licence.town_id != where.id:
        raise NotFound("This licence is not of that town.")
    if kind is not Kind.RENEWAL:
        return
    if licence.ends is None:
        raise Conflict(FOR_LIFE.format(number=licence.number))
    if (licence.ends - today_in(where)).days > where.renew_days:
        said = TOO_EARLY.format(number=licence.number, ends=licence.ends, days=where.renew_days)
        raise Conflict(said)
