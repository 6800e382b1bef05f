"""How a strap settles on the body: flat where it can, lifted where an edge would press in."""

import numpy as np

from pet_app.builder.body import Body
from pet_app.builder.curve import Curve

CLEAR_MM = 0.5
"""Left between the coat and every point of a strap's inner face; its flats between frames dip."""

ACROSS = np.array([-0.5, -0.25, 0.0, 0.25, 0.5])
"""Where across a strap its distance from the coat is asked, in widths."""

MOST_CUP = 0.45
"""Webbing is never bent across more sharply than this, in one over its widths."""

BENT_SHARE = 0.25
"""How much of the body's roundness across it a strap follows that is also bent along it."""


def settled(
    body: Body, curve: Curve, width_mm: float, *, straight: bool
) -> tuple[Curve, np.ndarray]:
    """The curve with its normals rolled and its points lifted; how it is bent across, (n,) 1/mm.

    A closed curve is told by its first point being its last. `straight` straps hardly bend along
    their length and so follow the body's roundness across; others stay nearly flat.
    """
    closed = bool(np.allclose(curve.points[0], curve.points[-1]))
    flat = _squared(curve, closed)
    across = _across(flat, closed)
    edges = _away(body, flat, across, width_mm, ACROSS[[0, -1]])
    tilt = np.clip((edges[:, 1] - edges[:, 0]) / width_mm, -0.6, 0.6)
    rolled = flat.normals * np.sqrt(1 - tilt**2)[:, None] + across * tilt[:, None]
    flat = Curve(flat.points, _spread(rolled, closed))
    flat = _squared(flat, closed)
    across = _across(flat, closed)
    away = _away(body, flat, across, width_mm, ACROSS)
    sag = (away[:, 0] + away[:, 4]) / 2 - away[:, 2]
    cup = np.clip(8 * sag / width_mm**2, 0.0, MOST_CUP / width_mm)
    cup *= 1.0 if straight else BENT_SHARE
    cup = _spread(cup, closed)
    inner = away - cup[:, None] * (ACROSS * width_mm) ** 2 / 2
    lift = np.maximum(CLEAR_MM - inner.min(axis=1), 0.0)
    return flat.offset(_raised(lift, closed)), cup


def to_length(curve: Curve, length_mm: float, slack: np.ndarray | None = None) -> Curve:
    """A closed curve moved out (or in) along its normals to this length.

    By as much everywhere, or in proportion to `slack` (n,): where what is too long collects.
    """
    share = np.ones(len(curve.points)) if slack is None else slack
    out, before = 0.0, curve.length
    step = (length_mm - before) / (2 * np.pi * float(share.mean()))
    for _ in range(5):
        now = curve.offset((out + step) * share).length
        if abs(now - length_mm) < 1e-4:
            out += step
            break
        slope = (now - before) / step if abs(step) > 1e-9 else 2 * np.pi
        out, before = out + step, now
        step = (length_mm - now) / slope
    return curve.offset(out * share)


def _squared(curve: Curve, closed: bool) -> Curve:
    """The curve with its normals turned square to the line itself."""
    ahead = _ahead(curve.points, closed)
    normals = curve.normals - ahead * np.einsum("ij,ij->i", curve.normals, ahead)[:, None]
    return Curve(curve.points, normals / np.linalg.norm(normals, axis=1, keepdims=True))


def _across(curve: Curve, closed: bool) -> np.ndarray:
    return np.cross(curve.normals, _ahead(curve.points, closed))


def _ahead(points: np.ndarray, closed: bool) -> np.ndarray:
    if closed:
        ahead = np.roll(points[:-1], -1, axis=0) - np.roll(points[:-1], 1, axis=0)
        ahead = np.concatenate([ahead, ahead[:1]])
    else:
        ahead = np.gradient(points, axis=0)
    return ahead / np.linalg.norm(ahead, axis=1, keepdims=True)


def _away(
    body: Body, curve: Curve, across: np.ndarray, width_mm: float, places: np.ndarray
) -> np.ndarray:
    """Distances (n, m) in mm from the coat at m places across, in widths."""
    asked = curve.points[:, None] + across[:, None] * (places * width_mm)[None, :, None]
    return body.depth(asked.reshape(-1, 3)).reshape(-1, len(places))


def _raised(lift: np.ndarray, closed: bool) -> np.ndarray:
    """A smooth height that is nowhere less than `lift`."""
    reach = 4
    core = lift[:-1] if closed else lift
    padded = np.pad(core, 2 * reach, mode="wrap" if closed else "edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    smooth = np.convolve(windows.max(axis=1), np.full(2 * reach + 1, 1 / (2 * reach + 1)), "valid")
    return np.append(smooth, smooth[0]) if closed else smooth


def _spread(values: np.ndarray, closed: bool) -> np.ndarray:
    """Values (n,) or (n, k) along a curve evened out over their neighbours."""
    flat = values.reshape(len(values), -1)
    core = flat[:-1] if closed else flat
    padded = np.pad(core, ((3, 3), (0, 0)), mode="wrap" if closed else "edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 7, axis=0)
    even = windows.mean(axis=-1)
    if closed:
        even = np.concatenate([even, even[:1]])
    return even.reshape(values.shape)
