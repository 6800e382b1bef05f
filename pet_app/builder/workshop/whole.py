"""The whole piece, drawn from the courses of its straps: which strap goes where."""

from collections.abc import Callable, Mapping

import numpy as np

from pet_app.builder.courses import Courses
from pet_app.builder.resolve import Resolved
from pet_app.builder.rules import Role
from pet_app.builder.workshop.drawing import ACCENT, INK, PAPER, SOFT, Drawing, Point
from pet_app.builder.workshop.flat import flats, with_texts
from pet_app.builder.workshop.sheet import Sheet

TURN, LIFT = np.radians(32.0), np.radians(20.0)
"""Seen from the right and ahead, a little from above."""

STRETCHES = 56
"""In so many pieces a strap is drawn, so that what is in front covers what is behind."""

OUTSIDE = "#f1f2ec"
INSIDE = "#cdd1c9"
METAL = "#8d948f"

Place = Callable[[np.ndarray], Point]


def whole(
    resolved: Resolved, letters: Mapping[str, str], width: float, height: float
) -> Drawing | None:
    """All webbing straps with their letters, buckles and rings; None for a piece without any."""
    laid = resolved.laid
    bands = {
        strap.name: _band(laid, strap.name, strap.width_mm)
        for strap in resolved.straps
        if strap.role is Role.WEBBING and any(c.name == strap.name for c in laid.straps)
    }
    if not bands:
        return None
    flat = {name: _projected(edges) for name, (edges, _) in bands.items()}
    every = np.concatenate([points.reshape(-1, 3)[:, :2] for points in flat.values()])
    low, high = every.min(axis=0), every.max(axis=0)
    room = np.array([width - 18, height - 14])
    scale = float((room / np.maximum(high - low, 1.0)).min())
    middle = (low + high) / 2

    def place(point: np.ndarray) -> Point:
        x, y = (point[:2] - middle) * scale
        return float(x + width / 2), float(height / 2 - y)

    drawing = Drawing(width, height)
    quads: list[tuple[float, str, np.ndarray, bool]] = []
    for name, points in flat.items():
        outward = bands[name][1] @ _view()[2]
        for index in range(points.shape[1] - 1):
            corners = points[:, index : index + 2]
            quads.append((float(corners[..., 2].mean()), name, corners, outward[index] > 0))
    for buckle in laid.buckles:
        quads += _buckle(laid, buckle.loop, buckle.middle_mm, buckle.span_mm, resolved)
    for _, name, corners, faces_us in sorted(quads, key=lambda quad: quad[0]):
        left, right = [place(p) for p in corners[0]], [place(p) for p in corners[1]]
        shade = OUTSIDE if faces_us else INSIDE
        fill = shade if name else METAL
        drawing.area((*left, *reversed(right)), fill=fill, stroke=fill, width=0.15)
        drawing.line(left, INK, 0.22)
        drawing.line(right, INK, 0.22)
    _rings(drawing, laid, place)
    _letters(drawing, flat, letters, place)
    return drawing


def laid_flat(of: Sheet, width: float, height: float) -> Drawing | None:
    """The first panel of a piece with its texts, made to fit, and its size; None without any."""
    names = {panel.name for panel in of.panels}
    part = next((part for part in flats(of) if part.name in names), None)
    if part is None:
        return None
    scale = min((width - 40) / part.width, (height - 34) / part.height)
    drawing = Drawing(width, height)
    left, top = (width - scale * part.width) / 2, (height - scale * part.height) / 2
    drawing.put(with_texts(part, of.resolved.letterings).scaled(scale), left, top)
    right, foot = left + scale * part.width, top + scale * part.height
    drawing.line(((left, top - 5), (right, top - 5)), SOFT)
    drawing.line(((right + 5, top), (right + 5, foot)), SOFT)
    for end in (left, right):
        drawing.line(((end, top - 6.5), (end, top - 3.5)), SOFT)
    for end in (top, foot):
        drawing.line(((right + 3.5, end), (right + 6.5, end)), SOFT)
    drawing.label((width / 2, top - 6.5), f"{part.width:.0f} mm", 8, "middle", INK, bold=True)
    drawing.label(
        (right + 8, (top + foot) / 2), f"{part.height:.0f} mm", 8, "start", INK, bold=True
    )
    return drawing


def _view() -> np.ndarray:
    """Rows: to the right on the page, up on it, and towards the eye."""
    eye = np.array([np.sin(TURN) * np.cos(LIFT), np.sin(LIFT), np.cos(TURN) * np.cos(LIFT)])
    right = np.cross([0.0, 1.0, 0.0], eye)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(eye, right), eye])


def _projected(points: np.ndarray) -> np.ndarray:
    return points @ _view().T


def _band(laid: Courses, name: str, width_mm: float) -> tuple[np.ndarray, np.ndarray]:
    """Both edges of a strap (2, n, 3) and the way out of the body between its points."""
    curve = laid.strap(name).curve
    curve = curve.at(np.linspace(0.0, curve.length, STRETCHES + 1))
    ahead = np.gradient(curve.points, axis=0)
    across = np.cross(ahead, curve.normals)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    half = width_mm / 2
    edges = np.stack([curve.points - half * across, curve.points + half * across])
    return edges, (curve.normals[1:] + curve.normals[:-1]) / 2


def _buckle(
    laid: Courses, loop: str, middle_mm: float, span_mm: float, resolved: Resolved
) -> list[tuple[float, str, np.ndarray, bool]]:
    """A closed buckle as a band bridging its gap."""
    curve = laid.loops[loop]
    places = np.linspace(middle_mm - span_mm / 2, middle_mm + span_mm / 2, 7) % curve.length
    points = curve.at(places)
    ahead = np.gradient(points.points, axis=0)
    across = np.cross(ahead, points.normals)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    half = 0.62 * resolved.design.width_mm
    raised = points.points + 3.0 * points.normals
    edges = _projected(np.stack([raised - half * across, raised + half * across]))
    return [
        (float(edges[:, index : index + 2, 2].mean()), "", edges[:, index : index + 2], True)
        for index in range(len(places) - 1)
    ]


def _rings(drawing: Drawing, laid: Courses, place: Place) -> None:
    for points in _joints(laid).values():
        point = place(_projected(np.mean(points, axis=0)[None])[0])
        drawing.circle(point, 3.4, stroke=INK, width=1.5)
        drawing.circle(point, 3.4, stroke=METAL, width=0.9)
    for ring in laid.rings:
        curve = laid.strap(ring.strap).curve
        at = curve.at(np.array([min(ring.place_mm, curve.length)]))
        point = place(_projected(at.points)[0])
        drawing.circle(point, 2.1, stroke=INK, width=0.9)
        drawing.circle(point, 2.1, stroke=METAL, width=0.45)


def _joints(laid: Courses) -> dict[str, list[np.ndarray]]:
    """The strap ends that meet in each ring which no strap carries."""
    found: dict[str, list[np.ndarray]] = {}
    for turn in laid.turns:
        if turn.about.endswith("ring"):
            points = laid.strap(turn.strap).curve.points
            found.setdefault(turn.about, []).append(points[-1 if turn.at_end else 0])
    return found


def _letters(
    drawing: Drawing,
    flat: Mapping[str, np.ndarray],
    letters: Mapping[str, str],
    place: Place,
) -> None:
    """A letter on every strap, where it is nearest to the eye and no other letter stands."""
    taken: list[Point] = []
    for name, points in flat.items():
        line = points.mean(axis=0)
        order = np.argsort(-line[:, 2] + 0.2 * np.abs(np.arange(len(line)) - len(line) / 2))
        spots = [place(line[index]) for index in order]
        free = (
            spot
            for spot in spots
            if all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 > 42 for x, y in taken)
        )
        spot = next(free, spots[0])
        taken.append(spot)
        drawing.circle(spot, 2.5, fill=PAPER, stroke=ACCENT, width=0.35)
        drawing.label((spot[0], spot[1] + 1.05), letters[name], 8, "middle", INK, bold=True)
