"""How long a GLB takes to build, and how large it is, over designs from kitten to mastiff."""

import statistics
import time

import numpy as np
import trimesh
from trimesh.visual import TextureVisuals

from pet_app.builder.geometry.build import build, build_glb
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.rules import Kind
from tests.benchmarks.row import Row, compare
from tests.builder.factory import random_designs

DESIGNS = 120


def rows() -> list[Row]:
    designs = random_designs(DESIGNS, seed=5)
    taken: list[float] = []
    sizes: dict[Kind, list[float]] = {kind: [] for kind in Kind}
    plain: dict[Kind, list[float]] = {kind: [] for kind in Kind}
    for design in designs[:10] + designs:
        data = design.to_dict()
        started = time.perf_counter()
        file = build_glb(data)
        taken.append(1000 * (time.perf_counter() - started))
        sizes[design.kind].append(len(file) / 1000)
        plain[design.kind].append(len(_plain_export(build(design))) / 1000)
    taken = taken[10:]
    return [
        Row("GLB, from design to file", round(statistics.median(taken), 1), "ms"),
        Row("GLB, slowest of a hundred", round(float(np.percentile(taken, 99)), 1), "ms"),
        *(
            compare(f"GLB of a {kind}", "kB", sizes[kind], "plain trimesh export", plain[kind], 1)
            for kind in Kind
        ),
    ]


def _plain_export(model: Model) -> bytes:
    scene = trimesh.Scene()
    for part in model.parts:
        mesh = trimesh.Trimesh(
            part.vertices / 1000,
            part.faces,
            vertex_normals=part.normals,
            visual=TextureVisuals(uv=part.uv),
            process=False,
        )
        scene.add_geometry(mesh, node_name=part.name, geom_name=part.name)
    return bytes(scene.export(file_type="glb", include_normals=True))  # pyright: ignore[reportArgumentType]
