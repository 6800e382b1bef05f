"""The trigger snap hook: an eye for the webbing, a swivel, a hook and a sprung bolt."""

from functools import cache

import numpy as np

from pet_app.builder.geometry.solid import Solid, bar, lathe, rod, together


@cache
def snap_hook(width_mm: int, span_mm: float, bar_mm: float) -> Solid:
    """It lies along the strap: the eye's bar at 0, the hook's tip at `span_mm`, flat in across."""
    radius = bar_mm / 2
    half = width_mm / 2 + 0.8 + radius
    eye = bar(_eye(half, radius, bar_mm), radius, sides=10).turned(_LYING)
    start = 0.3 * span_mm
    neck = lathe(
        np.array(
            [
                (0, -1.6),
                (0.9, -1.6),
                (1.15, -1.2),
                (1.15, 0.6),
                (0.8, 1.0),
                (0.8, 1.6),
                (1.0, 1.9),
                (1.0, 2.6),
                (0, 2.6),
            ]
        )
        * bar_mm
        * 0.75,
        sides=16,
    )
    neck = neck.turned(_ALONG).moved(along=start)
    grip = 0.17 * span_mm
    middle = span_mm - grip - radius
    turn = np.radians(np.linspace(-160, 100, 22))
    hook = np.stack([middle + grip * np.cos(turn), grip * np.sin(turn), 0 * turn], axis=1)
    stem = np.linspace(start + 1.5 * bar_mm, hook[0, 0] - 0.05 * span_mm, 5)
    path = np.concatenate([np.stack([stem, 0 * stem, 0 * stem], axis=1), hook])
    thick = radius * np.concatenate([np.full(5, 1.5), np.linspace(1.4, 0.9, len(hook))])
    body = rod(path, thick, sides=10, first=(0.0, 0.0, 1.0))
    return together([eye, neck, body])


def _eye(half: float, radius: float, bar_mm: float) -> np.ndarray:
    """A flat eye in the plane x = 0: bar at 0, its bow reaching along."""
    corner, deep = 1.2 * bar_mm, 0.62 * half + 2.2 * bar_mm
    straight = np.stack([np.zeros(6), np.linspace(-half + corner, half - corner, 6)], axis=1)
    turn = np.linspace(-np.pi / 2, 0, 6)[1:]
    bend = np.stack([corner + corner * np.sin(turn), half - corner + corner * np.cos(turn)], axis=1)
    sweep = np.linspace(0, np.pi, 23)[1:-1]
    bow = np.stack([corner + (deep - corner) * np.sin(sweep), half * np.cos(sweep)], axis=1)
    path = np.concatenate([straight, bend, bow, (bend * [1, -1])[::-1]])
    return np.stack([np.zeros(len(path)), path[:, 1], path[:, 0]], axis=1)


_LYING = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
_ALONG = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])
