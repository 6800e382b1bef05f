"""Run by Blender's own Python: traces what `export.py` wrote, some samples at a time.

`python tracer.py scene.npz out.npz piece|floor first count of`: writes `pixels`, float32 (size,
size, 4), linear premultiplied radiance and coverage, of the piece alone (lit by floor and studio)
or, at half the size, of the floor that shows beside it; and `smooth`, the same without its noise.
Slices of one run of samples average to the whole.
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
    source, target, what, first, count, whole = sys.argv[1:]
    data = np.load(source)
    about = SimpleNamespace(**json.loads(str(data["about"])))
    stage, piece, floor = staged(data, about)
    settings(stage, int(first), int(count), int(whole))
    if what == "piece":
        floor.visible_camera = False
        size, border = about.size, about.border
    else:
        piece.is_holdout = True
        size, border = about.size // 2, [0.0, 1.0, 0.0, 1.0]
    pixels, smooth = traced(stage, size, border)
    np.savez_compressed(target, pixels=pixels, smooth=smooth, count=int(count))


def staged(data, about: SimpleNamespace) -> tuple:
    """The scene on stage: Blender's scene, the piece and the floor."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    stage = bpy.context.scene
    _studio(stage, data["sky"])
    _camera(stage, about)
    return stage, _piece(stage, data, about), _floor(stage, about)


def settings(stage, first: int, count: int, whole: int) -> None:
    """Trace `count` samples from the `first` on, of a run of `whole`."""
    render, cycles = stage.render, stage.cycles
    render.engine = "CYCLES"
    render.film_transparent = True
    cycles.device = "CPU"
    cycles.samples = whole
    cycles.use_sample_subset = True
    cycles.sample_offset, cycles.sample_subset_length = first, count
    cycles.use_adaptive_sampling = False
    cycles.use_denoising = False
    cycles.pixel_filter_type = "BOX"
    cycles.filter_width = 1.0
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = 4
    cycles.blur_glossy = 0.0
    cycles.sample_clamp_direct = cycles.sample_clamp_indirect = 0.0
    cycles.light_sampling_threshold = 0.0
    cycles.use_auto_tile = False
    image = render.image_settings
    image.file_format = "OPEN_EXR"
    image.color_mode, image.color_depth = "RGBA", "32"


def traced(stage, size: int, border: list[float], doubled: bool = True) -> list[np.ndarray]:
    """float32 (size, size, 4): the picture, and if `doubled` the same without its noise.

    Their first row is on top. Only inside the border, shares of the picture from the left and from
    below, is anything traced.
    """
    render = stage.render
    render.resolution_x = render.resolution_y = size
    render.resolution_percentage = 100
    render.use_border = render.use_crop_to_border = True
    render.border_min_x, render.border_max_x, render.border_min_y, render.border_max_y = border
    with tempfile.TemporaryDirectory() as folder:
        if doubled:
            _denoise(stage, folder)
        render.filepath = str(Path(folder) / "traced.exr")
        bpy.ops.render.render(write_still=True)
        names = ("traced.exr", "smooth.exr") if doubled else ("traced.exr",)
        return [_read(Path(folder) / name, size, border) for name in names]


def _read(path: Path, size: int, border: list[float]) -> np.ndarray:
    image = bpy.data.images.load(str(path))
    wide, high = image.size
    pixels = np.empty(wide * high * 4, np.float32)
    image.pixels.foreach_get(pixels)
    whole = np.zeros((size, size, 4), np.float32)
    # As Blender rounds it, in single precision.
    left, low = (int(np.float32(edge) * np.float32(size)) for edge in (border[0], border[2]))
    whole[low : low + high, left : left + wide] = pixels.reshape(high, wide, 4)
    return whole[::-1]


def _denoise(stage, folder: str) -> None:
    """Have every picture written a second time with its noise taken out."""
    stage.view_layers[0].cycles.denoising_store_passes = True
    tree = bpy.data.node_groups.new("smooth", "CompositorNodeTree")
    stage.compositing_node_group = tree
    tree.interface.new_socket(name="Image", in_out="OUTPUT", socket_type="NodeSocketColor")
    traced, smooth = (
        tree.nodes.new("CompositorNodeRLayers"),
        tree.nodes.new("CompositorNodeDenoise"),
    )
    file, out = tree.nodes.new("CompositorNodeOutputFile"), tree.nodes.new("NodeGroupOutput")
    tree.links.new(traced.outputs["Image"], out.inputs[0])
    for name, there in (("Image", "Image"), ("Albedo", "Denoising Albedo")):
        tree.links.new(traced.outputs[there], smooth.inputs[name])
    tree.links.new(traced.outputs["Denoising Normal"], smooth.inputs["Normal"])
    file.directory, file.file_name = folder, ""
    file.format.media_type = "IMAGE"
    file.format.file_format = "OPEN_EXR"
    file.format.color_mode, file.format.color_depth = "RGBA", "32"
    file.file_output_items.new("RGBA", "smooth")
    tree.links.new(smooth.outputs[0], file.inputs[0])


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
