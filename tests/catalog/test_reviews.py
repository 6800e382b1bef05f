"""What buyers say: only they, once each, read by somebody before everybody reads it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlmodel import select

from pet_app.catalog import service as catalog
from pet_app.catalog import tasks
from pet_app.catalog.models import Product, Purchase, Review
from pet_app.catalog.rules import NewReview, ReviewState
from pet_app.core import db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from pet_app.core.personal import Person, erase, holdings
from pet_app.core.security import user_owner, visitor_owner
from pet_app.messaging.outbox import publish
from pet_app.user.events import UserSignedIn
from tests.catalog.factory import OLIVE, PASSER_BY, STAFF, make_product
from tests.messaging.factory import drain, jobs

pytestmark = pytest.mark.usefixtures("database")

CLICKS = 4


@pytest.fixture
def product() -> Product:
    with db.writing() as session:
        found = make_product(session)
        catalog.note_purchase(session, OLIVE.owner, [found.id], "HH-1")
    return found


def said(product: Product, rating: int = 5, **changes: str) -> NewReview:
    words = {"title": "Good", "text": "It sits well.", "shown_name": "Olive"} | changes
    return NewReview(product.id, rating, **words)


def write(new: NewReview) -> Review:
    with db.writing() as session:
        return catalog.write_review(session, OLIVE, new)


def decide(review: Review, state: ReviewState, answer: str = "") -> None:
    with db.writing() as session:
        catalog.decide_review(session, STAFF, review.id, state, answer)


def rating(product: Product) -> tuple[float, int, tuple[int, ...]]:
    with db.reading() as session:
        found = catalog.rating_of(session, catalog.get_product(session, product.handle))
    return found.average, found.count, found.stars


def test_a_purchase_counts_once_for_each_order(product: Product) -> None:
    for number in ("HH-1", "HH-2", "HH-2"):
        with db.writing() as session:
            catalog.note_purchase(session, OLIVE.owner, [product.id], number)
    with db.reading() as session:
        assert catalog.get_product(session, product.handle).sold == 2
        assert len(session.exec(select(Purchase)).all()) == 1


def test_only_who_bought_it_may_say_how_it_is(product: Product) -> None:
    with db.writing() as session:
        assert catalog.may_review(session, OLIVE, product.id)
        assert not catalog.may_review(session, PASSER_BY, product.id)
        with pytest.raises(Forbidden, match="bought"):
            catalog.write_review(session, PASSER_BY, said(product))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rating": 0}, "rating"),
        ({"rating": 6}, "rating"),
        ({"text": " "}, "text"),
        ({"text": "x" * 3001}, "text"),
        ({"title": "x" * 81}, "title"),
        ({"shown_name": ""}, "shown_name"),
    ],
)
def test_a_review_that_is_not_in_order_is_refused_at_the_field(
    product: Product, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        write(replace(said(product), **changes))  # pyright: ignore[reportArgumentType]
    assert list(refused.value.fields) == [field]


def test_a_review_is_shown_and_counted_once_somebody_has_read_it(product: Product) -> None:
    review = write(said(product, 4))
    with db.reading() as session:
        assert catalog.reviews_of(session, product).reviews == ()
        assert [row.id for row in catalog.reviews_in(session, STAFF).reviews] == [review.id]
    for _ in range(2):
        decide(review, ReviewState.PUBLISHED, "Thank you!")
    assert rating(product) == (4.0, 1, (0, 0, 0, 1, 0))
    with db.reading() as session:
        (shown,) = catalog.reviews_of(session, product).reviews
    assert (shown.text, shown.answer) == ("It sits well.", "Thank you!")
    for _ in range(2):
        decide(review, ReviewState.REFUSED)
    assert rating(product) == (0.0, 0, (0, 0, 0, 0, 0))


def test_a_review_written_anew_takes_the_place_of_the_first_and_waits_again(
    product: Product,
) -> None:
    first = write(said(product, 1))
    decide(first, ReviewState.PUBLISHED)
    again = write(said(product, 5, text="Better now."))
    assert again.id == first.id
    assert rating(product) == (0.0, 0, (0, 0, 0, 0, 0))
    decide(again, ReviewState.PUBLISHED)
    assert rating(product) == (5.0, 1, (0, 0, 0, 0, 1))


def test_a_review_taken_back_counts_no_more(product: Product) -> None:
    decide(write(said(product)), ReviewState.PUBLISHED)
    for _ in range(2):
        with db.writing() as session:
            catalog.take_back_review(session, OLIVE, product.id)
    assert rating(product)[1] == 0


def test_a_review_taken_back_by_several_clicks_at_once_is_taken_off_once(product: Product) -> None:
    decide(write(said(product, 5)), ReviewState.PUBLISHED)
    with db.writing() as session:
        catalog.note_purchase(session, PASSER_BY.owner, [product.id], "HH-2")
        other = catalog.write_review(session, PASSER_BY, said(product, 1))
    decide(other, ReviewState.PUBLISHED)
    begun = Barrier(CLICKS)

    def click(_: int) -> None:
        # On SQLite those who write wait for each other from the beginning.
        if db.is_sqlite():
            begun.wait()
        with db.writing() as session:
            catalog.own_review(session, OLIVE, product.id)
            if not db.is_sqlite():
                begun.wait()
            catalog.take_back_review(session, OLIVE, product.id)

    with ThreadPoolExecutor(CLICKS) as threads:
        list(threads.map(click, range(CLICKS)))
    assert rating(product) == (1.0, 1, (1, 0, 0, 0, 0))


def test_reviews_are_walked_by_their_cursor_the_newest_first(product: Product) -> None:
    for number in range(5):
        buyer = replace(OLIVE, user_id=f"buyer-{number}")
        with db.writing() as session:
            catalog.note_purchase(session, buyer.owner, [product.id], f"HH-{number}")
            new = said(product, text=f"Number {number}")
            review = catalog.write_review(session, buyer, new)
            catalog.decide_review(session, STAFF, review.id, ReviewState.PUBLISHED)
    with db.reading() as session:
        first = catalog.reviews_of(session, product, limit=3)
        rest = catalog.reviews_of(session, product, limit=3, after=first.next_cursor)
    texts = [review.text for review in (*first.reviews, *rest.reviews)]
    assert texts == [f"Number {number}" for number in (4, 3, 2, 1, 0)]
    assert rest.next_cursor is None


def test_words_changed_since_they_were_read_are_read_again(product: Product) -> None:
    read = write(said(product)).changed
    changed = write(said(product, text="Buy theirs instead."))
    assert changed.changed > read
    with pytest.raises(Conflict), db.writing() as session:
        catalog.decide_review(session, STAFF, changed.id, ReviewState.PUBLISHED, read=read)
    with db.writing() as session:
        state = ReviewState.PUBLISHED
        shown = catalog.decide_review(session, STAFF, changed.id, state, read=changed.changed)
    assert shown.state == ReviewState.PUBLISHED


def test_nobody_but_the_staff_decides(product: Product) -> None:
    review = write(said(product))
    for identity, error in ((PASSER_BY, NotSignedIn), (OLIVE, Forbidden)):
        with pytest.raises(error), db.writing() as session:
            catalog.decide_review(session, identity, review.id, ReviewState.PUBLISHED)
    with pytest.raises(NotFound), db.writing() as session:
        catalog.decide_review(session, STAFF, "nothing", ReviewState.PUBLISHED)


def test_what_a_guest_bought_wished_and_said_is_theirs_once_they_sign_in(product: Product) -> None:
    with db.writing() as session:
        other = make_product(session, "other")
        for found in (product, other):
            catalog.note_purchase(session, PASSER_BY.owner, [found.id], "HH-9")
            catalog.write_review(session, PASSER_BY, said(found, text=f"Of {found.handle}"))
            catalog.wish(session, PASSER_BY, found.id)
            catalog.note_look(session, PASSER_BY, found.id)
    decide(write(said(product, text="Mine")), ReviewState.PUBLISHED)
    for _ in range(2):
        with db.writing() as session:
            publish(session, UserSignedIn(str(OLIVE.user_id), visitor_owner(PASSER_BY.visitor)))
        drain()
    assert [job.state for job in jobs(f"catalog.{tasks.adopt_wishes.__name__}")] == ["done", "done"]
    with db.reading() as session:
        assert len(catalog.wishes_of(session, OLIVE)) == 2
        assert len(catalog.looks_of(session, OLIVE)) == 2
        assert catalog.wishes_of(session, PASSER_BY) == ()
        mine, theirs = (catalog.own_review(session, OLIVE, it.id) for it in (product, other))
    assert mine is not None
    assert theirs is not None
    assert (mine.text, theirs.text) == ("Mine", "Of other")
    assert rating(product)[1] == 1


def test_what_is_held_is_shown_to_whom_it_is_about_and_goes_with_them(product: Product) -> None:
    decide(write(said(product)), ReviewState.PUBLISHED)
    with db.writing() as session:
        catalog.wish(session, OLIVE, product.id)
        catalog.note_look(session, OLIVE, product.id)
    (holding,) = [holding for holding in holdings() if holding.name == "catalog"]
    person = Person(str(OLIVE.user_id))
    assert person.owner == user_owner(str(OLIVE.user_id))
    with db.reading() as session:
        rows = holding.show(session, person).rows
    assert {name: len(found) for name, found in rows.items()} == {
        "wishes": 1,
        "looks": 1,
        "purchases": 1,
        "reviews": 1,
    }
    assert rows["reviews"][0]["text"] == "It sits well."
    assert rows["wishes"][0]["product"] == product.handle
    for _ in range(2):
        with db.writing() as session:
            erase(session, person)
    with db.reading() as session:
        assert not any(holding.show(session, person).rows.values())
    assert rating(product)[1] == 0
