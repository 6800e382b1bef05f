"""A loop round the neck, at rest: it hangs from the nape, and what it is too long shows below."""

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses.band import Fit
from pet_app.builder.courses.settle import settled
from pet_app.builder.curve import Curve

ROUNDS = 6
"""The length is solved by repetition; it settles in three."""

LEAST_HANG = 0.12
"""What a loop stands off at the nape, as a share of what it does at the throat."""

STEPS_UP = (0.0, -0.25, -0.5)
"""Where a stiff loop that would be too short lies instead: where the neck is thinner."""


def around(fit: Fit, length_mm: float) -> Curve:
    """The closed curve on the neck whose inner length this is.

    Straps lie on it flat across: bent as the neck is they would come no closer to it.
    """
    share = library.table("collar")["place"]["share"]
    curve = _on_neck(fit, share)
    for step in STEPS_UP:
        if curve.length <= length_mm:
            break
        curve = _on_neck(fit, step)
    turn = np.linspace(0.0, 2 * np.pi, len(curve.points))
    hang = LEAST_HANG + (1 - LEAST_HANG) * (1 - np.cos(turn)) / 2
    off, before = 0.0, curve.length
    step_mm = (length_mm - before) / np.pi
    for _ in range(ROUNDS):
        now = curve.offset(hang * (off + step_mm)).length
        if abs(now - before) < 1e-6:
            break
        slope = (now - before) / step_mm
        off, before = off + step_mm, now
        step_mm = (length_mm - now) / slope
        if abs(step_mm) < 1e-4:
            break
    loop = curve.offset(hang * (off + step_mm))
    return Curve(loop.points, _square(loop))


def _on_neck(fit: Fit, share: float) -> Curve:
    plane = fit.body.along(share)
    section = fit.body.section(plane.point, plane.normal)
    return settled(fit.body, section, fit.on_coat, straight=False)[0]


def _square(curve: Curve) -> np.ndarray:
    """Normals square to a closed curve."""
    points = curve.points[:-1]
    ahead = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    ahead = np.concatenate([ahead, ahead[:1]])
    out = curve.normals - ahead * np.einsum("ij,ij->i", curve.normals, ahead)[:, None]
    return out / np.linalg.norm(out, axis=1, keepdims=True)
