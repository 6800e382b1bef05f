"""The bolt snap: an eye for the webbing, a swivel, a hook and a sprung bolt with its thumb knob."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.solid import Outline, Solid, bar, lathe, plate, rod, together

LYING = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
"""Turns what was drawn out to lie along the strap."""

SWIVEL = (
    (0.0, -2.2), (1.0, -2.2), (1.35, -1.8), (1.35, -0.9), (1.0, -0.5), (0.85, -0.2), (0.85, 0.4),
    (1.5, 0.7), (1.7, 1.1), (1.7, 2.6), (0.0, 2.6),
)  # fmt: skip
"""The swivel's profile in radii of the eye's bar, from within the eye to within the hook."""


@cache
def snap_hook(width_mm: int, span_mm: float, bar_mm: float) -> Solid:
    """It lies along the strap: the eye's bar at 0, the hook's tip at `span_mm`, flat in across."""
    radius = bar_mm / 2
    half = width_mm / 2 + 0.8 + radius
    deep = 0.62 * half + 2.2 * bar_mm
    eye = bar(_eye(half, bar_mm, deep), radius, sides=10).turned(LYING)
    swivel = lathe(np.array(SWIVEL) * radius, sides=14).turned(LYING)
    root = deep + 1.0 * radius
    thick = 1.2 * radius
    wide = 0.13 * span_mm
    centre = span_mm - wide - thick
    mouth = root + 0.42 * (centre - root)
    turn = np.linspace(np.pi / 2, -0.62 * np.pi, 22)
    bow = np.stack([centre + wide * np.cos(turn), wide * np.sin(turn), 0 * turn], axis=1)
    stem = np.linspace(mouth - thick, centre, 5)[:-1]
    path = np.concatenate([np.stack([stem, wide + 0 * stem, 0 * stem], axis=1), bow])
    slim = thick * np.interp(np.arange(len(path)), [0, len(path) - 8, len(path) - 1], [1, 1, 0.8])
    hook = rod(path, slim, sides=10, first=(0.0, 0.0, 1.0))
    barrel = _straight((root + 0.9 * bar_mm, mouth + 1.2 * thick), -wide, 1.42 * thick)
    bolt = _straight((mouth, bow[-1, 0] - 0.2 * thick), -wide, 0.78 * thick)
    ring = _straight((mouth + 1.0 * thick, mouth + 1.5 * thick), -wide, 1.6 * thick)
    at = mouth - 1.1 * thick
    knob = rod(
        np.array([(at, -wide, 0.0), (at, -wide, 1.9 * thick), (at, -wide, 2.5 * thick)]),
        np.array([0.55, 0.55, 0.95]) * thick,
        sides=10,
        first=(0.0, 1.0, 0.0),
    )
    body = _body(root, mouth, wide, thick)
    return together([eye, swivel.moved(along=deep), body, hook, barrel, ring, bolt, knob])


def _straight(ends: tuple[float, float], across: float, radius: float) -> Solid:
    """A round pin along the hook."""
    path = np.array([(x, across, 0.0) for x in np.linspace(*ends, 3)])
    return rod(path, radius, sides=10, first=(0.0, 0.0, 1.0))


def _body(root: float, mouth: float, wide: float, thick: float) -> Solid:
    """The fork that carries the hook's stem and the bolt's barrel."""
    outer, inner = wide + 0.75 * thick, wide - 0.75 * thick
    fork = Outline(
        (
            (root, -1.15 * thick),
            (root + 2.2 * thick, -outer),
            (mouth, -outer),
            (mouth, -inner),
            (mouth - 1.2 * thick, -0.35 * inner),
            (mouth - 1.2 * thick, 0.35 * inner),
            (mouth, inner),
            (mouth, outer),
            (root + 2.2 * thick, outer),
            (root, 1.15 * thick),
        ),
        1.1 * thick,
    )
    high = 0.95 * thick
    upper = plate(fork, -0.1 * thick, high, 0.7 * thick, rounds=3)
    return together([upper, upper.mirrored(2)])


def _eye(half: float, bar_mm: float, deep: float) -> np.ndarray:
    """A flat eye in the plane x = 0: bar at 0, its bow reaching out."""
    corner = 1.2 * bar_mm
    straight = np.stack([np.zeros(6), np.linspace(-half + corner, half - corner, 6)], axis=1)
    turn = np.linspace(-np.pi / 2, 0, 6)[1:]
    bend = np.stack([corner + corner * np.sin(turn), half - corner + corner * np.cos(turn)], axis=1)
    sweep = np.linspace(0, np.pi, 27)[1:-1]
    bow = np.stack([corner + (deep - corner) * np.sin(sweep), half * np.cos(sweep)], axis=1)
    path = np.concatenate([straight, bend, bow, (bend * [1, -1])[::-1]])
    return np.stack([np.zeros(len(path)), path[:, 1], path[:, 0]], axis=1)
