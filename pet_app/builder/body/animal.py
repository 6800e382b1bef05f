"""The body of one animal and what straps ask of it."""

from functools import cached_property, lru_cache

import numpy as np

from pet_app.builder.body import solve
from pet_app.builder.body.figure import Figure
from pet_app.builder.body.plane import Plane, upright
from pet_app.builder.body.proportion import Proportions, proportions
from pet_app.builder.body.section import exits, hull, tapes
from pet_app.builder.body.trunk import Trunk
from pet_app.builder.curve import Curve
from pet_app.builder.design import Measurements
from pet_app.builder.rules import Build

LANDMARKS = {
    "withers": "highest point of the neck base; the back is measured from here",
    "breastbone": "lowest point of the neck base",
    "tail_base": "where the tail leaves the back; the back is measured to here",
    "back_top": "highest point of the girth section",
    "brisket": "lowest point of the girth section",
    "nape": "highest point of the collar section",
    "throat": "lowest point of the collar section",
}
"""Points (3,) mm in the sagittal plane."""

SAMPLES = 256
RAYS = 129
FURTHEST_SHARE = 1.6
TIGHTEST_SHARE = -0.5

NUDGE_MM = 0.05
CORNERS = np.array([[1.0, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]])
"""Four ways in which the distance is asked for its slope."""


class Body:
    """One animal; `depth`, `section` and the planes know torso and neck, `depth_whole` all of it.

    `measured`, `build` and `shape` (its proportions) are what it was made from.
    """

    def __init__(self, measured: Measurements, build: Build) -> None:
        self.measured, self.build = measured, build
        self.shape: Proportions = proportions(build)
        self.trunk: Trunk
        self.trunk, self._collar, self._base = solve.solved(measured, self.shape)
        self.girth = Plane(np.zeros(3), np.array([1.0, 0.0, 0.0]))
        self.collar = self.along(0.0)
        self.neck_base = self.along(1.0)
        self.landmarks = self._landmarks()

    def depth(self, points: np.ndarray) -> np.ndarray:
        """Signed distance (n,) mm of points (n, 3) from torso and neck, negative inside.

        Exact to about 2 % within a strap's width of the surface; about 0.1 ms for 1,000 points.
        """
        return self.trunk.distance(np.asarray(points, float))

    @cached_property
    def figure(self) -> Figure:
        """The whole animal as a solid: made when first asked for, in about 1 ms."""
        return Figure(self.trunk, self.landmarks["tail_base"])

    def depth_whole(self, points: np.ndarray) -> np.ndarray:
        """As `depth`, with head, legs and tail: about 0.6 ms for 1,000 points."""
        return self.figure.distance(np.asarray(points, float))

    def normals(self, points: np.ndarray) -> np.ndarray:
        """Outward unit normals (n, 3) of torso and neck at points on or near their surface."""
        points = np.asarray(points, float)
        nudged = points[:, None] + NUDGE_MM * CORNERS
        found = self.trunk.distance(nudged.reshape(-1, 3)).reshape(-1, 4)
        slopes = found @ CORNERS
        return slopes / (np.linalg.norm(slopes, axis=1, keepdims=True) + 1e-12)

    def project(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 3) near torso and neck moved onto their surface along its normals."""
        moved = np.asarray(points, float)
        for _ in range(3):
            moved = moved - self.depth(moved)[:, None] * self.normals(moved)
        return moved

    def exits(self, starts: np.ndarray, ways: np.ndarray) -> np.ndarray:
        """How far (n,) mm along unit ways (n, 3) from starts (n, 3) inside the trunk ends.

        Raises ValueError for a start outside.
        """
        return exits(self.trunk.distance, starts, ways, solve.reach_mm(self.trunk), 6)

    def along(self, share: float) -> Plane:
        """The plane round the neck at a share of the way from the collar (0) to the neck base (1).

        From -0.5 (towards the head) to 1.6 (over the shoulders); what lies beyond is drawn in.
        """
        share = min(max(share, TIGHTEST_SHARE), FURTHEST_SHARE)
        way = self._collar + share * (self._base - self._collar)
        lean = float(self.trunk.lean(way))
        return Plane(self.trunk.axis(way), np.array([np.cos(lean), np.sin(lean), 0.0]))

    def neck_plane(self, tape_mm: float) -> Plane:
        """Where a loop of this inner length settles: it slides back till the body is as wide.

        The collar's plane where the loop is no longer than the neck, the furthest of `along` where
        it is too long for all of them.
        """
        shares = np.linspace(0.0, FURTHEST_SHARE, 17)
        planes = [self.along(share) for share in shares]
        found = np.maximum.accumulate(self._tapes(planes, 49))
        return self.along(float(np.interp(tape_mm, found, shares)))

    def tape(self, plane: Plane) -> float:
        """The length in mm of a tape round torso or neck in a plane across the sagittal plane."""
        return float(self._tapes([plane], 97)[0])

    def section(self, point: np.ndarray, normal: np.ndarray) -> Curve:
        """The tape round torso or neck in a plane: closed, evenly spaced, bridging hollows.

        `point` (3,) lies inside; the curve starts at the top and goes over the right side. Its
        normals are the body's; across a hollow they are those beneath the tape. Raises ValueError
        when the point lies outside.
        """
        normal = np.asarray(normal, float) / np.linalg.norm(normal)
        point = np.asarray(point, float)
        up = upright(normal)
        right = np.cross(normal, up)
        straight = abs(normal[2]) < 1e-9 and abs(point[2]) < 1e-9
        point = self._middle(point, up)
        turn = np.linspace(0.0, np.pi, RAYS)
        if not straight:
            turn = np.linspace(0.0, 2 * np.pi, 2 * RAYS - 1)[:-1]
        circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        ways = circle[:, :1] * up + circle[:, 1:] * right
        away = self.exits(np.broadcast_to(point, ways.shape), ways)
        flat = away[:, None] * circle
        if straight:
            flat = np.concatenate([flat, flat[-2:0:-1] * [1.0, -1.0]])
        tight = flat[hull(flat)]
        closed = np.concatenate([tight, tight[:1]])
        arc = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
        places = np.linspace(0.0, arc[-1], SAMPLES + 1)
        even = np.stack([np.interp(places, arc, axis) for axis in closed.T], axis=1)
        points = point + even[:, :1] * up + even[:, 1:] * right
        normals = self.normals(points)
        if straight:
            points[[0, SAMPLES // 2, -1], 2] = 0.0
            normals[[0, SAMPLES // 2, -1], 2] = 0.0
        points[-1], normals[-1] = points[0], normals[0]
        return Curve(points, normals)

    def topline(self, x: np.ndarray) -> np.ndarray:
        """The points (n, 3) on the middle of the back at these x, from the croup to the chest."""
        return solve.topline(self.trunk, np.atleast_1d(np.asarray(x, float)))

    def underline(self, x: np.ndarray) -> np.ndarray:
        """The points (n, 3) on the middle of belly and chest at these x."""
        return solve.underline(self.trunk, np.atleast_1d(np.asarray(x, float)))

    def _tapes(self, planes: list[Plane], rays: int) -> np.ndarray:
        centres = np.stack([plane.point for plane in planes])
        ups = np.stack([plane.up for plane in planes])
        return tapes(self.trunk.distance, centres, ups, solve.reach_mm(self.trunk), rays)

    def _middle(self, point: np.ndarray, up: np.ndarray) -> np.ndarray:
        """Half-way between the ends of the section above and below a point inside."""
        above, below = self.exits(np.stack([point, point]), np.stack([up, -up]))
        return point + (above - below) / 2 * up

    def _landmarks(self) -> dict[str, np.ndarray]:
        places = (
            (self.neck_base, "withers", "breastbone"),
            (self.girth, "back_top", "brisket"),
            (self.collar, "nape", "throat"),
        )
        starts = np.stack([plane.point for plane, _, _ in places for _ in range(2)])
        ways = np.stack([side * plane.up for plane, _, _ in places for side in (1, -1)])
        ends = starts + self.exits(starts, ways)[:, None] * ways
        names = [name for _, *pair in places for name in pair]
        found = dict(zip(names, ends, strict=True))
        found["tail_base"] = self.topline(np.array([solve.tail_x(self.trunk)]))[0]
        return found


@lru_cache(maxsize=64)
def body(measured: Measurements, build: Build) -> Body:
    """The animal with these measurements and this build."""
    return Body(measured, build)
