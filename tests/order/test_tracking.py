"""Who sees an order: its owner, the staff, who holds its key, who knows number and e-mail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pet_app.core import clock, db
from pet_app.core.errors import Forbidden, NotFound, TooManyRequests
from pet_app.core.security import Identity, Scope
from pet_app.order import service as orders
from pet_app.order.key import Reach, make_key, read_key
from pet_app.order.number import new_number
from tests.order.factory import EMAIL, GUEST, STAFF, STRANGER, done, harness, paid, placed, seen
from tests.order.test_paying import kinds
from tests.user.factory import ELSEWHERE, letters

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_number_and_email_open_the_order_to_be_followed(database: str) -> None:
    order_id = paid(harness())
    number = seen(order_id).number
    with db.reading() as session:
        key = orders.track(session, number.lower().replace("-", " "), f" {EMAIL.upper()} ")
        access = orders.open_order(session, STRANGER, order_id, key)
    assert (access.own, access.staff) == (False, False)
    for verb in (orders.cancel, orders.order_of):
        with pytest.raises((Forbidden, NotFound)), db.writing() as session:
            verb(session, STRANGER, order_id, key=key)


def test_wrong_numbers_and_wrong_emails_are_answered_alike() -> None:
    number = seen(paid(harness())).number
    said = set()
    with db.reading() as session:
        for wrong in (
            (number, "else@example.com"),
            (number, ""),
            (new_number(), EMAIL),
            ("", ""),
            ("HH-0000-0000", EMAIL),
            ("\udcff", "\udcff"),
            ("x" * 100_000, "x" * 100_000),
        ):
            with pytest.raises(NotFound) as refusal:
                orders.track(session, *wrong)
            said.add(str(refusal.value))
    assert len(said) == 1


def looked_for(number: str) -> bool:
    """Whether one more look is let through."""
    try:
        with db.writing() as session:
            orders.count_look(session, number, ELSEWHERE)
    except TooManyRequests:
        return False
    return True


def test_guessing_is_slowed_by_number_and_by_address() -> None:
    number = new_number()
    assert sum(looked_for(number) for _ in range(25)) == 20
    assert sum(looked_for(new_number()) for _ in range(25)) == 20


def test_a_key_opens_one_order_until_its_time_is_over() -> None:
    order_id, other = paid(harness()), paid(harness())
    key = make_key(order_id, Reach.OWN, timedelta(days=1))
    over = make_key(order_id, Reach.OWN, timedelta(seconds=-1))
    with db.writing() as session:
        assert orders.order_of(session, STRANGER, order_id, key).id == order_id
        for wrong_id, wrong_key in ((other, key), (order_id, over), (order_id, key[:-1] + "x")):
            with pytest.raises(NotFound):
                orders.order_of(session, STRANGER, wrong_id, wrong_key)
    done(orders.cancel, STRANGER, order_id, key=key)
    assert seen(order_id).status == "refunded"


@pytest.mark.parametrize(
    "key", ["", ".", "...", "o.x.1.y", "é.é.é.é", "\udcff", "o" * 10_000, "s.\0.9.a"]
)
def test_what_is_no_key_opens_nothing(key: str) -> None:
    assert read_key(key) is None


def test_a_key_to_follow_is_not_made_into_more() -> None:
    key = make_key("0" * 26, Reach.SEE, timedelta(days=1))
    assert read_key(key) is not None
    assert read_key("o" + key[1:]) is None
    later = key.replace(key.split(".")[2], str(int(clock.now().timestamp()) + 10**6))
    assert read_key(later) is None


def test_the_letter_with_the_link_goes_to_who_ordered_alone() -> None:
    order_id = paid(harness())
    number = seen(order_id).number
    done(orders.ask_link, number, "else@example.com")
    done(orders.ask_link, new_number(), EMAIL)
    assert kinds() == ["order.confirmed"]
    done(orders.ask_link, number, EMAIL)
    [letter] = letters("olive@example.com")[1:]
    key = letter.text.partition("/track#")[2].split()[0]
    held = read_key(key)
    assert held is not None
    assert (held.order_id, held.reach) == (order_id, Reach.OWN)


def test_a_guest_who_signs_in_keeps_their_orders(database: str) -> None:
    order_id = paid(harness())
    person = Identity(visitor="a" * 64, user_id="olive")
    for _ in range(2):
        done(orders.adopt_orders, GUEST.owner, "user:olive")
    assert seen(order_id).owner == "user:olive"
    assert done(orders.adopt_orders, "", "user:olive") == 0
    with db.reading() as session:
        assert [found.id for found in orders.list_orders(session, person)] == [order_id]
        assert orders.list_orders(session, GUEST) == []
        assert orders.list_orders(session, STRANGER) == []
        assert [found.id for found in orders.all_orders(session, STAFF)] == [order_id]


def test_a_token_of_the_staff_for_their_own_orders_opens_nobody_elses() -> None:
    order_id = placed(harness())
    mine, all_of_them = frozenset({Scope.ORDERS_READ, Scope.ORDERS_WRITE}), {Scope.SALES_WRITE}
    for refused in (orders.order_of, orders.open_order, orders.cancel, orders.pay_again):
        with pytest.raises(NotFound):
            done(refused, replace(STAFF, scopes=mine), order_id)
    for scopes in (None, mine | all_of_them):
        assert done(orders.open_order, replace(STAFF, scopes=scopes), order_id).staff


def test_a_key_for_files_cannot_be_made_last_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    order = seen(paid(harness()))
    letter = orders.link_to(order).partition("#")[2]
    begun = clock.now()
    files = orders.short_key(order, letter)
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=59))
    # As the page does that was opened by it.
    files = orders.short_key(order, files)
    assert read_key(files) is not None
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=61))
    assert read_key(files) is None
    assert read_key(letter) is not None
