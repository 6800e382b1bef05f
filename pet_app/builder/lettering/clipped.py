"""Outlines in whole steps joined and cut exactly."""
# pyright: reportAttributeAccessIssue=false
# The library's names come out of a compiled module.

from collections.abc import Iterable

import numpy as np
import pyclipper

Pieces = list[tuple[np.ndarray, ...]]
"""Connected pieces: each an outline, counter-clockwise, and the holes in it; int64 (n, 2)."""


def joined(rings: Iterable[np.ndarray], clean: float) -> Pieces:
    """What the rings cover together; points nearer than `clean` to the line between their
    neighbours are left out, and outlines that only touch are drawn apart by as much."""
    found = _union(rings)
    every = np.concatenate([ring for piece in found for ring in piece])
    if len(np.unique(every // max(int(clean / 8), 1), axis=0)) < len(every):
        found = _union(_drawn_in([ring for piece in found for ring in piece], clean))
    tidied = [tuple(_cleaned(ring, clean) for ring in piece) for piece in found]
    return [
        (piece[0], *(hole for hole in piece[1:] if len(hole))) for piece in tidied if len(piece[0])
    ]


def within(rings: Iterable[np.ndarray], low: tuple[int, int], high: tuple[int, int]) -> Pieces:
    """What of a region lies in an upright rectangle; every point of its rings in it is kept."""
    cutter = pyclipper.Pyclipper()
    cutter.PreserveCollinear = True
    for ring in rings:
        cutter.AddPath(ring.tolist(), pyclipper.PT_SUBJECT, True)
    (left, bottom), (right, top) = low, high
    window = [[left, bottom], [right, bottom], [right, top], [left, top]]
    cutter.AddPath(window, pyclipper.PT_CLIP, True)
    return _pieces(cutter, pyclipper.CT_INTERSECTION)


def grown(rings: Iterable[np.ndarray], by: float, arc: float) -> list[np.ndarray]:
    """Rings moved out by some steps, or in by fewer than none, their corners rounded to `arc`."""
    tool = pyclipper.PyclipperOffset(2.0, arc)
    for ring in rings:
        tool.AddPath(ring.tolist(), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return [np.array(path, np.int64) for path in tool.Execute(by)]


def _union(rings: Iterable[np.ndarray]) -> Pieces:
    cutter = pyclipper.Pyclipper()
    for ring in rings:
        cutter.AddPath(ring.tolist(), pyclipper.PT_SUBJECT, True)
    return _pieces(cutter, pyclipper.CT_UNION)


def _drawn_in(rings: Iterable[np.ndarray], by: float) -> list[np.ndarray]:
    tool = pyclipper.PyclipperOffset(2.0)
    for ring in rings:
        tool.AddPath(ring.tolist(), pyclipper.JT_MITER, pyclipper.ET_CLOSEDPOLYGON)
    return [np.array(path, np.int64) for path in tool.Execute(-by)]


def _pieces(cutter: pyclipper.Pyclipper, how: int) -> Pieces:
    tree = cutter.Execute2(how, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO)
    pieces: Pieces = []
    waiting = list(tree.Childs)
    while waiting:
        node = waiting.pop(0)
        rings = (node.Contour, *(hole.Contour for hole in node.Childs))
        pieces.append(tuple(np.array(ring, np.int64) for ring in rings))
        waiting += [child for hole in node.Childs for child in hole.Childs]
    return pieces


def _cleaned(ring: np.ndarray, clean: float) -> np.ndarray:
    return np.array(pyclipper.CleanPolygon(ring.tolist(), clean), np.int64).reshape(-1, 2)
