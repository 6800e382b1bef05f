"""How long a picture takes: of a new model, in a new colour, and small."""

import resource
import statistics
import subprocess
import sys

from pet_app.builder.geometry.build import build
from pet_app.builder.render.camera import CAMERAS
from pet_app.builder.render.develop import develop
from pet_app.builder.render.encode import webp
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.light import STUDIO
from pet_app.builder.render.material import materials
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.scene import scene
from tests.benchmarks.row import Row, compare, timed_ms
from tests.builder.factory import make_design

REPEATS = 9
WARM = [sys.executable, "-m", "pet_app.builder.render.warm"]


def rows() -> list[Row]:
    design = make_design(pattern="plaid", colour="lagoon")
    model = build(design)
    camera = CAMERAS[design.kind]
    worn, other = materials(design.look), materials(design.with_look(colour="navy").look)
    kept = expose(frame(scene(model), camera, 800, STUDIO), worn)
    pixels = develop(kept, worn, PAPER)

    def new_model(size: int = 800) -> None:
        develop(expose(frame(scene(model), camera, size, STUDIO), worn), worn, PAPER)

    def new_colour() -> None:
        develop(kept, other, PAPER)

    new = timed_ms(new_model, REPEATS)
    recoloured = timed_ms(new_colour, REPEATS)
    small = timed_ms(lambda: new_model(256), REPEATS)
    encoded = timed_ms(lambda: webp(pixels), REPEATS)
    started = timed_ms(lambda: subprocess.run(WARM, check=True), 3)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Row("picture, new model", round(statistics.median(new), 1), "ms"),
        compare("picture, new colour", "ms", recoloured, "new model", new, 1),
        compare("picture at 256 px", "ms", small, "800 px", new, 1),
        Row("picture to WebP", round(statistics.median(encoded), 1), "ms"),
        Row("picture file", round(len(webp(pixels)) / 1000, 1), "kB"),
        Row("renderer, start to first picture", round(statistics.median(started)), "ms"),
        Row("renderer, peak memory", round(peak_mb), "MB"),
    ]
