"""Stock promised, taken, given back: never more than there is, each step once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, func, select

from pet_app.catalog import service as catalog
from pet_app.catalog import tasks
from pet_app.catalog.models import Reservation, StockMove, Variant
from pet_app.catalog.service import OutOfStock
from pet_app.core import clock, db
from pet_app.core.errors import Unavailable
from pet_app.messaging import clock as works
from tests.catalog.factory import make_product, make_stocked
from tests.messaging.factory import drain, jobs

pytestmark = pytest.mark.usefixtures("database")

SOON = clock.now() + timedelta(minutes=30)
BUYERS = 50


def stocked(stock: int = 1, handle: str = "slow-bowl") -> str:
    with db.writing() as session:
        return make_stocked(session, handle, stock).id


def numbers(variant_id: str) -> tuple[int | None, int]:
    """What lies on the shelf, and what of it is promised."""
    with db.reading() as session:
        variant = session.get(Variant, variant_id)
        assert variant is not None
        moves = select(func.sum(StockMove.change)).where(StockMove.variant_id == variant_id)
        assert session.exec(moves).one() == variant.stock, "the moves are the stock"
        return variant.stock, variant.reserved


def promise(holder: str, **wanted: int) -> None:
    with db.writing() as session:
        catalog.reserve(session, holder, wanted, SOON)


def twice(step: Callable[[Session, str], object], holder: str) -> None:
    for _ in range(2):
        with db.writing() as session:
            step(session, holder)


def test_of_fifty_buyers_of_one_thing_one_gets_it() -> None:
    variant_id = stocked(1)

    def buy(number: int) -> str:
        while True:
            try:
                promise(f"order-{number}", **{variant_id: 1})
            except OutOfStock:
                return "sold out"
            except Unavailable:
                continue
            return "got it"

    with ThreadPoolExecutor(BUYERS) as threads:
        outcomes = list(threads.map(buy, range(BUYERS)))
    assert sorted(outcomes) == ["got it"] + ["sold out"] * (BUYERS - 1)
    assert numbers(variant_id) == (1, 1)


def test_of_two_wishes_that_cross_nobody_waits_for_ever_and_nothing_is_promised_twice() -> None:
    first, second = stocked(5, "first"), stocked(5, "second")

    def buy(number: int) -> int:
        ids = (first, second) if number % 2 else (second, first)
        try:
            promise(f"order-{number}", **dict.fromkeys(ids, 1))
        except OutOfStock:
            return 0
        return 1

    with ThreadPoolExecutor(12) as threads:
        assert sum(threads.map(buy, range(12))) == 5
    assert numbers(first) == numbers(second) == (5, 5)


def test_all_of_it_is_promised_or_nothing_and_what_is_short_is_said() -> None:
    plenty, scarce = stocked(9, "plenty"), stocked(1, "scarce")
    with db.writing() as session:
        with pytest.raises(OutOfStock, match="Only 1 of “Slow bowl” left") as refused:
            catalog.reserve(session, "order", {plenty: 2, scarce: 2}, SOON)
        assert refused.value.short == {scarce: 1}
    assert numbers(plenty) == (9, 0)
    assert numbers(scarce) == (1, 0)


def test_asking_again_promises_once_and_other_quantities_take_their_place() -> None:
    bowl, bed = stocked(5, "bowl"), stocked(5, "bed")
    for _ in range(2):
        promise("order", **{bowl: 2})
    assert numbers(bowl) == (5, 2)
    promise("order", **{bowl: 5})
    assert numbers(bowl) == (5, 5)
    promise("order", **{bed: 1})
    assert (numbers(bowl), numbers(bed)) == ((5, 0), (5, 1))
    with pytest.raises(OutOfStock) as refused:
        promise("order", **{bed: 6})
    assert refused.value.short == {bed: 5}


def test_what_is_made_to_order_is_never_short() -> None:
    with db.writing() as session:
        (variant,) = catalog.variants_of(session, make_product(session))
        catalog.reserve(session, "order", {variant.id: 500}, SOON)
        assert catalog.take(session, "order") == {}
        catalog.put_back(session, "order", {variant.id: 1}, "returned")
    with db.reading() as session:
        assert session.exec(select(Reservation)).all() == []
        assert catalog.sellable(session, [variant.id])[variant.id].available is None


def test_what_is_taken_leaves_the_shelf_once() -> None:
    variant_id = stocked(3)
    promise("order", **{variant_id: 2})
    twice(catalog.take, "order")
    assert numbers(variant_id) == (1, 0)
    twice(catalog.release, "order")
    assert numbers(variant_id) == (1, 0)


def test_what_is_given_back_can_be_promised_to_others() -> None:
    variant_id = stocked(1)
    promise("order", **{variant_id: 1})
    twice(catalog.release, "order")
    assert numbers(variant_id) == (1, 0)
    promise("another", **{variant_id: 1})
    assert numbers(variant_id) == (1, 1)


def test_what_comes_back_is_laid_on_the_shelf_once_for_each_reason() -> None:
    variant_id = stocked(3)
    promise("order", **{variant_id: 2})
    twice(catalog.take, "order")
    twice(lambda session, it: catalog.put_back(session, it, {variant_id: 1}, "returned"), "order")
    assert numbers(variant_id) == (2, 0)


def test_a_promise_runs_out_by_itself_and_is_kept_late_while_there_is_enough() -> None:
    variant_id = stocked(1)
    promise("slow", **{variant_id: 1})
    with db.writing() as session:
        assert catalog.sweep(session, SOON - timedelta(seconds=1)) == 0
        assert catalog.sweep(session, SOON + timedelta(seconds=1)) == 1
        assert catalog.sweep(session, SOON + timedelta(seconds=1)) == 0
    assert numbers(variant_id) == (1, 0)
    twice(catalog.take, "slow")
    assert numbers(variant_id) == (0, 0)


def test_what_is_paid_late_and_sold_meanwhile_is_said_to_be_missing_until_there_is_more() -> None:
    variant_id = stocked(1)
    promise("slow", **{variant_id: 1})
    twice(catalog.release, "slow")
    promise("quick", **{variant_id: 1})
    twice(catalog.take, "quick")
    with db.writing() as session:
        assert catalog.take(session, "slow") == {variant_id: 1}
        catalog.put_back(session, "quick", {variant_id: 1}, "returned")
        assert catalog.take(session, "slow") == {}
    assert numbers(variant_id) == (0, 0)


def test_a_payment_that_takes_days_keeps_its_promise() -> None:
    variant_id, later = stocked(1), SOON + timedelta(days=5)
    promise("order", **{variant_id: 1})
    with db.writing() as session:
        catalog.hold_longer(session, "order", later)
        assert catalog.sweep(session, SOON + timedelta(seconds=1)) == 0
        assert catalog.sweep(session, later + timedelta(seconds=1)) == 1


def test_the_minute_gives_back_what_nobody_paid_for() -> None:
    variant_id = stocked(1)
    with db.writing() as session:
        past = clock.now() - timedelta(seconds=1)
        catalog.reserve(session, "order", {variant_id: 1}, past)
    works.schedule()
    drain()
    assert [job.state for job in jobs(f"cron.{tasks.PROMISES}")] == ["done"]
    assert numbers(variant_id) == (1, 0)


def test_what_is_withdrawn_is_not_sold() -> None:
    with db.writing() as session:
        variant = make_stocked(session, published=False)
        assert catalog.sellable(session, [variant.id, "nothing"]) == {}


def test_what_is_sold_is_told_with_its_words() -> None:
    variant_id = stocked(2)
    with db.reading() as session:
        sold = catalog.sellable(session, [variant_id])[variant_id]
    assert (sold.words, sold.available, sold.price.cents, sold.weight_g) == ("M", 2, 1900, 400)
    assert (sold.handle, sold.kind, sold.shippable, sold.design) == ("slow-bowl", "bowl", True, {})
