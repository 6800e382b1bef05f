"""What somebody wants to find again, and what they looked at lately."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from pet_app.catalog.events import ProductViewed, ViewsMissed
from pet_app.catalog.models import Look, Product, Purchase, Review, Wish
from pet_app.catalog.service.buyers import drop_review
from pet_app.catalog.service.products import get_product, lacks_views
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.ids import new_id
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish

MOST_WISHES = 200
MOST_LOOKS = 24
LOOKS_KEPT = timedelta(days=90)
NO_ROOM = f"Your wish list holds {MOST_WISHES} things. Take something off it first."
NO_SUCH_PRODUCT = "We have no such product any more."


def wish(session: Session, identity: Identity, product_id: str) -> None:
    """Keep a product on the wish list. Safe twice.

    Raises `NotFound` for what is not sold, and `Conflict` when the list is full.
    """
    owner = identity.owner
    _must_be_sold(session, product_id)
    if product_id in wished(session, identity, [product_id]):
        return
    kept = select(func.count()).select_from(Wish).where(Wish.owner == owner)
    if session.exec(kept).one() >= MOST_WISHES:
        raise Conflict(NO_ROOM)
    row = {"id": new_id(), "owner": owner, "product_id": product_id, "created": clock.now()}
    session.connection().execute(db.insert(Wish).values(row).on_conflict_do_nothing())


def unwish(session: Session, identity: Identity, product_id: str) -> None:
    """Take a product off the wish list. Safe twice."""
    theirs = col(Wish.owner).in_(identity.owners) & (col(Wish.product_id) == product_id)
    session.connection().execute(delete(Wish).where(theirs))


def wishes_of(session: Session, identity: Identity) -> tuple[Product, ...]:
    """What is on the wish list and still sold, the newest wish first."""
    theirs = (
        select(Product)
        .join(Wish, col(Wish.product_id) == Product.id)
        .where(col(Wish.owner).in_(identity.owners), col(Product.published))
        .order_by(col(Wish.created).desc(), col(Wish.id).desc())
    )
    return tuple(session.exec(theirs))


def wished(session: Session, identity: Identity, product_ids: Collection[str]) -> set[str]:
    """Those of the products that are on the wish list."""
    theirs = col(Wish.owner).in_(identity.owners) & col(Wish.product_id).in_(set(product_ids))
    return set(session.exec(select(Wish.product_id).where(theirs)))


def note_look(session: Session, identity: Identity, product_id: str) -> None:
    """Remember that somebody looked at a product, and announce it; nothing without cookies."""
    if not identity.owners:
        return
    owner, now = identity.owner, clock.now()
    handle = _must_be_sold(session, product_id)
    row = {"id": new_id(), "owner": owner, "product_id": product_id, "at": now}
    looked = db.insert(Look).values(row)
    again = looked.on_conflict_do_update(index_elements=["owner", "product_id"], set_={"at": now})
    session.connection().execute(again)
    newest = select(Look.id).where(Look.owner == owner).order_by(col(Look.at).desc())
    older = session.exec(newest.offset(MOST_LOOKS)).all()
    if older:
        session.connection().execute(delete(Look).where(col(Look.id).in_(older)))
    publish(session, ProductViewed(handle, owner))
    product = get_product(session, handle)
    if lacks_views(product):
        publish(session, ViewsMissed(handle))


def looks_of(
    session: Session, identity: Identity, limit: int = 8, but: str = ""
) -> tuple[Product, ...]:
    """What they looked at lately and is still sold, the newest first, without product `but`."""
    theirs = (
        select(Product)
        .join(Look, col(Look.product_id) == Product.id)
        .where(col(Look.owner).in_(identity.owners), col(Product.published), Product.id != but)
        .order_by(col(Look.at).desc(), col(Look.id).desc())
        .limit(limit)
    )
    return tuple(session.exec(theirs))


def forget_looks(session: Session, now: datetime) -> int:
    """Forget what was looked at long ago; how many looks."""
    old = delete(Look).where(col(Look.at) < now - LOOKS_KEPT)
    return session.connection().execute(old).rowcount


def adopt(session: Session, visitor_owner: str, user_owner: str) -> None:
    """What a guest wished, looked at, bought and said is theirs once they sign in. Safe twice."""
    if not visitor_owner:
        return
    for table in (Wish, Look, Purchase, Review):
        mine = select(table.product_id).where(table.owner == user_owner)
        doubled = (col(table.owner) == visitor_owner) & col(table.product_id).in_(mine)
        for row in session.exec(select(table).where(doubled)):
            # Said of one thing by guest and account alike, the account's word stands.
            if isinstance(row, Review):
                drop_review(session, row)
            else:
                session.delete(row)
        session.flush()
        theirs = update(table).where(col(table.owner) == visitor_owner)
        session.connection().execute(theirs.values(owner=user_owner))


def _must_be_sold(session: Session, product_id: str) -> str:
    """The handle of a product on the shelf. Raises `NotFound`."""
    sold = select(Product.handle).where(Product.id == product_id, col(Product.published))
    handle = session.exec(sold).first()
    if handle is None:
        raise NotFound(NO_SUCH_PRODUCT)
    return handle
