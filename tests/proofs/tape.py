"""A tape measure for GLB files: it knows the file and nothing of the design behind it."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import trimesh
from trimesh.visual import TextureVisuals

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
        loaded = scene.geometry[name]
        turn = matrix[:3, :3] / np.cbrt(np.linalg.det(matrix[:3, :3]))
        mesh = trimesh.Trimesh(
            trimesh.transform_points(loaded.vertices, matrix) * 1000,
            loaded.faces,
            visual=loaded.visual,
            metadata={"normals": np.array(loaded.vertex_normals) @ turn.T},
            process=False,
        )
        meshes[node] = mesh
    return meshes


def webbing(mesh: trimesh.Trimesh) -> Webbing:
    """The middle lines of a swept strap, where v is 0 on either face; inside is the shorter."""
    uv = _dress(mesh).uv
    assert uv is not None
    along, across = uv[:, 0] * TILE_MM, (1 - uv[:, 1]) * TILE_MM
    middle = np.abs(across) < 0.01
    order = np.argsort(along[middle], kind="stable")
    points = np.asarray(mesh.vertices)[middle][order]
    starts = np.flatnonzero(np.diff(along[middle][order], prepend=-1.0) > 1e-3)
    one, other = [], []
    for station in np.split(points, starts[1:]):
        first = station[0]
        last = station[np.argmax(np.linalg.norm(station - first, axis=1))]
        if one and (other[-1] - one[-1]) @ (last - first) < 0:
            first, last = last, first
        one.append(first)
        other.append(last)
    inner, outer = sorted((np.array(one), np.array(other)), key=_length)
    return Webbing(inner, outer)


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


def gaps_mm(pieces: list[Webbing]) -> float:
    """How much of a loop its pieces leave open, straight across."""
    ends = zip(pieces, pieces[1:] + pieces[:1], strict=True)
    return sum(float(np.linalg.norm(after.inner[0] - one.inner[-1])) for one, after in ends)


def closed(mesh: trimesh.Trimesh) -> bool:
    """Whether a part is watertight, wound one way and right way out, once seams are merged."""
    merged = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    merged.merge_vertices(merge_tex=True, merge_norm=True)
    return bool(merged.is_watertight and merged.is_winding_consistent and merged.volume > 0)


def facing(mesh: trimesh.Trimesh) -> float:
    """The share of a part's surface whose stored normals look outwards."""
    stored = mesh.metadata["normals"][mesh.faces].mean(axis=1)
    outwards = np.einsum("ij,ij->i", mesh.face_normals, stored) > 0
    return float(mesh.area_faces[outwards].sum() / mesh.area_faces.sum())


def material(mesh: trimesh.Trimesh) -> str:
    """The name of the material a part takes."""
    return _dress(mesh).material.name


def _dress(mesh: trimesh.Trimesh) -> TextureVisuals:
    assert isinstance(mesh.visual, TextureVisuals)
    return mesh.visual


def _length(line: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def _angle(first: np.ndarray, second: np.ndarray) -> float:
    cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    return float(np.arccos(np.clip(cosine, -1, 1)))


def _arc(chord_mm: float, turn: float) -> float:
    return chord_mm if turn < 1e-6 else chord_mm * turn / 2 / float(np.sin(turn / 2))
