"""A scene written down for the path tracer: exact geometry, surfaces as images, light as a map."""

import json
from math import tau
from pathlib import Path

import numpy as np

from pet_app.builder import tiles
from pet_app.builder.render.camera import place
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.light import Light, light, radiance
from pet_app.builder.render.scene import scene
from pet_app.builder.render.tone import linear
from pet_app.builder.surfaces import LEAST_ROUGHNESS, SHEEN_ROUGHNESS, SHEEN_WHITE, Surface
from tests.references.scenes import SIZE, Subject

MAP_HEIGHT = 1024
"""Rows of the map of the studio's light; a lamp's soft edge is ten of them."""


def export(subject: Subject, path: Path) -> None:
    """Write all of a scene to an npz file.

    vertices, normals, uv, faces, slots (of each face) as `Scene` has them; mask; normal_<slot>,
    shade_<slot>, rough_<slot>: tiles, their first row at v = 0; sky: float32 (h, 2 h, 3) radiance,
    the lowest row towards -z; about: the rest as JSON.
    """
    built = scene(subject.model(), subject.slots)
    view = place(subject.camera, built.vertices[:-1], SIZE)
    lit = light(subject.studio, subject.camera.turn_deg)
    sky, albedo = studio_map(lit)
    rows, images = [], {}
    for number, own in enumerate(subject.surfaces):
        rows.append(_row(own))
        if own.relief > 0:
            images |= _tiles(number, own)
    if subject.pattern != "plain":
        images["mask"] = tiles.pattern_mask(subject.pattern).astype(np.float32) / 255
    seen_at = view.project(built.vertices)[:-1, :2] / SIZE
    left, top = np.floor(seen_at.min(axis=0) * SIZE - 2) / SIZE
    right, low = np.ceil(seen_at.max(axis=0) * SIZE + 2) / SIZE
    about = {
        "border": np.clip([left, right, 1 - low, 1 - top], 0, 1).tolist(),
        "size": SIZE,
        "eye": view.eye.tolist(),
        "axes": view.axes.tolist(),
        "focal": view.focal,
        "floor_mm": built.floor_mm,
        "floor": albedo.tolist(),
        "surfaces": rows,
        "tile_mm": tiles.TILE_MM,
        "weave_mm": tiles.WEAVE_MM,
    }
    np.savez_compressed(
        path,
        vertices=built.vertices[:-1],
        normals=built.normals,
        uv=built.uv,
        faces=built.faces,
        slots=built.slots[built.parts],
        sky=sky,
        about=json.dumps(about),
        **images,
    )


def studio_map(lit: Light) -> tuple[np.ndarray, np.ndarray]:
    """The studio's radiance as a map, and the albedo (3,) of the floor that shines as it says.

    The map is equirectangular round z; the floor lies level in y, as everywhere in our models.
    """
    polar = np.pi * (1 - (np.arange(MAP_HEIGHT) + 0.5) / MAP_HEIGHT)
    turn = -tau * ((np.arange(2 * MAP_HEIGHT) + 0.5) / (2 * MAP_HEIGHT) - 0.5)
    polar, turn = (grid.ravel() for grid in np.meshgrid(polar, turn, indexing="ij"))
    directions = np.stack(
        [np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar)], axis=1
    )
    shining = seen(lit, directions)
    areas = np.sin(polar) * (np.pi / MAP_HEIGHT) ** 2
    arriving = shining.T @ (areas * np.maximum(directions[:, 1], 0)) / np.pi
    sky = shining.reshape(MAP_HEIGHT, 2 * MAP_HEIGHT, 3).astype(np.float32)
    return sky, lit.sky[2] / arriving


def seen(lit: Light, directions: np.ndarray) -> np.ndarray:
    """float64 (n, 3): the studio's radiance from unit directions, (n, 3)."""
    shining = np.empty((len(directions), 3))
    _shine(lit.lamps, lit.sky, np.ascontiguousarray(directions), shining)
    return shining


@compiled
def _shine(lamps, sky, directions, shining):
    for number in range(len(directions)):
        x, y, z = directions[number]
        shining[number] = radiance(lamps, sky, x, y, z)


def _row(own: Surface) -> dict[str, object]:
    return {
        "colour": linear(own.colour).tolist(),
        "accent": linear(own.accent).tolist(),
        "roughness": max(own.roughness, LEAST_ROUGHNESS),
        "metallic": bool(own.metallic),
        "specular": own.specular,
        "sheen": own.fuzz,
        "sheen_roughness": SHEEN_ROUGHNESS,
        "sheen_white": SHEEN_WHITE,
    }


def _tiles(number: int, own: Surface) -> dict[str, np.ndarray]:
    slopes = tiles.relief(own.weave)
    normal = np.dstack([-own.relief * slopes[..., :2], np.ones(slopes.shape[:2])])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    return {
        f"normal_{number}": normal.astype(np.float32),
        f"shade_{number}": slopes[..., 2],
        f"rough_{number}": np.clip(own.roughness * slopes[..., 3], LEAST_ROUGHNESS, 1),
    }
