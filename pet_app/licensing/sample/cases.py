"""People and pets that do not exist, and what they ask three towns for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pet_app.licensing.form import Animal, Form, Holder, Vaccination
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.towns import town

T = TypeVar("T")

TUCSON, COLUMBUS, SAN_DIEGO = "us-az-pima-county", "us-oh-franklin-county", "us-ca-san-diego"
TOWNS = (SAN_DIEGO, COLUMBUS, TUCSON)
HOMES = {
    SAN_DIEGO: ("San Diego", "CA", "92101", "Harbor Drive"),
    COLUMBUS: ("Columbus", "OH", "43215", "Broad Street"),
    TUCSON: ("Tucson", "AZ", "85701", "Congress Street"),
}
FIRST = (
    *("Amara", "Bruno", "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ines", "Jonas"),
    *("Kofi", "Leila", "Mateo", "Nadia", "Omar", "Priya", "Quinn", "Rosa", "Sven", "Tomiko"),
)
LAST = (
    *("Abara", "Bell", "Castro", "Doyle", "Ersoy", "Fontaine", "Garza", "Holm", "Ito", "Jansen"),
    *("Kaya", "Lund", "Moreau"),
)
PETS = (
    *("Archie", "Bella", "Chico", "Daisy", "Ember", "Finn", "Ginger", "Hazel", "Izzy", "Jasper"),
    *("Kiwi", "Luna", "Mochi", "Nala", "Otis", "Pepper", "Rufus"),
)
BREEDS = ("Beagle", "Labrador", "Chihuahua", "Mixed breed", "Boxer", "Poodle", "Heeler")
COLOURS = ("brown and white", "black", "tan", "brindle", "grey", "white", "red")
VETS = ("Dr. V. Marsh", "Dr. L. Okoro", "Dr. S. Bianchi")
PRODUCTS = (("Nobivac 3-Rabies", "3"), ("Imrab 3", "3"), ("Defensor 1", "1"), ("Rabvac 3", "3"))
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Case:
    """One thing asked of a town: `hours` ago, at `status`. `oddity` is what is wrong with it, and
    `paper` what the certificate came as: `pdf`, `jpeg`, or nothing."""

    town_id: str
    kind: Kind
    hours: int
    status: Status = Status.IN_REVIEW
    altered: bool = True
    proofs: tuple[str, ...] = ()
    oddity: str = ""
    paper: str = "jpeg"


WANTED = (
    (Kind.NEW, 2, {}),
    (Kind.RENEWAL, 5, {"paper": "pdf"}),
    (Kind.NEW, 9, {"altered": False}),
    (Kind.NEW, 26, {"oddity": "other pet", "paper": "pdf"}),
    (Kind.REPLACEMENT, 30, {"paper": ""}),
    (Kind.NEW, 52, {"oddity": "too long"}),
    (Kind.BOOSTER, 75, {}),
    (Kind.NEW, 190, {"status": Status.NEEDS_MORE}),
)
"""What lies with each of the three towns, the newest first."""


def _had(town_id: str, kind: Kind) -> Kind:
    """Two of the towns say nothing of new tags."""
    return Kind.RENEWAL if kind is Kind.REPLACEMENT and town_id != SAN_DIEGO else kind


QUEUE = tuple(
    Case(town_id, _had(town_id, kind), hours + 3 * place, **told)  # pyright: ignore[reportArgumentType]
    for place, town_id in enumerate(TOWNS)
    for kind, hours, told in WANTED
)
"""Twenty-four cases of all kinds."""


def day_in(town_id: str, when: datetime) -> date:
    """The day it was in a town then."""
    return when.astimezone(ZoneInfo(town(town_id).time_zone)).date()


def told(number: int, case: Case, now: datetime) -> Form:
    """The form of a case in the queue, as it was handed in."""
    day = day_in(case.town_id, now - timedelta(hours=case.hours))
    return form(number, case.town_id, day, altered=case.altered, oddity=case.oddity)


def form(number: int, town_id: str, day: date, *, altered: bool = True, oddity: str = "") -> Form:
    """What the owner of that number told a town on a day."""
    product, years = _at(PRODUCTS, number)
    given = day - timedelta(days=40 + 7 * (number % 30))
    until = given + int(years) * YEAR
    if oddity == "too long":
        until += 2 * YEAR
    return Form(
        holder=holder(number, town_id),
        animal=Animal(
            name=_at(PETS, number),
            species="dog",
            sex=_at(("female", "male"), number),
            altered="yes" if altered else "no",
            born=(day - (1 + number % 9) * YEAR - timedelta(days=number % 200)).isoformat(),
            breed=_at(BREEDS, number),
            colours=_at(COLOURS, number),
            microchip=f"98511200{number:07}",
        ),
        vaccination=Vaccination(
            tag=f"R-{4000 + number}",
            product=product,
            manufacturer=product.split(maxsplit=1)[0],
            serial=f"A{number:05}",
            given=given.isoformat(),
            years=years,
            until=until.isoformat(),
            vet=_at(VETS, number),
            vet_licence=f"VET-{1000 + number % 3}",
        ),
        term="1",
        signed=True,
    )


def holder(number: int, town_id: str) -> Holder:
    """Who keeps the pet of that number; their addresses and numbers reach nobody."""
    city, state, postcode, street = HOMES[town_id]
    name = f"{_at(FIRST, number)} {_at(LAST, number)}"
    return Holder(
        name=name,
        phone=f"+1 555 01{number % 100:02}",
        email=f"{name.split(maxsplit=1)[0].lower()}.{number}@example.com",
        address={
            "country": "US",
            "street_address": f"{100 + 7 * number} {street}",
            "city": city,
            "country_area": state,
            "postal_code": postcode,
        },
    )


def _at(several: Sequence[T], number: int) -> T:
    return several[number % len(several)]
