"""What food, treats and water are kept and carried in."""

import numpy as np

from pet_app.builder.geometry.solid import Outline, Solid, plate, rectangle
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.shape import along, band, faced, line, lumps, skin, spin, tube, turned


def jar(mm: Mm) -> Pieces:
    """A stoneware jar with a turned wooden lid."""
    r, high = mm["across"] / 2, mm["high"]
    bare = 0.12 * high
    body = turned(
        line(
            (0, bare - 3), (r - 5, bare - 3, 1), (r - 0.6, bare, 1), (r, 0.3 * high, 40),
            (r, 0.86 * high, 12),
            (r - 5, high, 6), (r - 9, high, 2.6), (r - 9, high - 8, 2), (r - 8, bare + 6, 10),
            (0, bare + 4),
        )
    )  # fmt: skip
    foot = turned(
        line(
            (0, 3),
            (r - 16, 3, 1),
            (r - 14, 0, 1),
            (r - 3, 0, 2),
            (r - 0.8, bare + 0.2, 3),
            (0, bare),
        )
    )
    lid = faced(
        turned(
            line(
                (0, high - 5), (r - 12, high - 5, 1), (r - 12, high + 0.6, 0.5),
                (r - 3, high + 0.6, 1.6),
                (r - 4, high + 13, 4), (0, high + 15.5),
            )
        )
    )  # fmt: skip
    knob = faced(
        turned(
            line(
                (0, high + 12), (7, high + 12, 1), (6.4, high + 19, 4), (14, high + 26, 5),
                (12, high + 34, 6),
                (0, high + 36),
            )
        )
    )  # fmt: skip
    return (
        Piece("jar", "body", body), Piece("foot", "foot", foot),
        Piece("lid", "lid", lid), Piece("knob", "lid", knob),
    )  # fmt: skip


def tin(mm: Mm) -> Pieces:
    """A tall enamelled tin with a lid that fits over it and a wooden knob."""
    r, high = mm["across"] / 2, mm["high"]
    lap = 0.8 * high
    body = turned(
        line((0, 2), (r - 4, 2, 1), (r - 3, 0, 0.6), (r, 0, 1.2), (r, lap + 4, 1), (0, lap + 4))
    )
    turn = np.arange(96) * 2 * np.pi / 96
    ring = np.stack([(r - 0.7) * np.cos(turn), (r - 0.7) * np.sin(turn), 0 * turn], axis=1)
    bead = [
        Piece(f"bead_{place}", "body", tube(ring, 1.9, 12, closed=True).moved(0, 0, at))
        for place, at in enumerate((9.0, lap - 9.0))
    ]
    lid = turned(
        line(
            (0, lap + 1), (r + 0.5, lap + 1, 0.2), (r + 2.2, lap, 0.8), (r + 2.2, high, 3),
            (r - 6, high + 0.4, 3),
            (r - 8, high - 1.6, 2), (0, high + 1.2),
        )
    )  # fmt: skip
    knob = faced(
        turned(
            line(
                (0, high - 1), (8, high - 1, 1), (7, high + 8, 4), (16, high + 15, 5),
                (14, high + 24, 7),
                (0, high + 26),
            )
        )
    )  # fmt: skip
    pieces = [
        Piece("tin", "body", body),
        *bead,
        Piece("lid", "lid", lid),
        Piece("knob", "knob", knob),
    ]
    for side in (-1, 1):
        t = np.linspace(0, np.pi, 30)
        path = np.stack(
            [0 * t + side * (r + 2 + 9 * np.sin(t)), 26 * np.cos(t), 0.56 * high + 0 * t], 1
        )
        pieces.append(Piece(f"handle_{side}", "lid", tube(path, 2.6, 14)))
    return tuple(pieces)


def bottle(mm: Mm) -> Pieces:
    """A steel bottle whose cap comes off as a bowl, with a carrying loop."""
    r, high = mm["across"] / 2, mm["high"]
    shoulder = 0.7 * high
    body = turned(
        line(
            (0, 2), (r - 6, 2, 1), (r - 4, 0, 1), (r, 2, 3), (r, shoulder, 16),
            (0.72 * r, shoulder + 16, 10),
            (0.72 * r, shoulder + 20, 1), (0, shoulder + 20),
        )
    )  # fmt: skip
    collar = turned(
        line(
            (0, shoulder + 17),
            (0.76 * r, shoulder + 17, 1),
            (0.76 * r, shoulder + 27, 1),
            (0, shoulder + 27),
        )
    )
    low = shoulder + 24
    cap = turned(
        line(
            (0, low), (1.02 * r, low, 1.5), (1.1 * r, low + 3, 1.8), (1.04 * r, low + 7, 3),
            (0.86 * r, high - 2, 9),
            (0.6 * r, high, 3), (0.56 * r, high - 2.5, 1.5), (0, high - 2.5),
        )
    )  # fmt: skip
    t = np.linspace(0, 1, 60)
    loop = np.stack(
        [0.74 * r + 0.95 * r * np.sin(np.pi * t) ** 0.8, 0 * t, shoulder + 22 - 78 * t * 0.9],
        axis=1,
    )
    up = np.stack([np.sin(np.pi * t) ** 0.3 + 0.05, 0 * t, 0.9 * np.cos(np.pi * t)], axis=1)
    loop[:, 0] = np.maximum(loop[:, 0], np.where(t > 0.8, r + 0.4, 0))
    return (
        Piece("bottle", "body", body), Piece("collar", "metal", collar), Piece("cap", "metal", cap),
        Piece("loop", "loop", band(loop, up, 14.0, 2.6)),
    )  # fmt: skip


def scoop(mm: Mm) -> Pieces:
    """A round steel scoop lying on the table, its handle of turned wood."""
    r, deep, grip = mm["across"] / 2, mm["deep"], mm["grip"]
    cup = turned(
        line(
            (0, 0), (0.7 * r, 0, 12), (r - 0.5, deep - 2, 4), (r + 1.4, deep - 1, 0.8),
            (r + 1.2, deep + 0.8, 0.8),
            (r - 1.4, deep + 0.3, 1), (0.68 * r, 1.8, 11), (0, 1.6),
        )
    )  # fmt: skip
    far = np.clip(0.5 - cup.vertices[:, 0] / (2 * r), 0.0, 1.0)
    cut = 1 - 0.5 * far**1.6 * np.clip(cup.vertices[:, 2] / deep, 0, 1)
    bent = cup.vertices * np.stack([1 + 0.18 * far, 0.94 + 0 * far, cut], axis=1)
    cup = Solid(bent, cup.faces, cup.normals, cup.uv)
    neck = plate(rectangle((r - 4, -7.5), (r + 26, 7.5), 4, 4), deep - 3.5, deep - 1.2, 0.8)
    rod = turned(
        line(
            (0, 0), (7, 0, 2), (8, 6, 3), (8, 0.2 * grip, 10), (10.5, 0.6 * grip, 30),
            (9, 0.95 * grip, 10),
            (5, grip, 3), (0, grip),
        ),
        48,
    )  # fmt: skip
    handle = rod.turned(spin(90, "y")).moved(r + 20, 0, deep - 2.2)
    rivet = turned(line((0, -10), (2.2, -10, 0.8), (2.2, 10, 0.8), (0, 10.5)), 24)
    return (
        Piece("cup", "cup", cup), Piece("neck", "cup", neck), Piece("handle", "handle", handle),
        Piece("rivet", "cup", rivet.moved(r + 30, 0, deep - 2.2)),
    )  # fmt: skip


def pouch(mm: Mm) -> Pieces:
    """A soft bag drawn shut by a cord, with a loop for the belt."""
    r, high = mm["across"] / 2, mm["high"]
    neck = 0.76 * high
    profile = along(
        [(0, 0), (0.55 * r, 0.0), (0.94 * r, 0.07 * high), (1.04 * r, 0.3 * high),
         (0.98 * r, 0.52 * high),
         (0.72 * r, 0.69 * high), (0.47 * r, neck), (0.6 * r, 0.88 * high), (0.78 * r, high),
         (0.75 * r, high), (0.5 * r, 0.87 * high), (0.36 * r, neck), (0.0, 0.72 * high)],
        120,
    )  # fmt: skip
    profile[[0, -1], 0] = 0.0
    profile = np.maximum(profile, 0.0)
    turn = np.arange(144) * 2 * np.pi / 144
    up = np.clip((profile[:, 1] / high - 0.4) / 0.6, 0, 1)[:, None]
    fold = 1 + 0.13 * up**1.5 * np.cos(13 * turn + 1.2 * np.sin(3 * turn))[None]
    level = profile[:, None, :1] * fold[..., None]
    flat = np.stack([np.cos(turn), 0.82 * np.sin(turn)], axis=1)
    points = np.concatenate(
        [level * flat, np.broadcast_to(profile[:, None, 1:], (*level.shape[:2], 1))], axis=2
    )
    bag = skin(_soft(points, profile, 2.2))
    t = np.arange(90) * 2 * np.pi / 90
    ring = np.stack([0.52 * r * np.cos(t), 0.44 * r * np.sin(t), neck + 1.2 * np.sin(2 * t)], 1)
    cord = tube(ring, 2.4, 12, closed=True)
    ends = []
    for side in (-1, 1):
        path = along(
            [(side * 3, -0.44 * r, neck), (side * 8, -0.6 * r, neck - 6),
             (side * 10, -0.84 * r, neck - 32),
             (side * 13, -0.93 * r, neck - 60)],
            40,
        )  # fmt: skip
        ends.append(Piece(f"end_{side}", "cord", tube(path, 2.4, 12)))
        bead = turned(line((0, -7), (3.4, -7, 1), (4.6, 3, 2), (0, 6)), 28)
        ends.append(Piece(f"bead_{side}", "bead", bead.moved(*path[-1])))
    toggle = turned(line((0, -8), (6, -8, 2), (6.8, 0, 5), (6, 8, 2), (0, 8)), 36)
    return (
        Piece("bag", "body", bag), Piece("cord", "cord", cord), *ends,
        Piece("toggle", "bead", toggle.moved(0, -0.56 * r - 3, neck - 4)),
    )  # fmt: skip


def _soft(points: np.ndarray, profile: np.ndarray, size: float) -> np.ndarray:
    """Points of cloth pushed about, but for those on the axis and on the floor."""
    moved = lumps(points, size, 4, 60.0)
    still = (profile[:, 0] < 1e-9) | (profile[:, 1] < 2.0)
    moved[still] = points[still]
    return moved


def holder(mm: Mm) -> Pieces:
    """A tube for a roll of bags, lying down, its end screwed off, hung from a strap."""
    r, long = mm["across"] / 2, mm["long"]
    tube_profile = line(
        (0, 0),
        (r - 5, 0, 3),
        (r, 5, 5),
        (r, 0.66 * long, 1),
        (r - 1, 0.66 * long + 0.8, 0.4),
        (0, 0.66 * long + 0.8),
    )
    cap_profile = line(
        (0, 0.66 * long + 0.4), (r - 1, 0.66 * long + 0.4, 0.3), (r, 0.67 * long + 0.6, 0.8),
        (r, long - 6, 5),
        (r - 6, long, 3), (0, long),
    )  # fmt: skip
    lying = spin(90, "y")
    shift = (-long / 2, 0.0, r)
    body = turned(tube_profile).turned(lying).moved(*shift)
    cap = turned(cap_profile).turned(lying).moved(*shift)
    slot = plate(Outline(((-17, -2.6), (17, -2.6), (17, 2.6), (-17, 2.6)), 2.6, 5), -1.2, 0.7, 0.4)
    slot = slot.turned(spin(62, "x")).moved(-0.17 * long, -0.86 * r, r + 0.47 * r)
    t = np.linspace(0, 1, 50)
    tongue = np.stack(
        [0 * t - 0.17 * long, -0.8 * r - 16 * t - 3 * np.sin(6 * t), r + 0.5 * r - 10 * t**2], 1
    )
    bag = band(
        tongue, np.tile([0.0, -0.2, 1.0], (50, 1)) + np.outer(np.sin(7 * t), [0, 0.4, 0]), 25.0, 0.9
    )
    path = along(
        [(long / 2 - 6, 5, r + 1), (long / 2 + 6, 7, r), (long / 2 + 26, 8, r - 3),
         (long / 2 + 34, 0, r - 4),
         (long / 2 + 26, -8, r - 3), (long / 2 + 6, -7, r), (long / 2 - 6, -5, r + 1)],
        70,
    )  # fmt: skip
    slope = np.gradient(path, axis=0)
    strap = band(path, np.stack([-slope[:, 1], slope[:, 0], np.zeros(70)], axis=1), 12.0, 2.0)
    return (
        Piece("tube", "body", body), Piece("cap", "cap", cap), Piece("slot", "cap", slot),
        Piece("bag", "bag", bag), Piece("strap", "strap", strap),
    )  # fmt: skip
