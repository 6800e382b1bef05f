"""What the browser's viewer needs to put any look on a model, in plain values."""

from typing import Any

from pet_app.builder import library, palette, tiles
from pet_app.builder.design import Design
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import APART, INKS, LETTER_LIFT, LIGHT, MATCH, THREAD_LIFT

TILES = "/api/v1/builder/tiles"

SHADE_STRENGTH = 0.7
"""How much of a weave's shade is painted; the rest comes from the light on its relief."""

PLAIN_SLOTS = ("plastic", "reflective", "coat")
"""The slots that look the same in every look."""


def look_of(design: Design) -> dict[str, str]:
    """What the 3D view is dressed in: the look, and the options that only show on the surface."""
    look = {name: str(value) for name, value in vars(design.look).items()}
    return {
        **look,
        "lining": design.options.lining.value,
        "method": design.options.method.value,
    }


def surfaces() -> dict[str, Any]:
    """The tables behind a look's keys: colours, patterns, materials, linings and finishes.

    Threads and letters take their colour by the rules of `surfaces.thread_rgb` and `letters_rgb`,
    whose limits are in `contrast`.
    """
    rows = library.table("surfaces")
    return {
        "tileMm": tiles.TILE_MM,
        "weaveMm": tiles.WEAVE_MM,
        "shadeStrength": SHADE_STRENGTH,
        "contrast": {
            "match": MATCH,
            "light": LIGHT,
            "apart": APART,
            "threadLift": THREAD_LIFT,
            "letterLift": LETTER_LIFT,
            "inks": [list(ink) for ink in INKS],
        },
        "threadRoughness": rows["other"]["thread"]["roughness"],
        "colours": {key: colour.hex for key, colour in palette.colours().items()},
        "patterns": {
            pattern.value: "" if pattern is Pattern.PLAIN else f"{TILES}/pattern-{pattern}.png"
            for pattern in Pattern
        },
        "materials": {
            name: {"shade": f"{TILES}/shade-{row['weave']}.png", **_surface(row)}
            for name, row in rows["webbing"].items()
        },
        "linings": {name: _surface(row) for name, row in rows["lining"].items()},
        "engravings": {name: _surface(row) for name, row in rows["engraving"].items()},
        "letters": {name: row["roughness"] for name, row in rows["letters"].items()},
        "finishes": {
            name: {"colour": row["hex"], "roughness": row["roughness"]}
            for name, row in rows["metal"].items()
        },
        "others": {name: _surface(rows["other"][name]) for name in PLAIN_SLOTS},
    }


def _surface(row: dict[str, Any]) -> dict[str, Any]:
    relief = f"{TILES}/normal-{row['weave']}.png" if row["relief"] else ""
    return {"colour": row.get("hex", ""), "roughness": row["roughness"], "relief": relief}
