"""The camera: where a picture is taken from, and how the piece is framed."""

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np

from pet_app.builder.render.compiled import compiled, streaming
from pet_app.builder.render.vector import box
from pet_app.builder.rules import Kind

NEAREST_MM = 1.0
"""How far from the piece the camera stands at least."""


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
    Kind.BANDANA: Camera(turn_deg=82.0, tilt_deg=12.0),
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
        screen = np.empty((len(vertices), 3), np.float32)
        _project(vertices, self.eye, self.axes, np.float32(self.focal), self.size, screen)
        return screen


def place(camera: Camera, vertices: np.ndarray, size: int) -> View:
    """Set the camera up so that vertices, float32 (n, 3) mm, fill a square of `size` pixels.

    Its direction and angle of view are given, so the pyramid of what it sees has sides of known
    slope: pushed against the piece from four directions, they meet in the eye.
    """
    turn, tilt = radians(camera.turn_deg), radians(camera.tilt_deg)
    axes = np.array(
        [
            [cos(turn), 0.0, -sin(turn)],
            [-sin(turn) * sin(tilt), cos(tilt), -cos(turn) * sin(tilt)],
            [-sin(turn) * cos(tilt), -sin(tilt), -cos(turn) * cos(tilt)],
        ]
    )
    forward = axes[2]
    slope = tan(radians(camera.lens_deg) / 2)
    side = slope * (1 - 2 * camera.margin)
    sides = np.array([*(axes[:2] - side * forward), *(-axes[:2] - side * forward), -forward])
    farthest = _farthest_round(vertices, sides) if camera.steady else _farthest(vertices, sides)
    most, least, near = farthest[:2], farthest[2:4], -farthest[4]
    depth = -float((most + least).max()) / (2 * side)
    eye = np.array([*(most - least) / 2, min(depth, near - NEAREST_MM)]) @ axes
    focal = size / (2 * slope)
    if camera.zoom != 1:
        axes = _towards(axes, (np.array(camera.aim) - 0.5) * size / focal)
    return View(eye.astype(np.float32), axes.astype(np.float32), focal * camera.zoom, size)


@compiled
def _project(vertices, eye, axes, focal, size, screen):
    centre = np.float32(size / 2)
    for point in range(len(vertices)):
        x, y, z = (
            vertices[point, 0] - eye[0],
            vertices[point, 1] - eye[1],
            vertices[point, 2] - eye[2],
        )
        inverse = np.float32(1) / (axes[2, 0] * x + axes[2, 1] * y + axes[2, 2] * z)
        per_mm = focal * inverse
        screen[point, 0] = centre + per_mm * (axes[0, 0] * x + axes[0, 1] * y + axes[0, 2] * z)
        screen[point, 1] = centre - per_mm * (axes[1, 0] * x + axes[1, 1] * y + axes[1, 2] * z)
        screen[point, 2] = inverse


@streaming
def _farthest(vertices, sides):
    """How far the vertices reach along each of `sides`, float64 (k, 3)."""
    farthest = np.empty(len(sides))
    for side in range(len(sides)):
        a, b, c = sides[side]
        most = -np.inf
        for point in range(len(vertices)):
            x, y, z = vertices[point, 0], vertices[point, 1], vertices[point, 2]
            most = max(most, a * x + b * y + c * z)
        farthest[side] = most
    return farthest


def _farthest_round(vertices: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """The same at any turn of the vertices about their upright middle line.

    A point then draws a circle, which reaches farther than its centre by its radius times the
    level part of the side.
    """
    low, high = box(vertices)
    x, _, z = (low + high) / 2
    # All circles lie in one plane, in which their points have a radius and a height.
    circles = np.zeros_like(vertices)
    circles[:, 0] = np.hypot(vertices[:, 0] - x, vertices[:, 2] - z)
    circles[:, 1] = vertices[:, 1]
    level = np.zeros_like(sides)
    level[:, 0], level[:, 1] = np.hypot(sides[:, 0], sides[:, 2]), sides[:, 1]
    return _farthest(circles, level) + sides[:, 0] * x + sides[:, 2] * z


def _towards(axes: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The axes of a camera turned towards a place seen at these slopes, right and down."""
    forward = axes[2] + slopes[0] * axes[0] - slopes[1] * axes[1]
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(right, forward), forward])
