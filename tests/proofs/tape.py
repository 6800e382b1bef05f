"""A tape measure for GLB files: it knows the file and nothing of the design behind it."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import trimesh

from pet_app.builder.tiles import TILE_MM


@dataclass(frozen=True, eq=False)
class Webbing:
    """One strap as found in a file: the middle lines of its two faces in mm, float64 (n, 3)."""

    inner: np.ndarray
    outer: np.ndarray

    @property
    def neutral_mm(self) -> float:
        """The length of the fibre half-way through."""
        return _length((self.inner + self.outer) / 2)

    @property
    def inner_mm(self) -> float:
        return _length(self.inner)

    @property
    def thickness_mm(self) -> float:
        return float(np.median(np.linalg.norm(self.outer - self.inner, axis=1)))


def unpack(data: bytes) -> dict[str, trimesh.Trimesh]:
    """The meshes of a GLB file by the name of their node, in mm."""
    scene = trimesh.load_scene(BytesIO(data), file_type="glb", process=False)
    meshes = {}
    for node in scene.graph.nodes_geometry:
        matrix, name = scene.graph[node]
        mesh = scene.geometry[name].copy()
        mesh.apply_transform(matrix)
        mesh.apply_scale(1000)
        meshes[node] = mesh
    return meshes


def webbing(mesh: trimesh.Trimesh) -> Webbing:
    """The middle lines of a swept strap, found by its UV: v is 0 outside and greatest inside."""
    uv = np.asarray(mesh.visual.uv)
    along, across = uv[:, 0] * TILE_MM, np.abs(1 - uv[:, 1]) * TILE_MM
    lines = []
    for wanted in (across > across.max() - 0.01, across < 0.01):
        order = np.argsort(along[wanted], kind="stable")
        places = along[wanted][order]
        points = np.asarray(mesh.vertices)[wanted][order]
        first = np.concatenate([[True], np.diff(places) > 1e-3])
        lines.append(points[first])
    return Webbing(*lines)


def once_round(pieces: list[Webbing]) -> float:
    """The length in mm of a loop along the inner faces of its pieces, buckles bridged by an arc."""
    total = 0.0
    for piece, following in zip(pieces, pieces[1:] + pieces[:1], strict=True):
        gap = following.inner[0] - piece.inner[-1]
        leaving, arriving = (
            np.diff(piece.inner[-2:], axis=0)[0],
            np.diff(following.inner[:2], axis=0)[0],
        )
        total += piece.inner_mm + _arc(float(np.linalg.norm(gap)), _angle(leaving, arriving))
    return total


def closed(mesh: trimesh.Trimesh) -> bool:
    """Whether a part is watertight, consistently wound and the right way out, once seams are merged."""
    merged = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    merged.merge_vertices(merge_tex=True, merge_norm=True)
    return bool(merged.is_watertight and merged.is_winding_consistent and merged.volume > 0)


def facing(mesh: trimesh.Trimesh) -> float:
    """The share of a part's surface whose stored normals look outwards."""
    plain = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    stored = np.asarray(mesh.vertex_normals)[mesh.faces].mean(axis=1)
    outwards = np.einsum("ij,ij->i", plain.face_normals, stored) > 0
    return float(plain.area_faces[outwards].sum() / plain.area_faces.sum())


def _length(line: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def _angle(first: np.ndarray, second: np.ndarray) -> float:
    cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    return float(np.arccos(np.clip(cosine, -1, 1)))


def _arc(chord_mm: float, turn: float) -> float:
    return chord_mm if turn < 1e-6 else chord_mm * turn / 2 / float(np.sin(turn / 2))
