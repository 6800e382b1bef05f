"""An application's form as the fields of a page, and back; and which step asks for what."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from pet_app.licensing import facts
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules.standing import Kind

PAGE = "/licensing/apply"
PARTS = {"holder": Holder, "animal": Animal, "vaccination": Vaccination}
LOOSE = ("term", "adopted")
ADDRESS = "holder.address."
ABOUT, RABIES, TERM, REVIEW = "about", "rabies", "term", "review"
RABIES_PAPER = "documents.rabies"

STEPS: dict[Kind, tuple[str, ...]] = {
    Kind.NEW: (ABOUT, RABIES, TERM, REVIEW),
    Kind.RENEWAL: (ABOUT, RABIES, TERM, REVIEW),
    Kind.BOOSTER: (RABIES, REVIEW),
    Kind.REPLACEMENT: (REVIEW,),
    Kind.TRANSFER: (ABOUT, REVIEW),
}
"""The steps of each kind of application, in their order."""

LABELS = {
    ABOUT: "Your pet and you",
    RABIES: "Rabies vaccination",
    TERM: "Licence and fee",
    REVIEW: "Look over and sign",
}


def values_of(form: Form) -> dict[str, str]:
    """Every line of text in a form, by the name of its field; the address stays apart."""
    told = asdict(form)
    found = {name: str(told[name]) for name in LOOSE}
    for part in PARTS:
        found |= {f"{part}.{name}": text for name, text in told[part].items() if name != "address"}
    return found


def form_of(
    before: Form,
    values: Mapping[str, str],
    address: Mapping[str, str],
    proofs: list[str],
    *,
    dangerous: bool,
    signed: bool,
) -> Form:
    """The form with what stands in the fields now."""
    parts: dict[str, Any] = {}
    for part in PARTS:
        own = {
            name.removeprefix(f"{part}."): text.strip()
            for name, text in values.items()
            if name.startswith(f"{part}.")
        }
        parts[part] = replace(getattr(before, part), **own)
    parts["holder"] = replace(parts["holder"], address=dict(address))
    loose = {name: values.get(name, "") for name in LOOSE}
    return replace(
        before, **parts, **loose, proofs=tuple(proofs), dangerous=dangerous, signed=signed
    )


def step_of(name: str) -> str:
    """The step at which a field is asked for."""
    if name == RABIES_PAPER or name.startswith("vaccination."):
        return RABIES
    if name.startswith(("animal.", "holder.")):
        return ABOUT
    return REVIEW if name == "signed" else TERM


def field_name(name: str) -> str:
    """What a field is called in the page: the lines of an address go by their own names."""
    return name.removeprefix(ADDRESS)


def faults_at(step: str, faults: Mapping[str, str]) -> dict[str, str]:
    """What is wrong at one step, by the name of its field in the page."""
    return {field_name(name): text for name, text in faults.items() if step_of(name) == step}


def first_open(kind: Kind, faults: Mapping[str, str]) -> str:
    """The first step at which something is missing yet; the last when nothing is."""
    amiss = {step_of(name) for name in faults}
    return next((step for step in STEPS[kind] if step in amiss), REVIEW)


def before(kind: Kind, step: str) -> str:
    """The step before one; empty for the first."""
    place = STEPS[kind].index(step)
    return STEPS[kind][place - 1] if place else ""


def runs_until(given: str, years: str) -> str:
    """The day a vaccination ends that was given on a day for so many years; empty if unknown."""
    try:
        return facts.after_years(date.fromisoformat(given), int(years)).isoformat()
    except ValueError:
        return ""


def page_of(application_id: str, step: str = "") -> str:
    """Where an application is gone on with."""
    return f"{PAGE}?application={application_id}" + (f"&step={step}" if step else "")
