"""The neck loop of a Y-front harness: from the withers round the shoulders to the breastbone."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.body import Body, Plane
from pet_app.builder.body.section import hull
from pet_app.builder.courses.settle import settled, to_length
from pet_app.builder.curve import Curve

RAYS = 49
COARSE_RAYS = 25
SHARES = np.linspace(-0.2, 1.6, 7)
STATIONS = 96
"""Points on each half of the loop."""

EVENED = 6
"""So often its points are evened out: a tape over the body's corners does not kink."""

SNUG_MM = 0.8
"""How far off the coat a loop lies all round where it comes to rest on the neck."""

LEANS = (1.0, 0.6, 0.25, 0.0)
"""A strap that would press into the jaw leans less: these shares of its lean are tried."""

KEPT_MM = 0.3
"""How far its edges keep off head and shoulders at least."""

LEAN_FROM, LEAN_TO = np.radians(35.0), np.radians(180.0)
"""Straight across the withers, the strap leans ever more towards the head from here to here on its
way round: pulled down at the breastbone, it comes to it steeply."""


def yoke(body: Body, length_mm: float, width_mm: float, ring_mm: float) -> tuple[Curve, np.ndarray]:
    """The inner face of the loop and how it is bent across, (n,) 1/mm; closed, top first.

    Both halves run straight to the joint at its lowest point, where `ring_mm` from their meeting
    they give way to an arc: the strap ends there, at a ring.
    """
    most = np.radians(library.table("fit")["harness"]["yoke_lean_deg"])
    found = None
    for share in LEANS:
        found = _leaning(body, length_mm, share * most, width_mm, ring_mm)
        if _is_clear(body, *found, width_mm):
            break
    assert found
    return found


def _leaning(
    body: Body, length_mm: float, lean: float, width_mm: float, ring_mm: float
) -> tuple[Curve, np.ndarray]:
    """The loop of this length that leans so far towards the head, and how it is bent across."""
    tapes = _tapes(body, lean)
    wanted = length_mm - 2 * np.pi * SNUG_MM
    curve, cup = _settled(body, wanted, tapes, lean, width_mm, ring_mm)
    for _ in range(2):
        over = curve.length - length_mm
        if over <= 0:
            break
        wanted -= over + 1.0
        curve, cup = _settled(body, wanted, tapes, lean, width_mm, ring_mm)
    return to_length(curve, length_mm), cup


def _is_clear(body: Body, curve: Curve, cup: np.ndarray, width_mm: float) -> bool:
    """Whether the edges of the right half keep off the whole animal, its head above all."""
    half = slice(0, STATIONS + 8, 3)
    points, out = curve.points[half], curve.normals[half]
    across = np.cross(out, np.gradient(points, axis=0))
    across *= width_mm / 2 / np.linalg.norm(across, axis=1, keepdims=True)
    drop = out * (cup[half, None] * width_mm**2 / 8)
    edges = np.concatenate([points + across, points - across]) - np.concatenate([drop, drop])
    return bool(body.depth_whole(edges).min() > KEPT_MM)


def joint(curve: Curve) -> tuple[np.ndarray, np.ndarray, float]:
    """Where the straps of a yoke would meet, the way out of the body there, and the half length in
    mm of the arc between their ends.
    """
    last = STATIONS - 1
    end, before = curve.points[last], curve.points[last - 1]
    ahead = (end - before) / np.linalg.norm(end - before)
    meeting = end + ahead * (end[2] / -ahead[2])
    out = curve.normals[len(curve.points) // 2]
    return meeting, out, curve.length / 2 - float(curve.arc[last])


def open_rows(curve: Curve) -> np.ndarray:
    """The rows of a yoke's curve from its left end at the joint over the top to its right end."""
    return np.concatenate(
        [np.arange(len(curve.points) - STATIONS, len(curve.points)), np.arange(1, STATIONS)]
    )


def _settled(
    body: Body, tape_mm: float, tapes: np.ndarray, lean: float, width_mm: float, ring_mm: float
) -> tuple[Curve, np.ndarray]:
    """The loop as it lies where the tape round neck or shoulders is so long."""
    plane = body.along(float(np.interp(tape_mm, tapes, SHARES)))
    return settled(body, _closed(body, _half(body, plane, lean), ring_mm), width_mm, straight=False)


def _tapes(body: Body, lean: float) -> np.ndarray:
    """How long the loop is where it would lie at `SHARES` of the way down the neck."""
    planes = [body.along(share) for share in SHARES]
    middles = np.stack([plane.point for plane in planes])
    ways = np.stack([_fan(plane, lean, COARSE_RAYS) for plane in planes])
    starts = np.broadcast_to(middles[:, None], ways.shape)
    away = body.exits(starts.reshape(-1, 3), ways.reshape(-1, 3)).reshape(len(planes), -1)
    tapes = []
    for middle, way, reach in zip(middles, ways, away, strict=True):
        steps = np.diff(_taut(middle, way, reach), axis=0)
        tapes.append(2 * float(np.sqrt(np.einsum("ij,ij->i", steps, steps)).sum()))
    return np.maximum.accumulate(np.array(tapes))


def _fan(plane: Plane, lean: float, rays: int) -> np.ndarray:
    """Ways (n, 3) over the right half of a section, leaning towards the head sideways."""
    turn = np.linspace(0.0, np.pi, rays)
    share = np.clip((turn - LEAN_FROM) / (LEAN_TO - LEAN_FROM), 0.0, 1.0)
    leaning = (lean * share**2 * (3 - 2 * share))[:, None]
    side = np.cos(leaning) * np.array([0.0, 0.0, 1.0]) + np.sin(leaning) * plane.normal
    return np.cos(turn)[:, None] * plane.up + np.sin(turn)[:, None] * side


def _taut(middle: np.ndarray, ways: np.ndarray, away: np.ndarray) -> np.ndarray:
    """The points (n, 3) that a tape drawn over the right half meets, from the top."""
    turn = np.linspace(0.0, np.pi, len(away))
    flat = away[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    whole = np.concatenate([flat, flat[-2:0:-1] * [1.0, -1.0]])
    kept = hull(whole)
    kept = kept[kept < len(flat)]
    return middle + away[kept, None] * ways[kept]


def _half(body: Body, plane: Plane, lean: float) -> np.ndarray:
    """The right half of the loop in this plane, (n, 3), from top to bottom."""
    ways = _fan(plane, lean, RAYS)
    line = _taut(plane.point, ways, body.exits(np.broadcast_to(plane.point, ways.shape), ways))
    line[[0, -1], 2] = 0.0
    return line


def _closed(body: Body, half: np.ndarray, ring_mm: float) -> Curve:
    """Both halves, even between their ends, joined by an arc where the ring sits."""
    arc = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(half, axis=0), axis=1))])
    places = np.linspace(0.0, arc[-1] - ring_mm, STATIONS)
    right = np.stack([np.interp(places, arc, axis) for axis in half.T], axis=1)
    mirror = np.array([1.0, 1.0, -1.0])
    for _ in range(EVENED):
        wide = np.concatenate([right[1:2] * mirror, right])
        right[:-1] = (wide[:-2] + 2 * wide[1:-1] + wide[2:]) / 4
    ahead = right[-1] - right[-2]
    ahead /= np.linalg.norm(ahead)
    bend = _arc(right[-1], ahead)
    points = np.concatenate([right, bend, (right * mirror)[::-1]])
    points[-1] = points[0]
    normals = body.normals(points)
    normals[[0, -1], 2] = 0.0
    normals[len(points) // 2, 2] = 0.0
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Curve(points, normals)


def _arc(end: np.ndarray, ahead: np.ndarray, count: int = 13) -> np.ndarray:
    """The points (n, 3) between a half's end and its mirror image on an arc that touches both."""
    flat = ahead * [1.0, 1.0, 0.0]
    steep = float(np.linalg.norm(flat))
    turn = max(float(np.arctan2(steep, -ahead[2])), 1e-3)
    radius = end[2] / np.sin(turn)
    angle = np.linspace(turn, -turn, count + 2)[1:-1, None]
    drop = radius * (np.cos(angle) - np.cos(turn)) * flat / max(steep, 1e-9)
    return end * [1.0, 1.0, 0.0] + drop + radius * np.sin(angle) * [0.0, 0.0, 1.0]
