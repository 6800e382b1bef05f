"""How long a picture takes: new, seen from elsewhere, in other colours, small, large, detailed."""

import json
import statistics
import subprocess
import sys
from dataclasses import replace

import numpy as np

from pet_app.builder.geometry.build import build
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.render.camera import CAMERAS
from pet_app.builder.render.develop import develop
from pet_app.builder.render.encode import webp
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.material import materials
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.pose import posed
from pet_app.builder.render.scene import Scene, scene
from tests.benchmarks.renderers.measured import TURN_DEG
from tests.benchmarks.row import Row, by_turns_ms, compare, timed_ms
from tests.builder.factory import make_design
from tests.builder.shapes import finer

REPEATS = 11
TURNS = 24
ROUNDS = 5
ROUND = 52
"""Pictures in which a piece is seen from all round."""

WARM = [sys.executable, "-m", "pet_app.builder.render.warm"]
PREVIEWS = [sys.executable, "-m", "tests.benchmarks.previews"]
VIEWS = 60


def rows() -> list[Row]:
    return [*_one_picture(), *_process()]


def _one_picture() -> list[Row]:
    design = make_design(pattern="plaid", colour="lagoon")
    usual = CAMERAS[design.kind]
    worn, other = materials(design.look), materials(design.with_look(colour="navy").look)
    model = posed(build(design), design.kind)
    built, detailed = scene(model), scene(finer(model, 150_000))
    angles = iter(np.arange(1, 10_000) * TURN_DEG % 360)

    def seen(built: Scene, size: int = 800, turn: float = 0, steady: bool = False) -> np.ndarray:
        camera = replace(usual, turn_deg=usual.turn_deg + (turn or next(angles)), steady=steady)
        return develop(expose(frame(built, camera, size, STUDIO), worn), worn, PAPER)

    def cold(model: Model) -> None:
        develop(expose(frame(scene(model), usual, 800, STUDIO), worn), worn, PAPER)

    def turntable() -> None:
        for turn in range(TURNS):
            seen(built, turn=1 + 360 * turn / TURNS, steady=True)

    kept = expose(frame(built, usual, 800, STUDIO), worn)
    pixels = develop(kept, worn, PAPER)

    def all_round(built: Scene) -> None:
        """From now on its light is known, whichever side a new camera looks at."""
        for _ in range(ROUND):
            seen(built)

    side = timed_ms(lambda: seen(built), REPEATS, 2)
    all_round(built)
    all_round(detailed)
    took = by_turns_ms(
        {
            "new": (lambda: seen(built), REPEATS),
            "fine": (lambda: seen(detailed), REPEATS),
            "small": (lambda: seen(built, 256), REPEATS),
            "large": (lambda: seen(built, 1600), 1),
            "recoloured": (lambda: develop(kept, other, PAPER), REPEATS),
            "saved": (lambda: webp(pixels), 3),
            "turntable": (turntable, 1),
            "cold": (lambda: cold(model), 1),
        },
        ROUNDS,
    )
    new = took["new"]
    return [
        Row("picture, new camera", round(statistics.median(new), 1), "ms"),
        compare("picture, 7 degrees on, first lap", "ms", side, "new camera", new, 2),
        compare("picture, new shape", "ms", took["cold"], "new camera", new, 1),
        compare("picture, new colour", "ms", took["recoloured"], "new camera", new, 2),
        compare("picture at 256 px", "ms", took["small"], "800 px", new, 1),
        compare("picture at 1600 px", "ms", took["large"], "800 px", new, 1),
        compare(
            *(f"picture of {len(detailed.faces)} faces", "ms", took["fine"]),
            *(f"{len(built.faces)} faces", new, 1),
        ),
        compare("turntable, 24 pictures", "ms", took["turntable"], "new camera", new, 0),
        Row("picture to WebP", round(statistics.median(took["saved"]), 1), "ms"),
        Row("picture file", round(len(webp(pixels)) / 1000, 1), "kB"),
    ]


def _process() -> list[Row]:
    started = timed_ms(lambda: subprocess.run(WARM, check=True), 5)
    mixed = json.loads(
        subprocess.run([*PREVIEWS, "mixed", "200"], stdout=subprocess.PIPE, check=True).stdout
    )
    alone, together = _views_per_second(1), _views_per_second(2)
    return [
        Row("renderer, start to first picture", round(statistics.median(started)), "ms"),
        Row("renderer, memory after 200 previews", round(mixed["mb"]), "MB"),
        Row("renderer, most memory meanwhile", round(mixed["most_mb"]), "MB"),
        Row("previews per second, one process", round(alone, 1), "/s"),
        Row(
            *("previews per second, two processes", round(together, 1), "/s"),
            *("one process (more is better)", round(together / alone, 3)),
        ),
    ]


def _views_per_second(processes: int) -> float:
    running = [
        subprocess.Popen(
            [*PREVIEWS, "cameras", str(VIEWS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    results = [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]
    return sum(VIEWS / result["seconds"] for result in results)
