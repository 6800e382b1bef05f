"""Run by Blender's own Python: traces what `export.py` wrote, some samples at a time.

`python tracer.py scene.npz out.npz piece|floor first count of [denoise]`: writes `pixels`, float32
(size, size, 4), linear premultiplied radiance and coverage, of the piece alone (lit by floor and
studio) or of the floor that shows beside it. Slices of one run of samples average to the whole.
"""

import json
import math
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import bpy  # pyright: ignore[reportMissingImports]
import numpy as np
from mathutils import Matrix  # pyright: ignore[reportMissingImports]

FLOOR_MM = 60_000.0


def main() -> None:
    """Trace one slice."""
    source, target, what, first, count, whole, *denoise = sys.argv[1:]
    data = np.load(source)
    about = SimpleNamespace(**json.loads(str(data["about"])))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    stage = bpy.context.scene
    _studio(stage, data["sky"])
    _camera(stage, about)
    piece = _piece(stage, data, about)
    floor = _floor(stage, about)
    if what == "piece":
        floor.visible_camera = False
    else:
        piece.is_holdout = True
    _settings(stage, about.size, int(first), int(count), int(whole), denoise)
    np.savez_compressed(target, pixels=_traced(stage, about.size), count=int(count))


def _settings(stage, size: int, first: int, count: int, whole: int, denoise: list[str]) -> None:
    render, cycles = stage.render, stage.cycles
    render.engine = "CYCLES"
    render.resolution_x = render.resolution_y = size
    render.resolution_percentage = 100
    render.film_transparent = True
    render.use_persistent_data = False
    cycles.device = "CPU"
    cycles.samples = whole
    cycles.use_sample_subset = True
    cycles.sample_offset, cycles.sample_subset_length = first, count
    cycles.use_adaptive_sampling = False
    cycles.pixel_filter_type = "BOX"
    cycles.filter_width = 1.0
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = 4
    cycles.blur_glossy = 0.0
    cycles.sample_clamp_direct = cycles.sample_clamp_indirect = 0.0
    cycles.light_sampling_threshold = 0.0
    cycles.use_auto_tile = False
    cycles.use_denoising = bool(denoise)
    if denoise:
        cycles.denoiser = "OPENIMAGEDENOISE"
        cycles.denoising_quality = denoise[0]
    image = render.image_settings
    image.file_format = "OPEN_EXR"
    image.color_mode, image.color_depth = "RGBA", "32"


def _traced(stage, size: int) -> np.ndarray:
    """float32 (size, size, 4): the picture, its first row at the top."""
    with tempfile.TemporaryDirectory() as folder:
        stage.render.filepath = str(Path(folder) / "traced.exr")
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(stage.render.filepath)
        pixels = np.empty(size * size * 4, np.float32)
        image.pixels.foreach_get(pixels)
    return pixels.reshape(size, size, 4)[::-1]


def _image(name: str, pixels: np.ndarray):
    """A float image from float32 (h, w) or (h, w, 3), its first row at v = 0."""
    high, wide = pixels.shape[:2]
    image = bpy.data.images.new(name, wide, high, float_buffer=True, is_data=True)
    filled = np.ones((high, wide, 4), np.float32)
    filled[..., :3] = pixels if pixels.ndim == 3 else pixels[..., None]
    image.pixels.foreach_set(filled.ravel())
    image.update()
    return image


def _studio(stage, sky: np.ndarray) -> None:
    world = bpy.data.worlds.new("studio")
    stage.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    nodes.clear()
    around = nodes.new("ShaderNodeTexEnvironment")
    around.image = _image("sky", sky)
    shining, out = nodes.new("ShaderNodeBackground"), nodes.new("ShaderNodeOutputWorld")
    links.new(around.outputs["Color"], shining.inputs["Color"])
    links.new(shining.outputs["Background"], out.inputs["Surface"])
    world.cycles.sampling_method = "MANUAL"
    world.cycles.sample_map_resolution = sky.shape[1]


def _camera(stage, about: SimpleNamespace) -> None:
    lens = bpy.data.cameras.new("camera")
    lens.sensor_fit = "HORIZONTAL"
    lens.angle = 2 * math.atan(about.size / 2 / about.focal)
    lens.clip_start, lens.clip_end = 1.0, 1e6
    camera = bpy.data.objects.new("camera", lens)
    right, up, forward = np.array(about.axes)
    matrix = np.eye(4)
    matrix[:3] = np.stack([right, up, -forward, about.eye], axis=1)
    camera.matrix_world = Matrix(matrix.tolist())
    stage.collection.objects.link(camera)
    stage.camera = camera


def _piece(stage, data, about: SimpleNamespace):
    mesh = bpy.data.meshes.new("piece")
    faces = data["faces"]
    mesh.from_pydata(data["vertices"].tolist(), [], faces.tolist())
    layer = mesh.uv_layers.new(name="mm")
    layer.uv.foreach_set("vector", data["uv"][faces.ravel()].astype(np.float32).ravel())
    for number, surface in enumerate(about.surfaces):
        mesh.materials.append(_material(number, surface, data, about))
    mesh.polygons.foreach_set("material_index", data["slots"].astype(np.int32))
    mesh.polygons.foreach_set("use_smooth", np.ones(len(faces), bool))
    mesh.update()
    if len(mesh.polygons) != len(faces):
        raise ValueError("faces were lost on the way to the path tracer")
    mesh.normals_split_custom_set_from_vertices(data["normals"].tolist())
    piece = bpy.data.objects.new("piece", mesh)
    stage.collection.objects.link(piece)
    return piece


def _floor(stage, about: SimpleNamespace):
    far, level = FLOOR_MM, about.floor_mm
    mesh = bpy.data.meshes.new("floor")
    corners = [(-far, level, far), (far, level, far), (far, level, -far), (-far, level, -far)]
    mesh.from_pydata(corners, [], [(0, 1, 2, 3)])
    matt = bpy.data.materials.new("floor")
    matt.use_nodes = True
    nodes, links = matt.node_tree.nodes, matt.node_tree.links
    nodes.clear()
    diffuse, out = nodes.new("ShaderNodeBsdfDiffuse"), nodes.new("ShaderNodeOutputMaterial")
    diffuse.inputs["Color"].default_value = (*about.floor, 1)
    links.new(diffuse.outputs["BSDF"], out.inputs["Surface"])
    mesh.materials.append(matt)
    floor = bpy.data.objects.new("floor", mesh)
    stage.collection.objects.link(floor)
    return floor


def _material(number: int, surface: dict, data, about: SimpleNamespace):
    made = bpy.data.materials.new(f"slot {number}")
    made.use_nodes = True
    made.cycles.use_bump_map_correction = False
    nodes, links = made.node_tree.nodes, made.node_tree.links
    nodes.clear()
    body, out = nodes.new("ShaderNodeBsdfPrincipled"), nodes.new("ShaderNodeOutputMaterial")
    links.new(body.outputs["BSDF"], out.inputs["Surface"])
    body.distribution = "GGX"
    put = body.inputs
    put["Roughness"].default_value = surface["roughness"]
    put["Metallic"].default_value = float(surface["metallic"])
    root = math.sqrt(surface["specular"])
    put["IOR"].default_value = (1 + root) / (1 - root)
    put["Sheen Weight"].default_value = surface["sheen"]
    put["Sheen Roughness"].default_value = surface["sheen_roughness"]
    put["Base Color"].default_value = (*surface["colour"], 1)

    def tile(name: str, extent_mm: float):
        at, scaled = nodes.new("ShaderNodeUVMap"), nodes.new("ShaderNodeVectorMath")
        at.uv_map = "mm"
        scaled.operation = "SCALE"
        scaled.inputs["Scale"].default_value = 1 / extent_mm
        found = nodes.new("ShaderNodeTexImage")
        found.image = _image(name, data[name] * 0.5 + 0.5 if "normal" in name else data[name])
        links.new(at.outputs["UV"], scaled.inputs[0])
        links.new(scaled.outputs["Vector"], found.inputs["Vector"])
        return found.outputs["Color"]

    def mixed(kind: str, share, first, second):
        mix = nodes.new("ShaderNodeMix")
        mix.data_type, mix.blend_type, mix.clamp_result = "RGBA", kind, False
        for socket, value in (
            (mix.inputs[0], share),
            (mix.inputs[6], first),
            (mix.inputs[7], second),
        ):
            if hasattr(value, "is_output"):
                links.new(value, socket)
            else:
                socket.default_value = value
        return mix.outputs[2]

    colour = (*surface["colour"], 1)
    if number == 0 and "mask" in data:
        mask = tile("mask", about.tile_mm)
        colour = mixed("MIX", mask, colour, (*surface["accent"], 1))
    if surface["sheen"] > 0:
        tint = mixed("MIX", surface["sheen_white"], colour, (1, 1, 1, 1))
        links.new(tint, put["Sheen Tint"])
    if f"shade_{number}" in data:
        shade = tile(f"shade_{number}", about.weave_mm)
        links.new(mixed("MULTIPLY", 1.0, colour, shade), put["Base Color"])
        links.new(tile(f"rough_{number}", about.weave_mm), put["Roughness"])
        bent = nodes.new("ShaderNodeNormalMap")
        bent.uv_map = "mm"
        links.new(tile(f"normal_{number}", about.weave_mm), bent.inputs["Color"])
        links.new(bent.outputs["Normal"], put["Normal"])
    elif not isinstance(colour, tuple):
        links.new(colour, put["Base Color"])
    return made


if __name__ == "__main__":
    main()
