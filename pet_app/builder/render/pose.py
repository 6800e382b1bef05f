"""How a piece stands for its picture: a harness as worn, a collar on its edge as on a table."""

from dataclasses import replace

import numpy as np

from pet_app.builder.geometry.mesh import Model, Slot
from pet_app.builder.rules import Kind


def posed(model: Model, kind: Kind) -> Model:
    """The model turned into its pose; lengths and texture coordinates stay as they are."""
    if kind not in (Kind.COLLAR, Kind.MARTINGALE):
        return model
    turn = _on_edge(model)
    parts = tuple(
        replace(
            part,
            vertices=part.vertices @ turn.T,
            normals=(part.normals @ turn.T).astype(np.float32),
        )
        for part in model.parts
    )
    return Model(model.key, parts)


def _on_edge(model: Model) -> np.ndarray:
    """float64 (3, 3): turns the loop's axis upright, and what hung below towards +z."""
    strap = np.concatenate(
        [part.vertices for part in model.parts if part.slot is Slot.WEBBING] or [np.eye(3)]
    )
    axis = np.linalg.svd(strap - strap.mean(axis=0), full_matrices=False)[2][2]
    axis = axis if axis[0] >= 0 else -axis
    front = axis[1] * axis - np.array([0.0, 1.0, 0.0])
    front /= np.linalg.norm(front)
    return np.stack([np.cross(axis, front), axis, front])
