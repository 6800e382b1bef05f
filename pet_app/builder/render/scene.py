"""The scene: a model's parts as the flat arrays that compiled code reads, checked on the way in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, TypeVar

import numpy as np

from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.render.compiled import compiled
from pet_app.builder.render.embree import Tree
from pet_app.builder.render.vector import box
from pet_app.core.errors import Invalid

SLOTS = tuple(Slot)
DARK = frozenset({Slot.PLASTIC})
"""What throws next to no light on anything: black acetal."""

MOST_FACES = 1_000_000
MOST_MM = 10_000.0

V = TypeVar("V")


@dataclass(frozen=True, eq=False)
class Scene:
    """A model ready for rays.

    vertices: float32 (n + 1, 3) mm, the last row spare. normals: float32 (n, 3). uv: float32 (n,
    2) mm. faces: int32 (m, 3). face_normals: float32 (m, 3). parts: int32 (m,), which part a face
    is of. slots: int32 (parts,), the place of each part's slot among those it was laid out with.
    areas: float32 (slots,), each slot's share of the surface. bright: bool (slots,), which of them
    throw light on others. low, high: float32 (3,) mm, the corners of its box. followed: see
    `known`.
    """

    key: str
    vertices: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    faces: np.ndarray
    face_normals: np.ndarray
    parts: np.ndarray
    slots: np.ndarray
    areas: np.ndarray
    bright: np.ndarray
    low: np.ndarray
    high: np.ndarray
    tree: Tree
    followed: dict[Callable[["Scene"], Any], Any] = field(default_factory=dict)

    def known(self, make: "Callable[[Scene], V]") -> "V":
        """What follows from the scene alone, made when it is first asked for and kept with it."""
        if make not in self.followed:
            self.followed[make] = make(self)
        return self.followed[make]

    @property
    def floor_mm(self) -> float:
        """The height of the floor: the piece stands on it."""
        return float(self.low[1])


def scene(model: Model, slots: Sequence[str] = SLOTS) -> Scene:
    """Lay out a model for rendering; `slots` are those that its parts may take.

    Raises Invalid when a part is empty, has vertices that are not finite or lie too far out, faces
    that name no vertex, or more faces than we draw.
    """
    if not model.parts:
        raise Invalid("There is nothing to draw: the model has no parts.")
    for part in model.parts:
        _check(part)
    count = sum(len(part.faces) for part in model.parts)
    if count > MOST_FACES:
        raise Invalid(f"The model has {count} faces; we draw at most {MOST_FACES}.")
    lengths = [len(part.vertices) for part in model.parts]
    firsts = np.cumsum([0, *lengths[:-1]])
    faces = np.concatenate(
        [part.faces + first for part, first in zip(model.parts, firsts, strict=True)],
        dtype=np.int32,
    )
    vertices = np.concatenate([*(part.vertices for part in model.parts), np.zeros((1, 3))])
    parts = np.repeat(
        np.arange(len(lengths), dtype=np.int32), [len(part.faces) for part in model.parts]
    )
    normals, areas = np.empty((count, 3), np.float32), np.empty(count)
    _facets(vertices, faces, normals, areas)
    if not areas.any():
        raise Invalid("There is nothing to draw: every face of the model is flat.")
    if not areas.all():
        seen = areas > 0
        faces, normals, parts, areas = faces[seen], normals[seen], parts[seen], areas[seen]
    own_slots = np.array([slots.index(part.slot) for part in model.parts], np.int32)
    shares = np.bincount(own_slots[parts], areas, len(slots)) / areas.sum()
    vertices = vertices.astype(np.float32)
    low, high = box(vertices[:-1])
    return Scene(
        key=model.key,
        vertices=vertices,
        normals=np.concatenate([part.normals for part in model.parts], dtype=np.float32),
        uv=np.concatenate([part.uv for part in model.parts], dtype=np.float32),
        faces=faces,
        face_normals=normals,
        parts=parts,
        slots=own_slots,
        areas=shares.astype(np.float32),
        bright=np.array([slot not in DARK for slot in slots]),
        low=low,
        high=high,
        tree=Tree(vertices, faces),
    )


@compiled
def _facets(vertices, faces, normals, areas):
    """Each face's unit normal and area in mm²; both are 0 where its corners lie in a line."""
    for face in range(len(faces)):
        a, b, c = faces[face]
        ax, ay, az = vertices[a, 0], vertices[a, 1], vertices[a, 2]
        bx, by, bz = vertices[b, 0] - ax, vertices[b, 1] - ay, vertices[b, 2] - az
        cx, cy, cz = vertices[c, 0] - ax, vertices[c, 1] - ay, vertices[c, 2] - az
        x, y, z = by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx
        length = sqrt(x * x + y * y + z * z)
        scale = 1 / length if length > 0 else 0.0
        normals[face, 0], normals[face, 1], normals[face, 2] = x * scale, y * scale, z * scale
        areas[face] = length / 2


def _check(part: Part) -> None:
    count = len(part.vertices)
    if not count or not len(part.faces):
        raise Invalid(f"The part {part.name} is empty.")
    if not np.isfinite(part.vertices).all() or np.abs(part.vertices).max() > MOST_MM:
        raise Invalid(f"The part {part.name} has points that are nowhere or too far away.")
    if part.faces.min() < 0 or part.faces.max() >= count:
        raise Invalid(f"The part {part.name} has faces whose corners are missing.")
    if np.shape(part.normals) != (count, 3) or not np.isfinite(part.normals).all():
        raise Invalid(f"The part {part.name} has normals that cannot be used.")
    if np.shape(part.uv) != (count, 2) or not np.isfinite(part.uv).all():
        raise Invalid(f"The part {part.name} has texture coordinates that cannot be used.")
