"""What is thrown, tugged, chewed and chased."""

import numpy as np

from pet_app.builder.geometry.solid import Solid
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.ropes import fray, knot, rope
from pet_app.builder.things.shape import (
    along,
    ball,
    faced,
    line,
    lumps,
    skin,
    slab,
    spin,
    tube,
    turned,
)


def bouncer(mm: Mm) -> Pieces:
    """A solid rubber ball with grooves that a dog's teeth hold."""
    r = mm["across"] / 2
    points = ball(r, 120, 160)
    way = points / r
    wave = (
        way[..., 2]
        - 0.42 * np.sin(2 * np.arctan2(way[..., 1], way[..., 0])) * (1 - way[..., 2] ** 2) ** 0.5
    )
    groove = np.exp(-((wave / 0.055) ** 2)) + sum(
        np.exp(-(((wave - off) / 0.04) ** 2)) for off in (-0.3, 0.3)
    )
    points = points * (1 - 0.055 * np.clip(groove, 0, 1))[..., None]
    body = skin(points).turned(spin(35, "y") @ spin(20, "x")).moved(0, 0, r)
    return (Piece("ball", "body", body),)


def ring(mm: Mm) -> Pieces:
    """A ring of rubber with lobes, lying down."""
    r, thick = mm["across"] / 2, mm["thick"] / 2
    turn = np.arange(240) * 2 * np.pi / 240
    around = np.arange(40) * 2 * np.pi / 40
    lobe = thick * (1 + 0.13 * np.cos(12 * turn))[:, None]
    far = (r - 1.13 * thick) + lobe * np.cos(around)[None]
    points = np.stack(
        [far * np.cos(turn)[:, None], far * np.sin(turn)[:, None],
         1.13 * thick + lobe * np.sin(around)[None]],
        axis=2,
    )  # fmt: skip
    body = skin(np.swapaxes(points, 0, 1), around=True, over=True)
    return (Piece("ring", "body", body),)


def tug(mm: Mm) -> Pieces:
    """A rope with a knot towards either end, frayed beyond."""
    long, thick = mm["long"], mm["thick"]
    half, end = long / 2, 0.2 * long
    ahead = np.array([0.9, 0.0, 0.0])
    height = 1.42 * thick
    x = np.linspace(-half + end, half - end, 160)
    bow = np.stack([x, 0.05 * long * np.cos(np.pi * x / long), height - 0.6 * thick * np.cos(
        np.pi * x / (2 * (half - end))) ** 1], axis=1)  # fmt: skip
    pieces = [Piece("rope", "body", rope(bow, thick))]
    for side in (-1, 1):
        at = bow[0] if side < 0 else bow[-1]
        turn = spin(0 if side > 0 else 180)
        lean = spin(-9 * side) @ turn
        pieces += [
            Piece(f"knot_{side}", "knot", knot(thick).turned(lean).moved(*at)),
            Piece(
                f"fray_{side}", "body",
                fray(thick, end, 3 + side)
                .turned(lean @ spin(9, "y")).moved(*(at + side * ahead * thick)),
            ),
        ]  # fmt: skip
    return tuple(pieces)


def dumbbell(mm: Mm) -> Pieces:
    """A retrieving dumbbell turned from one piece of wood."""
    half, r = mm["long"] / 2, mm["across"] / 2
    profile = line(
        (0, -half), (0.86 * r, -half, 6), (r, -half + 8, 8), (r, -0.52 * half, 9),
        (0.42 * r, -0.44 * half, 8),
        (0.4 * r, 0, 60), (0.42 * r, 0.44 * half, 8), (r, 0.52 * half, 9), (r, half - 8, 8),
        (0.86 * r, half, 6),
        (0, half),
    )  # fmt: skip
    body = _lengthwise(faced(turned(profile)))
    return (Piece("dumbbell", "body", body.turned(spin(90, "y")).moved(0, 0, r)),)


def _lengthwise(solid: Solid) -> Solid:
    """The same with its grain along its axis."""
    return Solid(solid.vertices, solid.faces, solid.normals, solid.uv[:, ::-1])


def felt_balls(mm: Mm) -> Pieces:
    """Three balls of felt, one a little smaller than the next."""
    r = mm["across"] / 2
    places = ((-1.12, -0.1, 1.0), (0.95, -0.42, 0.92), (0.12, 1.16, 0.96))
    pieces = []
    for number, (part, (x, y, size)) in enumerate(
        zip(("first", "second", "third"), places, strict=True)
    ):
        points = lumps(lumps(ball(size * r), 0.9, 30 + number, 26), 0.35, 40 + number, 7)
        points[0], points[-1] = points[0].mean(axis=0), points[-1].mean(axis=0)
        low = points[..., 2].min()
        body = skin(points).moved(x * r, y * r, -low)
        pieces.append(Piece(f"ball_{part}", part, body))
    return tuple(pieces)


def wand(mm: Mm) -> Pieces:
    """A rod lying on the floor, a cord from its tip, and streamers of felt at the cord's end."""
    long = mm["long"]
    profile = line(
        (0, 0), (7, 0, 3), (7.5, 0.06 * long, 8), (5.6, 0.3 * long, 40), (3.6, long - 3, 8),
        (2.4, long, 1.5),
        (0, long),
    )  # fmt: skip
    lie = spin(90, "y") @ spin(1.0, "y")
    rod = _lengthwise(turned(profile, 40)).turned(lie).moved(-0.5 * long, 34, 7.5)
    tip = np.array([0.5 * long, 34.0, 4.2])
    cord = along(
        [tuple(tip), tuple(tip + np.array([18.0, -4.0, 3.0])),
         (0.55 * long, -30, 1.6), (0.42 * long, -95, 1.6), (0.2 * long, -88, 1.6),
         (0.16 * long, -42, 1.6), (0.3 * long, -26, 2.0), (0.34 * long, -70, 3.2),
         (0.1 * long, -128, 1.8),
         (-0.06 * long, -100, 4.0)],
        260,
    )  # fmt: skip
    end = cord[-1] + np.array([0.0, 0.0, 5.5])
    bead = turned(line((0, -9), (5, -9, 3), (9, 0, 7), (5, 9, 3), (0, 9)), 40)
    pieces = [
        Piece("rod", "rod", rod),
        Piece("cord", "cord", tube(cord, 1.5, 10)),
        Piece("bead", "bead", bead.turned(spin(90, "y")).moved(*end)),
    ]  # fmt: skip
    for number, (turn, reach) in enumerate(
        ((-64, 92), (-38, 108), (-12, 118), (14, 108), (40, 94))
    ):
        leaf = slab(_leaf(reach, 19), 0.0, 2.6, 0.9)
        wave = leaf.vertices.copy()
        wave[:, 2] += 3.4 * np.sin(wave[:, 0] / 17 + number) * np.clip(wave[:, 0] / 40, 0, 1)
        wave[:, 2] += 4.0 + 1.5 * number % 4
        wave[:, 2] = np.maximum(wave[:, 2], wave[:, 2] * 0.3 + 0.6)
        bent = Solid(wave, leaf.faces, leaf.normals, leaf.uv)
        pieces.append(
            Piece(f"leaf_{number}", "felt", bent.turned(spin(180 + turn)).moved(end[0] - 4, end[1]))
        )
    return tuple(pieces)


def _leaf(long: float, wide: float) -> np.ndarray:
    """The outline of a streamer, float64 (n, 2)."""
    t = np.linspace(0, 1, 26)
    half = wide / 2 * (0.24 + 0.76 * np.sin(np.pi * t**0.8)) * (1 - 0.3 * t)
    upper = np.stack([long * t, half], axis=1)
    return np.concatenate([upper * [1, -1], upper[::-1]])
