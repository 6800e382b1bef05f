"""Every kind of gear at three sizes on its animal, from four sides: `build/gear-<kind>.png`.

python tools/gear_sheet.py [kind …] [--out build] [--px 420]
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from pet_app.builder.design import Design, Measurements
from pet_app.builder.geometry.animal import animal_parts
from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.quote import settled
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.picture import render
from pet_app.builder.rules import Build, Kind
from pet_app.builder.starting import STARTING

ANIMALS = {
    "toy, 3 kg": (Build.TOY, Measurements(240, 360, 270, 3_000)),
    "retriever, 28 kg": (Build.RETRIEVER, Measurements(450, 740, 590, 28_000)),
    "mastiff, 80 kg": (Build.MASTIFF, Measurements(700, 1080, 800, 80_000)),
}
SIDES = {"right": 0.0, "three quarters": 45.0, "front": 90.0, "back": -90.0}
OFF_BODY = (Kind.LEASH, Kind.TAG)
LABEL_PX = 22


def main() -> None:
    """Render the sheets and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=[kind.value for kind in Kind])
    parser.add_argument("--out", type=Path, default=Path("build"))
    parser.add_argument("--px", type=int, default=420)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name in chosen.kinds:
        path = chosen.out / f"gear-{name}.png"
        sheet(Kind(name), chosen.px).save(path)
        print(path)


def sheet(kind: Kind, px: int) -> Image.Image:
    """Three sizes down, four sides across."""
    page = Image.new("RGB", (px * len(SIDES), (px + LABEL_PX) * len(ANIMALS)), "#f7f4ee")
    pen = ImageDraw.Draw(page)
    for row, (title, (breed, measured)) in enumerate(ANIMALS.items()):
        design = settled(replace(STARTING[kind], measurements=measured, build=breed))
        model = worn(design)
        for column, (side, turn) in enumerate(SIDES.items()):
            shot = render(model, design.look, camera=Camera(turn_deg=turn, tilt_deg=14.0), size=px)
            x, y = column * px, row * (px + LABEL_PX)
            pen.text((x + 8, y + 4), f"{kind.value}, {title}, {side}", fill="#333", font_size=14)
            page.paste(Image.fromarray(np.asarray(shot)), (x, y + LABEL_PX))
    return page


def worn(design: Design) -> Model:
    """The piece on the animal it is for; what is not worn stands alone."""
    piece = build(design)
    if design.kind in OFF_BODY:
        return piece
    return Model(piece.key, (*piece.parts, *animal_parts(design.measurements, design.build)))


if __name__ == "__main__":
    main()
