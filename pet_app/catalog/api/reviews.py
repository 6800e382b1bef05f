"""Reviews over HTTP: read by everybody, written by buyers, decided on by the staff."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from pet_app.catalog import service as catalog
from pet_app.catalog.api.shapes import ReviewOut, ReviewsOut, review_out, reviews_out
from pet_app.catalog.rules import NewReview, ReviewState
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import ANYBODY, Identity, Scope, with_scope

router = APIRouter()
Buyer = Annotated[Identity, with_scope(Scope.WISHES_WRITE)]
Staff = Annotated[Identity, with_scope(Scope.CATALOGUE_WRITE)]
After = Annotated[str | None, Query(max_length=40)]
Limit = Annotated[int, Query(ge=1, le=50)]


class ReviewSent(RequestBody):
    """What a buyer says of a product."""

    rating: int = Field(ge=1, le=5)
    title: str = Field("", max_length=80)
    text: str = Field(max_length=3000)
    shown_name: str = Field(max_length=40)


class Decision(RequestBody):
    """Whether a review is shown, and what the shop says to it; `changed` is that of the review as
    it was read, so that no other words are shown than somebody has seen."""

    state: ReviewState
    changed: datetime
    answer: str = Field("", max_length=1000)


@router.get("/products/{handle}/reviews", dependencies=[ANYBODY])
def list_reviews(
    session: ReadSession, handle: str, after: After = None, limit: Limit = 10
) -> ReviewsOut:
    """What buyers say of a product, the newest first."""
    product = catalog.product_by_handle(session, handle)
    return reviews_out(catalog.reviews_of(session, product, limit, after))


@router.put("/products/{handle}/review")
def write_review(
    session: WriteSession, identity: Buyer, handle: str, sent: ReviewSent
) -> ReviewOut:
    """Say how a product is that one bought, or say it anew; shown once somebody has read it."""
    product = catalog.product_by_handle(session, handle)
    new = NewReview(product.id, sent.rating, sent.title, sent.text, sent.shown_name)
    return review_out(catalog.write_review(session, identity, new))


@router.delete("/products/{handle}/review", status_code=204)
def take_back_review(session: WriteSession, identity: Buyer, handle: str) -> None:
    """Delete what one said of a product."""
    product = catalog.product_by_handle(session, handle)
    catalog.take_back_review(session, identity, product.id)


@router.get("/reviews")
def reviews_in(
    session: ReadSession,
    identity: Staff,
    state: ReviewState = ReviewState.WAITING,
    after: After = None,
    limit: Limit = 50,
) -> ReviewsOut:
    """For the staff: the reviews that wait to be read, or stand otherwise."""
    return reviews_out(catalog.reviews_in(session, identity, state, limit, after))


@router.put("/reviews/{review_id}/decision")
def decide_review(
    session: WriteSession, identity: Staff, review_id: str, sent: Decision
) -> ReviewOut:
    """For the staff: let a review onto the page, or do not."""
    decided = catalog.decide_review(
        session, identity, review_id, sent.state, sent.answer, sent.changed
    )
    return review_out(decided)
