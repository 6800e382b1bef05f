"""Run by Blender's own Python: Cycles with few samples and its fast denoiser.

`python cycles_drawn.py scene.npz out.npz samples`: writes `piece` and `floor`, see
`tests.references.tracer`, and prints what it took as JSON. Timed is the piece alone, one picture of
the two that ours would take.
"""

import json
import statistics
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import bpy  # pyright: ignore[reportMissingImports]
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "references"))
import tracer  # pyright: ignore[reportMissingImports]

REPEATS = 5


def main() -> None:
    """Draw the scene that is named."""
    started = time.time() - time.process_time()
    data = np.load(sys.argv[1])
    about = SimpleNamespace(**json.loads(str(data["about"])))
    stage, piece, floor = tracer.staged(data, about)
    samples = int(sys.argv[3])
    tracer.settings(stage, 0, samples, samples)
    stage.render.use_persistent_data = True
    stage.cycles.use_denoising = True
    stage.cycles.denoiser, stage.cycles.denoising_quality = "OPENIMAGEDENOISE", "FAST"
    floor.visible_camera = False
    whole = [0.0, 1.0, 0.0, 1.0]
    shown = tracer.traced(stage, about.size, about.border, doubled=False)[0]
    first_ms = 1000 * (time.time() - started)
    walls, before = [], time.process_time()
    for number in range(REPEATS):
        stage.cycles.seed = number
        at = time.perf_counter()
        bpy.ops.render.render()
        walls.append(1000 * (time.perf_counter() - at))
    cpu = 1000 * (time.process_time() - before) / REPEATS
    peak_mb = _peak_mb()
    floor.visible_camera, piece.is_holdout = True, True
    under = tracer.traced(stage, about.size // 2, whole, doubled=False)[0]
    np.savez(sys.argv[2], piece=shown, floor=under)
    took = {"first_ms": first_ms, "camera_ms": statistics.median(walls), "camera_cpu_ms": cpu}
    print(json.dumps(took | {"colour_ms": None, "colour_cpu_ms": None, "peak_mb": peak_mb}))


def _peak_mb() -> float:
    """The most memory this process has held; the kernel's `ru_maxrss` keeps the parent's."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
