"""What a design resolves to."""

from math import ceil, pi

import pytest

from pet_app.builder import library
from pet_app.builder.describe import describe
from pet_app.builder.resolve import resolve
from pet_app.builder.rules import Buckle, Kind, Role
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
            assert strap.neutral_mm > 0


def test_straps_and_buckles_together_go_once_round_each_loop() -> None:
    for design in DESIGNS:
        laid = resolve(design).laid
        for loop in {place.loop for place in laid.buckles}:
            if design.options.buckle is Buckle.PIN:
                continue  # its free end goes through the buckle and on over the other one
            pieces = [course for course in laid.straps if course.loop == loop]
            pieces = [piece for piece in pieces if not piece.name.endswith("_lining")]
            spans = sum(place.span_mm for place in laid.buckles if place.loop == loop)
            worn = sum(piece.inner_mm() for piece in pieces)
            assert worn + spans == pytest.approx(laid.webbing_loop(loop).length, abs=0.5)


def test_the_middle_of_a_strap_round_the_body_is_longer_by_half_a_turn_of_its_thickness() -> None:
    for design in DESIGNS:
        if design.kind is not Kind.HARNESS:
            continue
        resolved = resolve(design)
        pieces = [strap for strap in resolved.straps if strap.loop == "girth"]
        pieces = [strap for strap in pieces if strap.role is Role.WEBBING]
        inner = sum(resolved.laid.strap(strap.name).inner_mm() for strap in pieces)
        longer = sum(strap.neutral_mm for strap in pieces) - inner
        whole = pi * pieces[0].thickness_mm
        assert 0.5 * whole < longer < 1.15 * whole


def test_every_fitting_is_in_the_bill_of_materials() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        labels = {row["sku"] for row in library.table("making")["label"].values()}
        counted = {
            line.sku: line.quantity
            for line in resolved.bom
            if line.unit == "piece" and line.sku not in labels
        }
        for sku, quantity in counted.items():
            assert sum(fitting.sku == sku for fitting in resolved.fittings) == quantity
        assert sum(counted.values()) == len(resolved.fittings)
        assert len({fitting.name for fitting in resolved.fittings}) == len(resolved.fittings)


def test_what_is_bought_by_the_metre_is_what_is_cut() -> None:
    for design in DESIGNS:
        resolved = resolve(design)
        bought = {line.sku: line.quantity for line in resolved.bom}
        for sku in {strap.sku for strap in resolved.straps}:
            assert bought[sku] == sum(s.cut_mm for s in resolved.straps if s.sku == sku)


def test_the_description_names_every_choice() -> None:
    text = describe(
        resolve(make_design(pattern="dots", colour="poppy", accent="sky", finish="brass"))
    )
    for word in ("harness", "25 mm", "nylon", "poppy", "dots", "sky", "brass", "640", "Slider"):
        assert word.lower() in text.lower()
