"""Licences, a full desk and a year of decisions, put into an empty database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from pet_app.core import clock
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, user_owner
from pet_app.licensing import facts
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Document, Licence, Step
from pet_app.licensing.number import new_number
from pet_app.licensing.rules import Town
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.sample.cases import QUEUE, TOWNS, TUCSON, Case, day_in, form, told
from pet_app.licensing.sample.papers import Specimen
from pet_app.licensing.service.rows import searched, stored
from pet_app.licensing.service.views import line_told
from pet_app.licensing.tag import new_code
from pet_app.pet import service as pets

OLIVES = ((115, "1"), (340, "1"))
"""Of each of the owner's pets: how many days ago it was licensed, and for what term."""
DECIDED = 20
"""Of each town in the year behind it."""
OTHERS = 100
"""From this number on people are of that year; those below lie on the desk."""
ENDED = (Status.APPROVED,) * 8 + (Status.REJECTED, Status.WITHDRAWN)


def furnish(
    session: Session, specimens: Mapping[int, Specimen], owner: Identity, clerk_id: str
) -> None:
    """Everything; `specimens` are the certificates by their case's place in the queue."""
    for town_id in TOWNS:
        licensing.appoint_clerk(session, clerk_id, town_id)
    for pet, (days, term) in zip(pets.list_pets(session, owner), OLIVES, strict=False):
        _license(session, owner, pet, clock.now() - timedelta(days=days), term)
    for number, case in enumerate(QUEUE):
        row = _wanted(session, number, case)
        if number in specimens:
            session.add(_paper(row, specimens[number]))
    for place, town_id in enumerate(TOWNS):
        for number in range(DECIDED):
            _year(session, OTHERS + place * DECIDED + number, town_id, number)


def _license(
    session: Session, owner: Identity, pet: pets.PetRecord, when: datetime, term: str
) -> None:
    where = licensing.town(TUCSON)
    answers = form(7, TUCSON, day_in(where.id, when))
    more = pet.more
    animal = replace(
        answers.animal,
        name=pet.name,
        species=pet.species.value,
        breed=pet.breed,
        sex=more.sex.value if more.sex else "female",
        altered="yes" if more.altered else "no",
        born=more.born.isoformat() if more.born else "",
        colours=more.colours,
        microchip=more.microchip,
    )
    home = replace(answers.holder, name=owner.name, email=owner.email)
    answers = replace(answers, animal=animal, holder=home, term=term)
    row = _application(where, answers, Kind.NEW, when, Status.APPROVED)
    row.owner, row.pet_id = user_owner(owner.user_id or ""), pet.id
    row.decided = row.changed = when + timedelta(hours=5)
    row.decided_by = "town"
    session.add(row)
    _steps(session, row, when)
    licence = licensing.grant(session, row, "town")
    licence.created = when


def _wanted(session: Session, number: int, case: Case) -> Application:
    where, when = licensing.town(case.town_id), clock.now() - timedelta(hours=case.hours)
    answers = told(number, case, clock.now())
    licence = None
    if case.kind is not Kind.NEW:
        licence = _licence(where, number, when - timedelta(days=340), answers)
        session.add(licence)
    row = _application(where, answers, case.kind, when, case.status, licence)
    if case.status is Status.IN_REVIEW:
        row.waiting_since = when
    row.open_key = f"{where.id}:{row.pet_id}:{case.kind}"
    session.add(row)
    _steps(session, row, when)
    return row


def _year(session: Session, number: int, town_id: str, place: int) -> None:
    """Something that was decided in the past year, and the licence that came of it."""
    where, when = licensing.town(town_id), clock.now() - timedelta(days=8 + 17 * place)
    answers = form(number, town_id, day_in(where.id, when), altered=number % 4 != 0)
    status = ENDED[number % len(ENDED)]
    licence = _licence(where, number, when, answers) if status is Status.APPROVED else None
    if licence is not None:
        session.add(licence)
    row = _application(where, answers, Kind.NEW, when, status, licence)
    row.decided = row.changed = when + timedelta(hours=3 + 11 * (number % 9))
    row.automatic = number % 5 == 0 and status is Status.APPROVED
    row.decided_by = "town" if row.automatic else "clerk:demonstration"
    if status is Status.REJECTED:
        row.reason = "no-certificate"
    session.add(row)
    _steps(session, row, when)


def _application(
    where: Town,
    told: Form,
    kind: Kind,
    when: datetime,
    status: Status,
    licence: Licence | None = None,
) -> Application:
    """An application handed in and paid then, with the fee of that day."""
    due = licence.ends if licence is not None and kind is Kind.RENEWAL else None
    case = facts.check(told, where, kind, facts.Around(day_in(where.id, when), due=due)).case
    priced = licensing.what_it_costs(where, case) if case else None
    return Application(
        owner=licence.owner if licence else _invented(),
        town_id=where.id,
        pet_id=licence.pet_id if licence else new_id(),
        licence_id=licence.id if licence else "",
        kind=kind.value,
        status=status.value,
        form=stored(told),
        case=facts.frozen(case) if case else {},
        receipt=[line_told(line) for line in priced.fee.lines] if priced else [],
        term=told.term,
        fee_cents=priced.total.cents if priced else 0,
        currency=where.currency,
        handed_in=day_in(where.id, when),
        submitted=when,
        paid=when + timedelta(minutes=2) if priced and priced.total.cents else None,
        search=searched(told),
        created=when - timedelta(minutes=6),
        changed=when,
    )


def _invented() -> str:
    """An owner who never had an account: those whose account is gone are soon forgotten."""
    return f"specimen:{new_id()}"


def _licence(where: Town, number: int, when: datetime, told: Form) -> Licence:
    """A licence somebody who does not exist has had since then, for a year."""
    begins = day_in(where.id, when)
    ends = begins + timedelta(days=364)
    licence = Licence(
        owner=_invented(),
        pet_id=new_id(),
        town_id=where.id,
        number=new_number(where.id),
        tag_code=new_code(),
        source=("online", "counter", "legacy")[number % 3],
        holder=vars(told.holder),
        animal=vars(told.animal),
        species="dog",
        altered=told.animal.altered == "yes",
        term="1",
        begins=begins,
        term_ends=ends,
        rabies_until=facts.rabies_until(told),
        ends=ends,
        created=when,
        changed=when,
    )
    licence.search = licensing.search_text(licence)
    return licence


def _paper(row: Application, specimen: Specimen) -> Document:
    suffix = specimen.file_key.rpartition(".")[2]
    return Document(
        application_id=row.id,
        shows=licensing.RABIES,
        name=f"rabies-certificate.{suffix}",
        media_type=specimen.media_type,
        digest=specimen.digest,
        file_key=specimen.file_key,
        page_keys=[specimen.page_key],
        created=row.created,
    )


def _steps(session: Session, row: Application, when: datetime) -> None:
    happened = [("in_review", "payment", when)]
    if row.status == Status.NEEDS_MORE:
        happened.append(("needs_more", "clerk:demonstration", when + timedelta(hours=20)))
    elif row.decided is not None:
        happened.append((row.status, row.decided_by or "town", row.decided))
    for what, by, at in happened:
        words = ASKED if what == "needs_more" else ""
        session.add(Step(application_id=row.id, what=what, by=by, words=words, created=at))


ASKED = (
    "We cannot read the certificate. Please add a sharper photograph or scan of the whole page, "
    "in good light."
)
