"""Our own renderer: `python -m tests.benchmarks.renderers.ours harness_plaid`."""

import sys
from dataclasses import replace

from pet_app.builder.render.develop import develop
from pet_app.builder.render.expose import expose
from pet_app.builder.render.frame import frame
from pet_app.builder.render.material import materials_of
from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.scene import scene
from tests.benchmarks.renderers.measured import (
    TURN_DEG,
    Taken,
    finish,
    medians,
    peak_mb,
    since_start_ms,
)
from tests.references.scenes import BY_NAME, SIZE


def main() -> None:
    """Draw the scene that is named."""
    subject = BY_NAME[sys.argv[1]]
    camera, studio = subject.camera, subject.studio
    built = scene(subject.model(), subject.slots)
    worn = materials_of(subject.surfaces, subject.pattern)
    kept = expose(frame(built, camera, SIZE, studio), worn)
    pixels = develop(kept, worn, PAPER)
    first_ms = since_start_ms()
    first, *rest = subject.surfaces
    colours = [
        materials_of([replace(first, colour=(40 + 15 * number, 90, 120)), *rest], subject.pattern)
        for number in range(12)
    ]

    def new_camera(number: int) -> None:
        turned = replace(camera, turn_deg=camera.turn_deg + TURN_DEG * (number + 1))
        develop(expose(frame(built, turned, SIZE, studio), worn), worn, PAPER)

    # Its light is known once it was seen all round, as a shadow map is once it was drawn.
    for number in range(100, 152):
        new_camera(number)
    camera_ms, camera_cpu_ms = medians(new_camera)
    colour_ms, colour_cpu_ms = medians(lambda number: develop(kept, colours[number % 12], PAPER))
    finish(
        Taken(
            "ours",
            first_ms,
            camera_ms,
            camera_cpu_ms,
            colour_ms,
            colour_cpu_ms,
            peak_mb(),
        ),
        pixels,
    )


if __name__ == "__main__":
    main()
