"""What the browser's viewer needs to put any look on a model, in plain values."""

from typing import Any

from pet_app.builder import library, palette, tiles
from pet_app.builder.design import Design
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import (
    APART,
    INKS,
    LETTER_LIFT,
    LIGHT,
    MATCH,
    SHEEN_ROUGHNESS,
    SHEEN_WHITE,
    THREAD_LIFT,
)

TILES = "/api/v1/builder/tiles"

STUDIO = "/studio.hdr"
"""The light of our pictures, as `render.environment` draws it for a camera that has not turned."""

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
        "most": tiles.MOST,
        "studio": STUDIO,
        "sheen": {"roughness": SHEEN_ROUGHNESS, "white": SHEEN_WHITE},
        "contrast": {
            "match": MATCH,
            "light": LIGHT,
            "apart": APART,
            "threadLift": THREAD_LIFT,
            "letterLift": LETTER_LIFT,
            "inks": [list(ink) for ink in INKS],
        },
        "colours": {key: colour.hex for key, colour in palette.colours().items()},
        "patterns": {
            pattern.value: "" if pattern is Pattern.PLAIN else f"{TILES}/pattern-{pattern}.png"
            for pattern in Pattern
        },
        "materials": _surfaces(rows["webbing"]),
        "linings": _surfaces(rows["lining"]),
        "engravings": _surfaces(rows["engraving"]),
        "letters": _surfaces(rows["letters"]),
        "finishes": _surfaces(rows["metal"], metallic=1),
        "thread": _surface(rows["other"]["thread"]),
        "others": _surfaces({name: rows["other"][name] for name in PLAIN_SLOTS}),
    }


def _surfaces(rows: dict[str, Any], metallic: int = 0) -> dict[str, Any]:
    return {name: _surface(row, metallic) for name, row in rows.items()}


def _surface(row: dict[str, Any], metallic: int = 0) -> dict[str, Any]:
    """A surface as `viewer3d_look.js` wears it; without a weave it has no tiles."""
    weave = row["weave"]
    names = {"shade": f"shade-{weave}", "rough": f"rough-{weave}", "normal": tiles.normal_name(row)}
    if metallic:
        del names["shade"]
    return {
        "colour": row.get("hex", ""),
        "roughness": row["roughness"],
        "metallic": metallic,
        "fuzz": row.get("fuzz", 0.0),
        "tiles": {
            kind: f"{TILES}/{name}.png" if row["relief"] else "" for kind, name in names.items()
        },
    }
