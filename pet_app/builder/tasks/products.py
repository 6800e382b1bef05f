"""Pictures of the shop's own products: on the shelf, and more of them on a product's own page."""

from typing import Any

from sqlmodel import Session

from pet_app.builder import service as builder
from pet_app.builder import subject
from pet_app.builder.pictures import PictureKind, PictureState, Urgency
from pet_app.catalog import service as catalog
from pet_app.catalog.events import ProductAdded, ViewsMissed
from pet_app.core import db
from pet_app.core.money import Money
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job

SHELF = (PictureKind.PHOTO, PictureKind.THUMB)
VIEWS = (
    PictureKind.FRONT,
    PictureKind.SIDE,
    PictureKind.TOP,
    PictureKind.DETAIL,
    PictureKind.TURNTABLE,
)
"""What a product's own page shows besides."""


@on(ProductAdded)
def picture_product(event: ProductAdded, job: Job) -> None:
    """A product of ours is shown as the builder would render it, a simple thing in its light."""
    with db.reading() as session:
        product = catalog.get_product(session, event.handle)
    with job.apply() as session:
        wanted = builder.want_pictures(session, SHELF, product.design, kept=True)
        builder.show_product(session, event.handle, wanted[0].content_key)
        show(session, event.handle)


@on(ProductAdded, queue="batch", priority=-3)
def picture_ahead(event: ProductAdded, job: Job) -> None:
    """Its further pictures are made before anybody looks, but after every one somebody awaits."""
    with job.apply() as session:
        order_views(session, event.handle, Urgency.AHEAD)


@on(ViewsMissed)
def picture_views(event: ViewsMissed, job: Job) -> None:
    """Somebody looks at a product that is shown from one side only, or whose card is old."""
    with job.apply() as session:
        order_views(session, event.handle, Urgency.SHELF)


def order_views(session: Session, handle: str, urgency: Urgency) -> None:
    """Order what a product's page shows besides, as far as it is not there; show what there is.

    What failed before is left alone: staff have been told. Raises `NotFound` when it is gone.
    """
    product = catalog.get_product(session, handle)
    card = _card(product.design, product.title, product.subtitle, product.price)
    for kinds, data in ((VIEWS, product.design), ((PictureKind.CARD,), card)):
        key = subject.content_key(data)
        known = builder.pictures_of(session, [key], kinds)
        settled = {kind for (_, kind), found in known.items() if found.is_settled}
        if missing := [kind for kind in kinds if kind not in settled]:
            builder.want_pictures(session, missing, data, urgency=urgency, kept=True)
    show(session, handle)


def show(session: Session, handle: str) -> None:
    """Show what there is of a product's pictures. Raises `NotFound` when it is gone."""
    product = catalog.get_product(session, handle)
    card = _card(product.design, product.title, product.subtitle, product.price)
    key, card_key = subject.content_key(product.design), subject.content_key(card)
    stored = _stored(session, key, SHELF)
    if len(stored) == len(SHELF):
        catalog.attach_picture(session, handle, *(stored[kind] for kind in SHELF))
    views = {kind.value: file for kind, file in _stored(session, key, VIEWS).items()}
    for file in _stored(session, card_key, (PictureKind.CARD,)).values():
        views[catalog.card_name(product)] = file
    catalog.attach_views(session, handle, views)


def _stored(session: Session, key: str, kinds: tuple[PictureKind, ...]) -> dict[PictureKind, str]:
    found = builder.pictures_of(session, [key], kinds)
    return {
        kind: found[key, kind].storage_key
        for kind in kinds
        if (key, kind) in found and found[key, kind].state is PictureState.READY
    }


def _card(design: subject.Subject, title: str, line: str, price: Money) -> dict[str, Any]:
    return subject.card(design, subject.Words(title, line, f"From {price}"))
