"""The two lines that sew lining and tape to a strap, one along each edge."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.track import Track

FROM_EDGE = 0.1
"""Without tape a line runs this far from the strap's edge, in widths."""

PITCH_WIDTHS = 0.16


def edges(work: Assembly, seam: str, track: Track, ways: tuple[float, float]) -> None:
    """Sew along both edges of the webbing whose inner face the track is, from way to way."""
    tape = work.resolved.design.options.reflective
    width = work.width
    aside, height = (0.5 - FROM_EDGE) * width, work.thickness
    if tape:
        aside = (0.5 - 0.05) * width - library.tape_width_mm(width) / 2
        height += library.tape().thickness_mm + 0.04
    half = (ways[1] - ways[0]) / 2
    lines = np.array([[(-half, sign * aside), (half, sign * aside)] for sign in (-1, 1)])
    pitch = float(np.clip(PITCH_WIDTHS * width, 3.0, 5.0))
    thread = float(np.clip(0.03 * width, 0.5, 0.9))
    solid = hardware.stitches(lines, pitch, thread).moved(out=height)
    work.add(f"{seam}_stitches", Slot.THREAD, solid.laid(track, sum(ways) / 2))
