"""Plain bodies for the renderer's tests, in millimetres."""

from dataclasses import replace

import numpy as np

from pet_app.builder.design import Look
from pet_app.builder.geometry.mesh import Model, Part, Slot
from pet_app.builder.rules import Finish, Material, Pattern


def make_look(
    material: Material = Material.NYLON,
    pattern: Pattern = Pattern.PLAIN,
    colour: str = "poppy",
    accent: str = "chalk",
    finish: Finish = Finish.POLISHED,
) -> Look:
    return Look(material, pattern, colour, accent, finish)


def make_part(vertices: np.ndarray, faces: np.ndarray, **changes: object) -> Part:
    """A part whose normals are those of its faces, unless given."""
    corners = vertices[faces]
    crosses = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(normals, faces[:, corner], crosses)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    values: dict[str, object] = {
        "name": "body",
        "slot": Slot.WEBBING,
        "vertices": vertices,
        "faces": faces.astype(np.int32),
        "normals": (normals / np.maximum(lengths, 1e-9)).astype(np.float32),
        "uv": vertices[:, :2].astype(np.float32),
    }
    return Part(**values | changes)  # pyright: ignore[reportArgumentType]


def make_ball(radius_mm: float = 50.0, **changes: object) -> Part:
    """A sphere about the origin."""
    rows, columns = 48, 96
    tilt = np.linspace(0, np.pi, rows + 1)[:, None]
    turn = np.linspace(0, 2 * np.pi, columns + 1)[None, :]
    points = np.stack(
        np.broadcast_arrays(np.sin(tilt) * np.sin(turn), np.cos(tilt), np.sin(tilt) * np.cos(turn)),
        axis=-1,
    ).reshape(-1, 3)
    first = (np.arange(rows)[:, None] * (columns + 1) + np.arange(columns)[None, :]).ravel()
    below = first + columns + 1
    faces = np.concatenate(
        [
            np.stack([first, below, below + 1], axis=1),
            np.stack([first, below + 1, first + 1], axis=1),
        ]
    )
    changes.setdefault("normals", points.astype(np.float32))
    return make_part(points * radius_mm, faces, **changes)


def make_box(low: tuple[float, ...], high: tuple[float, ...], **changes: object) -> Part:
    """A box with sharp edges between two corners."""
    sides_vertices, sides_faces = [], []
    for axis in range(3):
        for side in (0, 1):
            u, v = (axis + 1) % 3, (axis + 2) % 3
            square = np.zeros((4, 3))
            square[:, axis] = side
            square[:, u] = (0, 1, 1, 0)
            square[:, v] = (0, 0, 1, 1)
            start = 4 * len(sides_vertices)
            turn = np.array([[0, 1, 2], [0, 2, 3]])
            sides_faces.append(start + (turn if side else turn[:, ::-1]))
            sides_vertices.append(square)
    unit = np.concatenate(sides_vertices)
    vertices = np.array(low) + unit * (np.array(high) - np.array(low))
    return make_part(vertices, np.concatenate(sides_faces), **changes)


def make_model(*parts: Part) -> Model:
    return Model("test", parts)


def finer(model: Model, faces: int) -> Model:
    """The same model with about so many faces: part after part is split until there are."""
    parts = list(model.parts)
    while (missing := faces - sum(len(part.faces) for part in parts)) > 0:
        sizes = [len(part.faces) for part in parts]
        fitting = [at for at, size in enumerate(sizes) if 3 * size <= missing]
        # What is split last is small, so that there are hardly more than asked for.
        chosen = max(fitting, key=sizes.__getitem__) if fitting else sizes.index(min(sizes))
        parts[chosen] = split(parts[chosen])
    return Model(f"{model.key} in {faces}", tuple(parts))


def split(part: Part) -> Part:
    """The same part with every face cut into four at the middles of its sides."""
    a, b, c = part.faces.T
    sides = np.sort(np.stack([[a, b], [b, c], [c, a]]).transpose(0, 2, 1).reshape(-1, 2), axis=1)
    found, which = np.unique(sides, axis=0, return_inverse=True)
    ab, bc, ca = which.reshape(3, -1) + len(part.vertices)

    def more(values: np.ndarray) -> np.ndarray:
        return np.concatenate([values, values[found].mean(axis=1)]).astype(values.dtype)

    normals = more(part.normals)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    corners = ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))
    faces = np.concatenate([np.stack(corner, axis=1) for corner in corners]).astype(np.int32)
    return replace(
        part, vertices=more(part.vertices), faces=faces, normals=normals, uv=more(part.uv)
    )
