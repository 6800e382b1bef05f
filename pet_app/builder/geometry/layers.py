"""Second layers on a strap: ends turned back round a bar, tails through a slider."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.geometry.solid import Solid, strap
from pet_app.builder.geometry.track import Frames, Track

CLEARANCE_MM = 0.08
"""Between layers that are sewn together, so that their faces do not flicker in the viewer."""


@dataclass(frozen=True)
class TurnBack:
    """A strap's end turned back over itself: where it turns, which way it then runs, and how far.

    `bar_mm` is the thickness of the bar it goes round; `hump_mm` where it climbs over a slider's middle bar,
    measured from the turn, or None.
    """

    place_mm: float
    direction: int
    leg_mm: float
    bar_mm: float
    hump_mm: float | None = None
    hump_high_mm: float = 0.0
    hump_long_mm: float = 1.0


def turn_back(track: Track, turn: TurnBack, width_mm: float, thickness_mm: float) -> Solid:
    """The layer from the bar back over the strap, whose inner face lies on the strap's outer one."""
    return strap(turn_back_frames(track, turn, thickness_mm), width_mm, thickness_mm)


def turn_back_frames(track: Track, turn: TurnBack, thickness_mm: float) -> Frames:
    angle = np.linspace(0.0, np.pi, 9)
    radius = turn.bar_mm / 2
    along = [-radius * np.sin(angle)]
    height = [thickness_mm + radius * (1 - np.cos(angle))]
    slope_along = [-np.sin(angle)]
    slope_out = [-np.cos(angle)]
    count = int(np.clip(turn.leg_mm / 2.6, 12, 60))
    leg = np.linspace(0.0, turn.leg_mm, count + 1)[1:]
    settle = np.clip(leg / max(3.5 * turn.bar_mm, 1e-6), 0.0, 1.0)
    rise = thickness_mm + CLEARANCE_MM + turn.bar_mm * (1 - settle**2 * (3 - 2 * settle))
    if turn.hump_mm is not None:
        bump = np.clip(1 - np.abs(leg - turn.hump_mm) / turn.hump_long_mm, 0.0, 1.0)
        rise = rise + turn.hump_high_mm * bump**2 * (3 - 2 * bump)
    steep = np.gradient(rise, leg)
    level = np.hypot(1.0, steep)
    along.append(leg)
    height.append(rise)
    slope_along.append(-steep / level)
    slope_out.append(1 / level)
    place = turn.place_mm + turn.direction * np.concatenate(along)
    base = track.at(place)
    out_share = np.concatenate(slope_out)[:, None]
    along_share = turn.direction * np.concatenate(slope_along)[:, None]
    out = base.out * out_share + base.along * along_share
    ahead = turn.direction * (base.along * out_share - base.out * along_share)
    point = base.point + base.out * np.concatenate(height)[:, None]
    return Frames(point, ahead, np.cross(out, ahead), out, base.cup)
