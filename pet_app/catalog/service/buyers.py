"""What buyers say of a product: only who bought it may, and somebody reads it first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select

from pet_app.catalog.events import ReviewDecided, ReviewWritten
from pet_app.catalog.models import Product, Purchase, Review
from pet_app.catalog.rules import REVIEW_MOVES, NewReview, ReviewState, review_faults
from pet_app.catalog.service.changes import show_changed
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Permission
from pet_app.messaging.outbox import publish

NOT_BOUGHT = "Only who bought this can say how it is. Sign in with the account it was bought with."
NO_SUCH_REVIEW = "We cannot find this review. It may have been taken back."
CHANGED_SINCE = "The review was changed since you read it. Please read it once more."
LONGEST_LIST = 50
LONGEST_ANSWER = 1000


@dataclass(frozen=True)
class ReviewList:
    """Reviews in order, and the id of the last one when there are more behind it."""

    reviews: tuple[Review, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class Rating:
    """What buyers think on the whole: the mean of 1 to 5 (0 without any), how many said so, and how
    many gave one star, two, …, five."""

    average: float
    count: int
    stars: tuple[int, int, int, int, int]


def note_purchase(
    session: Session, owner: str, product_ids: Collection[str], order_number: str
) -> None:
    """Remember that somebody bought these, once for each order. Safe twice."""
    for product_id in sorted(set(product_ids)):
        row = {
            "id": new_id(),
            "owner": owner,
            "product_id": product_id,
            "order_number": order_number,
            "created": clock.now(),
        }
        bought = db.insert(Purchase).values(row)
        again = bought.on_conflict_do_update(
            index_elements=["owner", "product_id"],
            set_={"order_number": order_number, "created": row["created"]},
            where=col(Purchase.order_number) != order_number,
        )
        written = session.connection().execute(again.returning(col(Purchase.id)))
        if written.first() is not None:
            show_changed(session, [product_id], sold=Product.sold + 1)


def may_review(session: Session, identity: Identity, product_id: str) -> bool:
    """Whether they bought it, and so may say how it is."""
    theirs = (col(Purchase.owner).in_(identity.owners)) & (Purchase.product_id == product_id)
    return session.exec(select(Purchase.id).where(theirs).limit(1)).first() is not None


def own_review(session: Session, identity: Identity, product_id: str) -> Review | None:
    """What they said of a product, read or not."""
    theirs = col(Review.owner).in_(identity.owners) & (Review.product_id == product_id)
    return session.exec(select(Review).where(theirs).order_by(col(Review.owner))).first()


def write_review(session: Session, identity: Identity, new: NewReview) -> Review:
    """Say how a product is, or say it anew; either is shown once somebody has read it.

    Raises `Forbidden` for who did not buy it, and `Invalid` with the fields.
    """
    if not may_review(session, identity, new.product_id):
        raise Forbidden(NOT_BOUGHT)
    if found := review_faults(new):
        raise Invalid("Please look at your review once more.", found)
    owner = identity.owner
    mine = (Review.owner == owner) & (Review.product_id == new.product_id)
    row = session.exec(select(Review).where(mine).with_for_update()).first()
    if row is None:
        row = Review(
            **_words(new),
            owner=owner,
            product_id=new.product_id,
            state=ReviewState.WAITING.value,
            created=clock.now(),
            changed=clock.now(),
        )
        first = db.insert(Review).values(row.model_dump()).on_conflict_do_nothing()
        written = session.connection().execute(first.returning(col(Review.id)))
        if written.first() is None:
            # The other half of a double click was faster.
            return session.exec(select(Review).where(mine)).one()
        row = session.exec(select(Review).where(mine)).one()
    else:
        _count(session, row, -1)
        _move(row, ReviewState.WAITING)
        for name, value in _words(new).items():
            setattr(row, name, value)
        row.answer = ""
        session.add(row)
        session.flush()
    publish(session, ReviewWritten(row.id))
    return row


def take_back_review(session: Session, identity: Identity, product_id: str) -> None:
    """Delete what one said of a product. Safe twice."""
    row = own_review(session, identity, product_id)
    if row is not None:
        drop_review(session, row)


def drop_review(session: Session, row: Review) -> None:
    """Delete a review; it counts no more. Safe twice, also at once."""
    held = select(Review).where(Review.id == row.id).with_for_update()
    # Another click, or who decides on it, may have been faster.
    if session.exec(held.execution_options(populate_existing=True)).first() is None:
        return
    _count(session, row, -1)
    session.delete(row)
    session.flush()


def reviews_of(
    session: Session, product: Product, limit: int = 10, after: str | None = None
) -> ReviewList:
    """What buyers say, the newest first, from behind the review of id `after` on."""
    shown = (Review.product_id == product.id) & (Review.state == ReviewState.PUBLISHED.value)
    return _listed(session, select(Review).where(shown), limit, after)


def reviews_in(
    session: Session,
    identity: Identity,
    state: ReviewState = ReviewState.WAITING,
    limit: int = LONGEST_LIST,
    after: str | None = None,
) -> ReviewList:
    """For the staff: every review that stands so, the newest first."""
    identity.must(Permission.CATALOGUE)
    return _listed(session, select(Review).where(Review.state == state.value), limit, after)


def decide_review(
    session: Session,
    identity: Identity,
    review_id: str,
    state: ReviewState,
    answer: str = "",
    read: datetime | None = None,
) -> Review:
    """Let a review onto the page, or do not; `answer` is shown below it. Safe twice.

    `read` is when the review was last changed as it was read, where somebody did. Raises
    `NotFound`, `Conflict` for a move there is not and for words changed since, and `Invalid`.
    """
    identity.must(Permission.CATALOGUE)
    if len(answer) > LONGEST_ANSWER:
        raise Invalid(
            "The answer is too long.", {"answer": f"At most {LONGEST_ANSWER} characters."}
        )
    locked = select(Review).where(Review.id == review_id).with_for_update()
    row = session.exec(locked).first()
    if row is None:
        raise NotFound(NO_SUCH_REVIEW)
    if read is not None and read != row.changed:
        raise Conflict(CHANGED_SINCE)
    if row.state != state:
        _count(session, row, -1)
        _move(row, state)
        _count(session, row, +1)
        publish(session, ReviewDecided(row.id, state.value))
    elif row.answer != answer:
        show_changed(session, [row.product_id])
    row.answer, row.changed = answer.strip(), clock.now()
    session.add(row)
    session.flush()
    return row


def rating_of(session: Session, product: Product) -> Rating:
    """What buyers think of a product on the whole."""
    published = (Review.product_id == product.id) & (Review.state == ReviewState.PUBLISHED.value)
    counted = select(Review.rating, func.count()).where(published).group_by(col(Review.rating))
    found = dict(session.exec(counted).all())
    one, two, three, four, five = (found.get(stars, 0) for stars in range(1, 6))
    average = round(product.rating_sum / product.ratings, 2) if product.ratings else 0.0
    return Rating(average, product.ratings, (one, two, three, four, five))


def _listed(session: Session, chosen, limit: int, after: str | None) -> ReviewList:
    if after is not None:
        last = session.get(Review, after)
        if last is None:
            raise Invalid("This place in the list is gone. Please start from the beginning.")
        place = tuple_(col(Review.created), col(Review.id))
        chosen = chosen.where(place < tuple_(last.created, last.id))
    newest = chosen.order_by(col(Review.created).desc(), col(Review.id).desc())
    found = session.exec(newest.limit(limit + 1)).all()
    shown = tuple(found[:limit])
    return ReviewList(shown, shown[-1].id if len(found) > limit else None)


def _words(new: NewReview) -> dict[str, Any]:
    return {
        "rating": new.rating,
        "title": new.title.strip(),
        "text": new.text.strip(),
        "shown_name": new.shown_name.strip(),
    }


def _move(row: Review, state: ReviewState) -> None:
    now = ReviewState(row.state)
    if state != now and state not in REVIEW_MOVES[now]:
        raise Conflict(f"A review that is {now.value} cannot become {state.value}.")
    row.state, row.changed = state.value, clock.now()


def _count(session: Session, row: Review, times: int) -> None:
    """Count a published review in, or out of, its product."""
    if row.state == ReviewState.PUBLISHED:
        show_changed(
            session,
            [row.product_id],
            ratings=Product.ratings + times,
            rating_sum=Product.rating_sum + times * row.rating,
        )
