"""Where pets lie, hide and scratch."""

import numpy as np

from pet_app.builder.geometry.solid import Solid, plate, rectangle, together
from pet_app.builder.things.piece import Mm, Piece, Pieces
from pet_app.builder.things.shape import (
    along,
    ball,
    band,
    faced,
    hoop,
    line,
    lumps,
    pillow,
    prism,
    skin,
    spin,
    tube,
    turned,
)


def bed(mm: Mm) -> Pieces:
    """A nest: a thick bolster, lower in front, round a cushion."""
    wide, deep, high = mm["wide"] / 2, mm["deep"] / 2, mm["high"]
    turn = np.arange(200) * 2 * np.pi / 200
    cos, sin = np.cos(turn), np.sin(turn)
    way = np.stack([np.sign(cos) * np.abs(cos) ** 0.72, np.sign(sin) * np.abs(sin) ** 0.72], axis=1)
    front = np.exp(-(((turn - 1.5 * np.pi) / 0.42) ** 2))
    seams = np.exp(-((np.sin(5 * turn + 0.5 * np.pi) / 0.09) ** 2))
    thick = 0.5 * high * (1 - 0.46 * front) * (1 - 0.055 * seams)
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    out, rise = np.cos(around), np.sin(around)
    path = way * [wide - 0.46 * high, deep - 0.46 * high]
    normal = np.stack([cos / wide, sin / deep], axis=1)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    points = np.empty((40, 200, 3))
    points[..., :2] = path[None] + (0.92 * thick[None] * out[:, None])[..., None] * normal[None]
    points[..., 2] = thick[None] * (1 + 1.02 * rise[:, None])
    points = lumps(lumps(points, 8.0, 12, 150.0), 2.4, 13, 48.0)
    points[..., 2] = np.maximum(points[..., 2], 0.0)
    bolster = skin(points, around=True, over=True)
    seam = path + 0.9 * thick[:, None] * normal
    piping = tube(
        np.stack([seam[:, 0], seam[:, 1], thick * 1.0], axis=1) * [1.012, 1.012, 1.0],
        4.0,
        10,
        closed=True,
    )
    inner = pillow(2 * wide - 1.2 * high, 2 * deep - 1.2 * high, 0.66 * high, 3.0, 2.0)
    inner = _settled(inner, 6.0, 8, 110.0)
    far = np.linalg.norm(inner[..., :2] / [wide, deep], axis=2)
    inner[..., 2] -= 0.1 * high * np.exp(-((far / 0.12) ** 2)) * (inner[..., 2] > 0.3 * high)
    cushion = faced(skin(inner), steep=-1.0).moved(0, 0, 0.1 * high)
    return (
        Piece("bolster", "bolster", bolster), Piece("piping", "piping", piping),
        Piece("cushion", "cushion", cushion),
    )  # fmt: skip


def _settled(points: np.ndarray, size: float, seed: int, pitch: float) -> np.ndarray:
    """A cushion's points pushed about, its poles kept whole."""
    moved = lumps(points, size, seed, pitch)
    moved[0], moved[-1] = moved[0].mean(axis=0), moved[-1].mean(axis=0)
    return moved


def cave(mm: Mm) -> Pieces:
    """A hollow egg of felt with a round way in, flat where it stands."""
    r = mm["across"] / 2
    opening, wall = np.radians(38), 9.0
    outer = np.linspace(-np.pi / 2, np.pi / 2 - opening, 60)
    lip = np.linspace(0, np.pi, 9)[1:-1]
    edge = outer[-1]
    middle = (r - wall / 2) * np.array([np.cos(edge), np.sin(edge)])
    rim = middle + wall / 2 * np.stack([np.cos(edge + lip), np.sin(edge + lip)], axis=1)
    profile = np.concatenate(
        [
            r * np.stack([np.cos(outer), np.sin(outer)], axis=1), rim,
            (r - wall) * np.stack([np.cos(outer), np.sin(outer)], axis=1)[::-1],
        ]
    )  # fmt: skip
    profile[[0, -1], 0] = 0.0
    turn = np.arange(128) * 2 * np.pi / 128
    points = np.stack(
        [profile[:, :1] * np.cos(turn), profile[:, :1] * np.sin(turn),
         np.broadcast_to(profile[:, 1:], (len(profile), 128))], axis=2,
    )  # fmt: skip
    points = points @ (spin(62, "x")).T * [1.04, 1.0, 0.9]
    moved = lumps(points, 3.2, 22, 110.0)
    inner = np.arange(len(profile)) >= len(outer) + len(rim) // 2
    floor = np.where(inner, -0.7 * r + wall, -0.7 * r)[:, None]
    moved[..., 2] = floor + _soft_floor(moved[..., 2] - floor, 0.12 * r)
    moved[0], moved[-1] = moved[0].mean(axis=0), moved[-1].mean(axis=0)
    cushion = _settled(pillow(1.2 * r, 1.14 * r, 0.3 * r, 2.0, 2.2), 2.5, 5, 90.0)
    low = 0.7 * r
    return (
        Piece("cave", "body", skin(moved).moved(0, 0, low)),
        Piece("cushion", "cushion", skin(cushion).moved(0, -0.06 * r, wall + 1)),
    )


def _soft_floor(height: np.ndarray, soft: float) -> np.ndarray:
    """Heights that come to rest on a floor at 0 instead of passing through it."""
    return soft * np.logaddexp(0.0, height / soft) * np.where(height < -6 * soft, 0.0, 1.0)


def blanket(mm: Mm) -> Pieces:
    """A blanket rolled up, held by two straps and carried by a third."""
    wide, r, thick = mm["wide"], mm["across"] / 2, mm["thick"]
    turns = (r - 0.16 * r) / (1.04 * thick)
    angle = np.linspace(0, 2 * np.pi * turns, int(40 * turns))
    far = 0.16 * r + 1.04 * thick * angle / (2 * np.pi)
    end = np.clip((angle[-1] - angle) / 0.5, 0, 1) ** 0.5
    outer = (far + thick * (0.06 + 0.86 * end))[:, None] * np.stack(
        [np.cos(angle), np.sin(angle)], 1
    )
    inner = far[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    ring = np.concatenate([outer, inner[::-1]])
    squash = np.array([1.05, 0.94])
    roll = prism(ring * squash, -wide / 2, wide / 2)
    swap = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    low = float(-(ring * squash)[:, 1].min())
    cloth = roll.turned(swap).moved(0, 0, low)
    pieces = [Piece("roll", "cloth", cloth)]
    hull = far[-1] + thick
    turn = np.linspace(0, 2 * np.pi, 121)[:-1]
    loop = np.stack([1.05 * hull * np.cos(turn), 0.94 * hull * np.sin(turn)], axis=1)
    loop[:, 1] = np.maximum(loop[:, 1], -low + 0.4)
    for side in (-1, 1):
        at = 0.27 * wide * side
        path = np.stack([np.full(120, at), loop[:, 0], loop[:, 1] + low], axis=1)
        pieces.append(Piece(f"strap_{side}", "strap", hoop(path, 24.0, 2.6)))
        buckle = plate(rectangle((-16, -13), (16, 13), 4, 5), 0, 3.4, 1.2,
                       [rectangle((-12, -9), (12, 9), 2, 4)], rounds=3)  # fmt: skip
        pieces.append(
            Piece(f"buckle_{side}", "metal",
                  buckle.turned(spin(62, "x")).moved(at, -0.945 * hull, low + 0.43 * hull))
        )  # fmt: skip
    t = np.linspace(-1, 1, 60)
    top = low + 0.94 * hull
    path = np.stack([0.27 * wide * t, 0 * t, top + 2.2 + 46 * (1 - t**2) ** 0.8], axis=1)
    slope = np.gradient(path, axis=0)
    up = np.stack([-slope[:, 2], 0 * t, slope[:, 0]], axis=1)
    pieces.append(Piece("handle", "strap", band(path, up, 22.0, 3.2)))
    return tuple(pieces)


def scratcher(mm: Mm) -> Pieces:
    """A lounge of corrugated card on edge in a wooden tray."""
    long, deep, high = mm["long"], mm["deep"], mm["high"]
    inside = deep - 20.0
    each = 7.4
    count = int(inside / each)
    x = np.linspace(-long / 2 + 9, long / 2 - 9, int(long / 1.4))
    top = high * (
        0.66 + 0.34 * np.cos(2 * np.pi * x / long) ** 2 * np.where(np.abs(x) > long / 4, 1, -0.35)
    )
    top = np.interp(x, x[::12], top[::12])
    sheets = []
    for number in range(count):
        y = (number - (count - 1) / 2) * each
        wave = y + 0.36 * each * np.sin(2 * np.pi * x / 8.6 + number * 1.7)
        sheets.append(_sheet(x, wave, top - 0.8, 0.85))
        sheets.append(_sheet(x[::6], np.full(len(x[::6]), y + each / 2), top[::6], 0.85))
    tray = _frame(long, deep, 0.38 * high, 9.0)
    return Piece("card", "card", together(sheets)), Piece("tray", "tray", tray)


def _sheet(x: np.ndarray, y: np.ndarray, top: np.ndarray, thick: float) -> Solid:
    """A standing sheet of card along a curve, from just above the floor up to `top`."""
    half = thick / 2
    low = np.full(len(x), 6.0)
    grid = np.stack(
        [
            np.stack([x, y - half, low], 1), np.stack([x, y + half, low], 1),
            np.stack([x, y + half, top], 1), np.stack([x, y - half, top], 1),
        ],
        axis=1,
    )  # fmt: skip
    body = skin(grid, around=True)
    ends = [_end(grid[0][::-1], -1.0), _end(grid[-1], 1.0)]
    return together([body, *ends])


def _end(corners: np.ndarray, way: float) -> Solid:
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
    first = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    if first[0] * way < 0:
        faces = faces[:, ::-1]
    return Solid(corners, faces, np.tile([way, 0.0, 0.0], (4, 1)), corners[:, 1:])


def _frame(long: float, deep: float, high: float, wall: float) -> Solid:
    outer = rectangle((-long / 2 - wall, -deep / 2), (long / 2 + wall, deep / 2), 12, 6)
    hole = rectangle((-long / 2 + 4, -deep / 2 + wall), (long / 2 - 4, deep / 2 - wall), 5, 4)
    sides = plate(outer, 0.0, high, 2.0, [hole], rounds=4)
    up = np.abs(sides.normals[:, 2:]) > 0.75
    wall_uv = np.stack([sides.vertices[:, 0] + sides.vertices[:, 1], sides.vertices[:, 2]], axis=1)
    sides = Solid(sides.vertices, sides.faces, sides.normals, np.where(up, sides.uv, wall_uv))
    base = plate(
        rectangle((-long / 2, -deep / 2 + 4), (long / 2, deep / 2 - 4), 5, 4), 2.0, 6.5, 0.5
    )
    return together([sides, base])


def post(mm: Mm) -> Pieces:
    """A post wound with rope on a heavy foot, a ball hanging from its head."""
    foot, high, r = mm["foot"] / 2, mm["high"], mm["across"] / 2
    # Turns press into each other: through a gap of a tenth of a millimetre black specks showed.
    thick, pitch = 8.0, 7.3
    base = faced(
        turned(
            line(
                (0, 0),
                (foot - 3, 0, 2),
                (foot, 4, 4),
                (foot - 1, 24, 7),
                (foot - 9, 27, 4),
                (0, 27),
            )
        )
    )
    head = faced(
        turned(
            line(
                (0, high - 30), (r + 1, high - 30, 2), (r + 9, high - 24, 4),
                (r + 9, high - 8, 7), (r, high, 7),
                (0, high + 0.5),
            )
        )
    )  # fmt: skip
    turns = (high - 30 - 27) / pitch
    angle = np.linspace(0, 2 * np.pi * turns, int(44 * turns))
    path = np.stack(
        [(r + 0.3 * thick) * np.cos(angle), (r + 0.3 * thick) * np.sin(angle),
         27 + thick / 2 + pitch * angle / (2 * np.pi) * (1 - 1 / turns)],
        axis=1,
    )  # fmt: skip
    core = turned(line((0, 20), (r, 20, 1), (r, high - 20, 1), (0, high - 20)))
    drop, ball_r = 120.0, 21.0
    out = r + 8
    swing = along(
        [
            (out - 3, 0, high - 16),
            (out + 6, 0, high - 19),
            (out + 17, 0, high - 40),
            (out + 19, 0, high - drop),
        ],
        40,
    )
    toy = lumps(ball(ball_r), 0.8, 31, 22)
    toy[0], toy[-1] = toy[0].mean(axis=0), toy[-1].mean(axis=0)
    turn = spin(-52)
    return (
        Piece("foot", "base", base), Piece("head", "base", head), Piece("core", "rope", core),
        Piece("winding", "rope", tube(path, thick / 2, 10)),
        Piece("cord", "cord", tube(swing, 1.6, 10, first=(0, 1, 0)).turned(turn)),
        Piece("ball", "ball", skin(toy).moved(*(swing[-1] - [0, 0, ball_r - 2])).turned(turn)),
    )  # fmt: skip
