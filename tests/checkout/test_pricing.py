"""Sums to the cent: shares, codes, taxes, gift cards."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pet_app.checkout.rules import GIFT, PromotionKind, Trouble
from pet_app.checkout.rules.pricing import (
    LEAST_PAYMENT_CENTS,
    Item,
    Offer,
    Rate,
    discounts,
    percent_of,
    shared,
    spent,
    taxes,
)

PERCENT, AMOUNT, FREE = (
    PromotionKind.PERCENT,
    PromotionKind.AMOUNT,
    PromotionKind.FREE_SHIPPING,
)
BOWL, COLLAR, CARD = Item(2000, "bowl"), Item(1999, "collar"), Item(5000, GIFT)

items = st.lists(
    st.builds(
        Item,
        st.integers(0, 3_000_00),
        st.sampled_from(["collar", "harness", "bowl", GIFT]),
    ),
    min_size=1,
    max_size=12,
)
offers = st.lists(
    st.builds(
        Offer,
        key=st.uuids().map(str),
        kind=st.sampled_from(PromotionKind),
        percent=st.integers(1, 100),
        cents=st.integers(1, 500_00),
        minimum_cents=st.sampled_from([0, 0, 50_00]),
        only_kinds=st.sampled_from([frozenset(), frozenset({"collar"}), frozenset({"bowl"})]),
        group=st.sampled_from(["", "", "spring"]),
    ),
    max_size=5,
)
rates = st.lists(
    st.builds(
        Rate,
        st.sampled_from(["0", "2.9", "4.225", "5", "6.875", "9.975", "15"]).map(Decimal),
        st.booleans(),
    ),
    max_size=3,
)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], (4, 3, 3)),
        (1, [1, 3], (0, 1)),
        (100, [50, 50], (50, 50)),
        (0, [0, 0], (0, 0)),
        (5, [0, 7], (0, 5)),
        (999, [333, 333, 333], (333, 333, 333)),
    ],
)
def test_shares_go_by_largest_remainder(
    total: int, weights: list[int], parts: tuple[int, ...]
) -> None:
    assert shared(total, weights) == parts


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [0, 0]), (1, []), (3, [4, -1])])
def test_what_nobody_can_bear_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="cannot share"):
        shared(total, weights)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=40), st.data())
def test_shares_add_up_and_none_is_more_than_its_weight(
    weights: list[int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    parts = shared(total, weights)
    assert sum(parts) == total
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
    exact = [total * weight / max(1, sum(weights)) for weight in weights]
    assert all(abs(part - share) < 1.001 for part, share in zip(parts, exact, strict=True))


@pytest.mark.parametrize(
    ("cents", "percent", "so_many"),
    [
        (1000, "10", 100),
        (5, "10", 1),
        (4, "10", 0),
        (1999, "9.975", 199),
        (10, "5", 1),
        (0, "9", 0),
    ],
)
def test_percentages_are_rounded_half_up(cents: int, percent: str, so_many: int) -> None:
    assert percent_of(cents, Decimal(percent)) == so_many


@pytest.mark.parametrize(
    ("given_offers", "off", "by_key"),
    [
        ([Offer("A", PERCENT, percent=10)], (200, 200), {"A": 400}),
        ([Offer("A", AMOUNT, cents=500)], (250, 250), {"A": 500}),
        ([Offer("A", AMOUNT, cents=99_999)], (2000, 1999), {"A": 3999}),
        ([Offer("A", PERCENT, percent=50, only_kinds=frozenset({"bowl"}))], (1000, 0), {"A": 1000}),
        # Percent first, whatever was entered first: five dollars off, then a tenth, is dearer.
        (
            [Offer("A", AMOUNT, cents=500), Offer("B", PERCENT, percent=10)],
            (450, 450),
            {"A": 500, "B": 400},
        ),
        (
            [Offer("A", PERCENT, percent=100), Offer("B", AMOUNT, cents=500)],
            (2000, 1999),
            {"A": 3999, "B": 0},
        ),
        ([Offer("A", FREE)], (0, 0), {"A": 0}),
    ],
)
def test_codes_take_off_what_they_say(
    given_offers: list[Offer], off: tuple[int, ...], by_key: dict[str, int]
) -> None:
    found = discounts([BOWL, COLLAR], given_offers)
    assert (found.lines, found.by_key) == (off, by_key)


@pytest.mark.parametrize(
    ("offer", "trouble"),
    [
        (Offer("A", PERCENT, percent=10, minimum_cents=4000), Trouble.CODE_MINIMUM),
        (
            Offer("A", PERCENT, percent=10, only_kinds=frozenset({"leash"})),
            Trouble.CODE_OTHER_THINGS,
        ),
        (
            Offer("A", AMOUNT, cents=1, minimum_cents=2001, only_kinds=frozenset({"bowl"})),
            Trouble.CODE_MINIMUM,
        ),
    ],
)
def test_codes_that_do_not_fit_take_nothing_off(offer: Offer, trouble: Trouble) -> None:
    found = discounts([BOWL, COLLAR], [offer])
    assert found.refused == {"A": trouble}
    assert found.cents == 0


def test_of_one_group_the_code_entered_first_counts() -> None:
    first = Offer("A", PERCENT, percent=5, group="spring")
    second = Offer("B", PERCENT, percent=50, group="spring")
    found = discounts([BOWL], [first, second])
    assert found.by_key == {"A": 100}
    assert found.refused == {"B": Trouble.CODE_NOT_TOGETHER}
    assert found.together_with == {"B": "A"}


def test_money_is_neither_made_cheaper_nor_taxed() -> None:
    found = discounts([CARD], [Offer("A", PERCENT, percent=50)])
    assert found.refused == {"A": Trouble.CODE_OTHER_THINGS}
    taxed = taxes([CARD, BOWL], (0, 0), 500, [Rate(Decimal(10), on_shipping=True)])
    assert (taxed.lines, taxed.shipping, taxed.cents) == ((0, 200), 50, 250)


def test_tax_is_on_what_is_paid_and_on_shipping_only_where_it_is_taxed() -> None:
    both = [Rate(Decimal(5), on_shipping=True), Rate(Decimal("9.975"), on_shipping=False)]
    found = taxes([BOWL, COLLAR], (200, 199), 490, both)
    assert found.by_rate == (
        percent_of(1800 + 1800 + 490, Decimal(5)),
        percent_of(3600, Decimal("9.975")),
    )
    assert sum(found.lines) + found.shipping == found.cents
    assert found.shipping == 25


@pytest.mark.parametrize(
    ("total", "cards", "money", "used"),
    [
        (3000, {"a": 1000, "b": 5000}, 0, {"a": 1000, "b": 2000}),
        (3000, {"a": 5000}, 0, {"a": 3000}),
        (3000, {"a": 2980}, 0, {"a": 2950}),
        (3000, {"a": 2980, "b": 10}, 0, {"a": 2950, "b": 0}),
        (8000, {"a": 9000}, 5000, {"a": 3000}),
        (5020, {"a": 9000}, 5000, {"a": 20}),
        (3000, {}, 0, {}),
        (40, {"a": 20}, 0, {"a": 0}),
    ],
)
def test_gift_cards_pay_in_their_order_and_leave_what_a_card_can_pay(
    total: int, cards: dict[str, int], money: int, used: dict[str, int]
) -> None:
    assert spent(total, cards, money) == used


@given(items, offers, rates, st.integers(0, 50_00), st.lists(st.integers(0, 200_00), max_size=3))
def test_whatever_is_bought_the_sums_come_out(
    bought: list[Item],
    given_offers: list[Offer],
    given_rates: list[Rate],
    shipping: int,
    balances: list[int],
) -> None:
    found = discounts(bought, given_offers)
    assert sum(found.by_key.values()) == found.cents
    assert all(0 <= off <= item.cents for off, item in zip(found.lines, bought, strict=True))
    assert all(off == 0 for off, item in zip(found.lines, bought, strict=True) if item.is_money)
    assert set(found.by_key) | set(found.refused) == {offer.key for offer in given_offers}
    taxed = taxes(bought, found.lines, shipping, given_rates)
    assert taxed.cents == sum(taxed.lines) + taxed.shipping
    assert all(tax >= 0 for tax in (*taxed.by_rate, *taxed.lines, taxed.shipping))
    total = sum(item.cents for item in bought) - found.cents + shipping + taxed.cents
    money = sum(item.cents for item in bought if item.is_money)
    cards = {str(at): cents for at, cents in enumerate(balances)}
    used = spent(total, cards, money)
    due = total - sum(used.values())
    assert all(0 <= used[key] <= cards[key] for key in cards)
    assert due >= min(money, total)
    assert due == 0 or due >= LEAST_PAYMENT_CENTS or not sum(used.values())
