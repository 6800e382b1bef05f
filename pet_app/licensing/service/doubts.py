"""What a clerk ought to look at twice: sentences beside the form, never a reason to refuse."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from pet_app.licensing import facts
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application, Document, Licence
from pet_app.licensing.products import longest_years
from pet_app.licensing.searching import has_words
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.pricing import RABIES
from pet_app.licensing.service.views import form_of
from pet_app.licensing.towns import town
from pet_app.pet import service as pets

YOUNGEST_VACCINATED_MONTHS = 3
GRACE = timedelta(days=31)
"""Vets round a due day to the end of its month."""

MOST_LOOKED_AT = 20

OTHER_NAME = "The form says {told}; the pet it was begun for is called {known}."
OTHER_ANIMAL = "Licence {number} is for {known}; the form says {told}."
OTHER_CHIP = "The microchip on the form is not the one we know of this pet."
CHIP_ELSEWHERE = "Another pet of this town has the same microchip."
SAME_PAPER = "The same file was handed in for another pet."
TOO_YOUNG = "The vaccination was given before three months of age."
BEFORE_BIRTH = "The vaccination was given before the pet was born."
FUTURE = "The vaccination was given in the future."
EXPIRED = "The vaccination ran out on {until}."
LONGER = "The vaccination lasts longer than the {years} years it was given for."
PRODUCT = "{product} is licensed for {years}; the form says it lasts longer."


def doubts(session: Session, application: Application) -> tuple[str, ...]:
    """What is odd about an application, each as a sentence for its clerk."""
    form = form_of(application)
    today = today_in(town(application.town_id))
    found = [
        *_of_the_pet(session, application, form),
        *_of_the_licence(session, application, form),
        *about_vaccination(form, today),
    ]
    if _paper_seen_elsewhere(session, application):
        found.append(SAME_PAPER)
    return tuple(found)


def _of_the_pet(session: Session, application: Application, form: Form) -> list[str]:
    found, chip = [], form.animal.microchip
    pet = pets.known_pet(session, application.pet_id) if application.pet_id else None
    if pet is not None:
        if pet.name.casefold() != form.animal.name.casefold():
            found.append(OTHER_NAME.format(told=form.animal.name, known=pet.name))
        if chip and pet.more.microchip and chip != pet.more.microchip:
            found.append(OTHER_CHIP)
    if chip and _chip_elsewhere(session, application, chip):
        found.append(CHIP_ELSEWHERE)
    return found


def _of_the_licence(session: Session, application: Application, form: Form) -> list[str]:
    """Where a renewal is for another animal than the licence was."""
    licence = session.get(Licence, application.licence_id) if application.licence_id else None
    if licence is None or application.decided is not None:
        return []
    both = [
        (str(licence.animal.get(name) or ""), str(getattr(form.animal, name)))
        for name in ("name", "species", "sex", "microchip")
    ]
    return [
        OTHER_ANIMAL.format(number=licence.number, known=known, told=told)
        for known, told in both
        if known and told and known.casefold() != told.casefold()
    ]


def about_vaccination(form: Form, today: date) -> list[str]:
    """What is odd about the vaccination in a form on a day."""
    told, found = form.vaccination, list[str]()
    given, until = facts.day_of(told.given), facts.rabies_until(form)
    born = facts.day_of(form.animal.born)
    if given and given > today:
        found.append(FUTURE)
    if until and until < today:
        found.append(EXPIRED.format(until=until))
    if given and born:
        if given < born:
            found.append(BEFORE_BIRTH)
        elif given < facts.after_months(born, YOUNGEST_VACCINATED_MONTHS):
            found.append(TOO_YOUNG)
    if given and until:
        if told.years in facts.YEARS and until > facts.after_years(given, int(told.years)) + GRACE:
            found.append(LONGER.format(years=told.years))
        years = longest_years(told.product)
        if years and until > facts.after_years(given, years) + GRACE:
            long = "1 year" if years == 1 else f"{years} years"
            found.append(PRODUCT.format(product=told.product, years=long))
    return found


def _chip_elsewhere(session: Session, application: Application, chip: str) -> bool:
    where = [application.town_id]
    licences = select(Licence).where(
        has_words(Licence, chip, where), Licence.id != application.licence_id
    )
    asked = select(Application).where(
        has_words(Application, chip, where),
        Application.id != application.id,
        col(Application.submitted).is_not(None),
    )
    found = [*session.exec(licences.limit(MOST_LOOKED_AT))]
    rows = [*session.exec(asked.limit(MOST_LOOKED_AT))]
    return any(not _is_same_pet(application, row) for row in (*found, *rows))


def _paper_seen_elsewhere(session: Session, application: Application) -> bool:
    """Whether a rabies certificate of this one was sent for another pet as well."""
    mine = select(Document.digest).where(
        Document.application_id == application.id, Document.shows == RABIES
    )
    same = (
        select(Application)
        .join(Document, col(Application.id) == col(Document.application_id))
        .where(col(Document.digest).in_(mine), Application.id != application.id)
    )
    rows = session.exec(same.limit(MOST_LOOKED_AT))
    return any(not _is_same_pet(application, row) for row in rows)


def _is_same_pet(one: Application, other: Application | Licence) -> bool:
    """Whether two rows are about one pet; one nobody has measured is known by its name."""
    if one.pet_id and other.pet_id:
        return one.pet_id == other.pet_id
    licence_id = other.id if isinstance(other, Licence) else other.licence_id
    if licence_id and one.licence_id == licence_id:
        return True
    told = other.animal if isinstance(other, Licence) else other.form.get("animal", {})
    name = str(told.get("name", "")).casefold()
    return one.owner == other.owner and name == form_of(one).animal.name.casefold()
