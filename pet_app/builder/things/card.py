"""The gift card: our stitched mark on a card, leaning on its envelope."""

import numpy as np

from pet_app.builder.geometry.letters import raised
from pet_app.builder.geometry.solid import Solid, plate, rectangle, together
from pet_app.builder.lettering.written import write
from pet_app.builder.rules import Method
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.shape import spin, tube

STITCH, GAP = 3.0, 2.2
LEAN_DEG = 68.0


def gift_card(mm: Mm) -> Pieces:
    """The card stands a little open before a paper envelope."""
    wide, high, thick = mm["wide"], mm["high"], 1.0
    card = plate(rectangle((0, 0), (wide, high), 4.5, 8), 0, thick, 0.35, rounds=3)
    stitches = _mark(0.2 * high).moved(0.82 * wide, 0.67 * high, thick)
    text = together(
        [
            _words("Gift card", 8.2, 8.0, 0.2 * high, thick),
            _words("Harness Hero", 3.6, 8.2, 0.09 * high, thick),
        ]
    )
    envelope = plate(rectangle((-9, 0), (wide + 9, high + 12), 2.5, 5), -2.2, -0.4, 0.3, rounds=2)
    whole = spin(LEAN_DEG, "x")

    def stood(solid: Solid, back: float = 0.0, turn: float = 0.0, across: float = 0.0) -> Solid:
        return solid.turned(spin(turn)).moved(across).turned(whole).moved(-wide / 2, back)

    return (
        Piece("card", "body", stood(card)), Piece("mark", "thread", stood(stitches)),
        Piece("words", "ink", stood(text)),
        Piece("envelope", "envelope", stood(envelope, 8.0)),
    )  # fmt: skip


def _mark(half: float) -> Solid:
    """The box and cross a maker sews where a seam has to hold, stitch by stitch."""
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    cross = 0.8 * corners
    lines = [*zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    lines += [(cross[0], cross[2]), (cross[3], cross[1])]
    sewn = []
    for start, end in lines:
        length = float(np.linalg.norm(end - start))
        count = max(round((length + GAP) / (STITCH + GAP)), 1)
        pitch = (length + GAP) / count
        way = (end - start) / length
        for number in range(count):
            first = start + way * number * pitch
            last = first + way * (pitch - GAP)
            share = np.linspace(0, 1, 7)[:, None]
            flat = first + (last - first) * share
            rise = 0.1 + 0.5 * np.sin(np.pi * share)
            sewn.append(tube(np.concatenate([flat, rise], axis=1), 0.62, 10))
    return together(sewn)


def _words(text: str, capital: float, x: float, y: float, z: float) -> Solid:
    shapes = tuple(
        shape.scaled(capital, right=x, up=y) for shape in write(text, 0.02, capital).shapes
    )
    return raised(shapes, Method.PRINTED).moved(out=z)
