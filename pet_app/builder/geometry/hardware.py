"""The parts library: buckles, sliders, rings and stitches in millimetres, each in its own frame.

Local axes are along the strap, across it and out of the body; the origin lies on the inner face of
the webbing that the piece sits on, in the piece's middle. Sizes scale with the webbing, as real
hardware's do.
"""

from functools import cache

import numpy as np

from pet_app.builder.geometry.solid import Outline, Solid, bar, plate, rectangle, together

NOMINAL_MM = 25.0
"""The webbing width that the outlines below are drawn for."""

BAR_MM = 2.4
"""Thickness of a buckle's bar at nominal size: it holds a turned-back strap's layers apart."""

SLIDER_MM = 2.6
"""Thickness of a slider, at nominal size."""

STITCH_HEIGHT_MM = 0.4


def bar_gap_mm(width_mm: int) -> float:
    """The space between the two layers of a strap where it goes round a bar."""
    return BAR_MM * width_mm / NOMINAL_MM


@cache
def female_buckle(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The half of a side-release buckle that the prongs go into; its bar is at the negative end."""
    k = width_mm / NOMINAL_MM
    half, waist = width_mm / 2 + 3.6 * k, width_mm / 2 - 0.8 * k
    mouth, shoulder = _mouth_mm(span_mm), _shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.3, thickness_mm + 5.6 * k
    shell = Outline(
        (
            (mouth, -waist),
            (mouth, waist),
            (mouth - 10.5 * k, waist),
            (mouth - 12.5 * k, half),
            (-shoulder, half - 0.8 * k),
            (-shoulder, -half + 0.8 * k),
            (mouth - 12.5 * k, -half),
            (mouth - 10.5 * k, -waist),
        ),
        2.0 * k,
    )
    badge = rectangle(
        (3.5 * k - shoulder, 4.0 * k - waist), (mouth - 4.0 * k, waist - 4.0 * k), 3.0 * k
    )
    return together(
        [
            plate(shell, low, high, 1.5 * k),
            plate(badge, high - 0.4 * k, high + 0.45 * k, 0.4 * k, rounds=1),
            _frame(width_mm, span_mm, thickness_mm),
        ]
    )


@cache
def male_buckle(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The half with the prongs; its bar is at the positive end."""
    k = width_mm / NOMINAL_MM
    half = width_mm / 2 + 3.6 * k
    mouth, shoulder = _mouth_mm(span_mm), _shoulder_mm(width_mm, span_mm, thickness_mm)
    low, high = 0.5, thickness_mm + 5.0 * k
    block = rectangle((mouth + 0.5 * k, 0.5 * k - half), (shoulder, half - 0.5 * k), 2.0 * k)
    prong = Outline(
        (
            (mouth - 11.4 * k, half - 3.7 * k),
            (mouth + 2.5 * k, half - 3.7 * k),
            (mouth + 2.5 * k, half - 0.8 * k),
            (mouth - 6.0 * k, half + 1.7 * k),
            (mouth - 11.0 * k, half + 0.4 * k),
        ),
        2.6 * k,
    )
    arm = plate(prong, low + 0.6 * k, high - 0.4 * k, 1.1 * k)
    ridges = [
        plate(
            rectangle((x, 6.0 * k - half), (x + 1.1 * k, half - 6.0 * k), 0.5 * k, steps=2),
            high - 0.3 * k,
            high + 0.4 * k,
            0.3 * k,
            rounds=1,
        )
        for x in (mouth + 2.6 * k, mouth + 4.8 * k)
    ]
    waist = width_mm / 2 - 2.2 * k
    tongue = rectangle((mouth - 5.0 * k, -waist), (mouth + 3.0 * k, waist), 1.0 * k, steps=1)
    inside = plate(tongue, low + 0.8 * k, high - 1.6 * k, 0.4 * k, rounds=1)
    frame = _frame(width_mm, span_mm, thickness_mm).turned(np.diag([-1.0, 1.0, 1.0]))
    mirrored = arm.turned(np.diag([1.0, -1.0, 1.0]))
    block_and_tongue = [plate(block, low, high, 1.4 * k), inside]
    return together([*block_and_tongue, arm, mirrored, *ridges, frame])


@cache
def slider(width_mm: int, span_mm: float) -> Solid:
    """A ladder of three bars; its origin lies in the middle of its thickness."""
    k = width_mm / NOMINAL_MM
    half, reach = width_mm / 2 + 0.6, span_mm / 2
    rail, rim, slot = 2.6 * k, 0.15 * span_mm, 0.26 * span_mm
    outline = rectangle((-reach, -half - rail), (reach, half + rail), 3.2 * k, steps=4)
    holes = [
        rectangle((x, -half), (x + slot, half), 1.2 * k, steps=2)
        for x in (-reach + rim, reach - rim - slot)
    ]
    return plate(outline, -SLIDER_MM / 2 * k, SLIDER_MM / 2 * k, 0.8 * k, holes)


@cache
def d_ring(width_mm: int, bar_mm: float) -> Solid:
    """A D bent from round bar: its straight side across the strap, its bow pointing out."""
    radius = bar_mm / 2
    half, deep, corner = width_mm / 2 + 0.6 + radius, 0.82 * width_mm, 1.3 * bar_mm
    straight = np.stack([np.linspace(-half + corner, half - corner, 6), np.zeros(6)], axis=1)
    turn = np.linspace(-np.pi / 2, 0, 6)[1:]
    bend = np.stack([half - corner + corner * np.cos(turn), corner + corner * np.sin(turn)], axis=1)
    sweep = np.linspace(0, np.pi, 27)[1:-1]
    bow = np.stack([half * np.cos(sweep), corner + (deep - corner) * np.sin(sweep) ** 0.86], axis=1)
    path = np.concatenate([straight, bend, bow, (bend * [-1, 1])[::-1]])
    return bar(np.concatenate([np.zeros((len(path), 1)), path], axis=1), radius)


def stitches(corners: np.ndarray, pitch_mm: float, thickness_mm: float = 0.7) -> Solid:
    """Stitches on the plane out = 0 along lines, float64 (n, 2, 2), their ends along and across."""
    centres, ways = [], []
    for start, end in corners:
        length = np.linalg.norm(end - start)
        count = max(2, round(length / pitch_mm))
        shares = (np.arange(count) + 0.5) / count
        centres.append(start + shares[:, None] * (end - start))
        ways.append(np.broadcast_to((end - start) / count, (count, 2)))
    centre = np.concatenate(centres)
    way = 0.4 * np.concatenate(ways)
    side = np.stack([-way[:, 1], way[:, 0]], axis=1)
    side *= thickness_mm / 2 / np.linalg.norm(side, axis=1, keepdims=True)
    level = np.zeros((len(centre), 1))
    corners_3d = np.stack(
        [
            np.concatenate([centre - way, level], axis=1),
            np.concatenate([centre - side, level], axis=1),
            np.concatenate([centre + way, level], axis=1),
            np.concatenate([centre + side, level], axis=1),
            np.concatenate([centre, level + STITCH_HEIGHT_MM], axis=1),
        ],
        axis=1,
    )
    normals = corners_3d - corners_3d[:, :4].mean(axis=1, keepdims=True)
    normals[:, :, 2] += 0.2
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    pyramid = np.array([[0, 1, 4], [1, 2, 4], [2, 3, 4], [3, 0, 4], [2, 1, 0], [3, 2, 0]])
    faces = pyramid[None] + 5 * np.arange(len(centre))[:, None, None]
    vertices = corners_3d.reshape(-1, 3)
    return Solid(vertices, faces.reshape(-1, 3), normals.reshape(-1, 3), vertices[:, :2].copy())


def box_and_cross(length_mm: float, width_mm: float) -> np.ndarray:
    """The lines of a box with a cross in it, for `stitches`."""
    x, y = length_mm / 2, width_mm / 2
    a, b, c, d = (-x, -y), (x, -y), (x, y), (-x, y)
    return np.array([[a, b], [b, c], [c, d], [d, a], [a, c], [b, d]])


def box(length_mm: float, width_mm: float) -> np.ndarray:
    """The lines of a plain box, for `stitches`."""
    return box_and_cross(length_mm, width_mm)[:4]


def _mouth_mm(span_mm: float) -> float:
    """Where the two halves of a closed buckle meet."""
    return 0.14 * span_mm


def _shoulder_mm(width_mm: int, span_mm: float, thickness_mm: float) -> float:
    """Where a half's body ends and the slot for the webbing begins."""
    return span_mm / 2 - thickness_mm - 0.7 * width_mm / NOMINAL_MM


def _frame(width_mm: int, span_mm: float, thickness_mm: float) -> Solid:
    """The bar at a female half's end and the rails that hold it."""
    k = width_mm / NOMINAL_MM
    half, outer = width_mm / 2 + 0.7, width_mm / 2 + 3.4 * k
    near, end = _shoulder_mm(width_mm, span_mm, thickness_mm), span_mm / 2 + 2.2 * k
    outline = rectangle((-end, -outer), (2.0 * k - near, outer), 2.4 * k)
    hole = rectangle((-span_mm / 2 - 0.2 * k, -half), (-near, half), 0.8 * k, steps=2)
    low = thickness_mm + 0.05
    return plate(outline, low, low + bar_gap_mm(width_mm) - 0.1, 0.7 * k, [hole])
