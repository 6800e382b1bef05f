"""Rivets, and the name plate that two of them hold."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.solid import Solid, lathe, plate, rectangle, together


@cache
def rivet(head_mm: float, bar_mm: float, layers_mm: float) -> Solid:
    """A rivet through layers `layers_mm` thick together: domed outside, flat inside."""
    head, shank, dome = head_mm / 2, bar_mm / 2, 0.18 * head_mm
    turn = np.linspace(0.0, np.pi / 2, 6)
    top = np.stack([head * np.cos(turn), layers_mm + 0.25 + dome * np.sin(turn)], axis=1)
    top[-1, 0] = 0.0
    profile = [(0.0, -0.2), (0.8 * head, -0.2), (0.8 * head, 0.05), (shank, 0.05),
               (shank, layers_mm - 0.05), (head, layers_mm - 0.05), *top.tolist()]  # fmt: skip
    return lathe(np.array(profile), sides=18)


@cache
def name_plate(long_mm: float, wide_mm: float, high_mm: float, rivet_mm: float) -> Solid:
    """A plate on the plane out = 0 with a rivet's head near each end."""
    x, y = long_mm / 2, wide_mm / 2
    blank = plate(rectangle((-x, -y), (x, y), 0.28 * wide_mm, steps=5), 0.0, high_mm, 0.3 * high_mm)
    turn = np.linspace(0.0, np.pi / 2, 6)
    head = np.stack([rivet_mm / 2 * np.cos(turn), 0.24 * rivet_mm * np.sin(turn)], axis=1)
    head[-1, 0] = 0.0
    dome = lathe(np.array([(0.0, -0.1), (rivet_mm / 2, -0.1), *head.tolist()]), sides=16)
    heads = [dome.moved(along=sign * (x - 0.9 * rivet_mm), out=high_mm) for sign in (-1, 1)]
    return together([blank, *heads])
