"""A model as a binary glTF file: metres, one node and mesh per part, one material per slot."""

from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
import trimesh
from PIL import Image
from trimesh.exchange.gltf import export_glb
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.tiles import TILE_MM, WEAVE_MM, png

METRES = 0.001

BASE = {
    Slot.WEBBING: ((58, 96, 84), 0.85, 0.0),
    Slot.LINING: ((40, 41, 44), 0.95, 0.0),
    Slot.THREAD: ((215, 210, 196), 0.8, 0.0),
    Slot.METAL: ((205, 206, 209), 0.25, 1.0),
    Slot.PLASTIC: ((30, 31, 33), 0.5, 0.0),
    Slot.REFLECTIVE: ((201, 204, 206), 0.3, 0.0),
    Slot.LETTERS: ((215, 210, 196), 0.7, 0.0),
    Slot.ENGRAVING: ((38, 39, 42), 0.7, 0.0),
    Slot.COAT: ((183, 165, 140), 0.95, 0.0),
}
"""sRGB colour, roughness and metalness before the viewer dresses the model in a look."""

TEXTURED = (Slot.WEBBING, Slot.LINING)
"""The slots whose parts carry UV."""

TILE_PIXELS = 128
FLOAT, SHORT, BYTE = 5126, 5123, 5120
VERTICES, INDICES = 34962, 34963
QUANTISED = "KHR_mesh_quantization"


def glb(model: Model) -> bytes:
    """The GLB file: `TEXCOORD_0` is UV in millimetres over `TILE_MM`, v downwards as in glTF.

    Indices are short and normals bytes, so that a harness stays small on a phone; metal, which
    mirrors, keeps its normals whole.
    """
    scene = trimesh.Scene()
    for part in model.parts:
        scene.add_geometry(_mesh(part), node_name=part.name, geom_name=part.name)
    return export_glb(
        scene,
        include_normals=True,
        buffer_postprocessor=_shorten,
        tree_postprocessor=_finish,
    )


def _mesh(part: Part) -> trimesh.Trimesh:
    # trimesh turns v over on the way out; turning it here keeps it the right way.
    uv = part.uv / TILE_MM * [1.0, -1.0] + [0.0, 1.0] if part.slot in TEXTURED else None
    return trimesh.Trimesh(
        vertices=part.vertices * METRES,
        faces=part.faces,
        vertex_normals=part.normals,
        visual=TextureVisuals(uv=uv, material=_material(part.slot)),
        process=False,
        validate=False,
    )


@cache
def _material(slot: Slot) -> PBRMaterial:
    colour, roughness, metallic = BASE[slot]
    linear = (np.array(colour) / 255) ** 2.2
    return PBRMaterial(
        name=slot.value,
        baseColorFactor=[*linear, 1.0],
        roughnessFactor=roughness,
        metallicFactor=metallic,
        doubleSided=False,
    )


def _shorten(buffers: dict[Any, bytes], tree: dict[str, Any]) -> None:
    """Rewrite index and normal buffers in smaller types, and add the weave."""
    accessors = list(tree["accessors"].values())
    keys = list(buffers)
    materials = [material["name"] for material in tree["materials"]]
    exact = set()
    normals = set()
    for mesh in tree["meshes"]:
        primitive = mesh["primitives"][0]
        _retype(accessors[primitive["indices"]], buffers, keys, SHORT)
        normal = primitive["attributes"]["NORMAL"]
        (exact if materials[primitive["material"]] == Slot.METAL else normals).add(normal)
    for place in normals - exact:
        _retype(accessors[place], buffers, keys, BYTE)
    tile = _weave()
    buffers["weave"] = tile + b"\0" * (-len(tile) % 4)
    tree["images"] = [{"bufferView": len(keys), "mimeType": "image/png", "name": "weave"}]
    tree["samplers"] = [{"magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 10497}]
    tree["textures"] = [{"source": 0, "sampler": 0}]
    for material in tree["materials"]:
        if material["name"] == Slot.WEBBING:
            material["pbrMetallicRoughness"]["baseColorTexture"] = {"index": 0}


def _retype(
    accessor: dict[str, Any], buffers: dict[Any, bytes], keys: list[Any], kind: int
) -> None:
    key = keys[accessor["bufferView"]]
    if accessor["componentType"] == kind:
        return
    accessor["componentType"] = kind
    if kind == SHORT:
        values = np.frombuffer(buffers[key], "<u4", accessor["count"]).astype("<u2")
    else:
        accessor["normalized"] = True
        accessor.pop("min", None)
        accessor.pop("max", None)
        values = np.zeros((accessor["count"], 4), "i1")
        whole = np.frombuffer(buffers[key], "<f4", accessor["count"] * 3).reshape(-1, 3)
        values[:, :3] = np.rint(whole * 127)
    data = values.tobytes()
    buffers[key] = data + b"\0" * (-len(data) % 4)


def _finish(tree: dict[str, Any]) -> None:
    """Say what each buffer view is for, now that there are views."""
    tree["asset"]["generator"] = "All Pet Plus"
    tree["extensionsUsed"] = tree["extensionsRequired"] = [QUANTISED]
    views = tree["bufferViews"]
    for mesh in tree["meshes"]:
        mesh.pop("extras", None)
        primitive = mesh["primitives"][0]
        views[tree["accessors"][primitive["indices"]]["bufferView"]]["target"] = INDICES
        for place in primitive["attributes"].values():
            accessor = tree["accessors"][place]
            view = views[accessor["bufferView"]]
            view["target"] = VERTICES
            if accessor["componentType"] == BYTE:
                view["byteStride"] = 4


@cache
def _weave() -> bytes:
    """The weave's shade repeated over one pattern tile, as a small PNG."""
    repeat = round(TILE_MM / WEAVE_MM)
    with Image.open(BytesIO(png("shade-ribbed"))) as shade:
        side = TILE_PIXELS // repeat
        one = shade.convert("L").resize((side, side), Image.Resampling.LANCZOS)
    bright = np.asarray(one, float)
    bright = np.clip(bright / bright.max() * 255, 0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(np.tile(bright, (repeat, repeat))).save(file, "PNG", compress_level=9)
    return file.getvalue()
