"""From what an owner typed to checked facts: every fault by its field, and the case of the fee."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from pet_app.core.errors import Invalid
from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules import Action, Case, Proof, Species, Town
from pet_app.licensing.rules.standing import Kind
from pet_app.user import service as users

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[\d\s()./-]{6,24}")
LINE = re.compile(r"[a-z_]{1,30}")
LONGEST = 120
MOST_LINES = 14
YEARS = ("1", "3", "4")
SEXES = ("female", "male")
OLDEST_YEARS = 40

ACTIONS = {
    Kind.NEW: Action.NEW,
    Kind.RENEWAL: Action.RENEWAL,
    Kind.REPLACEMENT: Action.REPLACEMENT,
    Kind.TRANSFER: Action.TRANSFER,
}
"""What a kind of application is to the engine; a booster has no fee."""

OF_THE_TOWN = {"species": "animal.species", "born": "animal.born", "handed_in": "term"}
"""Fields of a case that stand elsewhere in the form."""

VACCINATED = frozenset({Kind.NEW, Kind.RENEWAL, Kind.BOOSTER})
WHOLE = frozenset({Kind.NEW, Kind.RENEWAL})

DAY = "Write the day as year-month-day, as in 2026-04-30."


@dataclass(frozen=True)
class Checked:
    """What was found in a form: sentences by field, and the case where its fee can be told."""

    faults: dict[str, str]
    case: Case | None


@dataclass(frozen=True)
class Around:
    """What besides the form decides a case: the day in the town, and the day it counts from where
    that is an earlier one; what was due when, how many of the household have the reduced fee, and
    whether it comes over the site."""

    today: date
    since: date | None = None
    due: date | None = None
    reduced_before: int = 0
    online: bool = True


def form_from(told: Mapping[str, Any]) -> Form:
    """The form kept as plain values; what it does not say is empty, what it should not is left."""
    held = _only(Form, told)
    for name, shape in (("holder", Holder), ("animal", Animal), ("vaccination", Vaccination)):
        held[name] = shape(**_only(shape, held.get(name) or {}))
    held["proofs"] = tuple(held.get("proofs") or ())
    return Form(**held)


def tidy(form: Form) -> Form:
    """The form without invisible characters and doubled spaces, no text longer than any answer.

    Raises `Invalid` with the fields that are longer, and for an address that is none.
    """
    faults: dict[str, str] = {}

    def clean(name: str, text: object) -> object:
        if not isinstance(text, str):
            return text
        plain = _plain(text)
        if len(plain) > LONGEST:
            faults[name] = f"Use {LONGEST} characters or fewer."
        return plain

    def part(of: str, shape: Holder | Animal | Vaccination) -> dict[str, Any]:
        return {name: clean(f"{of}.{name}", text) for name, text in vars(shape).items()}

    address = form.holder.address
    if len(address) > MOST_LINES or not all(map(LINE.fullmatch, address)):
        faults["holder.address"] = "Some of this is no part of an address."
        address = {}
    lines = {name: _street(text) for name, text in address.items()}
    if any(len(text) > 3 * LONGEST for text in lines.values()):
        faults["holder.address"] = "This is longer than any address."
    known = {proof.value for proof in Proof}
    found = replace(
        form,
        holder=replace(Holder(**part("holder", form.holder)), address=lines),
        animal=Animal(**part("animal", form.animal)),
        vaccination=Vaccination(**part("vaccination", form.vaccination)),
        term=str(clean("term", form.term)),
        adopted=str(clean("adopted", form.adopted)),
        moved_from=str(clean("moved_from", form.moved_from)),
        proofs=tuple(dict.fromkeys(proof for proof in form.proofs if proof in known)),
    )
    if faults:
        raise Invalid("Some of this needs another look.", faults)
    return found


def check(form: Form, where: Town, kind: Kind, around: Around) -> Checked:
    """Everything that keeps a form from being handed in as that kind on that day.

    The case is there as soon as animal and term are told, so that a fee can be shown early.
    """
    faults = _holder_faults(form.holder) if kind is not Kind.BOOSTER else {}
    faults |= _animal_faults(form, where, kind, around.today)
    until, wrong = _vaccination(form.vaccination, around.today)
    if kind in VACCINATED:
        faults |= wrong
    adopted, said = _day("adopted", form.adopted)
    if Proof.ADOPTED in form.proofs:
        faults |= said or ({} if adopted else {"adopted": "Say on which day it was adopted."})
        if adopted and adopted > around.today:
            faults["adopted"] = "This day is in the future."
    if not form.signed:
        faults["signed"] = "Say that what you told is true."
    if kind in WHOLE and not form.term:
        faults["term"] = "Choose for how long."
    return Checked(faults, _case(form, kind, around, until, adopted))


def rabies_until(form: Form) -> date | None:
    """The last day of the vaccination in a form, also where only its years are told."""
    given, _ = _day("", form.vaccination.given)
    until, _ = _day("", form.vaccination.until)
    years = form.vaccination.years
    return until or (after_years(given, int(years)) if given and years in YEARS else None)


def day_of(text: str) -> date | None:
    """A day as it was typed; None for what is none."""
    return _day("", text)[0]


def after_years(day: date, years: int) -> date:
    """The same day some years later; 28 February for the 29th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def after_months(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def frozen(case: Case) -> dict[str, Any]:
    """A case as `Application.case` holds it."""
    told = asdict(case)
    told["proofs"] = sorted(proof.value for proof in case.proofs)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in told.items()
    }


def thawed(told: Mapping[str, Any]) -> Case:
    """The case that was frozen."""
    held = _only(Case, told)
    for name in ("handed_in", "born", "due", "rabies_until", "adopted"):
        held[name] = date.fromisoformat(held[name]) if held.get(name) else None
    held["species"], held["action"] = Species(held["species"]), Action(held["action"])
    held["proofs"] = frozenset(Proof(proof) for proof in held.get("proofs", ()))
    return Case(**held)


def in_the_form(engine_fields: Mapping[str, str]) -> dict[str, str]:
    """What the engine says of fields of a case, said of fields of the form."""
    return {OF_THE_TOWN.get(name, name): words for name, words in engine_fields.items()}


def _case(
    form: Form, kind: Kind, around: Around, until: date | None, adopted: date | None
) -> Case | None:
    animal = form.animal
    if kind not in ACTIONS or animal.species not in set(Species) or not form.term:
        return None
    if animal.altered not in ("yes", "no"):
        return None
    return Case(
        species=Species(animal.species),
        altered=animal.altered == "yes",
        handed_in=around.since or around.today,
        term=form.term,
        born=day_of(animal.born),
        action=ACTIONS[kind],
        proofs=frozenset(Proof(proof) for proof in form.proofs),
        dangerous=form.dangerous,
        online=around.online,
        due=around.due,
        rabies_until=until,
        adopted=adopted,
        reduced_before=around.reduced_before,
    )


def _holder_faults(holder: Holder) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not holder.name:
        faults["holder.name"] = "Who keeps the pet?"
    if holder.phone and not PHONE.fullmatch(holder.phone):
        faults["holder.phone"] = "Write the number with digits, as in +1 614 555 0101."
    if holder.email and not EMAIL.fullmatch(holder.email):
        faults["holder.email"] = "This is no e-mail address."
    lines = {name: text for name, text in holder.address.items() if name != "country" and text}
    lines.setdefault("name", holder.name or "?")
    try:
        users.checked_address(holder.address.get("country", ""), lines)
    except Invalid as wrong:
        said = {name: words for name, words in wrong.fields.items() if name != "name"}
        faults |= {f"holder.address.{name}": words for name, words in said.items()}
    return faults


def _animal_faults(form: Form, where: Town, kind: Kind, today: date) -> dict[str, str]:
    animal, faults = form.animal, dict[str, str]()
    if not animal.name:
        faults["animal.name"] = "What is your pet called?"
    if animal.species not in set(Species):
        faults["animal.species"] = "Choose dog or cat."
    if kind not in WHOLE:
        return faults
    if animal.altered not in ("yes", "no"):
        faults["animal.altered"] = "Say whether your pet is spayed or neutered."
    if animal.sex not in SEXES:
        faults["animal.sex"] = "Choose female or male."
    born, wrong = _day("animal.born", animal.born)
    faults |= wrong
    if not animal.born and asks_for_age(where, today):
        faults["animal.born"] = "Say when your pet was born; about the day is enough."
    elif born and born > today:
        faults["animal.born"] = "This birth date is in the future."
    elif born and born < today.replace(year=today.year - OLDEST_YEARS, day=1):
        faults["animal.born"] = "No dog or cat we know of is as old as that."
    if animal.microchip and not re.fullmatch(r"[0-9A-Za-z]{9,15}", animal.microchip):
        faults["animal.microchip"] = "A microchip has 9 to 15 digits. Leave it empty if unsure."
    return faults


def asks_for_age(where: Town, today: date) -> bool:
    """Whether a town's rules look at how old a pet is."""
    schedule = where.schedule_on(today)
    rules = schedule.rules if schedule else ()
    return bool(where.youngest_months) or any(
        rule.when.from_months is not None or rule.when.under_months is not None for rule in rules
    )


def _vaccination(told: Vaccination, today: date) -> tuple[date | None, dict[str, str]]:
    """The last day of the vaccination, and what is wrong with it today."""
    given, faults = _day("vaccination.given", told.given)
    until, wrong = _day("vaccination.until", told.until)
    faults |= wrong
    if told.years not in ("", *YEARS):
        faults["vaccination.years"] = "A rabies vaccination lasts 1, 3 or 4 years."
    elif given and until is None and not told.until and told.years:
        until = after_years(given, int(told.years))
    if given is None:
        faults.setdefault("vaccination.given", "Say on which day it was given.")
    elif given > today:
        faults["vaccination.given"] = "This day is in the future."
    if until is None:
        faults.setdefault("vaccination.until", "Say until when it lasts; the certificate does.")
    elif given and until <= given:
        faults["vaccination.until"] = "This is before the vaccination was given."
    elif until < today:
        faults["vaccination.until"] = (
            "This vaccination has run out. Your vet can give another; then hand this in."
        )
    if not told.vet:
        faults["vaccination.vet"] = "Name the veterinarian, as on the certificate."
    return until, faults


def _day(name: str, text: str) -> tuple[date | None, dict[str, str]]:
    if not text:
        return None, {}
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text), {}
    except ValueError:
        return None, {name: DAY}


def _only(shape: type, told: Mapping[str, Any]) -> dict[str, Any]:
    known = {found.name for found in fields(shape)}
    return {name: value for name, value in told.items() if name in known}


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFC", text)
    kept = (sign for sign in plain if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


def _street(text: str) -> str:
    return "\n".join(filter(None, (_plain(line) for line in str(text).splitlines())))
