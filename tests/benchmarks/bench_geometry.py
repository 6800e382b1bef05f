"""How long a GLB takes to build, and how large it is, over designs from kitten to mastiff.

The alternative is what one would write first: the same parts handed to trimesh's own exporter.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, count

import numpy as np
import trimesh
from trimesh.visual import TextureVisuals

from pet_app.builder.design import Design
from pet_app.builder.geometry.build import build, build_glb, glb
from pet_app.builder.geometry.mesh import Model
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.benchmarks.row import Row, compare
from tests.builder.factory import random_designs

DESIGNS = 200
WARM_UP = 20
PLAIN = "trimesh's exporter"

_grams = count(1)


def rows() -> list[Row]:
    designs = random_designs(DESIGNS, seed=5)
    whole, plainly, resolving, writing, plain_writing = ([] for _ in range(5))
    sizes: dict[Kind, list[float]] = {kind: [] for kind in Kind}
    plain: dict[Kind, list[float]] = {kind: [] for kind in Kind}
    for number, design in enumerate(designs[:WARM_UP] + designs):
        data, other, third = _unseen(design).to_dict(), _unseen(design), _unseen(design)
        model = build(design)
        taken = [
            _ms(lambda data=data: build_glb(data)),
            _ms(lambda other=other: _plain_glb(build(other))),
            _ms(lambda third=third: resolve(third)),
            _ms(lambda model=model: glb(model)),
            _ms(lambda model=model: _plain_glb(model)),
        ]
        if number < WARM_UP:
            continue
        for kept, value in zip(
            (whole, plainly, resolving, writing, plain_writing), taken, strict=True
        ):
            kept.append(value)
        sizes[design.kind].append(len(glb(model)) / 1000)
        plain[design.kind].append(len(_plain_glb(model)) / 1000)
    return [
        compare("GLB, from design to file", "ms", whole, PLAIN, plainly, 1),
        compare("GLB, slowest of a hundred", "ms", _slowest(whole), PLAIN, _slowest(plainly), 1),
        Row("design, worked out", round(float(np.median(resolving)), 1), "ms"),
        compare("GLB, only written", "ms", writing, PLAIN, plain_writing, 1),
        compare(
            "GLB of any kind", "kB", [*chain(*sizes.values())], PLAIN, [*chain(*plain.values())], 1
        ),
        *(
            compare(f"GLB of a {kind}", "kB", found, PLAIN, plain[kind], 1)
            for kind, found in sizes.items()
            if found
        ),
    ]


def _unseen(design: Design) -> Design:
    """The same design for an animal some grams heavier, so that nothing of it is kept already."""
    measured = design.measurements
    return replace(
        design, measurements=replace(measured, weight_g=measured.weight_g + next(_grams))
    )


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _slowest(taken: list[float]) -> list[float]:
    return [float(np.percentile(taken, 99))]


def _plain_glb(model: Model) -> bytes:
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
