"""What the staff does to the shelf, and nobody else."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlmodel import select

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import Kind, NewVariant
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from pet_app.core.money import Money
from pet_app.messaging.models import OutboxRow
from tests.catalog.factory import OLIVE, PASSER_BY, STAFF, make_product, make_stocked

pytestmark = pytest.mark.usefixtures("database")


def two_sizes() -> list[str]:
    forms = tuple(
        NewVariant(f"TRAIL-{size}", Money(cents), 300, (("Size", size),), {"format": 1})
        for size, cents in (("S", 6000), ("M", 7000))
    )
    with db.writing() as session:
        product = make_product(session, variants=forms)
        assert product.price == Money(6000)
        return [variant.id for variant in catalog.variants_of(session, product)]


def told(name: str) -> int:
    with db.reading() as session:
        return len(session.exec(select(OutboxRow).where(OutboxRow.name == name)).all())


def test_a_product_costs_what_its_cheapest_variant_does() -> None:
    small, _ = two_sizes()
    with db.writing() as session:
        catalog.change_price(session, STAFF, small, Money(9000))
    with db.reading() as session:
        product = catalog.get_product(session, "trail-harness")
        glance = catalog.glances(session, [product.id])[product.id]
    assert product.price == Money(7000)
    assert (glance.low_cents, glance.high_cents, glance.available, glance.variants) == (
        7000,
        9000,
        None,
        2,
    )
    assert told("product.changed") == 1


@pytest.mark.parametrize("price", [Money(0), Money(-1), Money(10**9), Money(500, "EUR")])
def test_a_price_that_cannot_be_is_refused(price: Money) -> None:
    small, _ = two_sizes()
    with pytest.raises(Invalid), db.writing() as session:
        catalog.change_price(session, STAFF, small, price)


def test_stock_is_what_was_counted_and_never_less_than_is_promised() -> None:
    with db.writing() as session:
        variant = make_stocked(session, stock=9)
        catalog.reserve(session, "order", {variant.id: 4}, clock.now())
        assert catalog.change_stock(session, STAFF, variant.id, 20).stock == 20
        with pytest.raises(Invalid, match="stock"):
            catalog.change_stock(session, STAFF, variant.id, 3)
        glance = catalog.glances(session, [variant.product_id])[variant.product_id]
        assert glance.available == 16


def test_what_is_made_to_order_is_not_counted() -> None:
    small, _ = two_sizes()
    with pytest.raises(Conflict), db.writing() as session:
        catalog.change_stock(session, STAFF, small, 3)


def test_a_product_is_taken_off_the_shelf_and_put_onto_it_again() -> None:
    two_sizes()
    for change, there in ((catalog.withdraw_product, 0), (catalog.publish_product, 1)):
        for _ in range(2):
            with db.writing() as session:
                change(session, STAFF, "trail-harness")
        with db.reading() as session:
            assert len(catalog.list_products(session).products) == there
    assert told("product.changed") == 2


def test_nobody_else_may() -> None:
    small, _ = two_sizes()
    for identity, error in ((PASSER_BY, NotSignedIn), (OLIVE, Forbidden)):
        with db.writing() as session:
            tries: list[Callable[[], object]] = [
                partial(catalog.change_price, session, identity, small, Money(100)),
                partial(catalog.change_stock, session, identity, small, 1),
                partial(catalog.withdraw_product, session, identity, "trail-harness"),
                partial(catalog.publish_product, session, identity, "trail-harness"),
                partial(catalog.reviews_in, session, identity),
            ]
            for attempt in tries:
                with pytest.raises(error):
                    attempt()


def test_what_is_not_there_cannot_be_changed() -> None:
    with db.writing() as session:
        with pytest.raises(NotFound):
            catalog.change_price(session, STAFF, "nothing", Money(100))
        with pytest.raises(NotFound):
            catalog.withdraw_product(session, STAFF, "nothing")


def test_a_number_of_ours_is_given_once() -> None:
    with db.writing() as session:
        make_stocked(session)
        form = NewVariant("SLOW-BOWL", Money(100), 100, stock=1)
        with pytest.raises(Conflict, match="SLOW-BOWL"):
            make_product(session, "other", variants=(form,))


S, M = ("Size", "S"), ("Size", "M")


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ((NewVariant("A", Money(1), 1, (S,)), NewVariant("A", Money(1), 1, (M,))), "number A"),
        ((NewVariant("A", Money(1), 1, (S,)), NewVariant("B", Money(1), 1, (S,))), "same options"),
        ((NewVariant("A", Money(1), 1, (S,)), NewVariant("B", Money(1), 1)), "the same options"),
        ((NewVariant("a b", Money(1), 1),), "no number"),
        ((NewVariant("A", Money(0), 1),), "cost something"),
        ((NewVariant("A", Money(1), 0),), "weight"),
        ((NewVariant("A", Money(1), 1, (("Size", " "),)),), "characters"),
        ((NewVariant("A", Money(1), 1, stock=-1),), "stock"),
        ((NewVariant("A", Money(1), 1, (S,)), NewVariant("B", Money(1, "EUR"), 1, (M,))), "curren"),
    ],
)
def test_variants_that_are_not_in_order_are_refused(
    forms: tuple[NewVariant, ...], said: str
) -> None:
    with pytest.raises(Invalid) as refused, db.writing() as session:
        make_product(session, variants=forms)
    assert said in refused.value.fields["variants"]


def test_a_gift_card_weighs_nothing_and_is_not_shipped() -> None:
    forms = (NewVariant("GIFT-25", Money(2500), 0, (("Amount", "$25"),)),)
    with db.writing() as session:
        card = make_product(session, "gift-card", kind=Kind.GIFT, made=False, variants=forms)
        (variant,) = catalog.variants_of(session, card)
        assert not catalog.sellable(session, [variant.id])[variant.id].shippable
