"""The animal itself as a mesh: what a piece is shown on."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pet_app.builder.body import body
from pet_app.builder.body.key import animal_key
from pet_app.builder.body.solid import Egg
from pet_app.builder.design import Measurements
from pet_app.builder.geometry.export import glb
from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.geometry.polygonise import lines, polygonise
from pet_app.builder.reading import parse
from pet_app.builder.rules import Build

PITCH = 0.065
"""How far the grid's planes are apart, as a share of the chest's depth; less where shapes are
small."""

SEEN_FROM = np.array([[0.83, 0.0, 0.56], [-0.32, 0.82, 0.47]])
"""UV is the coat as seen from a corner, in mm: a plain surface needs no better, and no seams."""


def animal_parts(measured: Measurements, build: Build) -> tuple[Part, ...]:
    """The animal's body, eyes and nose, in the frame that gear for it is built in."""
    animal = body(measured, build)
    figure = animal.figure
    depth = animal.trunk.scale.depth_mm
    low, high = figure.box
    head, floor = figure.head, figure.ground_mm
    pitch = PITCH * depth
    crown = head.skull.origin[0]

    def along(x: np.ndarray) -> np.ndarray:
        rear = -animal.trunk.scale.rear_mm
        places = [rear - 0.6 * depth, rear - 0.4 * depth, rear + 0.35 * depth, rear + 0.55 * depth]
        places += [0.0, 0.2 * depth, crown - 0.3 * depth, crown]
        return pitch * np.interp(x, places, [0.85, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 0.56])

    def upward(y: np.ndarray) -> np.ndarray:
        foot = floor + 0.25 * depth
        skull = head.skull.origin[1] - 0.3 * depth
        if skull <= foot + 0.2 * depth:
            return np.full_like(y, 0.6 * pitch)
        ears = head.skull.origin[1] + 0.3 * depth
        places = [foot - 0.1 * depth, foot, skull, skull + 0.1 * depth, ears, ears + 0.1 * depth]
        return pitch * np.interp(y, places, [0.6, 1.0, 1.0, 0.55, 0.55, 0.4])

    margin = 1.5 * pitch
    axes = (
        lines(low[0] - margin, high[0] + margin, along),
        lines(low[1] - margin, high[1] + margin, upward),
        lines(0.0, high[2] + margin, lambda z: np.full_like(z, 0.62 * pitch)),
    )
    vertices, faces, normals = polygonise(figure.distance, axes)
    parts = [_part("body", Slot.COAT, vertices, faces, normals)]
    right = np.array([1.0, 1.0, -1.0])
    for name, egg in (("eye_right", figure.eye), ("nose", figure.nose)):
        parts.append(_part(name, Slot.PLASTIC, *ball(egg)))
    points, faces, normals = ball(figure.eye)
    parts.append(_part("eye_left", Slot.PLASTIC, points * right, faces[:, ::-1], normals * right))
    return tuple(parts)


def ball(egg: Egg, rings: int = 9, around: int = 14) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vertices, faces and normals of an ellipsoid."""
    rise = np.linspace(0, np.pi, rings + 1)[1:-1]
    turn = np.linspace(0, 2 * np.pi, around, endpoint=False)
    belt = np.stack(
        [
            np.sin(rise)[:, None] * np.cos(turn),
            np.broadcast_to(np.cos(rise)[:, None], (rings - 1, around)),
            -np.sin(rise)[:, None] * np.sin(turn),
        ],
        axis=-1,
    ).reshape(-1, 3)
    unit = np.concatenate([belt, [[0.0, 1.0, 0.0], [0.0, -1.0, 0.0]]])
    top, bottom = len(belt), len(belt) + 1
    here = np.arange(around)
    after = (here + 1) % around
    faces = [np.stack([np.full(around, top), here, after], axis=1)]
    for ring in range(rings - 2):
        start = ring * around
        one, two = start + here, start + after
        faces += [
            np.stack([one, one + around, two], axis=1),
            np.stack([two, one + around, two + around], axis=1),
        ]
    last = (rings - 2) * around
    faces.append(np.stack([np.full(around, bottom), last + after, last + here], axis=1))
    normals = (unit / egg.radii) @ egg.axes
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return egg.centre + (unit * egg.radii) @ egg.axes, np.concatenate(faces), normals


def animal(measured: Measurements, build: Build) -> Model:
    """The animal as a model of its own."""
    return Model(animal_key(measured, build), animal_parts(measured, build))


def build_animal_glb(data: Mapping[str, Any]) -> bytes:
    """The GLB of the animal a design, written as plain values, is for: called in a child process.

    Raises Invalid when the values are no design.
    """
    design = parse(data)
    return glb(animal(design.measurements, design.build))


def _part(
    name: str, slot: Slot, vertices: np.ndarray, faces: np.ndarray, normals: np.ndarray
) -> Part:
    return Part(
        name,
        slot,
        np.ascontiguousarray(vertices, np.float64),
        np.ascontiguousarray(faces, np.int32),
        np.ascontiguousarray(normals, np.float32),
        np.ascontiguousarray(vertices @ SEEN_FROM.T, np.float32),
    )
