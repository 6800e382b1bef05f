"""The camera: where a picture is taken from, and how the piece is framed."""

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np

from pet_app.builder.rules import Kind

ROUNDS = 6
"""Framing is solved by repetition; it settles in four."""

LEVELS, TURNS = 24, 48
"""Heights and turns at which a piece that goes round is measured."""


@dataclass(frozen=True)
class Camera:
    """A view of the piece. At `turn_deg` 0 its right side is seen; 90 looks it in the face.

    `tilt_deg` is how far the camera looks down, `lens_deg` the angle of view, `margin` the share
    of the picture left free on each side. A `steady` camera stands so far off that the piece can
    turn once round before it without growing or leaving the picture. `zoom` goes that many times
    closer to the place `aim` of the whole picture, shares of it from the left and from the top.
    """

    turn_deg: float = 38.0
    tilt_deg: float = 22.0
    lens_deg: float = 18.0
    margin: float = 0.09
    steady: bool = False
    zoom: float = 1.0
    aim: tuple[float, float] = (0.5, 0.5)


CAMERAS = {
    Kind.HARNESS: Camera(turn_deg=46.0, tilt_deg=19.0),
    Kind.COLLAR: Camera(turn_deg=-34.0, tilt_deg=30.0, margin=0.1),
    Kind.MARTINGALE: Camera(turn_deg=-148.0, tilt_deg=27.0, margin=0.1),
    Kind.LEASH: Camera(turn_deg=8.0, tilt_deg=44.0, margin=0.08),
    Kind.TAG: Camera(turn_deg=72.0, tilt_deg=12.0),
    Kind.BANDANA: Camera(turn_deg=74.0, tilt_deg=12.0),
}
"""From where each kind looks its best."""


@dataclass(frozen=True, eq=False)
class View:
    """A camera in place: a point appears at centre + focal · (right, -up) / depth, in pixels.

    axes: float32 (3, 3), the rows right, up and forward. eye: float32 (3,) mm. focal in pixels.
    """

    eye: np.ndarray
    axes: np.ndarray
    focal: float
    size: int

    def project(self, vertices: np.ndarray) -> np.ndarray:
        """float32 (n, 3): pixels right, pixels down, and one over the depth in mm."""
        seen = (vertices - self.eye) @ self.axes.T
        inverse = 1 / seen[:, 2]
        screen = np.empty((len(vertices), 3), np.float32)
        screen[:, 0] = self.size / 2 + self.focal * seen[:, 0] * inverse
        screen[:, 1] = self.size / 2 - self.focal * seen[:, 1] * inverse
        screen[:, 2] = inverse
        return screen


def place(camera: Camera, vertices: np.ndarray, size: int) -> View:
    """Set the camera up so that vertices, float32 (n, 3) mm, fill a square of `size` pixels."""
    turn, tilt = radians(camera.turn_deg), radians(camera.tilt_deg)
    forward = -np.array([sin(turn) * cos(tilt), sin(tilt), cos(turn) * cos(tilt)])
    right = np.cross(forward, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, forward), forward])
    focal = size / (2 * tan(radians(camera.lens_deg) / 2))
    local = (swept(vertices) if camera.steady else vertices) @ axes.T
    low, high = local.min(axis=0), local.max(axis=0)
    eye = (low + high) / 2
    depth = max(float((high - low).max()), 1e-3)
    eye[2] = low[2] - depth * 2
    for _ in range(ROUNDS):
        seen = local - eye
        slopes = seen[:, :2] / seen[:, 2:]
        least, most = slopes.min(axis=0), slopes.max(axis=0)
        spread = float((most - least).max()) * focal / (size * (1 - 2 * camera.margin))
        middle = (low[2] + high[2]) / 2
        eye[:2] += (least + most) / 2 * (middle - eye[2])
        eye[2] = min(middle - (middle - eye[2]) * spread, low[2] - 0.05 * depth)
    eye = (eye @ axes).astype(np.float32)
    if camera.zoom != 1:
        axes = _towards(axes, (np.array(camera.aim) - 0.5) * size / focal)
    return View(eye, axes.astype(np.float32), focal * camera.zoom, size)


def swept(vertices: np.ndarray) -> np.ndarray:
    """float64 (n, 3): what encloses the vertices, (m, 3), at every turn about their middle."""
    middle = (vertices.min(axis=0) + vertices.max(axis=0)) / 2
    far = np.hypot(vertices[:, 0] - middle[0], vertices[:, 2] - middle[2])
    height = vertices[:, 1]
    # The widest at each level is enough.
    level = np.digitize(height, np.linspace(height.min(), height.max(), LEVELS))
    order = np.lexsort((far, level))
    widest = order[np.append(np.flatnonzero(np.diff(level[order])), len(order) - 1)]
    ends = [int(height.argmin()), int(height.argmax())]
    turn = np.arange(TURNS) * 2 * np.pi / TURNS
    rings = [
        np.stack(
            [
                middle[0] + far[at] * np.sin(turn),
                np.full(TURNS, height[at]),
                middle[2] + far[at] * np.cos(turn),
            ],
            axis=1,
        )
        for at in (*ends, *widest)
    ]
    return np.concatenate(rings)


def _towards(axes: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The axes of a camera turned towards a place seen at these slopes, right and down."""
    forward = axes[2] + slopes[0] * axes[0] - slopes[1] * axes[1]
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(right, forward), forward])
