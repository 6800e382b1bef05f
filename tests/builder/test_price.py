"""What a piece costs."""

from pet_app.builder.price import price
from pet_app.builder.resolve import resolve
from tests.builder.factory import make_design, random_designs


def test_the_total_is_the_sum_of_the_lines() -> None:
    for design in random_designs(40, seed=3):
        breakdown = price(resolve(design))
        assert breakdown.total.cents == sum(line.amount.cents for line in breakdown.lines)
        assert breakdown.total.cents % 5 == 0
        assert all(line.amount.cents > 0 for line in breakdown.lines)


def test_every_line_of_the_bill_of_materials_is_priced_once() -> None:
    resolved = resolve(make_design())
    priced = [line.sku for line in price(resolved).lines if line.sku]
    assert priced == [line.sku for line in resolved.bom]


def test_more_material_costs_more() -> None:
    plain = price(resolve(make_design())).total
    assert price(resolve(make_design(girth_mm=700))).total > plain
    assert price(resolve(make_design(width_mm=30))).total > plain
    assert price(resolve(make_design(material="leather"))).total > plain
    assert price(resolve(make_design(finish="brass"))).total > plain
    assert price(resolve(make_design(kind="collar"))).total < plain


def test_colour_and_pattern_cost_nothing() -> None:
    plain = make_design()
    assert price(resolve(plain.with_look(colour="poppy", pattern="dots"))) == price(resolve(plain))
