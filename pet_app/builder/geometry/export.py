"""A model as a binary glTF file: metres, one node and mesh per part, one material per slot.

Positions are shorts scaled by their node, normals and tangents bytes, indices short, so that a
harness stays small on a phone; metal, which mirrors, keeps its normals finer.
"""

import json
import struct
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.geometry.rigid import Move, rigid
from pet_app.builder.geometry.tangent import tangents
from pet_app.builder.tiles import TILE_MM, WEAVE_MM, png

METRES = 0.001
STEPS = 32_700
"""A part reaches about this many steps of its grid from its middle; the most is 32,767."""

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

MAPPED = (
    Slot.WEBBING,
    Slot.LINING,
    Slot.REFLECTIVE,
    Slot.LETTERS,
    Slot.METAL,
    Slot.PLASTIC,
)
"""The slots whose parts carry UV, for the tiles that the viewer puts on them."""

STIFF = (Slot.METAL, Slot.PLASTIC)
"""The slots whose parts may be the same piece in several places, and are then written once."""

WOVEN = (Slot.WEBBING,)
"""The slots with a shade and a normal map of their own in the file, and so with tangents."""

TILE_PIXELS = 128
BYTE, SHORT, UNSIGNED_SHORT, UNSIGNED_INT, FLOAT = 5120, 5122, 5123, 5125, 5126
VERTICES, INDICES = 34962, 34963
QUANTISED = "KHR_mesh_quantization"
SHEEN = "KHR_materials_sheen"
COMPONENTS = {
    BYTE: np.dtype("i1"),
    SHORT: np.dtype("<i2"),
    UNSIGNED_SHORT: np.dtype("<u2"),
    UNSIGNED_INT: np.dtype("<u4"),
    FLOAT: np.dtype("<f4"),
}
SHAPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}


def glb(model: Model) -> bytes:
    """The GLB file: `TEXCOORD_0` is UV in millimetres over `TILE_MM`, v downwards as in glTF."""
    file = _File()
    slots = [slot for slot in Slot if any(part.slot is slot for part in model.parts)]
    for part in model.parts:
        file.add(part, slots.index(Slot(part.slot)))
    materials = [_material(slot) for slot in slots]
    if any(slot in WOVEN for slot in slots):
        file.images = [_picture("shade-ribbed"), _picture("normal-ribbed-100")]
    return file.bytes(materials)


@dataclass(eq=False)
class _File:
    """The tables of a glTF file, and the numbers behind them by how they are laid out."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    meshes: list[dict[str, Any]] = field(default_factory=list)
    accessors: list[dict[str, Any]] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)
    _views: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _chunks: list[list[bytes]] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _stiff: dict[tuple[Slot, int, int], list[tuple[Part, int]]] = field(default_factory=dict)

    def add(self, part: Part, material: int) -> None:
        if part.slot in STIFF:
            alike = self._stiff.setdefault((part.slot, len(part.vertices), len(part.faces)), [])
            for other, node in alike:
                if move := rigid(other, part):
                    self._again(part.name, node, move)
                    return
            alike.append((part, len(self.nodes)))
        low, high = part.vertices.min(axis=0), part.vertices.max(axis=0)
        middle = ((low + high) / 2).round(3)
        step = float(f"{float((high - low).max()) / 2 / STEPS + 1e-7:.4g}")
        positions = np.rint((part.vertices - middle) / step).astype("<i2")
        attributes = {"POSITION": self._accessor(positions, SHORT, bounded=True)}
        fine = part.slot is Slot.METAL
        directions = np.rint(part.normals * (32767 if fine else 127))
        attributes["NORMAL"] = self._accessor(directions, SHORT if fine else BYTE, normalized=True)
        if part.slot in WOVEN:
            ways = np.rint(tangents(part) * 127)
            attributes["TANGENT"] = self._accessor(ways, BYTE, normalized=True)
        if part.slot in MAPPED:
            attributes["TEXCOORD_0"] = self._accessor(part.uv / TILE_MM, FLOAT)
        kind = UNSIGNED_SHORT if len(part.vertices) < 65_535 else UNSIGNED_INT
        indices = self._accessor(part.faces.reshape(-1, 1), kind, target=INDICES)
        primitive = {"attributes": attributes, "indices": indices, "material": material}
        self.nodes.append(
            {
                "name": part.name,
                "mesh": len(self.meshes),
                "translation": (middle * METRES).round(6).tolist(),
                "scale": [float(f"{step * METRES:.4g}")] * 3,
            }
        )
        self.meshes.append({"name": part.name, "primitives": [primitive]})

    def _again(self, name: str, node: int, move: Move) -> None:
        """The mesh of a node once more, somewhere else."""
        first = self.nodes[node]
        place = move.turn @ (np.array(first["translation"]) / METRES) + move.shift_mm
        self.nodes.append(
            {
                "name": name,
                "mesh": first["mesh"],
                "translation": (place * METRES).round(7).tolist(),
                "rotation": move.quaternion().round(7).tolist(),
                "scale": first["scale"],
            }
        )

    def _accessor(
        self,
        values: np.ndarray,
        kind: int,
        normalized: bool = False,
        bounded: bool = False,
        target: int = VERTICES,
    ) -> int:
        """Put an array (n, k) into the view of its layout, rows padded to whole words."""
        count, wide = values.shape
        one = COMPONENTS[kind]
        room = wide if target == INDICES else -(-wide * one.itemsize // 4) * 4 // one.itemsize
        rows = np.zeros((count, room), one)
        rows[:, :wide] = values
        view = self._views.setdefault((target, kind, room), len(self._views))
        if view == len(self._chunks):
            self._chunks.append([])
            self._sizes.append(0)
        accessor = {
            "bufferView": view,
            "byteOffset": self._sizes[view],
            "componentType": kind,
            "count": count,
            "type": SHAPES[wide],
        }
        if normalized:
            accessor["normalized"] = True
        if bounded:
            accessor["min"] = rows[:, :wide].min(axis=0).tolist()
            accessor["max"] = rows[:, :wide].max(axis=0).tolist()
        data = rows.tobytes()
        self._chunks[view].append(data)
        self._sizes[view] += len(data)
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def bytes(self, materials: list[dict[str, Any]]) -> bytes:
        """The whole file."""
        views: list[dict[str, Any]] = []
        body = bytearray()
        for (target, kind, room), chunks in zip(self._views, self._chunks, strict=True):
            view = {"buffer": 0, "byteOffset": len(body), "target": target}
            for chunk in chunks:
                body += chunk
            view["byteLength"] = len(body) - view["byteOffset"]
            if target == VERTICES:
                view["byteStride"] = room * COMPONENTS[kind].itemsize
            body += b"\0" * (-len(body) % 4)
            views.append(view)
        used = [SHEEN] if any("extensions" in material for material in materials) else []
        tree: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": "All Pet Plus"},
            "extensionsUsed": [QUANTISED, *used],
            "extensionsRequired": [QUANTISED],
            "scene": 0,
            "scenes": [{"nodes": list(range(len(self.nodes)))}],
            "nodes": self.nodes,
            "meshes": self.meshes,
            "materials": materials,
            "accessors": self.accessors,
            "bufferViews": views,
        }
        if self.images:
            tree["images"] = []
            tree["samplers"] = [
                {"magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 10497}
            ]
            tree["textures"] = []
        for number, image in enumerate(self.images):
            tree["images"].append({"bufferView": len(views), "mimeType": "image/png"})
            tree["textures"].append({"source": number, "sampler": 0})
            views.append({"buffer": 0, "byteOffset": len(body), "byteLength": len(image)})
            body += image + b"\0" * (-len(image) % 4)
        tree["buffers"] = [{"byteLength": len(body)}]
        text = json.dumps(tree, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        return b"".join(
            [
                struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(body)),
                struct.pack("<I4s", len(text), b"JSON"),
                text,
                struct.pack("<I4s", len(body), b"BIN\0"),
                bytes(body),
            ]
        )


def _material(slot: Slot) -> dict[str, Any]:
    colour, roughness, metallic = BASE[slot]
    surface: dict[str, Any] = {
        "baseColorFactor": [*((np.array(colour) / 255) ** 2.2).round(5).tolist(), 1.0],
        "roughnessFactor": roughness,
        "metallicFactor": metallic,
    }
    material: dict[str, Any] = {"name": slot.value, "pbrMetallicRoughness": surface}
    if not metallic:
        # black, for the viewer to fill in: it can only change what a material has
        material["extensions"] = {SHEEN: {}}
    if slot in WOVEN:
        surface["baseColorTexture"] = {"index": 0}
        material["normalTexture"] = {"index": 1}
    return material


@cache
def _picture(tile: str) -> bytes:
    """A surface tile repeated over one pattern tile, as a small PNG; shades made bright."""
    repeat = round(TILE_MM / WEAVE_MM)
    side = TILE_PIXELS // repeat
    with Image.open(BytesIO(png(tile))) as whole:
        one = np.asarray(whole.resize((side, side), Image.Resampling.LANCZOS), float)
    if tile.startswith("shade"):
        one = one / one.max() * 255
    pixels = np.clip(np.rint(one), 0, 255).astype(np.uint8)
    file = BytesIO()
    tiled = np.tile(pixels, (repeat, repeat, 1)[: pixels.ndim])
    Image.fromarray(tiled).save(file, "PNG", compress_level=9)
    return file.getvalue()
