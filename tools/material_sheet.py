"""Every surface that we have, on a strap of its true size from close by: `build/materials.png`.

python tools/material_sheet.py [--out build/materials.png] [--px 320]
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageColor, ImageDraw

from pet_app.builder import library, palette
from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.material import materials_of
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.scene import scene
from pet_app.builder.rules import Pattern
from pet_app.builder.surfaces import Surface
from pet_app.builder.things.finish import NOT_OF_THE_SURFACE

WIDTH_MM, LENGTH_MM, BEND_MM = 26.0, 30.0, 22.0
ROWS, COLUMNS = 24, 60
ACROSS = 7
GROUPS = ("webbing", "metal", "lining", "letters", "other")
COLOURS = {"leather": "#784628", "webbing": "#178f8f", "letters": "#e65c41", "other": "#d9cdb4"}
CAMERA = Camera(turn_deg=20, tilt_deg=48, margin=0.02)


def main() -> None:
    """Render the sheet and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/materials.png"))
    parser.add_argument("--px", type=int, default=320)
    chosen = parser.parse_args()
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    sheet(chosen.px).save(chosen.out)
    print(chosen.out)


def sheet(px: int) -> Image.Image:
    """All surfaces of gear and of things, a name over each."""
    found = list(surfaces())
    page = Image.new("RGB", (ACROSS * px, -(-len(found) // ACROSS) * px), PAPER)
    pen = ImageDraw.Draw(page)
    blank = Surface((0, 0, 0), (0, 0, 0), 1.0)
    for number, (name, own, scale) in enumerate(found):
        worn = materials_of([own] + [blank] * (len(Slot) - 1), Pattern.PLAIN)
        taken = frame(scene(Model(name, (strap(scale),))), CAMERA, px, STUDIO)
        shot = develop(expose(taken, worn), worn, PAPER)
        at = number % ACROSS * px, number // ACROSS * px
        page.paste(Image.fromarray(shot), at)
        pen.text((at[0] + 8, at[1] + 8), name, fill="#333", font_size=px // 20)
    return page


def surfaces() -> Iterator[tuple[str, Surface, float]]:
    """Each row that has a weave, in its own colour or one that shows it well, and its scale."""
    table = library.table("surfaces")
    tables = {group: table[group] for group in GROUPS} | {"thing": library.table("finishes")}
    for group, rows in tables.items():
        for name, row in rows.items():
            if not isinstance(row, dict) or not row.get("relief"):
                continue
            usual = COLOURS.get(name, COLOURS.get(group, palette.colour("pine").hex))
            colour = ImageColor.getrgb(row.get("hex", usual))[:3]
            rest: dict[str, Any] = {"metallic": group == "metal", **row}
            own = {key: value for key, value in rest.items() if key not in NOT_OF_THE_SURFACE}
            yield f"{group} {name}", Surface(colour, colour, **own), row.get("scale", 1.0)


def strap(scale: float) -> Part:
    """A short strap bent over a bow; `scale` as in `finishes.toml`."""
    u, v = np.linspace(0, LENGTH_MM, COLUMNS), np.linspace(-WIDTH_MM / 2, WIDTH_MM / 2, ROWS)
    along, across = (grid.ravel() for grid in np.meshgrid(u, v, indexing="ij"))
    turn = (along - LENGTH_MM / 2) / BEND_MM
    vertices = np.stack([across, BEND_MM * np.cos(turn), BEND_MM * np.sin(turn)], axis=1)
    normals = np.stack([0 * turn, np.cos(turn), np.sin(turn)], axis=1)
    at = np.arange(ROWS * COLUMNS).reshape(COLUMNS, ROWS)
    a, b, c, d = at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]
    faces = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)
    return Part(
        name="strap",
        slot=Slot.WEBBING,
        vertices=vertices,
        faces=faces.astype(np.int32),
        normals=normals.astype(np.float32),
        uv=(np.stack([along, across], axis=1) * scale).astype(np.float32),
    )


if __name__ == "__main__":
    main()
