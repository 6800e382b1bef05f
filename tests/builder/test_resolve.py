"""What a design resolves to."""

from math import ceil

import pytest

from pet_app.builder import library
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Finish, Kind, Material
from pet_app.core.errors import Invalid
from tests.builder.factory import KINDS, make_design, random_designs

DESIGNS = random_designs(60, seed=7)


@pytest.mark.parametrize("kind", KINDS)
def test_a_loop_is_the_measurement_and_its_ease(kind: Kind) -> None:
    for loop in resolve(make_design(kind)).loops:
        assert loop.inner_mm == loop.measurement_mm + loop.ease_mm
        assert 10 <= loop.ease_mm <= 60
        assert loop.rule


def test_a_strap_is_cut_to_its_worn_length_and_its_allowances() -> None:
    for design in DESIGNS:
        for strap in resolve(design).straps:
            added = sum(allowance.length_mm for allowance in strap.allowances)
            assert strap.cut_mm == ceil(strap.neutral_mm + added)
            assert strap.neutral_mm > 0


def test_a_loop_adjusts_round_what_it_is_made_to() -> None:
    for design in DESIGNS:
        for loop in resolve(design).loops:
            assert loop.shortest_mm <= loop.inner_mm <= loop.longest_mm


def test_every_fitting_is_in_the_bill_of_materials() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        counted = {line.sku: line.quantity for line in resolved.bom if line.unit == "piece"}
        for sku in {fitting.sku for fitting in resolved.fittings}:
            assert counted[sku] == sum(fitting.sku == sku for fitting in resolved.fittings)
        labels = [sku for sku in counted if sku.startswith("LBL")]
        assert len(labels) == 1
        assert sum(counted.values()) == len(resolved.fittings) + 1
        assert len({fitting.name for fitting in resolved.fittings}) == len(resolved.fittings)


def test_what_is_bought_by_the_metre_is_what_is_cut() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        bought = {line.sku: line.quantity for line in resolved.bom}
        for sku in {strap.sku for strap in resolved.straps}:
            assert bought[sku] == sum(s.cut_mm for s in resolved.straps if s.sku == sku)


def test_flat_pieces_are_bought_with_what_falls_between_them() -> None:
    for kind in (Kind.TAG, Kind.BANDANA):
        resolved = resolve(make_design(kind))
        line = next(line for line in resolved.bom if line.unit == "mm2")
        assert line.quantity > sum(panel.area_mm2 for panel in resolved.panels)


def test_every_line_of_the_bill_costs_something() -> None:
    for design in DESIGNS:
        assert all(line.cost_cents > 0 for line in resolve(design).bom)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if library.widths(kind)])
@pytest.mark.parametrize("width", [0, 7, 17, 60])
def test_a_width_that_is_not_stocked_is_refused_at_its_field(kind: Kind, width: int) -> None:
    with pytest.raises(Invalid) as refused:
        resolve(make_design(kind, width_mm=width))
    assert list(refused.value.fields) == ["width_mm"]
    assert f"{width} mm" in refused.value.detail


@pytest.mark.parametrize("material", Material)
def test_thread_is_bought_for_what_is_sewn_and_rivets_for_the_rest(material: Material) -> None:
    resolved = resolve(make_design("collar", material=material))
    bought = {line.sku.partition("-")[0] for line in resolved.bom}
    is_sewn = library.webbing(material).is_sewn
    assert ("THREAD" in bought) == is_sewn == bool(resolved.seams)
    assert ("RVT" in bought) == (not is_sewn)


def test_a_finish_is_paid_for_every_metal_piece() -> None:
    plain, brass = resolve(make_design()), resolve(make_design(finish="brass"))
    extra = library.finish_surcharge_cents(Finish.BRASS)
    metal = sum(library.hardware(f.piece, f.size_mm).is_finished for f in plain.fittings)
    assert metal >= 2
    paid = sum(line.cost_cents for line in brass.bom) - sum(line.cost_cents for line in plain.bom)
    assert paid == metal * extra
