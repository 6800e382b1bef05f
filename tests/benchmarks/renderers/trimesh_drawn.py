"""Run by an environment of its own: trimesh's own window.

`python trimesh_drawn.py scene.npz out.png` needs a display, so it is run under `xvfb-run`. It draws
one plain colour to a part, by lights of its own.
"""

import io
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import trimesh
from PIL import Image

REPEATS, TURN_DEG = 9, 7.0
PAPER = [247, 244, 238, 255]


def main() -> None:
    """Draw the scene that is named."""
    started = time.time() - time.process_time()
    data = np.load(sys.argv[1])
    about = json.loads(str(data["about"]))
    shown = trimesh.Scene()
    for slot in np.unique(data["slots"]):
        faces = data["faces"][data["slots"] == slot]
        colour = np.array([*about["surfaces"][slot]["colour"], 1.0])
        painted = np.tile(np.uint8(255 * colour ** (1 / 2.2)), (len(faces), 1))
        mesh = trimesh.Trimesh(data["vertices"], faces, face_colors=painted, process=False)
        shown.add_geometry(mesh)
    right, up, forward = np.array(about["axes"])
    placed = np.eye(4)
    placed[:3] = np.stack([right, up, -forward, about["eye"]], axis=1)
    lens = 2 * np.degrees(np.arctan(about["size"] / 2 / about["focal"]))
    shown.camera.fov = (lens, lens)
    away = float(np.linalg.norm(shown.centroid - about["eye"]))
    shown.camera.z_near, shown.camera.z_far = away / 10, away * 10

    def draw(turn: int) -> bytes:
        angle = np.radians(TURN_DEG) * turn
        turned = trimesh.transformations.rotation_matrix(angle, (0, 1, 0), shown.centroid)
        shown.camera_transform = turned @ placed
        return shown.save_image(resolution=(about["size"], about["size"]), background=PAPER)

    pixels = draw(0)
    first_ms = 1000 * (time.time() - started)
    walls, before = [], time.process_time()
    for number in range(REPEATS):
        at = time.perf_counter()
        draw(number + 1)
        walls.append(1000 * (time.perf_counter() - at))
    Image.open(io.BytesIO(pixels)).convert("RGB").save(sys.argv[2])
    took = {"first_ms": first_ms, "camera_ms": statistics.median(walls)}
    took["camera_cpu_ms"] = 1000 * (time.process_time() - before) / REPEATS
    took["peak_mb"] = _peak_mb()
    print(json.dumps(took | {"colour_ms": None, "colour_cpu_ms": None}))


def _peak_mb() -> float:
    """The most memory this process has held; the kernel's `ru_maxrss` keeps the parent's."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
