"""From where else a piece is pictured: front, side, from above, close up, and once round."""

from dataclasses import replace

import numpy as np

from pet_app.builder.pictures import PictureKind
from pet_app.builder.render.camera import Camera, place
from pet_app.builder.render.lines import edges, seen
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.visibility import fragments

TURNED = {PictureKind.FRONT: 0.0, PictureKind.SIDE: -90.0, PictureKind.TOP: -82.0}
"""Where each view stands, from the front of a piece on."""

LOWER_DEG = 12.0
LEAST_TILT_DEG = 8.0
ABOVE_DEG = 64.0

TURNS = 24
"""Pictures of one turn, 15 degrees apart."""

CLOSE = 2.3
FOUND_PX = 200
STEP_MM = 1.0
RIM = 0.45
"""How much less detail at the rim counts: what is in the middle is what a piece is about."""


def view(kind: PictureKind, usual: Camera, front_deg: float) -> Camera:
    """Front, side or top of a piece whose front is seen at `front_deg`."""
    tilt = max(LEAST_TILT_DEG, usual.tilt_deg - LOWER_DEG)
    return replace(
        usual,
        turn_deg=front_deg + TURNED[kind],
        tilt_deg=ABOVE_DEG if kind is PictureKind.TOP else tilt,
    )


def round_about(usual: Camera) -> tuple[Camera, ...]:
    """The cameras of a turntable: it begins as the piece is usually seen, and turns rightwards."""
    return tuple(
        replace(usual, turn_deg=usual.turn_deg - 360 * turn / TURNS, steady=True)
        for turn in range(TURNS)
    )


def close_up(scene: Scene, usual: Camera) -> Camera:
    """Close to where there is most to see: where a line drawing has most lines."""
    screen = place(usual, scene.vertices[:-1], FOUND_PX).project(scene.vertices)
    beside, below, *_ = edges(seen(scene, fragments(scene, screen, FOUND_PX), FOUND_PX), STEP_MM)
    busy = np.zeros((FOUND_PX + 1, FOUND_PX + 1))
    busy[1:, 1:-1] += beside
    busy[1:-1, 1:] += below
    total = busy.cumsum(axis=0).cumsum(axis=1)
    wide = round(FOUND_PX / CLOSE)
    inside = (
        total[wide:, wide:] - total[:-wide, wide:] - total[wide:, :-wide] + total[:-wide, :-wide]
    )
    off = np.abs(np.linspace(-1, 1, len(inside)))
    inside *= (1 - RIM * off**2)[:, None] * (1 - RIM * off**2)
    row, column = np.unravel_index(inside.argmax(), inside.shape)
    aim = ((column + wide / 2) / FOUND_PX, (row + wide / 2) / FOUND_PX)
    return replace(usual, zoom=CLOSE, aim=aim)
