"""Draws what the renderer does step by step: `python tools/renderer_steps.py docs/pictures`.

Writes `render-steps.webp`, one collar from fragments to the picture, and `render-recolour.webp`,
six looks developed from one exposure.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from pet_app.builder.geometry.build import build
from pet_app.builder.render.camera import CAMERAS
from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import Exposure, expose
from pet_app.builder.render.frame import Frame, frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.material import materials
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.pose import posed
from pet_app.builder.render.scene import scene
from pet_app.builder.render.shade import MASK
from pet_app.builder.render.weighing import BOUNCE, FREE, GLOSS, LIT
from tests.builder.factory import make_design

SIZE, SHOWN = 800, 400
SHOWN_ROWS = slice(164, 644)
"""The rest of the picture is paper."""

COLOURS = ("lagoon", "poppy", "charcoal", "chalk", "pine", "navy")
SUBJECT = make_design("collar", pattern="plaid", colour="lagoon", accent="chalk", finish="brass")


def main(folder: Path) -> None:
    """Draw both sheets."""
    taken = frame(scene(posed(build(SUBJECT), SUBJECT.kind)), CAMERAS[SUBJECT.kind], SIZE, STUDIO)
    worn = materials(SUBJECT.look, SUBJECT.options)
    exposed, light = expose(taken, worn), taken.reached.light
    steps = [
        ("1  fragments: how much of a pixel each covers", _fragments(taken)),
        ("2  normals", _painted(taken, (taken.places[:, 3:6] + 1) / 2)),
        ("3  ambient light that arrives", _grey(taken, light[:, FREE])),
        ("4  the key lamp's", _grey(taken, light[:, LIT])),
        (
            "5  what the piece throws back on itself",
            _grey(taken, light[:, BOUNCE] * 2),
        ),
        ("6  what its gloss sees of the studio", _grey(taken, light[:, GLOSS])),
        ("7  the pattern under each fragment", _grey(taken, exposed.values[MASK])),
        ("8  developed", develop(exposed, worn, PAPER)),
    ]
    _sheet(steps, 4).save(folder / "render-steps.webp", quality=84, method=6)
    looks = [(name, _recoloured(exposed, name)) for name in COLOURS]
    _sheet(looks, 6).save(folder / "render-recolour.webp", quality=84, method=6)


def _recoloured(exposed: Exposure, colour: str) -> np.ndarray:
    accent = "navy" if colour == "chalk" else "chalk"
    look = SUBJECT.with_look(colour=colour, accent=accent).look
    return develop(exposed, materials(look, SUBJECT.options), PAPER)


def _fragments(taken: Frame) -> np.ndarray:
    """Whole fragments pale, the parts of pixels at edges dark."""
    return _painted(taken, np.repeat(0.25 + 0.75 * taken.seen.share[:, None], 3, axis=1))


def _grey(taken: Frame, values: np.ndarray) -> np.ndarray:
    shown = np.clip(values, 0, 1) ** (1 / 2.2)
    return _painted(taken, np.repeat(shown[:, None], 3, axis=1))


def _painted(taken: Frame, colours: np.ndarray) -> np.ndarray:
    """uint8 (SIZE, SIZE, 3): a colour for each fragment, float (k, 3), on the paper."""
    seen, page = taken.seen, np.zeros((SIZE * SIZE, 4))
    np.add.at(page[:, :3], seen.pixel, seen.share[:, None] * colours)
    np.add.at(page[:, 3], seen.pixel, seen.share)
    laid = page[:, :3] + (1 - page[:, 3:]) * np.array(PAPER) / 255
    return np.rint(np.clip(laid, 0, 1) * 255).astype(np.uint8).reshape(SIZE, SIZE, 3)


def _sheet(panels: list[tuple[str, np.ndarray]], across: int) -> Image.Image:
    side = SHOWN * 4 // across
    tall = side * (SHOWN_ROWS.stop - SHOWN_ROWS.start) // SIZE
    rows = -(-len(panels) // across)
    sheet = Image.new("RGB", (across * side, rows * (tall + 28)), PAPER)
    pen = ImageDraw.Draw(sheet)
    for place, (title, pixels) in enumerate(panels):
        left, top = place % across * side, place // across * (tall + 28)
        small = Image.fromarray(pixels[SHOWN_ROWS]).resize((side, tall), Image.Resampling.LANCZOS)
        sheet.paste(small, (left, top + 28))
        pen.text((left + 14, top + 8), title, fill=(70, 66, 60))
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]))
