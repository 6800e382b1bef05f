"""What a piece costs."""

from pet_app.builder.design import Design
from pet_app.builder.price import MADE_BY_HAND, price
from pet_app.builder.resolve import resolve
from tests.builder.factory import make_design, random_designs


def test_the_total_is_the_sum_of_the_lines() -> None:
    for design in random_designs(40, seed=3):
        breakdown = price(resolve(design))
        assert breakdown.total.cents == sum(line.amount.cents for line in breakdown.lines)
        assert breakdown.total.cents % 5 == 0
        assert all(line.amount.cents > 0 for line in breakdown.lines)


def test_the_price_follows_the_bill_line_by_line() -> None:
    for design in random_designs(40, seed=4):
        resolved = resolve(design)
        priced = [(line.sku, line.amount.cents) for line in price(resolved).lines if line.sku]
        assert priced == [(line.sku, line.cost_cents) for line in resolved.bom]


def test_more_work_costs_more() -> None:
    plain = _by_hand(make_design("collar"))
    assert _by_hand(make_design("collar", lining="mesh")) > plain
    assert _by_hand(make_design("collar", text="Rex")) > plain
    assert _by_hand(make_design("collar", text="Rexington")) > _by_hand(
        make_design("collar", text="Rex")
    )
    assert _by_hand(make_design("collar", rings=("buckle", "nape"))) > plain


def _by_hand(design: Design) -> int:
    lines = price(resolve(design)).lines
    return next(line.amount.cents for line in lines if line.label == MADE_BY_HAND)


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
