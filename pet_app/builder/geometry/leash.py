"""The leash: one strap from the snap hook to the hand loop, and what is sewn on it."""

from dataclasses import replace

import numpy as np

from pet_app.builder import library
from pet_app.builder.courses import leash as courses
from pet_app.builder.curve import Curve
from pet_app.builder.geometry.assembly import ROLE_SLOTS, Assembly, round_bar_mm
from pet_app.builder.geometry.joins import held_fold, snap
from pet_app.builder.geometry.layers import TurnBack
from pet_app.builder.geometry.letters import letters_on_strap
from pet_app.builder.geometry.solid import strap
from pet_app.builder.geometry.track import Frames, Track, exactly, unit
from pet_app.builder.rules import Role


def assemble(work: Assembly) -> None:
    parts = courses.plan(work.resolved.design)
    for made in work.resolved.straps:
        frames = exactly(work.laid.strap(made.name).curve)
        if made.role is Role.REFLECTIVE:
            frames = _flat_on_strap(work, frames)
        solid = strap(frames, made.width_mm, made.thickness_mm)
        work.add(f"{made.name}_strap", ROLE_SLOTS[made.role], solid, made.name)
    curve = work.laid.strap("leash").curve
    track = Track(curve)
    bar = library.hardware("snap_hook", work.width).bar_mm
    leg = parts.fold_mm - round_bar_mm(bar, work.thickness)
    held_fold(work, "leash_fold", "leash", track, TurnBack(0.0, 1, leg, bar), "snap_fold")
    snap(work, "snap_hook", track, 0.0, -1)
    neck = _place(work, curve, parts.neck_mm)
    # The end lies on the inner face, so its stitches show on the outer one of a single layer.
    work.sew("hand_seam", track, neck - parts.overlap_mm / 2, parts.overlap_mm - 6, layers=1)
    if parts.handle_mm:
        handle = Track(work.laid.strap("handle").curve)
        leg = parts.handle_leg_mm
        for seam, at in (("handle_start", leg / 2), ("handle_end", handle.length - leg / 2)):
            work.sew(seam, handle, at, leg - 6, layers=1)
    for letter in work.resolved.letterings:
        at = _place(work, curve, letter.at_mm)
        letters_on_strap(work, letter, track, at, work.thickness)


def _flat_on_strap(work: Assembly, frames: Frames) -> Frames:
    """A tape's frames turned as the strap is: where that twists, its edges run askew of it."""
    left, right = (work.laid.strap(f"leash_tape_{side}").curve for side in ("left", "right"))
    across = unit(right.points - left.points)
    out = left.normals - across * np.einsum("ij,ij->i", across, left.normals)[:, None]
    return replace(frames, across=across, out=unit(out))


def _place(work: Assembly, curve: Curve, middle_mm: float) -> float:
    """How far along the inner face a place on the middle fibre lies."""
    middle = curve.squared().offset(work.thickness / 2)
    return float(np.interp(middle_mm, middle.arc, curve.arc))
