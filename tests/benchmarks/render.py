"""How long a picture takes: cold, with its frame kept, and small."""

import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from pet_app.builder.geometry.build import build
from pet_app.builder.render import picture
from pet_app.builder.render.camera import CAMERAS
from pet_app.builder.render.encode import webp
from pet_app.builder.render.frame import develop, frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.material import materials
from pet_app.builder.render.scene import scene
from pet_app.builder.render.warm import SAMPLE
from tests.builder.factory import make_design

THREEJS_MS = 345.0
"""three.js in a warm headless Chromium, 20,000 triangles at 800 px, as measured beforehand."""

ROUNDS = 9


def rows() -> list[dict[str, object]]:
    """One row for each figure: name, median, unit, versus, ratio."""
    design = make_design(pattern="plaid", colour="lagoon")
    model = build(design)
    built = scene(model)
    camera = CAMERAS[design.kind]
    taken = frame(built, camera, 800, STUDIO)
    pixels = develop(taken, materials(design.look), picture.PAPER)

    def cold() -> None:
        fresh = frame(scene(model), camera, 800, STUDIO)
        develop(fresh, materials(design.look), picture.PAPER)

    def recolour() -> None:
        develop(taken, materials(design.with_look(colour="navy").look), picture.PAPER)

    def small() -> None:
        develop(frame(built, camera, 256, STUDIO), materials(design.look), picture.PAPER)

    return [
        _row(f"picture of {len(built.faces)} faces, new model", cold, THREEJS_MS),
        _row("picture, new colour on a kept frame", recolour, THREEJS_MS),
        _row("picture at 256 px", small, None),
        _row("picture as WebP", lambda: webp(pixels), None),
        {"name": "picture file", "median": len(webp(pixels)) / 1000, "unit": "kB"},
        _start(),
        {"name": "peak memory", "median": _peak_mb(), "unit": "MB"},
    ]


def _row(name: str, work: Callable[[], object], versus: float | None) -> dict[str, object]:
    work()
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    median = statistics.median(times)
    row: dict[str, object] = {"name": name, "median": round(median, 1), "unit": "ms"}
    if versus is not None:
        row |= {"versus": versus, "ratio": round(versus / median, 2)}
    return row


def _start() -> dict[str, object]:
    """From starting Python to the first picture, compiled code at hand."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pet_app.builder.render.warm"], check=True)
    took = time.perf_counter() - begun
    return {"name": "start to first picture", "median": round(took, 2), "unit": "s"}


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0)


if __name__ == "__main__":
    picture.photograph(SAMPLE, 64)
    print(json.dumps(rows(), indent=2))
