"""Run by an environment of its own: PyVista, `python vtk_drawn.py scene.npz out.png`.

Physically based materials, an environment map, a key light with a shadow map, supersampling. It
has no floor that is nothing but shadow, so none falls on the page. Prints what it took as JSON.
"""

import json
import math
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pyvista as pv  # pyright: ignore[reportMissingImports]
from PIL import Image

REPEATS, WARM_UP, TURN_DEG = 9, 2, 7.0


def main() -> None:
    """Draw the scene that is named."""
    started = time.time() - time.process_time()
    data = np.load(sys.argv[1])
    about = json.loads(str(data["about"]))
    size = about["size"]
    plotter = pv.Plotter(off_screen=True, window_size=[size, size], lighting=None)
    plotter.set_background((247 / 255, 244 / 255, 238 / 255))
    around = np.clip(data["around"][::-1] ** (1 / 2.2) * 255, 0, 255).astype(np.uint8)
    sky = pv.Texture(np.ascontiguousarray(around))
    plotter.set_environment_texture(sky, is_srgb=True)
    plotter.enable_anti_aliasing("ssaa")
    low, high = data["vertices"].min(axis=0), data["vertices"].max(axis=0)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
    key = pv.Light(
        position=tuple(middle + np.array(about["towards"]) * reach * 4),
        focal_point=tuple(middle),
        intensity=float(np.mean(about["key"])),
        light_type="scene light",
    )
    key.positional = True
    key.cone_angle = 40
    key.attenuation_values = (1, 0, 0)
    plotter.add_light(key)
    actors = _pieces(plotter, data, about)
    plotter.enable_shadows()
    camera = plotter.camera
    eye, forward = np.array(about["eye"]), np.array(about["axes"])[2]
    camera.view_angle = math.degrees(2 * math.atan(size / 2 / about["focal"]))
    camera.clipping_range = (reach * 0.1, reach * 60)

    def draw(turn: float) -> np.ndarray:
        cos, sin = math.cos(turn), math.sin(turn)
        about_y = np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]])
        at = middle + about_y @ (eye - middle)
        camera.position, camera.focal_point = tuple(at), tuple(at + about_y @ forward * reach)
        camera.up = (0, 1, 0)
        plotter.render()
        return plotter.screenshot(return_img=True)

    pixels = draw(0.0)
    first_ms = 1000 * (time.time() - started)
    wall, cpu = _medians(lambda number: draw(math.radians(TURN_DEG) * (number + 1)))

    def colour(number: int) -> None:
        actors[0].prop.color = (0.2 + number / 20, 0.4, 0.5)
        draw(0.0)

    colour_wall, colour_cpu = _medians(colour)
    Image.fromarray(pixels[..., :3]).save(sys.argv[2])
    took = {"first_ms": first_ms, "camera_ms": wall, "camera_cpu_ms": cpu}
    took |= {"colour_ms": colour_wall, "colour_cpu_ms": colour_cpu}
    took["peak_mb"] = _peak_mb()
    print(json.dumps(took))


def _pieces(plotter, data, about: dict) -> list:
    """One mesh to a slot, the strap with its pattern."""
    actors = []
    for slot in np.unique(data["slots"]):
        own, faces = about["surfaces"][slot], data["faces"][data["slots"] == slot]
        used, corners = np.unique(faces, return_inverse=True)
        corners = corners.reshape(-1, 3)
        mesh = pv.PolyData(data["vertices"][used], np.insert(corners, 0, 3, axis=1).ravel())
        mesh.point_data["Normals"] = data["normals"][used]
        mesh.point_data.active_normals_name = "Normals"
        mesh.set_active_scalars(None)
        look = {"pbr": True, "metallic": float(own["metallic"]), "roughness": own["roughness"]}
        if slot == 0 and "mask" in data:
            mesh.active_texture_coordinates = data["uv"][used] / about["tile_mm"]
            colour, accent = np.array(own["colour"]), np.array(own["accent"])
            mixed = colour + (accent - colour) * data["mask"][::-1, :, None]
            shown = np.clip(255 * mixed ** (1 / 2.2), 0, 255).astype(np.uint8)
            texture = pv.Texture(np.ascontiguousarray(shown))
            texture.repeat = texture.mipmap = texture.interpolate = True
            texture.SetUseSRGBColorSpace(True)
            actors.append(plotter.add_mesh(mesh, color="white", **look))
            actors[-1].prop.SetBaseColorTexture(texture)
        else:
            actors.append(plotter.add_mesh(mesh, color=tuple(own["colour"]), **look))
    return actors


def _medians(work) -> tuple[float, float]:
    for number in range(WARM_UP):
        work(number)
    walls, before = [], time.process_time()
    for number in range(REPEATS):
        started = time.perf_counter()
        work(number)
        walls.append(1000 * (time.perf_counter() - started))
    return statistics.median(walls), 1000 * (time.process_time() - before) / REPEATS


def _peak_mb() -> float:
    """The most memory this process has held; the kernel's `ru_maxrss` keeps the parent's."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
