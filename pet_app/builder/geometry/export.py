"""A model as a binary glTF file: metres, one node and mesh per part, one material per slot."""

from functools import cache
from typing import Any

import numpy as np
import trimesh
from trimesh.visual.material import PBRMaterial

from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.tiles import TILE_MM

METRES = 0.001

BASE = {
    Slot.WEBBING: ((31, 74, 61), 0.85, 0.0),
    Slot.LINING: ((40, 41, 44), 0.95, 0.0),
    Slot.THREAD: ((215, 210, 196), 0.8, 0.0),
    Slot.METAL: ((205, 206, 209), 0.25, 1.0),
    Slot.PLASTIC: ((30, 31, 33), 0.5, 0.0),
}
"""sRGB colour, roughness and metalness before the viewer dresses the model in a look."""


def glb(model: Model) -> bytes:
    """The GLB file: `TEXCOORD_0` is UV in millimetres divided by `TILE_MM`, v downwards as in glTF."""
    scene = trimesh.Scene()
    for part in model.parts:
        scene.add_geometry(_mesh(part), node_name=part.name, geom_name=part.name)
    return trimesh.exchange.gltf.export_glb(scene, include_normals=True, tree_postprocessor=_tidy)


def _mesh(part: Part) -> trimesh.Trimesh:
    # trimesh flips v on the way out; flipping it here keeps millimetres from the strap's middle.
    uv = part.uv / TILE_MM * [1.0, -1.0] + [0.0, 1.0]
    visual = trimesh.visual.TextureVisuals(uv=uv, material=_material(part.slot))
    return trimesh.Trimesh(
        vertices=part.vertices * METRES,
        faces=part.faces,
        vertex_normals=part.normals,
        visual=visual,
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


def _tidy(tree: dict[str, Any]) -> None:
    tree["asset"]["generator"] = "All Pet Plus"
