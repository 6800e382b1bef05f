"""What happens in a pet's life with us."""

from dataclasses import dataclass
from typing import ClassVar

from pet_app.messaging.bus import Event


@dataclass(frozen=True)
class PetAdded(Event):
    """Somebody told us of a pet, with its first measurements."""

    name: ClassVar[str] = "pet.added"

    pet_id: str


@dataclass(frozen=True)
class PetMeasured(Event):
    """A pet has other measurements than before."""

    name: ClassVar[str] = "pet.measured"

    pet_id: str
