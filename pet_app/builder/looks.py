"""What the browser's viewer needs to put any look on a model, in plain values."""

from typing import Any

from pet_app.builder import library, palette, tiles
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import THREAD_LIFT

TILES = "/api/v1/builder/tiles"

SHADE_STRENGTH = 0.7
"""How much of a weave's shade is painted; the rest comes from the light on its relief."""


def surfaces() -> dict[str, Any]:
    """The tables behind a look's keys: colours, patterns, materials and finishes."""
    rows = library.table("surfaces")
    return {
        "tileMm": tiles.TILE_MM,
        "weaveMm": tiles.WEAVE_MM,
        "shadeStrength": SHADE_STRENGTH,
        "threadLift": THREAD_LIFT,
        "threadRoughness": rows["other"]["thread"]["roughness"],
        "colours": {key: colour.hex for key, colour in palette.colours().items()},
        "patterns": {
            pattern.value: "" if pattern is Pattern.PLAIN else f"{TILES}/pattern-{pattern}.png"
            for pattern in Pattern
        },
        "materials": {
            name: {
                "shade": f"{TILES}/shade-{row['weave']}.png",
                "relief": f"{TILES}/normal-{row['weave']}.png",
                "roughness": row["roughness"],
            }
            for name, row in rows["webbing"].items()
        },
        "finishes": {
            name: {"colour": row["hex"], "roughness": row["roughness"]}
            for name, row in rows["metal"].items()
        },
    }
