"""What is held about somebody's orders: all of it shown, nothing of it left when they go."""

import io
from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.core import db, personal, storage
from pet_app.core.errors import NotFound
from pet_app.core.personal import Person
from pet_app.core.security import Identity
from pet_app.order import service as orders
from pet_app.order.key import Reach, make_key
from pet_app.order.models import Order, OrderLine, OrderStep, ReturnRequest
from pet_app.order.personal import show
from pet_app.order.rules import ReturnState
from tests.order.factory import STAFF, done, draw_invoices, harness, lines, paid
from tests.user.factory import identity_of, make_user


def lived(database: str) -> tuple[Person, str, str]:
    """Somebody who ordered, wrote, sent a photograph; the person, the order, the photograph."""
    with db.writing() as session:
        me = identity_of(make_user(session, "zzyzx@example.com"))
    made = harness(title="Zzyzx's harness", words="Zzyzx in thread")
    order_id = paid(made, owner=me.owner, email="zzyzx@example.com")
    draw_invoices()
    done(orders.ship, STAFF, order_id, "ups", "1Z999AA1")
    done(orders.deliver, STAFF, order_id)
    done(orders.note, STAFF, order_id, "Zzyzx called")
    photo = storage.private_key(b"k" * 32, database, ".webp")
    storage.put_private(photo, io.BytesIO(b"a photograph"))
    [line] = lines(order_id)
    asked = done(orders.ask_remake, me, order_id, line.id, "Zzyzx is wider there", photo)
    done(orders.decide_return, STAFF, asked.id, ReturnState.DECLINED, "No, Zzyzx.")
    assert me.user_id
    return Person(me.user_id, "zzyzx@example.com"), order_id, photo


def test_all_of_it_is_shown(sqlite_database: str) -> None:
    person, order_id, photo = lived(sqlite_database)
    with db.reading() as session:
        shown = show(session, person)
    assert [row["id"] for row in shown.rows["orders"]] == [order_id]
    assert shown.rows["orders"][0]["email"] == "zzyzx@example.com"
    assert shown.rows["order-lines"][0]["title"] == "Zzyzx's harness"
    assert "Zzyzx called" not in str(shown.rows)
    assert photo in shown.files.values()
    assert any(name.startswith("invoices/") for name in shown.files)


@pytest.mark.parametrize("times", [1, 2])
def test_nothing_says_whose_it_was_and_the_books_stay(database: str, times: int) -> None:
    person, order_id, photo = lived(database)
    for _ in range(times):
        with db.writing() as session:
            files = personal.erase(session, person)
        personal.let_go(files)
    with db.reading() as session:
        rows = [
            str(row.model_dump())
            for table in (Order, OrderLine, OrderStep, ReturnRequest)
            for row in session.exec(select(table)).all()
        ]
        order = session.get_one(Order, order_id)
    assert "zzyzx" not in " ".join(rows).casefold()
    assert person.id not in " ".join(rows)
    assert (order.total_cents, order.owner, order.email) == (10400, "gone", "")
    assert order.address == {"country": "DE"}
    assert order.invoice_number
    with pytest.raises(Exception, match="not here"):
        list(storage.read_private(photo))


def test_no_link_opens_an_order_whose_customer_left(sqlite_database: str) -> None:
    person, order_id, _photo = lived(sqlite_database)
    number = done(orders.get_order, order_id).number
    keys = [make_key(order_id, reach, timedelta(days=1)) for reach in Reach]
    with db.reading() as session:
        assert orders.open_order(session, Identity(), order_id, keys[0]).order.id == order_id
    with db.writing() as session:
        personal.erase(session, person)
    with db.reading() as session:
        for key in keys:
            with pytest.raises(NotFound):
                orders.open_order(session, Identity(), order_id, key)
        # Its e-mail is empty now, which is nobody's.
        with pytest.raises(NotFound):
            orders.track(session, number, " ")
        assert orders.open_order(session, STAFF, order_id).staff
