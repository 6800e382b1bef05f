"""Carts: filled, changed, poured together, forgotten."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from pet_app.catalog import service as catalog
from pet_app.catalog.models import Variant
from pet_app.checkout import service as checkout
from pet_app.checkout.models import Cart, CartLine
from pet_app.checkout.personal import erase, show
from pet_app.checkout.rules import MOST_LINES, MOST_OF_ONE, Trouble
from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from pet_app.core.personal import Person
from pet_app.core.security import Identity, user_owner
from pet_app.messaging.models import OutboxRow
from pet_app.messaging.outbox import publish
from pet_app.user.events import UserSignedIn
from tests.checkout import factory
from tests.checkout.factory import GUEST, OTHER, refused

pytestmark = pytest.mark.usefixtures("sqlite_database")

ADA = Identity(visitor=GUEST.visitor, user_id="u1")
"""The guest, once signed in."""


def test_a_cart_holds_what_was_put_in_priced_now() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, cents=1995)
        design_id = factory.save_design(session)
        factory.put(session, bowl, 2)
        view = checkout.add_design(session, GUEST, design_id, 1, "request-1")
        assert checkout.count_of(session, GUEST) == view.count == 3
        own = view.lines[1]
    assert [line.title for line in view.lines] == ["Enamel bowl", "Rex's collar"]
    assert view.lines[0].total.cents == 3990
    assert own.design_id == design_id
    assert sum(cost.cents for _, _, cost in own.breakdown) == own.unit.cents
    assert view.items.cents == 3990 + own.unit.cents
    assert "25 mm nylon" in own.words


def test_asking_twice_with_one_key_puts_it_in_once() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        design_id = factory.save_design(session)
        for _ in range(3):
            checkout.add_variant(session, GUEST, bowl.id, 2, "click-1")
            checkout.add_design(session, GUEST, design_id, 1, "click-2")
        view = checkout.cart_of(session, GUEST)
        assert [line.quantity for line in view.lines] == [2, 1]
        assert checkout.add_variant(session, GUEST, bowl.id, 1, "click-3").lines[0].quantity == 3
        said = session.exec(select(OutboxRow).where(OutboxRow.name == "cart.line_added")).all()
    assert [row.payload["quantity"] for row in said] == [2, 1, 1]


@pytest.mark.parametrize("quantity", [-1, MOST_OF_ONE + 1, 10**6, 10**30])
def test_no_cart_holds_no_pieces_or_too_many(quantity: int) -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=None)
        line = factory.put(session, bowl).lines[0]
    fault = refused(Invalid, checkout.add_variant, GUEST, bowl.id, quantity, "click-1")
    assert set(fault.fields) == {"quantity"}
    refused(Invalid, checkout.change_quantity, GUEST, line.id, quantity)


def test_none_of_it_is_out_of_the_cart_and_never_put_in() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        line = factory.put(session, bowl).lines[0]
        assert checkout.change_quantity(session, GUEST, line.id, 0).is_empty
    refused(Invalid, checkout.add_variant, GUEST, bowl.id, 0, "click-1")


def test_one_line_never_grows_past_what_one_order_takes() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=None)
        factory.put(session, bowl, MOST_OF_ONE)
    refused(Conflict, checkout.add_variant, GUEST, bowl.id, 1, "click-1")


def test_a_cart_has_room_for_so_many_things() -> None:
    with db.writing() as session:
        for number in range(MOST_LINES):
            factory.put(session, factory.make_variant(session, f"thing-{number}"))
        with pytest.raises(Conflict):
            factory.put(session, factory.make_variant(session, "one-more"))


def test_nobody_puts_in_more_than_is_left() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=3)
        factory.put(session, bowl, 2)
    fault = refused(Conflict, checkout.add_variant, GUEST, bowl.id, 2, "click-1")
    assert "Only 3" in fault.detail
    with db.reading() as session:
        line = checkout.cart_of(session, GUEST).lines[0]
    assert (line.quantity, line.most) == (2, 3)
    refused(Conflict, checkout.change_quantity, GUEST, line.id, 4)
    with db.writing() as session:
        session.exec(update(Variant).values(stock=1))
    with db.writing() as session:
        view = checkout.cart_of(session, GUEST)
        assert [found.code for found in view.problems] == [Trouble.OUT_OF_STOCK]
        # Fewer is always possible, also when there are fewer by now.
        assert checkout.change_quantity(session, GUEST, line.id, 1).problems == ()


@pytest.mark.parametrize("thing", ["", "x", "no-such-variant", "é" * 26, "0" * 26, "a\x00b"])
def test_what_is_not_sold_is_not_put_in(thing: str) -> None:
    refused(NotFound, checkout.add_variant, GUEST, thing, 1, "click-1")
    refused(NotFound, checkout.add_design, GUEST, thing, 1, "click-1")


@pytest.mark.parametrize("key", ["", "x" * 65, "a\nb", "a\x00"])
def test_a_request_needs_a_proper_key(key: str) -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        with pytest.raises(Invalid):
            checkout.add_variant(session, GUEST, bowl.id, 1, key)


def test_nobody_puts_in_or_touches_what_is_somebody_elses() -> None:
    with db.writing() as session:
        line = factory.put(session, factory.make_variant(session)).lines[0]
        design_id = factory.save_design(session)
        with pytest.raises(NotFound):
            checkout.add_design(session, OTHER, design_id, 1, "click-1")
        for verb in (
            checkout.remove,
            checkout.save_for_later,
            checkout.move_to_cart,
            checkout.taken_out,
        ):
            with pytest.raises(NotFound):
                verb(session, OTHER, line.id)
        with pytest.raises(NotFound):
            checkout.change_quantity(session, OTHER, line.id, 2)
        with pytest.raises(NotSignedIn):
            factory.put(session, session.exec(select(Variant)).one(), 1, Identity())
        assert checkout.cart_of(session, GUEST).lines[0].quantity == 1


def test_what_is_kept_for_later_is_neither_counted_nor_ordered() -> None:
    with db.writing() as session:
        bowl, ball = factory.make_variant(session), factory.make_variant(session, "ball")
        factory.ready(session, bowl)
        line = factory.put(session, ball, 2).lines[1]
        view = checkout.save_for_later(session, GUEST, line.id)
        assert [one.title for one in view.saved] == ["Ball"]
        assert view.count == checkout.count_of(session, GUEST) == 1
        placed = factory.place(session)
        assert factory.order_of(session, placed).items_cents == 2000
        # Put in once more, it is in the cart as often as was asked now.
        view = factory.put(session, ball, 1)
        assert (view.saved, view.lines[1].quantity) == ((), 1)


def test_what_was_taken_out_comes_back_as_it_was() -> None:
    with db.writing() as session:
        design_id = factory.save_design(session)
        line = checkout.add_design(session, GUEST, design_id, 2, "click-1").lines[0]
        removed = checkout.taken_out(session, GUEST, line.id)
        assert checkout.remove(session, GUEST, line.id).is_empty
        with pytest.raises(NotFound):
            checkout.remove(session, GUEST, line.id)
        for _ in range(2):
            back = checkout.restore(session, GUEST, removed).lines
            assert [(one.title, one.quantity, one.design) for one in back] == [
                (line.title, 2, line.design)
            ]


def test_what_is_withdrawn_stays_in_the_cart_and_says_so() -> None:
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session, "bowl"))
        factory.put(session, factory.make_variant(session, "ball"))
        session.exec(update(Variant).where(col(Variant.sku) == "SKU-BALL").values(published=False))
        view = checkout.cart_of(session, GUEST)
        assert [found.code for found in view.problems] == [Trouble.GONE]
        assert view.items.cents == 2000
        assert view.lines[1].title == "Ball"


def test_a_guest_who_signs_in_keeps_the_cart() -> None:
    with db.writing() as session:
        bowl, ball = factory.make_variant(session), factory.make_variant(session, "ball")
        at_home = Identity(visitor="c" * 64, user_id="u1")
        factory.put(session, bowl, 1, at_home)
        kept = factory.put(session, ball, 1, at_home).lines[1]
        checkout.save_for_later(session, at_home, kept.id)
        factory.make_promotion(session)
        factory.ready(session, bowl, 2)
        factory.put(session, ball, 3)
        checkout.enter_code(session, GUEST, "SPRING10")
    for _ in range(2):
        # Before the carts are one, a page shows them as one.
        with db.reading() as session:
            seen = checkout.cart_of(session, ADA)
            assert [(line.title, line.quantity) for line in seen.lines] == [
                ("Enamel bowl", 3),
                ("Ball", 3),
            ]
        with db.writing() as session:
            publish(session, UserSignedIn("u1", GUEST.owner))
        factory.settle()
    with db.reading() as session:
        (cart,) = session.exec(select(Cart)).all()
        view = checkout.cart_of(session, ADA)
    assert (cart.owner, cart.email, cart.codes) == (user_owner("u1"), factory.EMAIL, ["SPRING10"])
    assert (view.count, view.saved) == (6, ())
    with db.writing() as session:
        assert checkout.adopt_cart(session, "", user_owner("u1")) == 0


def test_the_order_that_waits_goes_along_when_its_guest_signs_in() -> None:
    with db.writing() as session:
        shown = factory.ready(session, factory.make_variant(session))
        placed = checkout.place_order(session, GUEST, shown.digest, "click-1")
    with db.writing() as session:
        assert checkout.place_order(session, ADA, shown.digest, "click-1") == placed
    factory.pay(placed)
    with db.reading() as session:
        assert checkout.cart_of(session, ADA).is_empty


def test_an_order_is_put_in_again_as_far_as_it_can_be_had() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session, stock=5)
        ball = factory.make_variant(session, "ball", stock=2)
        factory.ready(session, bowl, 2)
        factory.put(session, ball, 2)
        checkout.add_design(session, GUEST, factory.save_design(session), 1, "click-0")
        placed = factory.place(session)
    factory.pay(placed)
    with db.writing() as session:
        view = checkout.buy_again(session, GUEST, placed.order_id, "click-1")
        again = checkout.buy_again(session, GUEST, placed.order_id, "click-1")
        with pytest.raises(NotFound):
            checkout.buy_again(session, OTHER, placed.order_id, "click-1")
        assert [(line.title, line.quantity) for line in view.lines] == [
            ("Enamel bowl", 2),
            ("Rex's collar", 1),
        ]
        assert [found.code for found in view.problems] == [Trouble.GONE]
        assert "sold out" in view.problems[0].sentence
        assert again.lines == view.lines


def test_carts_of_guests_are_forgotten_after_ninety_days() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        for who in (GUEST, OTHER, Identity(user_id="u2")):
            factory.put(session, bowl, 1, who)
        old = db.database_now(session) - timedelta(days=91)
        session.exec(update(Cart).where(col(Cart.owner) != OTHER.owner).values(changed=old))
    for left in (1, 0):
        with db.writing() as session:
            assert checkout.forget_old_carts(session) == left
    with db.reading() as session:
        assert checkout.cart_of(session, GUEST).is_empty
        assert not checkout.cart_of(session, OTHER).is_empty
        assert len(session.exec(select(CartLine)).all()) == 2


def test_a_person_sees_their_cart_and_takes_it_along() -> None:
    person = Person("u1", "ada@example.com")
    with db.writing() as session:
        factory.ready(session, factory.make_variant(session), identity=ADA)
        told = show(session, person).rows
        assert told["cart"][0]["address"] == factory.AUSTIN
        assert told["cart_lines"][0]["title"] == "Enamel bowl"
        for _ in range(2):
            assert erase(session, person) == ()
        assert session.exec(select(Cart)).all() == []
        assert session.exec(select(CartLine)).all() == []


def test_a_price_of_another_currency_is_never_taken_for_ours() -> None:
    with db.writing() as session:
        bowl = factory.make_variant(session)
        factory.put(session, bowl)
        session.exec(update(CartLine).values(seen_cents=1, currency="XXX"))
        line = checkout.cart_of(session, GUEST).lines[0]
        assert (line.unit.cents, line.unit.currency) == (2000, "USD")
        assert catalog.sellable(session, [bowl.id])[bowl.id].price == line.unit
