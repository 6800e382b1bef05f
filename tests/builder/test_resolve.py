"""What a design resolves to."""

from math import ceil

import pytest

from pet_app.builder.describe import describe
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Kind
from tests.builder.factory import KINDS, make_design, random_designs

DESIGNS = random_designs(60, seed=7)


@pytest.mark.parametrize("kind", KINDS)
def test_a_loop_is_the_measurement_and_its_ease(kind: Kind) -> None:
    for loop in resolve(make_design(kind)).loops:
        assert loop.inner_mm == loop.measurement_mm + loop.ease_mm
        assert 10 <= loop.ease_mm <= 50
        assert loop.rule


def test_a_strap_is_cut_to_its_worn_length_and_its_allowances() -> None:
    for design in DESIGNS:
        for strap in resolve(design).straps:
            added = sum(allowance.length_mm for allowance in strap.allowances)
            assert strap.cut_mm == ceil(strap.neutral_mm + added)
            assert strap.inner_mm > 0
            assert strap.neutral_mm > 0


def test_straps_and_buckles_together_go_once_round_each_loop() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        for loop in resolved.loops:
            pieces = [strap for strap in resolved.straps if strap.loop == loop.name]
            gap = loop.inner_mm - sum(strap.inner_mm for strap in pieces)
            buckles = sum(f.name.startswith(f"{loop.name}_buckle") for f in resolved.fittings)
            assert (gap > 10 * buckles) if buckles else abs(gap) < 0.5


def test_the_middle_of_a_closed_strap_is_longer_by_half_a_turn_of_its_thickness() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        if design.kind is Kind.HARNESS:
            strap, loop = resolved.strap("neck"), resolved.loop("neck")
            assert strap.neutral_mm == pytest.approx(loop.neutral_mm, abs=0.3)


def test_every_fitting_is_in_the_bill_of_materials() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        counted = {line.sku: line.quantity for line in resolved.bom if line.unit == "piece"}
        for sku, quantity in counted.items():
            assert sum(fitting.sku == sku for fitting in resolved.fittings) == quantity
        assert sum(counted.values()) == len(resolved.fittings)
        assert len({fitting.name for fitting in resolved.fittings}) == len(resolved.fittings)


def test_the_webbing_bought_is_the_webbing_cut() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        assert resolved.bom[0].quantity == sum(strap.cut_mm for strap in resolved.straps)


def test_the_description_names_every_choice() -> None:
    text = describe(
        resolve(make_design(pattern="dots", colour="poppy", accent="sky", finish="brass"))
    )
    for word in ("harness", "25 mm", "nylon", "poppy", "dots", "sky", "brass", "640", "Slider"):
        assert word.lower() in text.lower()
