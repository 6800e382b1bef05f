"""Rings bent from round bar: the D, the O and the split ring."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.solid import Solid, bar, rod

LYING = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
"""Turns what was drawn across and out to lie along and across."""


@cache
def d_ring(width_mm: int, bar_mm: float) -> Solid:
    """A D bent from round bar: its straight side across the strap, its bow pointing out."""
    radius = bar_mm / 2
    half, deep, corner = width_mm / 2 + 0.6 + radius, 0.82 * width_mm, 1.3 * bar_mm
    straight = np.stack([np.linspace(-half + corner, half - corner, 6), np.zeros(6)], axis=1)
    turn = np.linspace(-np.pi / 2, 0, 6)[1:]
    bend = np.stack([half - corner + corner * np.cos(turn), corner + corner * np.sin(turn)], axis=1)
    sweep = np.linspace(0, np.pi, 23)[1:-1]
    bow = np.stack([half * np.cos(sweep), corner + (deep - corner) * np.sin(sweep) ** 0.86], axis=1)
    path = np.concatenate([straight, bend, bow, (bend * [-1, 1])[::-1]])
    return bar(np.concatenate([np.zeros((len(path), 1)), path], axis=1), radius)


@cache
def o_ring(inner_mm: float, bar_mm: float) -> Solid:
    """A round ring lying flat, in the plane along and across, its middle at the origin."""
    turn = np.linspace(0.0, 2 * np.pi, 37)[:-1]
    radius = (inner_mm + bar_mm) / 2
    path = np.stack([0 * turn, radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    return bar(path, bar_mm / 2, sides=10).turned(LYING)


@cache
def split_ring(outer_mm: float, bar_mm: float) -> Solid:
    """A flat spring ring of two turns lying flat, its middle at the origin."""
    turn = np.linspace(0.0, 3.94 * np.pi, 72)
    radius = outer_mm / 2 - bar_mm / 2
    settle = np.clip((turn - 1.62 * np.pi) / (0.7 * np.pi), 0.0, 1.0)
    along = bar_mm * 0.52 * (2 * settle**2 * (3 - 2 * settle) - 1)
    path = np.stack([along, radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    return rod(path, bar_mm / 2, sides=8, first=(1.0, 0.0, 0.0)).turned(LYING)
