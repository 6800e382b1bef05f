"""One design built as the shop would, and everything measured on its file."""

from dataclasses import dataclass
from functools import lru_cache

import trimesh

from pet_app.builder.design import Design
from pet_app.builder.geometry.animal import build_animal_glb
from pet_app.builder.geometry.build import build, glb
from pet_app.builder.price import price
from pet_app.builder.resolve import resolve
from tests.proofs import tape
from tests.proofs.clearance import Gap
from tests.proofs.proof import Deviation, clearance, faults, lengths


@dataclass(frozen=True)
class Proof:
    """What one design showed: its file, how far lengths were off, how it lies, its faults."""

    kind: str
    data: bytes
    deviations: list[Deviation]
    gaps: list[Gap]
    faults: list[str]


def prove(design: Design) -> Proof:
    """Build a design as the shop would, and measure the file."""
    data, resolved = glb(build(design)), resolve(design)
    meshes = tape.unpack(data)
    wrong = faults(meshes, resolved, price(resolved))
    found: list[Gap] = []
    if resolved.loops:
        found, off = clearance(meshes, animal(design), resolved)
        wrong += off
    return Proof(
        design.kind.value,
        data,
        lengths(meshes, resolved),
        found,
        [f"{design}: {fault}" for fault in wrong],
    )


@lru_cache(maxsize=4)
def animal(design: Design) -> dict[str, trimesh.Trimesh]:
    """The body a piece is for, from the file the browser would load beside it."""
    return tape.unpack(build_animal_glb(design.to_dict()))
