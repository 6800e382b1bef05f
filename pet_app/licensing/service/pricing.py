"""What an application comes to as it stands: its faults, its papers and its fee."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session, col, select

from pet_app.core.errors import Invalid
from pet_app.core.ids import is_id
from pet_app.core.money import Money
from pet_app.licensing import facts
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Document, Licence
from pet_app.licensing.rules import Case, Fee, FeeLine, Proof, Stage, Town
from pet_app.licensing.rules.standing import Kind, LicenceState, Status
from pet_app.licensing.service.costs import Priced, today_in, what_it_costs
from pet_app.licensing.service.reading import standing_offers
from pet_app.licensing.service.rows import documents_of
from pet_app.licensing.service.views import form_of
from pet_app.licensing.towns import town

RABIES = "rabies"
A_YEAR = timedelta(days=366)
BOOSTER_FREE = "Bringing a newer vaccination costs nothing"

ON_THEIR_WORD = frozenset({Proof.SERVICE_ANIMAL, Proof.MICROCHIP})
"""Proofs that need no paper: a signed statement, and a number that stands in the form."""

PAPER_WORDS = {RABIES: "Add a photo or PDF of the rabies certificate."}
PROOF_PAPER = "Add a paper that shows this."

NOT_TO_LEAVE = "This is no licence of yours in another town that could end with this one."

COUNT_AS_ASKED = (
    Status.AWAITING_PAYMENT.value,
    Status.IN_REVIEW.value,
    Status.NEEDS_MORE.value,
    Status.APPROVED.value,
)


@dataclass(frozen=True)
class WorkedOut:
    """An application worked out for today: what of its form counts, what is missing, what papers
    are asked for, the case and what it costs, None where that cannot be said yet."""

    form: Form
    faults: dict[str, str]
    papers: tuple[str, ...]
    case: Case | None
    priced: Priced | None


def work_out(session: Session, application: Application) -> WorkedOut:
    """How an application stands if it were handed in now."""
    where, kind = town(application.town_id), Kind(application.kind)
    licence = session.get(Licence, application.licence_id) if application.licence_id else None
    form = _counting(session, application, licence)
    around = facts.Around(
        today=today_in(where),
        since=_since(application),
        due=licence.ends if licence and kind is Kind.RENEWAL else None,
        reduced_before=_reduced_before(session, application, where),
        online=application.source == "online",
    )
    checked = facts.check(form, where, kind, around)
    faults, priced = dict(checked.faults), None
    if kind is Kind.BOOSTER:
        priced = _free(where)
    elif checked.case is not None:
        try:
            priced = what_it_costs(where, checked.case)
        except Invalid as refused:
            faults = facts.in_the_form(refused.fields) | faults
    if form.moved_from and not _may_leave(session, application, form.moved_from):
        faults["moved_from"] = NOT_TO_LEAVE
    papers = _papers(form, kind)
    there = _shown(session, application, licence, form)
    for shows in papers:
        if shows not in there:
            faults[f"documents.{shows}"] = PAPER_WORDS.get(shows, PROOF_PAPER)
    return WorkedOut(form, faults, papers, checked.case, priced)


def _counting(session: Session, application: Application, licence: Licence | None) -> Form:
    """What of a form counts. A new tag, or another owner, is for the animal that the licence is
    for, and its fee goes by what was shown for that: a town approves these without a look."""
    form = form_of(application)
    if licence is None or application.kind in facts.WHOLE:
        return form
    told = select(Application).where(
        Application.licence_id == licence.id,
        Application.status == Status.APPROVED.value,
        col(Application.kind).in_(facts.WHOLE),
    )
    before = session.exec(told.order_by(col(Application.decided).desc()).limit(1)).first()
    shown = form_of(before) if before else Form()
    proofs = shown.proofs if before and before.owner == application.owner else ()
    animal = facts.form_from({"animal": licence.animal}).animal
    return replace(
        form,
        animal=replace(
            animal,
            name=animal.name or form.animal.name,
            species=licence.species,
            altered="yes" if licence.altered else "no",
        ),
        term=licence.term,
        proofs=tuple(proof for proof in form.proofs if proof in proofs),
        dangerous=form.dangerous or shown.dangerous,
        moved_from="",
    )


def _may_leave(session: Session, application: Application, licence_id: str) -> bool:
    """Whether that licence can end when this one begins: their own, of another town, for the same
    pet as far as we know, and offered to nobody."""
    before = session.get(Licence, licence_id) if is_id(licence_id) else None
    return (
        before is not None
        and before.owner == application.owner
        and before.town_id != application.town_id
        and before.state == LicenceState.ISSUED
        and before.pet_id in ("", application.pet_id)
        and not standing_offers(session, [before.id])
    )


def _since(application: Application) -> date | None:
    """The day an application counts from where the town has seen it already: what waits for a clerk
    or for an answer makes nothing late."""
    return application.handed_in if application.status == Status.NEEDS_MORE else None


def _papers(form: Form, kind: Kind) -> tuple[str, ...]:
    """What papers are asked for, by what they show."""
    rabies = (RABIES,) if kind in facts.VACCINATED else ()
    if kind not in facts.WHOLE:
        return rabies
    return rabies + tuple(proof for proof in form.proofs if proof not in ON_THEIR_WORD)


def _shown(
    session: Session, application: Application, licence: Licence | None, form: Form
) -> set[str]:
    """What is shown already: with this application, or with one this town has approved before."""
    here = {row.shows for row in documents_of(session, application.id)}
    if licence is None or application.kind != Kind.RENEWAL:
        return here
    before = session.exec(
        select(Document.shows)
        .join(Application, col(Application.id) == col(Document.application_id))
        .where(
            Application.licence_id == licence.id,
            Application.owner == application.owner,
            Application.status == Status.APPROVED.value,
        )
    )
    known = set(before)
    # A vaccination that a clerk has seen needs no second look; another one does.
    if licence.rabies_until is not None and licence.rabies_until == facts.rabies_until(form):
        known.add(RABIES)
    else:
        known.discard(RABIES)
    return here | known


def _reduced_before(session: Session, application: Application, where: Town) -> int:
    """How many other pets of this owner got a fee that only so many of a household can get."""
    capped = {
        rule.id
        for schedule in where.schedules
        for rule in schedule.rules
        if rule.when.animals_below is not None
    }
    if not capped:
        return 0
    asked = select(Application).where(
        Application.owner == application.owner,
        Application.town_id == application.town_id,
        Application.id != application.id,
        col(Application.status).in_(COUNT_AS_ASKED),
        col(Application.handed_in) > today_in(where) - A_YEAR,
    )
    reduced = {
        _animal_of(row)
        for row in session.exec(asked)
        if any(line["rule_id"] in capped for line in row.receipt)
    }
    return len(reduced - {_animal_of(application)})


def _animal_of(row: Application) -> str:
    # A pet nobody has measured is known by its licence, and before that by what asked for it.
    return row.pet_id or row.licence_id or row.id


def _free(where: Town) -> Priced:
    line = FeeLine("booster", Stage.FEE, BOOSTER_FREE, 0, "", None, assumption=True)
    return Priced(where, Fee((line,), where.currency), Money(0, where.currency), None, "")
