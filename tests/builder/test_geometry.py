"""The meshes, and the proofs over a sample of designs."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pet_app.builder.geometry.build import build, build_glb, glb
from pet_app.builder.geometry.mesh import Model, Slot
from pet_app.builder.price import Breakdown, price
from pet_app.builder.resolve import BomLine, Resolved, resolve
from pet_app.builder.rules import Kind
from pet_app.core.errors import Invalid
from pet_app.core.money import Money
from tests.builder.factory import KINDS, make_design, random_designs
from tests.proofs import tape
from tests.proofs.proof import faults, validator_findings
from tests.proofs.prove import Proof, prove

SAMPLE = 56
"""`make proofs` proves two thousand."""
USUAL_BYTES = 240_000
USUAL_HARNESS_BYTES = 330_000
LARGEST_BYTES = 550_000


@cache
def sample() -> list[Proof]:
    return [prove(design) for design in random_designs(SAMPLE, seed=11)]


def faults_in(
    model: Model, resolved: Resolved | None = None, breakdown: Breakdown | None = None
) -> list[str]:
    """What the proof finds in a model of the middling harness."""
    resolved = resolved or resolve(make_design())
    return faults(tape.unpack(glb(model)), resolved, breakdown or price(resolved))


def with_part(model: Model, name: str, **changes: object) -> Model:
    """The model with one part changed, or taken out when nothing is said of it."""
    parts = [
        replace(part, **changes) if part.name == name else part  # pyright: ignore[reportArgumentType]
        for part in model.parts
        if part.name != name or changes
    ]
    return replace(model, parts=tuple(parts))


def test_what_is_drawn_fits_and_is_what_will_be_cut() -> None:
    assert {proof.kind for proof in sample()} == set(KINDS)
    for proof in sample():
        assert proof.faults == []
        loops = [found for found in proof.deviations if found.what.endswith(" loop")]
        assert all(found.size_mm < found.allowed_mm - 1.0 for found in loops), loops


def test_the_khronos_validator_has_nothing_to_say() -> None:
    found = validator_findings({str(number): proof.data for number, proof in enumerate(sample())})
    assert len(found) == SAMPLE
    assert not any(found.values())


def test_a_file_is_small_enough_for_a_phone() -> None:
    sizes = [len(proof.data) for proof in sample()]
    assert np.median(sizes) < USUAL_BYTES
    harnesses = [len(proof.data) for proof in sample() if proof.kind == Kind.HARNESS]
    assert np.median(harnesses) < USUAL_HARNESS_BYTES
    assert max(sizes) < LARGEST_BYTES


def test_the_file_is_in_metres_with_parts_and_materials_by_name() -> None:
    design = make_design()
    model = build(design)
    meshes = tape.unpack(glb(model))
    assert set(meshes) == {part.name for part in model.parts}
    assert {tape.material(mesh) for mesh in meshes.values()} <= set(Slot)
    extent = np.ptp(np.concatenate([mesh.vertices for mesh in meshes.values()]), axis=0)
    assert 200 < extent.max() < 400


def test_parts_are_what_the_renderer_expects() -> None:
    for kind in ("harness", "collar"):
        for part in build(make_design(kind)).parts:
            assert part.vertices.dtype == np.float64
            assert part.faces.dtype == np.int32
            assert part.normals.dtype == part.uv.dtype == np.float32
            assert part.vertices.shape == part.normals.shape == (len(part.uv), 3)
            assert np.allclose(np.linalg.norm(part.normals, axis=1), 1, atol=1e-5)
            assert part.faces.max() == len(part.vertices) - 1


def test_webbing_is_mapped_in_millimetres() -> None:
    part = next(part for part in build(make_design()).parts if part.name == "neck_strap")
    strap = resolve(make_design()).strap("neck")
    assert np.ptp(part.uv[:, 0]) == pytest.approx(strap.neutral_mm, abs=1)
    assert np.ptp(part.uv[:, 1]) == pytest.approx(strap.width_mm, abs=strap.thickness_mm)


def test_a_harness_is_as_wide_on_the_left_as_on_the_right() -> None:
    low, high = build(make_design()).bounds
    assert low[2] == pytest.approx(-high[2], abs=0.1)


def test_the_same_design_always_gives_the_same_file() -> None:
    assert build_glb(make_design().to_dict()) == build_glb(make_design().to_dict())


def test_a_look_changes_nothing_in_the_mesh() -> None:
    other = make_design(colour="poppy", pattern="dots", finish="brass")
    assert glb(build(make_design())) == glb(build(other))


def test_what_is_no_design_has_no_model() -> None:
    with pytest.raises(Invalid):
        build_glb({"kind": "harness"})


def test_a_sound_model_has_no_faults() -> None:
    assert faults_in(build(make_design())) == []


def test_a_strap_five_millimetres_too_long_is_caught() -> None:
    model = build(make_design())
    part = next(part for part in model.parts if part.name == "neck_strap")
    length = resolve(make_design()).loop("neck").inner_mm
    middle = part.vertices.mean(axis=0)
    stretched = middle + (part.vertices - middle) * (length + 5) / length
    found = faults_in(with_part(model, "neck_strap", vertices=stretched))
    assert any("neck loop" in fault for fault in found)
    assert any(fault.startswith("neck measures") for fault in found)


def test_a_ring_missing_in_the_model_is_caught() -> None:
    assert any(
        "back_d_ring" in f for f in faults_in(with_part(build(make_design()), "back_d_ring"))
    )


def test_a_ring_missing_in_the_bill_of_materials_is_caught() -> None:
    resolved = resolve(make_design())

    def fewer(line: BomLine) -> BomLine:
        ring = line.sku.startswith("DRG")
        return replace(line, quantity=line.quantity - 1) if ring else line

    short = replace(resolved, bom=tuple(fewer(line) for line in resolved.bom))
    assert any("counted wrongly" in fault for fault in faults_in(build(make_design()), short))


def test_a_price_off_by_a_cent_is_caught() -> None:
    breakdown = price(resolve(make_design()))
    first, *others = breakdown.lines
    cheaper = replace(first, amount=Money(first.amount.cents - 1, first.amount.currency))
    found = faults_in(build(make_design()), breakdown=Breakdown((cheaper, *others)))
    assert any("the price does not follow the bill" in fault for fault in found)


def test_a_hole_in_a_part_is_caught() -> None:
    model = build(make_design())
    part = next(part for part in model.parts if part.name == "chest_strap")
    torn = with_part(model, "chest_strap", faces=part.faces[1:])
    assert "chest_strap is not closed" in faults_in(torn)


def test_a_part_turned_inside_out_is_caught() -> None:
    model = build(make_design())
    part = next(part for part in model.parts if part.name == "girth_buckle_left")
    inside_out = with_part(model, part.name, faces=part.faces[:, ::-1])
    found = faults_in(inside_out)
    assert "girth_buckle_left is not closed" in found
    assert "girth_buckle_left is inside out in places" in found
