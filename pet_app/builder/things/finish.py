"""What the parts of a thing are made of, as the renderer takes it."""

from typing import Any

from PIL import ImageColor

from pet_app.builder import library, palette
from pet_app.builder.surfaces import Surface

NOT_OF_THE_SURFACE = ("hex", "scale")


def is_finish(finish: str) -> bool:
    """Whether we have this finish, in this colour: `glaze pine`, or `steel`, which has its own."""
    name, _, colour = finish.partition(" ")
    row = library.table("finishes").get(name)
    if not isinstance(row, dict):
        return False
    return colour == "" if "hex" in row else colour in palette.colours()


def surface_of(finish: str, accent: str = "") -> Surface:
    """The surface of a finish we have; `accent` is a colour for its pattern."""
    name, _, colour = finish.partition(" ")
    row = library.table("finishes")[name]
    own = palette.colour(colour).rgb if colour else ImageColor.getrgb(row["hex"])[:3]
    other = palette.colour(accent).rgb if accent else own
    rest: dict[str, Any] = {k: v for k, v in row.items() if k not in NOT_OF_THE_SURFACE}
    return Surface(own, other, **rest)


def scale_of(finish: str) -> float:
    """How much of a tile's length one millimetre covers, against webbing."""
    return library.table("finishes")[finish.split(maxsplit=1)[0]].get("scale", 1.0)
