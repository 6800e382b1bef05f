"""What coats are brushed and combed with."""

import numpy as np

from pet_app.builder.geometry.solid import Solid, together
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.shape import along, line, pillow, skin, slab, spin, tube, turned


def brush(mm: Mm) -> Pieces:
    """A brush lying on its back: a paddle of wood, a cushion of rubber, pins with rounded heads."""
    long, wide = mm["long"], mm["wide"]
    head, thick = 0.5 * long, 15.0
    t = np.linspace(0, 1, 70)
    half = np.interp(
        t, [0, 0.02, 0.08, 0.2, 0.34, 0.46, 0.54, 0.64, 0.8, 0.93, 0.985, 1.0],
        np.array([0, 0.2, 0.36, 0.47, 0.5, 0.44, 0.3, 0.2, 0.19, 0.22, 0.14, 0.0]) * wide,
    )  # fmt: skip
    half = along(np.stack([t, half], 1)[::3], 120)
    upper = np.stack([half[:, 0] * long - 0.3 * long, np.maximum(half[:, 1], 0.0)], axis=1)[1:-1]
    ring = np.concatenate([upper * [1, -1], upper[::-1]])
    pieces = [Piece("handle", "handle", slab(ring, 0.0, thick, 5.5))]
    middle = -0.3 * long + 0.26 * long
    pad = skin(pillow(0.84 * head, 0.8 * wide, 9.0, 2.0, 2.0)).moved(middle, 0, thick - 3.5)
    pieces.append(Piece("pad", "pad", pad))
    pins = []
    for row in range(-6, 7):
        for column in range(-4, 5):
            x, y = row * 7.4 + (column % 2) * 3.7, column * 6.6
            far = (x / (0.39 * head)) ** 2 + (y / (0.36 * wide)) ** 2
            if far > 1:
                continue
            low = thick + 4.6 - 4.5 * far
            stem = np.array(
                [[x, y, low], [x * 1.02, y * 1.02, low + 8], [x * 1.04, y * 1.04, low + 16]]
            )
            pins += [tube(stem, 0.62, 8, first=(1, 0, 0)), _head(stem[-1])]
    pieces.append(Piece("pins", "pins", together(pins).moved(middle)))
    return tuple(pieces)


def _head(at: np.ndarray) -> Solid:
    return turned(line((0, -1.5), (1.3, -1.1, 0.9), (1.3, 1.1, 0.9), (0, 1.5)), 10).moved(*at)


def comb(mm: Mm) -> Pieces:
    """A steel comb lying flat, its handle of wood."""
    long, tooth, grip = mm["long"], mm["tooth"], mm["grip"]
    lie = 5.2
    teeth = []
    spine = tube(np.array([[-8.0, 0, lie], [long / 2, 0, lie], [long, 0, lie]]), 4.2, 24)
    count = int(long / 3.4)
    for number in range(count):
        x = 2 + number * (long - 4) / (count - 1)
        fine = 0.8 if x > 0.52 * long else 1.05
        if x <= 0.52 * long and number % 2:
            continue
        path = np.stack([np.full(6, x), -np.linspace(0, tooth, 6), np.full(6, lie)], axis=1)
        teeth.append(tube(path, fine * np.array([1.25, 1.2, 1.1, 1.0, 0.8, 0.5]), 8))
    rod = turned(
        line(
            (0, 0), (4.4, 0, 1), (6.5, 4, 3), (9, 0.35 * grip, 40), (9.5, 0.8 * grip, 20),
            (6.5, grip, 6), (0, grip)
        ),
        48,
    )  # fmt: skip
    rod = Solid(rod.vertices * [0.56, 1, 1], rod.faces, rod.normals, rod.uv[:, ::-1])
    handle = rod.turned(spin(-90, "y")).moved(-4, 0, lie)
    ferrule = turned(line((0, 0), (4.9, 0, 1), (5.4, 9, 1), (0, 9)), 32).turned(spin(-90, "y"))
    return (
        Piece("spine", "teeth", spine), Piece("teeth", "teeth", together(teeth)),
        Piece("handle", "handle", handle), Piece("ferrule", "teeth", ferrule.moved(-1, 0, lie)),
    )  # fmt: skip
