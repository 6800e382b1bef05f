"""The scene: a model's parts as the flat arrays that compiled code reads, checked on the way in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.render.embree import Tree
from pet_app.core.errors import Invalid

SLOTS = tuple(Slot)
MOST_FACES = 2_000_000
MOST_MM = 10_000.0


@dataclass(frozen=True, eq=False)
class Scene:
    """A model ready for rays.

    vertices: float32 (n + 1, 3) mm, the last row spare. normals: float32 (n, 3). uv: float32 (n,
    2) mm. faces: int32 (m, 3). face_normals: float32 (m, 3). parts: int32 (m,), which part a face
    is of. slots: int32 (parts,), the place of each part's slot among those it was laid out with.
    """

    key: str
    vertices: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    faces: np.ndarray
    face_normals: np.ndarray
    parts: np.ndarray
    slots: np.ndarray
    tree: Tree

    @property
    def floor_mm(self) -> float:
        """The height of the floor: the piece stands on it."""
        return float(self.vertices[:-1, 1].min())


def scene(model: Model, slots: Sequence[str] = SLOTS) -> Scene:
    """Lay out a model for rendering; `slots` are those that its parts may take.

    Raises Invalid when a part is empty, has vertices that are not finite or lie too far out, faces
    that name no vertex, or more faces than we draw.
    """
    if not model.parts:
        raise Invalid("There is nothing to draw: the model has no parts.")
    for part in model.parts:
        _check(part)
    counts = [len(part.vertices) for part in model.parts]
    firsts = np.cumsum([0, *counts[:-1]])
    faces = np.concatenate(
        [part.faces + first for part, first in zip(model.parts, firsts, strict=True)]
    ).astype(np.int32)
    if len(faces) > MOST_FACES:
        raise Invalid(f"The model has {len(faces)} faces; we draw at most {MOST_FACES}.")
    vertices = np.concatenate([*(part.vertices for part in model.parts), np.zeros((1, 3))])
    corners = vertices[faces]
    crosses = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(crosses, axis=1)
    if not lengths.any():
        raise Invalid("There is nothing to draw: every face of the model is flat.")
    seen = lengths > 0
    vertices = np.ascontiguousarray(vertices, np.float32)
    faces = np.ascontiguousarray(faces[seen])
    part_of = np.repeat(np.arange(len(counts)), [len(part.faces) for part in model.parts])
    return Scene(
        key=model.key,
        vertices=vertices,
        normals=np.concatenate([part.normals for part in model.parts]).astype(np.float32),
        uv=np.concatenate([part.uv for part in model.parts]).astype(np.float32),
        faces=faces,
        face_normals=(crosses[seen] / lengths[seen, None]).astype(np.float32),
        parts=part_of[seen].astype(np.int32),
        slots=np.array([slots.index(part.slot) for part in model.parts], np.int32),
        tree=Tree(vertices, faces),
    )


def _check(part: Part) -> None:
    count = len(part.vertices)
    if not count or not len(part.faces):
        raise Invalid(f"The part {part.name} is empty.")
    if not np.isfinite(part.vertices).all() or np.abs(part.vertices).max() > MOST_MM:
        raise Invalid(f"The part {part.name} has points that are nowhere or too far away.")
    if part.faces.min() < 0 or part.faces.max() >= count:
        raise Invalid(f"The part {part.name} has faces whose corners are missing.")
    if part.normals.shape != (count, 3) or not np.isfinite(part.normals).all():
        raise Invalid(f"The part {part.name} has normals that cannot be used.")
    if part.uv.shape != (count, 2) or not np.isfinite(part.uv).all():
        raise Invalid(f"The part {part.name} has texture coordinates that cannot be used.")
