"""What the fee of one licence depends on."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Species(StrEnum):
    """The animals that towns license."""

    DOG = "dog"
    CAT = "cat"


class Action(StrEnum):
    """What is asked for."""

    NEW = "new"
    RENEWAL = "renewal"
    REPLACEMENT = "replacement"
    TRANSFER = "transfer"


class Proof(StrEnum):
    """What an owner can show, or sign, and a town may take into account."""

    SENIOR = "senior"
    DISABLED = "disabled"
    LOW_INCOME = "low_income"
    SERVICE_ANIMAL = "service_animal"
    CANNOT_ALTER = "cannot_alter"
    MICROCHIP = "microchip"
    ADOPTED = "adopted"
    LICENSED_ELSEWHERE = "licensed_elsewhere"


@dataclass(frozen=True)
class Case:
    """One pet, one owner, one day.

    `handed_in` is the day, in the town's time zone, on which everything the owner has to bring was
    there: what it waits after that in an office is not theirs to pay for. `due` is the day by which
    the licence had to be asked for, where that is known: the end of the one before. `term` is one
    of the town's terms. `reduced_before` counts the animals of the household that have the reduced
    fee already.
    """

    species: Species
    altered: bool
    handed_in: date
    term: str
    born: date | None = None
    action: Action = Action.NEW
    proofs: frozenset[Proof] = field(default_factory=frozenset)
    dangerous: bool = False
    online: bool = False
    due: date | None = None
    rabies_until: date | None = None
    adopted: date | None = None
    reduced_before: int = 0

    @property
    def age_months(self) -> int | None:
        """Whole months of age on the day; None for a birth date nobody knows."""
        if self.born is None:
            return None
        months = (self.handed_in.year - self.born.year) * 12 + self.handed_in.month
        return months - self.born.month - (self.handed_in.day < self.born.day)

    @property
    def days_late(self) -> int:
        """Days after `due`; 0 when on time or when nothing was due."""
        return max((self.handed_in - self.due).days, 0) if self.due else 0
