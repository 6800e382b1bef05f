"""Second layers on a strap: ends turned back round a bar, tails through a slider."""

from dataclasses import dataclass

import numpy as np

from pet_app.builder.geometry.solid import Solid, strap
from pet_app.builder.geometry.track import Frames, Track, cross

SETTLE_BARS = 3.5
"""So many thicknesses of the bar away from it, the two layers lie on each other."""

CLEARANCE_MM = 0.08
"""Between layers that are sewn together, so that their faces do not flicker in the viewer."""


LEAST_STEP_MM = 0.2
"""Between two frames of a layer."""


@dataclass(frozen=True)
class TurnBack:
    """A strap's end turned back over itself: where it turns, which way it then runs, and how far.

    `bar_mm` is the thickness of what it goes round, which keeps the layers apart for `hold_mm`;
    `hump_mm` where it climbs over a slider's middle bar, measured from the turn, or None.
    """

    place_mm: float
    direction: int
    leg_mm: float
    bar_mm: float
    hump_mm: float | None = None
    hump_high_mm: float = 0.0
    hump_long_mm: float = 1.0
    hold_mm: float = 0.0


def turn_back(track: Track, turn: TurnBack, width_mm: float, thickness_mm: float) -> Solid:
    """The layer from the bar back over the strap, its inner face on the strap's outer one."""
    return strap(turn_back_frames(track, turn, thickness_mm), width_mm, thickness_mm)


def turn_back_frames(track: Track, turn: TurnBack, thickness_mm: float) -> Frames:
    angle = np.linspace(0.0, np.pi, 7)
    radius = turn.bar_mm / 2
    leg = _stations(turn)
    settle = np.clip((leg - turn.hold_mm) / (SETTLE_BARS * turn.bar_mm), 0.0, 1.0)
    rise = thickness_mm + CLEARANCE_MM + turn.bar_mm * (1 - settle**2 * (3 - 2 * settle))
    if turn.hump_mm is not None:
        bump = np.clip(1 - np.abs(leg - turn.hump_mm) / turn.hump_long_mm, 0.0, 1.0)
        rise = rise + turn.hump_high_mm * bump**2 * (3 - 2 * bump)
    steep = np.gradient(rise, leg)
    level = np.hypot(1.0, steep)
    along = np.concatenate([-radius * np.sin(angle), leg])
    height = np.concatenate([thickness_mm + radius * (1 - np.cos(angle)), rise])
    lean = np.stack(
        [
            np.concatenate([-np.sin(angle), -steep / level]),
            np.concatenate([-np.cos(angle), 1 / level]),
        ],
        axis=1,
    )
    return _over(track, turn.place_mm, turn.direction, along, height, lean)


def laid_over(
    track: Track, place_mm: float, direction: int, along: np.ndarray, height: np.ndarray
) -> Frames:
    """Frames of a layer that rises and falls over a track: ways from a place, and heights, mm."""
    steep = np.gradient(height, along)
    lean = np.stack([-steep, np.ones(len(along))], axis=1) / np.hypot(1.0, steep)[:, None]
    return _over(track, place_mm, direction, along, height, lean)


def eased(ways: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """Heights at ways along a layer that passes smoothly from knot to knot, float64 (n, 2)."""
    after = np.clip(np.searchsorted(knots[:, 0], ways, side="right"), 1, len(knots) - 1)
    (x0, y0), (x1, y1) = knots[after - 1].T, knots[after].T
    share = np.clip((ways - x0) / (x1 - x0), 0.0, 1.0)
    return y0 + (y1 - y0) * share**2 * (3 - 2 * share)


def _over(
    track: Track,
    place_mm: float,
    direction: int,
    along: np.ndarray,
    height: np.ndarray,
    lean: np.ndarray,
) -> Frames:
    """Frames at heights over a track; `lean` (n, 2) is which way is out, along and out."""
    base = track.at(place_mm + direction * along)
    along_share, out_share = lean[:, :1] * direction, lean[:, 1:]
    out = base.out * out_share + base.along * along_share
    ahead = direction * (base.along * out_share - base.out * along_share)
    point = base.point + base.out * height[:, None]
    # What is bent across about the body stays so, whichever way up the layer lies.
    return Frames(point, ahead, cross(out, ahead), out, base.cup * out_share[:, 0])


def _stations(turn: TurnBack) -> np.ndarray:
    """Places along the leg, closer together where it settles and where it climbs over a bar."""
    settled = turn.hold_mm + SETTLE_BARS * turn.bar_mm
    settled = min(settled, 0.5 * turn.leg_mm if not turn.hold_mm else 0.9 * turn.leg_mm)
    places = [
        np.linspace(0.0, settled, 9 if turn.hold_mm else 5)[1:],
        np.linspace(settled, turn.leg_mm, max(4, int((turn.leg_mm - settled) / 9)) + 1)[1:],
    ]
    if turn.hump_mm is not None:
        climb = turn.hump_mm + turn.hump_long_mm * np.linspace(-1.0, 1.0, 9)
        far = np.abs(places[1] - turn.hump_mm) > 1.15 * turn.hump_long_mm
        places = [places[0], places[1][far], climb]
    found = np.unique(np.clip(np.concatenate(places), 0.2, turn.leg_mm))
    # Frames that all but coincide would melt into one when the file rounds its positions.
    return found[np.append(np.diff(found) > LEAST_STEP_MM, True)]
