"""What an owner tells a town about a pet, its vaccination and themselves: fields of NASPHV Form 51.

Everything is kept as it was typed until it is handed in; `Application.form` holds `asdict` of it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Holder:
    """Who keeps the pet. `address` is in the shape that `user.service.lines_of` names."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Animal:
    """The pet. `altered` is "yes", "no" or empty; `born` is an ISO date or empty."""

    name: str = ""
    species: str = ""
    sex: str = ""
    altered: str = ""
    born: str = ""
    breed: str = ""
    colours: str = ""
    size: str = ""
    microchip: str = ""


@dataclass(frozen=True)
class Vaccination:
    """The rabies certificate. `given`, `until` are ISO dates; `years` is 1, 3 or 4 as text."""

    tag: str = ""
    product: str = ""
    manufacturer: str = ""
    serial: str = ""
    given: str = ""
    years: str = ""
    until: str = ""
    vet: str = ""
    vet_licence: str = ""


@dataclass(frozen=True)
class Form:
    """All of it. `proofs` are values of `rules.Proof`; `signed` that it is true, said by the owner.

    `moved_from` is the licence of another town that ends when this one begins.
    """

    holder: Holder = field(default_factory=Holder)
    animal: Animal = field(default_factory=Animal)
    vaccination: Vaccination = field(default_factory=Vaccination)
    term: str = ""
    proofs: tuple[str, ...] = ()
    adopted: str = ""
    dangerous: bool = False
    signed: bool = False
    moved_from: str = ""
