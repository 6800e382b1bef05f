"""What somebody wants to find again, and what they looked at lately."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.catalog import service as catalog
from pet_app.catalog import tasks
from pet_app.catalog.models import Look
from pet_app.catalog.service import wishes
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, NotFound, NotSignedIn
from pet_app.core.security import GUEST
from pet_app.messaging import clock as works
from pet_app.messaging.models import OutboxRow
from tests.catalog.factory import OLIVE, PASSER_BY, STAFF, make_product
from tests.messaging.factory import drain, jobs

pytestmark = pytest.mark.usefixtures("database")


def products(*handles: str) -> list[str]:
    with db.writing() as session:
        return [make_product(session, handle).id for handle in handles]


def handles(found: tuple[catalog.Product, ...]) -> list[str]:
    return [product.handle for product in found]


def test_a_wish_is_kept_once_and_the_newest_stands_first() -> None:
    first, second = products("first", "second")
    for product_id in (first, second, first):
        with db.writing() as session:
            catalog.wish(session, OLIVE, product_id)
    with db.reading() as session:
        assert handles(catalog.wishes_of(session, OLIVE)) == ["second", "first"]
        assert catalog.wished(session, OLIVE, [first, "nothing"]) == {first}
        assert catalog.wishes_of(session, PASSER_BY) == ()
    for _ in range(2):
        with db.writing() as session:
            catalog.unwish(session, OLIVE, second)
    with db.reading() as session:
        assert handles(catalog.wishes_of(session, OLIVE)) == ["first"]


def test_what_is_not_sold_is_not_wished_for() -> None:
    (sold,) = products("sold")
    with db.writing() as session:
        catalog.wish(session, OLIVE, sold)
        catalog.withdraw_product(session, STAFF, "sold")
    with db.writing() as session:
        assert catalog.wishes_of(session, OLIVE) == ()
        for product_id in (sold, "nothing"):
            with pytest.raises(NotFound):
                catalog.wish(session, PASSER_BY, product_id)


def test_a_wish_list_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "MOST_WISHES", 1)
    first, second = products("first", "second")
    with db.writing() as session:
        catalog.wish(session, OLIVE, first)
        catalog.wish(session, OLIVE, first)
        with pytest.raises(Conflict, match="wish list"):
            catalog.wish(session, OLIVE, second)


def test_without_cookies_nothing_is_kept_and_a_wish_says_so() -> None:
    (product_id,) = products("one")
    with db.writing() as session:
        catalog.note_look(session, GUEST, product_id)
        assert catalog.looks_of(session, GUEST) == ()
        with pytest.raises(NotSignedIn):
            catalog.wish(session, GUEST, product_id)


def test_what_was_looked_at_is_shown_the_newest_first_and_announced() -> None:
    first, second = products("first", "second")
    for product_id in (first, second, first):
        with db.writing() as session:
            catalog.note_look(session, PASSER_BY, product_id)
    with db.reading() as session:
        assert handles(catalog.looks_of(session, PASSER_BY)) == ["first", "second"]
        assert handles(catalog.looks_of(session, PASSER_BY, but=first)) == ["second"]
        told = select(OutboxRow).where(OutboxRow.name == "product.viewed")
        assert len(session.exec(told).all()) == 3


def test_only_the_latest_looks_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "MOST_LOOKS", 2)
    for product_id in products("a", "b", "c"):
        with db.writing() as session:
            catalog.note_look(session, PASSER_BY, product_id)
    with db.reading() as session:
        assert handles(catalog.looks_of(session, PASSER_BY)) == ["c", "b"]
        assert len(session.exec(select(Look)).all()) == 2


def test_the_day_forgets_what_was_looked_at_long_ago() -> None:
    old, new = products("old", "new")
    with db.writing() as session:
        long_ago = clock.now() - timedelta(days=91)
        session.add(Look(owner=PASSER_BY.owner, product_id=old, at=long_ago))
        catalog.note_look(session, PASSER_BY, new)
    works.schedule()
    drain()
    assert [job.state for job in jobs(f"cron.{tasks.LOOKS}")] == ["done"]
    with db.reading() as session:
        assert handles(catalog.looks_of(session, PASSER_BY)) == ["new"]
