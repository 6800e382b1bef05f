"""What a picture costs as it grows: pixels, faces, metal and coverage, drawn as a plot.

python tools/render_costs.py [--out docs/pictures/render-costs.svg]

Each point is the least processor time of a few pictures from new cameras, so that a busy machine
hardly shows.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.render.camera import CAMERAS, Camera
from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.material import materials
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.pose import posed
from pet_app.builder.render.scene import scene
from pet_app.builder.rules import Kind
from tests.builder.factory import make_design
from tests.builder.shapes import finer

REPEATS = 5
WIDE, TALL, EDGE = 460, 300, 56
INK, FAINT, LINE, PAPER_HEX = "#22302b", "#7c8782", "#2c6e5a", "#f7f4ee"


@dataclass(frozen=True)
class Panel:
    """One curve: what grows, its unit, and (how much, ms) from small to large."""

    title: str
    unit: str
    points: tuple[tuple[float, float], ...]


def main() -> None:
    """Measure and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures/render-costs.svg"))
    out = parser.parse_args().out
    out.write_text(drawn((pixels(), faces(), metal(), coverage())))
    print(out)


def pixels() -> Panel:
    """The same harness in ever larger pictures."""
    shoot = _camera(_harness())
    return Panel(
        "Picture",
        "pixels wide",
        tuple((size, shoot(size=size)) for size in (128, 256, 400, 800, 1200, 1600)),
    )


def faces() -> Panel:
    """The same harness in ever finer meshes."""
    model = _harness()
    counts = (len_faces(model), 40_000, 80_000, 150_000, 300_000)
    points = []
    for count in counts:
        fine = finer(model, count)
        points.append((len_faces(fine) / 1000, _camera(fine)()))
    return Panel("Mesh", "thousand faces", tuple(points))


def metal() -> Panel:
    """The same harness with ever more of its parts of metal."""
    model = _harness()
    cloth = sorted(model.parts, key=lambda part: len(part.faces))
    points = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        polished = {part.name for part in cloth[: round(share * len(cloth))]}
        parts = tuple(
            replace(part, slot="metal" if part.name in polished else "webbing")
            for part in model.parts
        )
        built = scene(Model(f"{model.key} {share}", parts))
        metallic = built.areas[3] * 100
        points.append((float(metallic), _camera(Model(f"{model.key} {share}", parts))()))
    return Panel("Metal", "% of the surface", tuple(points))


def coverage() -> Panel:
    """The same harness from ever nearer."""
    model = _harness()
    usual = CAMERAS[Kind.HARNESS]
    shoot = _camera(model)
    points = []
    for margin in (0.45, 0.4, 0.3, 0.2, 0.09, 0.0):
        camera = replace(usual, margin=margin)
        seen = frame(scene(model), camera, 800, STUDIO).seen
        points.append((100 * float(seen.share.sum()) / 800**2, shoot(camera=camera)))
    return Panel("Coverage", "% of the picture", tuple(points))


def _harness() -> Model:
    return posed(build(make_design(pattern="plaid", colour="lagoon")), Kind.HARNESS)


def len_faces(model: Model) -> int:
    return sum(len(part.faces) for part in model.parts)


def _camera(model: Model) -> Callable[..., float]:
    """A function that measures new cameras of a model, in ms."""
    built = scene(model)
    worn = materials(make_design(pattern="plaid", colour="lagoon").look)

    def shoot(size: int = 800, camera: Camera = CAMERAS[Kind.HARNESS]) -> float:
        taken = []
        # What comes into sight is traced the first time round, and not of this camera's making.
        for repeat in (*range(REPEATS), *range(REPEATS)):
            turned = replace(camera, turn_deg=camera.turn_deg + repeat / 10)
            started = time.process_time()
            develop(expose(frame(built, turned, size, STUDIO), worn), worn, PAPER)
            taken.append(1000 * (time.process_time() - started))
        return min(taken[1:])

    return shoot


def drawn(panels: tuple[Panel, ...]) -> str:
    """The panels as one SVG file, two beside each other, all against the same milliseconds."""
    rows = -(-len(panels) // 2)
    body = "".join(
        f'<g transform="translate({at % 2 * WIDE} {at // 2 * TALL})">{_panel(panel)}</g>'
        for at, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDE} {rows * TALL}" '
        f'font-family="Inter, Helvetica, Arial, sans-serif" font-size="12" fill="{INK}">'
        f'<rect width="100%" height="100%" fill="{PAPER_HEX}"/>{body}</svg>\n'
    )


def _panel(panel: Panel) -> str:
    most_x = _round_up(max(x for x, _ in panel.points))
    most_y = _round_up(max(y for _, y in panel.points))
    wide, tall = WIDE - 2 * EDGE, TALL - 2 * EDGE

    def place(x: float, y: float) -> tuple[float, float]:
        return EDGE + wide * x / most_x, EDGE + tall * (1 - y / most_y)

    parts = [
        f'<text x="{EDGE}" y="{EDGE - 22}" font-size="15" font-weight="600">{panel.title}</text>'
    ]
    for step in range(5):
        y = most_y * step / 4
        _, at = place(0, y)
        parts.append(
            f'<path d="M{EDGE} {at:.1f}h{wide}" stroke="{INK}" stroke-opacity=".12"/>'
            f'<text x="{EDGE - 8}" y="{at + 4:.1f}" text-anchor="end" fill="{FAINT}">{y:g}</text>'
        )
        x, _ = place(most_x * step / 4, 0)
        parts.append(
            f'<text x="{x:.1f}" y="{EDGE + tall + 18}" text-anchor="middle" fill="{FAINT}">'
            f"{most_x * step / 4:g}</text>"
        )
    parts.append(
        f'<text x="{EDGE + wide}" y="{EDGE + tall + 36}" text-anchor="end">{panel.unit}</text>'
        f'<text x="{EDGE - 8}" y="{EDGE - 10}" text-anchor="end">ms</text>'
    )
    line = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in panel.points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    for x, y in panel.points:
        left, top = place(x, y)
        parts.append(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3.5" fill="{LINE}"/>')
        parts.append(f'<text x="{left:.1f}" y="{top - 9:.1f}" text-anchor="middle">{y:.0f}</text>')
    return "".join(parts)


def _round_up(value: float) -> float:
    """The next number that four equal steps divide well."""
    size = 1.0
    while True:
        for step in (4, 8, 12, 20, 32):
            if value <= step * size:
                return step * size
        size *= 10


if __name__ == "__main__":
    main()
