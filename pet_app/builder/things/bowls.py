"""What pets eat and drink from."""

import numpy as np

from pet_app.builder.geometry.solid import Outline, plate, rectangle
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.shape import faced, line, spin, tube, turned


def bowl(mm: Mm) -> Pieces:
    """A thrown bowl that is widest at its foot, so that it does not tip; its foot is left bare."""
    foot, rim, high, wall = mm["across"] / 2, mm["across"] / 2 * 0.9, mm["high"], 7.0
    bare = 0.17 * high
    at = foot + (rim - foot) * bare / high
    body = turned(
        line(
            (0, bare - 2.4), (at - 3, bare - 2.4, 1.0), (at + 0.9, bare, 1.6), (rim, high, 3.4),
            (rim - wall, high, 3.4), (foot - wall - 6, 0.3 * high, 0.2 * high), (0, 0.22 * high),
        )
    )  # fmt: skip
    base = turned(
        line(
            (0, 4), (foot - 14, 4, 1), (foot - 12, 0, 1), (foot - 1, 0, 2.2), (at, bare + 0.4, 0.8),
            (at - 4, bare + 0.2, 0.5), (0, bare - 0.5),
        )
    )  # fmt: skip
    return Piece("bowl", "body", body), Piece("foot", "foot", base)


def steel_bowl(mm: Mm) -> Pieces:
    """A pressed steel bowl with a rolled rim, standing in a ring of rubber."""
    foot, rim, high = mm["across"] / 2, 0.8 * mm["across"] / 2, mm["high"]
    body = turned(
        line(
            (0, 3), (foot - 9, 3, 5), (foot - 4, 9, 6), (rim + 1, high - 4, 2),
            (rim + 3.4, high - 3.2, 1.4),
            (rim + 3.2, high, 1.5), (rim - 0.6, high, 1.6), (foot - 12, 11, 12), (0, 8),
        )
    )  # fmt: skip
    ring = turned(
        line(
            (foot - 12, 3.5), (foot - 11, 0, 1), (foot - 0.5, 0, 2.2), (foot + 1.2, 8, 3),
            (foot - 5.4, 13, 0.8), (foot - 8.5, 8, 1), (foot - 12, 3.5),
        )
    )  # fmt: skip
    return Piece("bowl", "body", body), Piece("ring", "ring", ring)


def dish(mm: Mm) -> Pieces:
    """A wide, shallow dish, a little oval."""
    r, high = mm["across"] / 2, mm["high"]
    body = turned(
        line(
            (0, 2), (0.42 * r, 2, 1), (0.44 * r, 0, 1), (0.56 * r, 0, 2),
            (0.66 * r, 0.16 * high, 9),
            (r, high, 2.4), (r - 4.6, high + 0.6, 2.2), (0.62 * r, 0.42 * high, 16),
            (0, 0.34 * high),
        ),
        oval=(1.16, 0.92),
    )  # fmt: skip
    turn = np.arange(128) * 2 * np.pi / 128
    edge = np.stack([1.16 * np.cos(turn), 0.92 * np.sin(turn)], axis=1) * (r - 2.4)
    rim = tube(np.concatenate([edge, np.full((128, 1), high + 0.1)], axis=1), 2.3, 16, closed=True)
    return Piece("dish", "body", body), Piece("rim", "rim", rim)


def slow_bowl(mm: Mm) -> Pieces:
    """A bowl with ridges between which the food lies."""
    r, high = mm["across"] / 2, mm["high"]
    body = turned(
        line(
            (0, 3), (r - 9, 3, 1), (r - 7, 0, 1.5), (r, 0, 3.5), (0.93 * r, high, 3.4),
            (0.93 * r - 7, high, 3.4), (0.8 * r, 0.2 * high, 12), (0, 0.17 * high),
        )
    )  # fmt: skip
    ridges = [Piece("bowl", "body", body)]
    floor = 0.17 * high
    for way in range(3):
        t = np.linspace(0.0, 1.0, 40)
        turn = np.radians(120 * way) + 2.3 * t
        far = 0.16 * r + 0.46 * r * t
        swell = 7.5 * np.sin(np.pi * np.clip(0.12 + 0.8 * t, 0, 1)) ** 0.5
        path = np.stack([far * np.cos(turn), far * np.sin(turn), np.full(40, floor + 3.0)], axis=1)
        raised = tube(path, swell, 20)
        tall = raised.vertices * [1, 1, 1] + [0, 0, 0]
        tall[:, 2] = floor - 2 + (tall[:, 2] - floor + 2) * 2.1
        normals = raised.normals * [1, 1, 1 / 2.1]
        normals /= np.linalg.norm(normals, axis=1)[:, None]
        ridges.append(
            Piece(f"ridge_{way}", "body", type(raised)(tall, raised.faces, normals, raised.uv))
        )
    return tuple(ridges)


def stand(mm: Mm) -> Pieces:
    """Two steel bowls hung in a board on four legs."""
    wide, deep, high, r = mm["wide"], mm["deep"], mm["high"], mm["bowl"] / 2
    thick, apart = 18.0, mm["wide"] / 4
    holes = [_ring(-apart, r), _ring(apart, r)]
    top = plate(
        rectangle((-wide / 2, -deep / 2), (wide / 2, deep / 2), 26, 8),
        high - thick, high, 3.0, holes, rounds=4,
    )  # fmt: skip
    pieces = [Piece("board", "board", top)]
    leg = line((0, 0), (10, 0, 1.5), (15, high - thick + 1, 1), (0, high - thick + 1))
    for side in (-1, 1):
        for end in (-1, 1):
            lean = faced(turned(leg, 40)).turned(spin(-4 * side, "y"))
            at = side * (wide / 2 - 30), end * (deep / 2 - 28)
            pieces.append(Piece(f"leg_{side}_{end}", "board", lean.moved(*at)))
    lip = high + 1.2
    cup = line(
        (0, lip - 44), (0.6 * r, lip - 44, 20), (r - 4, lip - 3, 3), (r + 5, lip - 2.4, 1),
        (r + 5, lip + 1.4, 1.6),
        (r - 3, lip + 1.2, 3), (0.58 * r, lip - 40, 20), (0, lip - 41),
    )  # fmt: skip
    for name, x in (("left", -apart), ("right", apart)):
        pieces.append(Piece(f"bowl_{name}", "bowl", turned(cup).moved(x)))
    return tuple(pieces)


def _ring(x: float, radius: float) -> Outline:
    turn = np.arange(48) * 2 * np.pi / 48
    points = tuple((x + radius * np.cos(t), radius * np.sin(t)) for t in turn)
    return Outline(points, 1.0, 1)


def feeding_mat(mm: Mm) -> Pieces:
    """A flat mat with a raised rim that keeps spilt water in, and rings where bowls stand."""
    wide, deep = mm["wide"] / 2, mm["deep"] / 2
    flat = plate(rectangle((-wide, -deep), (wide, deep), 46, 12), 0.0, 3.2, 1.2, rounds=3)
    ring = rectangle((-wide + 5, -deep + 5), (wide - 5, deep - 5), 42, 16).ring()
    path = np.concatenate([ring, np.full((len(ring), 1), 3.2)], axis=1)
    rim = tube(path, 5.2, 16, closed=True)
    turn = np.arange(96) * 2 * np.pi / 96
    circle = np.stack([np.cos(turn), np.sin(turn), 0 * turn], axis=1)
    places = [
        Piece(
            f"place_{number}", "body",
            tube(circle * far, 1.5, 10, closed=True).moved(side * 0.46 * wide, 0, 3.0),
        )
        for number, (side, far) in enumerate(
            (side, far) for side in (-1, 1) for far in (0.42 * deep, 0.52 * deep)
        )
    ]  # fmt: skip
    return Piece("mat", "body", flat), Piece("rim", "body", rim), *places
