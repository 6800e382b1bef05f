"""A bandana on its animal: the cloth, its knot and tails, its hem and what is written on it."""

import numpy as np

from pet_app.builder.body import Body, body
from pet_app.builder.geometry import hardware
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.cloth import Cloth, finer, thick
from pet_app.builder.geometry.drape import CLEAR_MM, kept_out, settled
from pet_app.builder.geometry.knot import knot, tails
from pet_app.builder.geometry.letters import outlines, raised
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.solid import Solid, together
from pet_app.builder.resolve.bandana import Flat, flat

COLUMNS, ROWS = 19, 13
"""Of half the cloth while it settles; twice as fine when it is drawn."""

GATHERED = (0.3, 0.9)
"""From the throat to the nape the cloth is gathered between these shares of the way."""

HELD_FROM = 0.6
"""From this share of the way on the cloth's edge stays on the neck, as the knot draws it tight."""

KNOT_SHARE = 0.045
"""How much of the length round the neck the gathered end is high."""

APART_MM = 0.8
"""From the animal's middle to either end of the cloth round the neck, in the knot."""

LETTER_CUT_MM = 2.5
LETTER_CUT_SHARE = 0.006
"""Letters are cut so fine, or as finely as the cloth itself where that is this share of the length
round the neck."""

OVER_MM, OVER_SHARE = 0.05, 0.0002
"""Letters lie so far above the cloth, or this share of the length round the neck: over a fold
their triangles stray from it by as much."""


def assemble(work: Assembly) -> None:
    design, (panel,) = work.resolved.design, work.resolved.panels
    measure, animal = flat(design), body(design.measurements, design.build)
    cloth = draped(measure, animal)
    tied = knot(cloth, measure, animal)
    ends = tails(cloth, measure, animal)
    half = measure.thickness_mm / 2
    work.add(panel.name, Slot.WEBBING, together([thick(cloth, half), tied, *ends]), panel.sku)
    work.add("hem_stitches", Slot.THREAD, cloth.laid(hem(measure), half))
    cut = max(LETTER_CUT_MM, LETTER_CUT_SHARE * measure.neck_mm)
    over = max(OVER_MM, OVER_SHARE * measure.neck_mm)
    for lettering in work.resolved.letterings:
        letters = raised(outlines(lettering), lettering.method, cut, any_way=True)
        work.add(f"{lettering.name}_letters", Slot.LETTERS, cloth.laid(letters, half + over))


def draped(measure: Flat, animal: Body) -> Cloth:
    """The cloth round the neck from knot to knot, twice as fine as it was settled."""
    side = np.linspace(0.0, measure.neck_mm / 2, COLUMNS)
    rows = np.linspace(0.0, 1.0, ROWS)
    deep = np.array([measure.deep_at(x) for x in side])
    share = np.clip((side / side[-1] - GATHERED[0]) / (GATHERED[1] - GATHERED[0]), 0.0, 1.0)
    end = max(KNOT_SHARE * measure.neck_mm, 9.0)
    high = deep + (np.minimum(end, deep) - deep) * share**2 * (3 - 2 * share)
    start = _laid_on(high, rows, measure, animal)
    held_from = int(np.searchsorted(side / side[-1], HELD_FROM))
    points = settled(start, _grid(side, high, rows), held_from, animal)
    points = _pleated(points, deep, high)
    # The left is the right seen in a mirror; the pattern is read from in front, where x goes left.
    mirror = np.array([1.0, 1.0, -1.0])
    pattern = _grid(side, deep, rows)
    whole = np.concatenate([points[::-1], points[1:] * mirror])
    plan = np.concatenate([pattern[::-1] * [-1.0, 1.0], pattern[1:]])
    fine = finer(whole)
    half = kept_out(fine[len(fine) // 2 :], animal)
    return Cloth(np.concatenate([half[:0:-1] * mirror, half]), finer(plan), measure)


def _grid(side: np.ndarray, deep: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Flat cloth that is so deep at places along its edge, (columns, rows, 2)."""
    return np.stack(np.broadcast_arrays(side[:, None], -deep[:, None] * rows), axis=2)


def hem(measure: Flat) -> Solid:
    """Stitches on the flat cloth along its edges, where they go round the neck."""
    inset, half = 0.75 * measure.hem_mm, measure.neck_mm / 2
    end = half - 4.0
    slope = 2 * measure.deep_mm / measure.long_mm
    rise = inset * float(np.hypot(1.0, slope))
    low = [(0.0, rise - measure.deep_mm), (end, rise - measure.deep_mm + slope * end)]
    lines = [low, [(-x, y) for x, y in low], [(-end, -inset), (end, -inset)]]
    pitch = float(np.clip(0.012 * measure.neck_mm, 2.6, 5.0))
    return hardware.stitches(np.array(lines), pitch, float(np.clip(0.17 * pitch, 0.45, 0.75)))


def _laid_on(high: np.ndarray, rows: np.ndarray, measure: Flat, animal: Body) -> np.ndarray:
    """Where the cloth starts from: down the coat from its edge, as high as it is when gathered."""
    plane = animal.neck_plane(measure.inner_mm)
    loop = animal.section(plane.point, plane.normal)
    points = loop.offset(CLEAR_MM).at(np.linspace(loop.length / 2, 0.0, COLUMNS)).points
    share = np.linspace(0.0, 1.0, len(points))
    hang = np.array([0.0, -1.0, 0.0]) * (1 - share[:, None]) ** 1.5
    way = -plane.normal * 0.8 + hang
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    grid = points[:, None] + way[:, None] * (high[:, None] * rows)[..., None]
    every = grid.reshape(-1, 3)
    for _ in range(2):
        sunk = np.maximum(CLEAR_MM - animal.depth(every), 0.0)
        under = np.flatnonzero(sunk)
        every[under] += animal.normals(every[under]) * sunk[under, None]
    grid[-1, :, 2] = APART_MM
    return grid


def _pleated(points: np.ndarray, deep: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Gathered cloth with the pleats that take in what it is deeper than high."""
    along, down = np.gradient(points, axis=0), np.gradient(points, axis=1)
    out = np.cross(along, down)
    out /= np.linalg.norm(out, axis=2, keepdims=True) + 1e-9
    rows = points.shape[1]
    wave = np.array([0.0, 1.0, 2.0, 1.0])[np.arange(rows) % 4]
    swell = wave * (deep / (rows - 1) * np.sqrt(np.maximum(1 - (high / deep) ** 2, 0.0)))[:, None]
    lifted = points + out * swell[..., None]
    lifted[-1, :, 2] = APART_MM
    return lifted
