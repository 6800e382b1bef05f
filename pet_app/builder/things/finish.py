"""What the parts of a thing are made of, as the renderer takes it."""

from typing import Any

from PIL import ImageColor

from pet_app.builder import library, palette
from pet_app.builder.surfaces import Surface
from pet_app.core.errors import Invalid

NOT_OF_THE_SURFACE = ("hex", "scale", "g_per_cm3")


def surface_of(finish: str, accent: str = "") -> Surface:
    """The surface of `glaze pine` or `steel`; `accent` is a colour for its pattern.

    Raises Invalid for a finish or colour we do not have.
    """
    row, colour = _row(finish)
    own = palette.colour(colour).rgb if colour else ImageColor.getrgb(row["hex"])[:3]
    other = palette.colour(accent).rgb if accent else own
    rest: dict[str, Any] = {k: v for k, v in row.items() if k not in NOT_OF_THE_SURFACE}
    return Surface(own, other, **rest)


def scale_of(finish: str) -> float:
    """How much of a tile's length one millimetre covers, against webbing."""
    return _row(finish)[0].get("scale", 1.0)


def density_of(finish: str) -> float:
    """Grams in a cubic centimetre."""
    return _row(finish)[0]["g_per_cm3"]


def _row(finish: str) -> tuple[dict[str, Any], str]:
    """The row of a finish, and the colour named after it where it has none of its own."""
    name, _, colour = finish.partition(" ")
    row = library.table("finishes").get(name)
    if not isinstance(row, dict) or ("hex" in row) == bool(colour):
        raise Invalid("We have no such finish.", {"finish": f"“{finish}” is no finish of ours."})
    return row, colour
