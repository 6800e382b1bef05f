"""A case as its clerk has it open: looked at, held, handed to a colleague."""

from datetime import timedelta

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity, Role
from pet_app.licensing.models import Application, Clerkship, Licence
from pet_app.licensing.rules.standing import UNDECIDED, Status, standing
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.desk.access import clerk, served_case
from pet_app.licensing.service.desk.queue import WANTED
from pet_app.licensing.service.desk.shown import Names, holder_of, items
from pet_app.licensing.service.desk.views import Companion, DeskCase, DeskDocument, DeskStep
from pet_app.licensing.service.doubts import doubts
from pet_app.licensing.service.history import CLERK, add_step, steps_of
from pet_app.licensing.service.rows import documents_of
from pet_app.licensing.service.views import form_of, receipt_of
from pet_app.licensing.towns import town
from pet_app.messaging import signal

HOLDS = timedelta(minutes=5)
MOST_COMPANIONS = 20
HELD = "{name} has this open just now. Take the next one, or look again in a few minutes."
NO_COLLEAGUE = "This person does not decide for this town."
DECIDED = "This is decided. There is nothing to hand over any more."

SHOWS = {
    "rabies": "Rabies certificate",
    "senior": "Proof of age",
    "disabled": "Proof of a disability",
    "low_income": "Proof of income",
    "service_animal": "Service animal",
    "cannot_alter": "Veterinarian's word that it cannot be altered",
    "microchip": "Microchip",
    "adopted": "Adoption papers",
    "licensed_elsewhere": "Licence of another town",
}
WHO = {"owner": "The owner", "town": "Automatically", "payment": "Payment"}

CAN: dict[Status, frozenset[str]] = {
    Status.IN_REVIEW: frozenset({"approve", "reject", "ask_more", "assign"}),
    Status.NEEDS_MORE: frozenset({"reject", "assign"}),
    Status.AWAITING_PAYMENT: frozenset({"assign"}),
}
NOTE = frozenset({"note"})


def case_of(session: Session, identity: Identity, application_id: str) -> DeskCase:
    """A case without holding it. Raises `NotFound`."""
    return shown(session, identity, served_case(session, identity, application_id))


def claim(session: Session, identity: Identity, application_id: str) -> DeskCase:
    """Open a case and hold it for five minutes, so that nobody else decides it meanwhile.

    Asked again while it is open, it holds on. When somebody else holds it, the case comes back
    with nothing one may do but note. Raises `NotFound`.
    """
    row = served_case(session, identity, application_id, hold=True)
    now = clock.now()
    undecided = Status(row.status) in UNDECIDED or row.audit == WANTED
    if undecided and holder_of(row, now) in ("", identity.user_id):
        row.locked_by, row.locked_until = identity.user_id or "", now + HOLDS
        session.add(row)
        session.flush()
        tell_desk(session, row)
    return shown(session, identity, row)


def release_claim(session: Session, identity: Identity, application_id: str) -> None:
    """Let go of a case one has open; no harm when one has not. Raises `NotFound`."""
    row = served_case(session, identity, application_id, hold=True)
    if row.locked_by == identity.user_id:
        let_go(row)
        session.add(row)
        session.flush()
        tell_desk(session, row)


def assign(session: Session, identity: Identity, application_id: str, user_id: str) -> None:
    """Hand a case to a clerk of its town, or to nobody. Raises `NotFound`, `Invalid`."""
    row = served_case(session, identity, application_id, hold=True)
    not_held(session, identity, row)
    if Status(row.status) not in UNDECIDED:
        raise Conflict(DECIDED)
    known = {one for one, _ in _colleagues(session, identity, row.town_id)}
    if user_id and user_id not in known:
        raise Invalid(NO_COLLEAGUE, {"user_id": NO_COLLEAGUE})
    if row.assigned_to == user_id:
        return
    facts = {"from": row.assigned_to, "to": user_id}
    row.assigned_to = user_id
    session.add(row)
    who = clerk(identity)
    add_step(session, "assigned", who, application_id=row.id, internal=True, facts=facts)
    tell_desk(session, row)


def not_held(session: Session, identity: Identity, row: Application) -> None:
    """Raise `Conflict` while somebody else has a locked case open."""
    holder = holder_of(row, clock.now())
    if holder and holder != identity.user_id:
        raise Conflict(HELD.format(name=Names(session).of(holder)))


def let_go(row: Application) -> None:
    """Nobody has it open any more."""
    row.locked_by, row.locked_until = "", None


def tell_desk(session: Session, row: Application) -> None:
    """Have open queues of the town look again."""
    signal.after_commit(session, desk_topic(row.town_id))


def desk_topic(town_id: str) -> str:
    """What the queues of a town listen to."""
    return f"licence-desk:{town_id}"


def shown(session: Session, identity: Identity, row: Application) -> DeskCase:
    """Everything there is to a case, for a clerk who may see it."""
    where = town(row.town_id)
    item = items(session, identity, [row])[0]
    priced = receipt_of(row)
    term = where.term_on(row.handed_in, row.term) if row.handed_in else None
    licence = session.get(Licence, row.licence_id) if row.licence_id else None
    return DeskCase(
        item=item,
        town=where,
        form=form_of(row),
        documents=tuple(
            DeskDocument(
                paper.id,
                paper.shows,
                SHOWS.get(paper.shows, paper.shows),
                paper.name,
                paper.media_type,
                len(paper.page_keys),
            )
            for paper in documents_of(session, row.id)
        ),
        doubts=doubts(session, row),
        history=_history(session, row.id),
        lines=priced.fee.lines if priced else (),
        term_words=term.words if term else row.term,
        would_end=priced.ends if priced else None,
        why_it_ends=priced.why_it_ends if priced else "",
        household=_household(session, row),
        colleagues=_colleagues(session, identity, row.town_id),
        held_until=row.locked_until if item.held_by else None,
        reason=row.reason,
        words=row.words,
        licence_id=row.licence_id,
        licence_number=licence.number if licence else "",
        payment_id=row.payment_id,
        may=_may(identity, row, item.held_by),
    )


def _may(identity: Identity, row: Application, held_by: str) -> frozenset[str]:
    if row.owner in identity.owners or (held_by and held_by != identity.user_id):
        return NOTE
    audit = frozenset({"audit"}) if row.audit == WANTED else frozenset[str]()
    return CAN.get(Status(row.status), frozenset()) | NOTE | audit


def _history(session: Session, application_id: str) -> tuple[DeskStep, ...]:
    names = Names(session)
    return tuple(
        DeskStep(
            step.id,
            step.what,
            step.words,
            names.of(step.by.removeprefix(CLERK))
            if step.by.startswith(CLERK)
            else WHO.get(step.by, step.by),
            step.internal,
            step.created,
            step.facts,
        )
        for step in steps_of(session, application_id, internal=True)
    )


def _household(session: Session, row: Application) -> tuple[Companion, ...]:
    if not row.owner:
        return ()
    others = select(Licence).where(
        Licence.owner == row.owner, Licence.town_id == row.town_id, Licence.id != row.licence_id
    )
    today = today_in(town(row.town_id))
    return tuple(
        Companion(
            one.id,
            one.number,
            one.animal.get("name", ""),
            one.species,
            one.altered,
            standing(one.state, one.begins, one.ends, today).value,
            one.ends,
        )
        for one in session.exec(others.order_by(col(Licence.begins)).limit(MOST_COMPANIONS))
    )


def _colleagues(session: Session, identity: Identity, town_id: str) -> tuple[tuple[str, str], ...]:
    """Who can be given a case of the town: its clerks, and an administrator who is looking."""
    held = select(Clerkship.user_id).where(Clerkship.town_id == town_id)
    ids = set(session.exec(held))
    if identity.role is Role.ADMIN and identity.user_id:
        ids.add(identity.user_id)
    names = Names(session)
    return tuple(sorted(((one, names.of(one)) for one in ids), key=lambda pair: pair[1]))
