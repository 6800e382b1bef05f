"""What an owner typed about a pet, read into millimetres and grams."""

from dataclasses import dataclass, replace
from datetime import date

from pet_app.core import measures
from pet_app.core.errors import Invalid
from pet_app.core.measures import Units
from pet_app.pet import rules
from pet_app.pet.rules import Measured, More, PetFacts, Sex, Species

ALTERED = {"": None, "yes": True, "no": False}


@dataclass(frozen=True)
class PetForm:
    """The form as it stands: everything text, lengths and weight in `units`.

    `altered` is "yes", "no" or empty; `born` an ISO date or empty.
    """

    name: str = ""
    species: str = Species.DOG.value
    breed: str = ""
    units: str = Units.CM.value
    neck: str = ""
    girth: str = ""
    back: str = ""
    weight: str = ""
    sex: str = ""
    altered: str = ""
    born: str = ""
    colours: str = ""
    microchip: str = ""


def read(form: PetForm) -> PetFacts:
    """The facts in a filled form. Raises `Invalid`, its fields named as in `PetFacts`."""
    try:
        species, units = Species(form.species), Units(form.units)
    except ValueError:
        raise Invalid("Choose dog or cat, and centimetres or inches.") from None
    faults: dict[str, str] = {}
    found = {"neck_mm": 0, "girth_mm": 0, "back_mm": 0, "weight_g": 0}
    for field, text in zip(found, (form.neck, form.girth, form.back, form.weight), strict=True):
        to_stored = measures.to_grams if field == "weight_g" else measures.to_mm
        try:
            found[field] = to_stored(measures.read_number(text), units)
        except ValueError as fault:
            faults[field] = str(fault)
    more, wrong = _more(form)
    faults |= wrong
    facts = PetFacts(
        rules.clean_text(form.name), species, rules.clean_text(form.breed), Measured(**found), more
    )
    # What could not be read has its sentence already; the rest is judged all the same.
    faults = {**rules.faults_in(facts), **faults}
    if faults:
        raise Invalid("Some of this needs another look.", faults)
    return facts


def form_of(facts: PetFacts, units: Units) -> PetForm:
    """A form filled with what we know of a pet."""
    body, more = facts.body, facts.more or More()
    return PetForm(
        name=facts.name,
        species=facts.species.value,
        breed=facts.breed,
        units=units.value,
        neck=measures.shown_length(body.neck_mm, units),
        girth=measures.shown_length(body.girth_mm, units),
        back=measures.shown_length(body.back_mm, units),
        weight=measures.shown_weight(body.weight_g, units),
        sex=more.sex.value if more.sex else "",
        altered=next(said for said, is_so in ALTERED.items() if is_so is more.altered),
        born=more.born.isoformat() if more.born else "",
        colours=more.colours,
        microchip=more.microchip,
    )


def _more(form: PetForm) -> tuple[More, dict[str, str]]:
    """What else was told, and what of it cannot be read."""
    faults: dict[str, str] = {}
    if form.sex not in ("", *Sex):
        faults["sex"] = "Choose female or male."
    if form.altered not in ALTERED:
        faults["altered"] = "Choose yes or no."
    try:
        born = date.fromisoformat(form.born) if form.born else None
    except ValueError:
        born, faults["born"] = None, "Write the day as year-month-day, as in 2022-04-30."
    more = More(
        sex=Sex(form.sex) if form.sex in set(Sex) else None,
        altered=ALTERED.get(form.altered),
        born=born,
        colours=rules.clean_text(form.colours),
        microchip=rules.tidy_microchip(form.microchip),
    )
    return more, faults


def converted(form: PetForm, units: Units) -> PetForm:
    """The form in other units; what is no number stays as it was typed."""
    before = Units(form.units)
    changed = {"units": units.value}
    for name in ("neck", "girth", "back", "weight"):
        try:
            number = measures.read_number(getattr(form, name))
        except ValueError:
            continue
        if name == "weight":
            changed[name] = measures.shown_weight(measures.to_grams(number, before), units)
        else:
            changed[name] = measures.shown_length(measures.to_mm(number, before), units)
    return replace(form, **changed)
