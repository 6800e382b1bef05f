"""What comes along on a walk: whistle, light, car tether, key ring."""

import numpy as np

from pet_app.builder.geometry.hardware.rings import split_ring
from pet_app.builder.geometry.hardware.snap import snap_hook
from pet_app.builder.geometry.solid import Outline, Solid, plate, rectangle, together
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.shape import along, band, line, spin, tube, turned


def circle(radius: float, count: int = 64) -> np.ndarray:
    turn = np.arange(count) * 2 * np.pi / count
    return np.stack([radius * np.cos(turn), radius * np.sin(turn), 0 * turn], axis=1)


def whistle(mm: Mm) -> Pieces:
    """A slim whistle turned from brass, lying beside its leather cord."""
    long, r = mm["long"], mm["across"] / 2
    body = turned(
        line(
            (0, 0), (0.5 * r, 0, 0.5), (0.62 * r, 2, 1), (0.66 * r, 0.2 * long, 4),
            (r, 0.25 * long, 3),
            (r, 0.33 * long, 0.6), (0.93 * r, 0.345 * long, 0.3), (0.93 * r, 0.36 * long, 0.3),
            (r, 0.375 * long, 0.6),
            (r, 0.78 * long, 0.6), (0.9 * r, 0.79 * long, 0.3), (0.9 * r, 0.81 * long, 0.3),
            (r, 0.82 * long, 0.6),
            (r, 0.93 * long, 2), (0.6 * r, 0.96 * long, 2), (0.36 * r, 0.97 * long, 0.5),
            (0.36 * r, long, 1),
            (0, long),
        ),
        64,
    ).turned(spin(90, "y")).moved(-long / 2, 0, r)  # fmt: skip
    window = plate(rectangle((-3.4, -2.4), (3.4, 2.4), 0.8, 3), 0, 0.5, 0.2).moved(
        -0.06 * long, 0, 2 * r - 0.22
    )
    knurls = []
    for number in range(28):
        turn = 2 * np.pi * number / 28
        y, z = 0.985 * r * np.cos(turn), r + 0.985 * r * np.sin(turn)
        x = np.array([0.66, 0.7, 0.76]) * long - long / 2
        knurls.append(tube(np.stack([x, 0 * x + y, 0 * x + z], 1), 0.35, 6))
    eye = tube(circle(4.6) @ spin(90, "x").T, 0.9, 12, closed=True).turned(spin(25, "x"))
    at = long / 2 + 3.2
    cord = along(
        [(at + 4, 0.5, 2), (at + 20, 3, 1.7), (at + 26, 22, 1.7), (at - 12, 34, 1.7),
         (-0.45 * long, 30, 1.7),
         (-0.75 * long, 10, 1.7), (-0.72 * long, -22, 1.7), (-0.3 * long, -38, 1.7),
         (0.3 * long, -40, 1.7),
         (at + 14, -28, 1.7), (at + 22, -10, 2.6), (at + 5, -1.5, 3.4)],
        300,
    )  # fmt: skip
    return (
        Piece("whistle", "body", body), Piece("window", "ink", window),
        Piece("knurl", "body", together(knurls)), Piece("eye", "ring", eye.moved(at, 0, r)),
        Piece("cord", "cord", tube(cord, 1.6, 12)),
    )  # fmt: skip


def light(mm: Mm) -> Pieces:
    """A round lamp that leans on its clip: rubber, a milky lens, a spring hook."""
    r, deep = mm["across"] / 2, mm["deep"]
    body = turned(
        line(
            (0, 0), (r - 4, 0, 3), (r, 3, 3), (r + 0.5, deep - 4, 2), (r - 2, deep, 2.4),
            (r - 4.5, deep, 1.4), (r - 5.5, deep - 2, 1), (0, deep - 2),
        )
    )  # fmt: skip
    lens = turned(
        line(
            (0, deep - 3), (r - 5.6, deep - 3, 0.5), (r - 5.8, deep - 0.6, 1),
            (0.4 * r, deep + 2.4, 9), (0, deep + 2.8),
        )
    )  # fmt: skip
    grooves = []
    for far in (0.28, 0.46, 0.64):
        rise = deep + 2.75 - 3.0 * (far**2.2)
        grooves.append(tube(circle(far * r) + np.array([0.0, 0.0, rise]), 0.55, 8, closed=True))
    lug = plate(
        rectangle((-9, r - 5), (9, r + 8), 5, 5), 2.0, deep - 4, 1.0,
        [rectangle((-3.6, r + 0.4), (3.6, r + 5), 2.2, 5)], rounds=3,
    )  # fmt: skip
    hook = along(
        [(0, r + 3.0, deep / 2 - 5), (5, r + 6, deep / 2 - 1), (9, r + 16, deep / 2),
         (9, r + 34, deep / 2),
         (0, r + 43, deep / 2), (-9, r + 34, deep / 2), (-9, r + 16, deep / 2),
         (-5, r + 6, deep / 2 + 1),
         (0, r + 3.0, deep / 2 + 5)],
        110,
    )  # fmt: skip
    gate = np.stack(
        [np.full(8, -9.0), np.linspace(r + 15, r + 33, 8), np.full(8, deep / 2)], axis=1
    )
    lean = spin(58, "x")
    drop = 0.0

    def put(solid: Solid) -> Solid:
        return solid.turned(lean).moved(0, 0, drop)

    low = min(float(put(body).vertices[:, 2].min()), 0.0)
    drop = -low
    return (
        Piece("body", "body", put(body)), Piece("lens", "lens", put(lens)),
        Piece("grooves", "lens", put(together(grooves))), Piece("lug", "body", put(lug)),
        Piece("hook", "clip", put(tube(hook, 1.7, 14, first=(0.3, 0.2, 0.9)))),
        Piece("gate", "clip", put(tube(gate, 2.1, 14))),
    )  # fmt: skip


def tether(mm: Mm) -> Pieces:
    """A short strap for the car: a hook for the harness, a tongue for the belt's lock."""
    long, wide = mm["long"], mm["wide"]
    bends = np.array(
        [(-0.42, 0.3), (-0.2, 0.29), (0.12, 0.28), (0.33, 0.19), (0.2, 0.09), (-0.1, 0.06),
         (-0.33, -0.01), (-0.24, -0.13), (0.02, -0.18), (0.3, -0.21), (0.46, -0.22)]
    )  # fmt: skip
    flat = along(long * bends, 320)
    path = np.concatenate([flat, np.full((320, 1), wide / 2)], axis=1)
    slope = np.gradient(path, axis=0)
    up = np.stack([-slope[:, 1], slope[:, 0], 0 * slope[:, 0]], axis=1)
    pieces = [Piece("strap", "strap", band(path, up, wide, 2.2))]
    for name, at, way in (("hook_end", 0, -1), ("tongue_end", -1, 1)):
        ahead = slope[at] / np.linalg.norm(slope[at]) * way
        turn = spin(float(np.degrees(np.arctan2(ahead[1], ahead[0]))))
        aside = np.array([-ahead[1], ahead[0], 0.0])
        near = path[at] - ahead * 36 + aside * 2.4 * way
        fold = np.stack([near + ahead * reach for reach in np.linspace(0, 38, 24)])
        fold_up = np.tile(aside * way, (24, 1))
        pieces.append(Piece(f"{name}_fold", "strap", band(fold, fold_up, wide, 2.2)))
        box = plate(rectangle((-12, -wide / 2 + 1), (12, wide / 2 - 1), 3, 4), 0, 5.2, 1.0)
        box = box.turned(spin(90, "x")).turned(turn)
        pieces.append(
            Piece(
                f"{name}_cover", "plastic", box.moved(*(path[at] - ahead * 21 + aside * 2.4 * way))
            )
        )
        if at == 0:
            snap = snap_hook(int(wide), 62.0, 4.4).turned(spin(90, "x")).turned(turn)
            pieces.append(Piece("snap", "metal", snap.moved(*path[at])))
        else:
            slot = rectangle((28, -7.5), (40, 7.5), 1.6, 4)
            outline = Outline(
                ((0, -wide / 2 - 9), (20, -wide / 2 - 9), (24, -11), (54, -11), (54, 11), (24, 11),
                 (20, wide / 2 + 9), (0, wide / 2 + 9)),
                3.2, 5,
            )  # fmt: skip
            hole = rectangle((4, -wide / 2 - 3), (11, wide / 2 + 3), 2.5, 4)
            metal = plate(outline, -1.3, 1.3, 0.6, [hole, slot], rounds=3)
            metal = metal.turned(spin(90, "x")).turned(turn)
            pieces.append(Piece("tongue", "metal", metal.moved(*(path[at] - ahead * 6))))
    return tuple(pieces)


def key_ring(mm: Mm) -> Pieces:
    """A loop of leather riveted to itself, on a split ring."""
    long, wide = mm["long"], mm["wide"]
    bend = along(
        [(0.5 * long, 2.0), (0.1 * long, 1.7), (-0.34 * long, 2.0), (-0.5 * long, 7.5),
         (-0.34 * long, 12.6),
         (0.02 * long, 7.6), (0.14 * long, 5.4), (0.5 * long, 5.0)],
        140,
    )  # fmt: skip
    path = np.stack([bend[:, 0], 0 * bend[:, 0], bend[:, 1]], axis=1)
    slope = np.gradient(path, axis=0)
    up = np.stack([-slope[:, 2], 0 * slope[:, 0], slope[:, 0]], axis=1)
    strap = band(path, -up, wide, 2.8)
    rivet = turned(line((0, -1), (4.6, -1, 1), (4.6, 9.0, 1.6), (2.5, 9.9, 1), (0, 10.1)), 40)
    ring = split_ring(32.0, 1.7).turned(spin(78))
    low = float(ring.vertices[:, 2].min())
    return (
        Piece("strap", "strap", strap), Piece("rivet", "metal", rivet.moved(0.2 * long, 0, -1.4)),
        Piece("ring", "metal", ring.moved(-0.5 * long - 9, 0, -low)),
    )  # fmt: skip
