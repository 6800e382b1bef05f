"""What a page's address asks to have laid on the bench."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pet_app.builder import service as builder
from pet_app.builder.body import builds
from pet_app.builder.choices import Choices, choices_of
from pet_app.builder.design import Measurements
from pet_app.builder.reading import parse
from pet_app.builder.rules import Kind
from pet_app.builder.service import DesignRecord
from pet_app.builder.starting import OFFERED, STARTING
from pet_app.catalog import service as catalog
from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.measures import Units
from pet_app.core.security import Identity
from pet_app.pet import service as pets

ASKED_FOR = ("design", "preset", "shared", "pet", "kind", "new")
LONGEST_ORIGIN = 80
ANIMAL = ("fit", "build", "neck", "girth", "back", "weight", "age")
START = STARTING[Kind.HARNESS]


@dataclass(frozen=True)
class Laid:
    """What comes on the bench, and the design it was kept as, if it was."""

    choices: Choices
    kept: DesignRecord | None = None


def origin_of(query: Mapping[str, str]) -> str:
    """What the address asks for, as `preset:trail-harness`; see `ASKED_FOR`."""
    return next(
        (f"{what}:{query[what]}"[:LONGEST_ORIGIN] for what in ASKED_FOR if what in query), ""
    )


async def laid_out(identity: Identity, origin: str, bench: Choices) -> Laid:
    """Fetch what `origin` names; `bench` is what is there now. Raises `NotFound`."""
    what, _, which = origin.partition(":")
    units = Units(bench.units)
    match what:
        case "design":
            kept = await db.read(builder.get_design, identity, which)
            return Laid(choices_of(kept.design, units), kept)
        case "preset":
            product = await db.read(catalog.product_by_handle, which)
            if not product.made:
                raise NotFound("This is nothing the builder makes.")
            return Laid(choices_of(parse(product.design), units))
        case "shared":
            shared = await db.read(builder.shared_design, which)
            # The words on it are somebody else's, and so is the animal it was measured on.
            alike = choices_of(shared.design.with_options(text=""), units)
            mine = {name: getattr(bench, name) for name in ANIMAL}
            return Laid(replace(alike, **mine))
        case "pet":
            pet = await db.read(pets.get_pet, identity, which)
            return Laid(
                bench.measuring(
                    Measurements(**vars(pet.body)),
                    pet.id,
                    builds.of(pet.species.value, pet.breed),
                )
            )
        case "kind" if which in list(OFFERED):
            return Laid(bench.switched(Kind(which)))
        case _:
            return Laid(choices_of(START, units))


async def kept_as(identity: Identity, design_id: str) -> DesignRecord | None:
    """The design a draft was kept as; None when it was not, or was deleted meanwhile."""
    mine = await db.read(builder.list_designs, identity) if design_id else []
    return next((design for design in mine if design.id == design_id), None)
