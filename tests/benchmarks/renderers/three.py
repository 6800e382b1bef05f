"""three.js in a warm headless Chromium: `python -m tests.benchmarks.renderers.three plain.npz`."""

import base64
import functools
import io
import json
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from math import atan, degrees, radians
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from pet_app.builder.render.picture import PAPER
from pet_app.builder.render.tone import linear
from pet_app.core.settings import ROOT
from tests.benchmarks.renderers.measured import (
    TURN_DEG,
    Taken,
    finish,
    medians,
    peak_mb,
    since_start_ms,
)
from tests.browser.conftest import FLAGS, chromium

HERE = Path(__file__).parent
THREE = ROOT / "tests" / "node" / "node_modules" / "three" / "build"
SHADOW = 0.15
"""How dark its floor's shadow is: the one nearest to the reference."""


class Files(SimpleHTTPRequestHandler):
    """Serves the page, three.js and the scene."""

    def translate_path(self, path: str) -> str:
        """Where a path lies on disk."""
        name = path.split("?", 1)[0].lstrip("/")
        if name.startswith("three/"):
            return str(THREE / name.removeprefix("three/"))
        if name.startswith("scene/"):
            return str(Path(self.directory) / name.removeprefix("scene/"))
        return str(HERE / name)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


def main() -> None:
    """Draw the scene that is named."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        size = _written(Path(sys.argv[1]), Path(folder))
        serve = functools.partial(Files, directory=folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": size, "height": size})
        page.goto(f"http://127.0.0.1:{server.server_port}/three.html")
        page.wait_for_function("window.ready", timeout=120_000)
        picture = page.evaluate("window.picture()")
        first_ms = since_start_ms()
        camera_ms, camera_cpu_ms = medians(
            lambda number: page.evaluate(f"draw({radians(TURN_DEG) * (number + 1)})")
        )
        colour_ms, colour_cpu_ms = medians(
            lambda number: page.evaluate(f"draw(0, [{0.3 + number / 20}, 0.5, 0.4])")
        )
        peak = peak_mb()
        browser.close()
        server.shutdown()
    png = io.BytesIO(base64.b64decode(picture.split(",")[1]))
    pixels = np.array(Image.open(png).convert("RGB"))
    finish(
        Taken("three.js", first_ms, camera_ms, camera_cpu_ms, colour_ms, colour_cpu_ms, peak),
        pixels,
    )


def _written(source: Path, folder: Path) -> int:
    """Lay the scene out as the files the page reads, and say how large its picture is."""
    data = np.load(source)
    about = json.loads(str(data["about"]))
    order = np.argsort(data["slots"], kind="stable")
    faces, slots = data["faces"][order], data["slots"][order]
    starts = np.flatnonzero(np.diff(slots, prepend=-1))
    counts = np.diff(np.append(starts, len(slots)))
    forward = np.array(about["axes"])[2]
    vertices = data["vertices"]
    for name, values in (
        ("position", vertices),
        ("normal", data["normals"]),
        ("uv", data["uv"]),
        ("index", faces.astype(np.uint32)),
        ("sky", _rgba(data["around"])),
    ):
        (folder / f"{name}.bin").write_bytes(np.ascontiguousarray(values).tobytes())
    images: dict[str, list[int]] = {}
    for number, own in enumerate(about["surfaces"]):
        own["textured"] = f"normal_{number}" in data
        root = own["specular"] ** 0.5
        own["ior"] = (1 + root) / (1 - root)
        own["tint"] = [c + (1 - c) * own["sheen_white"] for c in own["colour"]]
        if own["textured"]:
            _textures(number, own, data, about, folder, images)
    about |= {
        "images": images,
        "sky": data["around"].shape[:2],
        "low": vertices.min(axis=0).tolist(),
        "high": vertices.max(axis=0).tolist(),
        "forward": forward.tolist(),
        "groups": [
            [int(3 * start), int(3 * count), int(slots[start])]
            for start, count in zip(starts, counts, strict=True)
        ],
        "lens_deg": degrees(2 * atan(about["size"] / 2 / about["focal"])),
        "paper": linear(PAPER).tolist(),
        "shadow": SHADOW,
    }
    (folder / "about.json").write_text(json.dumps(about))
    return about["size"]


def _textures(number: int, own: dict, data, about: dict, folder: Path, images: dict) -> None:
    """Its colour over one pattern tile with the weave's shade in it, normals and roughness."""
    shade = np.tile(data[f"shade_{number}"], (4, 4))[..., None]
    colour, accent = np.array(own["colour"]), np.array(own["accent"])
    mask = np.zeros((256, 256), np.float32)
    if number == 0 and "mask" in data:
        mask = data["mask"]
    mask = np.kron(mask, np.ones((4, 4), np.float32))[..., None]
    rough = np.repeat(data[f"rough_{number}"][..., None], 3, axis=2)
    for name, values in (
        (f"colour_{number}", (colour + (accent - colour) * mask) * shade),
        (f"normal_{number}", data[f"normal_{number}"] * 0.5 + 0.5),
        (f"rough_{number}", rough),
    ):
        images[name] = list(values.shape[:2])
        (folder / f"{name}.bin").write_bytes(_rgba(values).tobytes())


def _rgba(values: np.ndarray) -> np.ndarray:
    full = np.ones((*values.shape[:2], 4), np.float32)
    full[..., :3] = values
    return full


if __name__ == "__main__":
    main()
