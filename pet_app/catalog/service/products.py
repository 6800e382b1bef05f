"""Products: put one on the shelf, look along it, give it its picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from pet_app.catalog.events import ProductAdded
from pet_app.catalog.models import Facet, Product, ProductWords, SearchWord, Variant
from pet_app.catalog.rules import Kind, NewProduct, NewVariant, Sort, facets_of, faults
from pet_app.catalog.service.changes import TOPIC, show_changed
from pet_app.catalog.service.search import LONGEST_SHELF, Query, search
from pet_app.catalog.service.stock import OPENING, note_move
from pet_app.catalog.spelling import other_words, shown_words, title_words
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish

MOST_ADDRESSES = 49_000
"""A site map may name 50,000 pages."""
TURNING = "turntable"
"""What the picture that turns is called among a product's views."""

NO_SUCH_PRODUCT = (
    "We have no product at this address. It may have been renamed or sold out for good."
)


@dataclass(frozen=True)
class Shelf:
    """Products in order, and the id of the last one when there are more behind it."""

    products: tuple[Product, ...]
    next_cursor: str | None


def add_product(session: Session, new: NewProduct) -> Product:
    """Put a product on the shelf.

    Raises Invalid with a sentence for every field that cannot be used, Conflict when the handle
    is taken.
    """
    if found := faults(new):
        raise Invalid("The product is not in order yet.", found)
    forms = new.forms()
    product = Product(
        handle=new.handle,
        kind=new.kind.value,
        title=new.title,
        subtitle=new.subtitle,
        story=new.story,
        details=[list(pair) for pair in new.details],
        design=new.design,
        price_cents=min(form.price.cents for form in forms),
        currency=forms[0].price.currency,
        alt=new.alt,
        species=str(new.species),
        tags=list(new.tags),
        made=new.made,
        position=new.position,
        published=new.published,
        created=clock.now(),
        changed=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(product)
    except IntegrityError as error:
        raise Conflict(f"There is a product called “{new.handle}” already.") from error
    _add_variants(session, product, forms)
    for facet, value in sorted(facets_of(new)):
        session.add(Facet(product_id=product.id, facet=facet, value=value))
    _add_words(session, product, title_words(new.title), other_words(new))
    session.flush()
    publish(session, ProductAdded(product.handle))
    signal.after_commit(session, TOPIC)
    return product


def list_products(
    session: Session,
    kind: Kind | None = None,
    sort: Sort = Sort.FEATURED,
    after: str | None = None,
    limit: int = LONGEST_SHELF,
) -> Shelf:
    """The published products, of one kind or of all, from behind the product of id `after` on.

    Raises Invalid when `after` is no product of ours.
    """
    found = search(session, Query(kind=kind, sort=sort, after=after, limit=limit))
    return Shelf(found.products, found.next_cursor)


def addresses(session: Session) -> list[tuple[str, datetime]]:
    """The handle of every published product and when it last changed, for search engines."""
    listed = select(Product.handle, Product.changed).where(col(Product.published))
    return list(session.exec(listed.order_by(col(Product.handle)).limit(MOST_ADDRESSES)).all())


def product_by_handle(session: Session, handle: str) -> Product:
    """The product a visitor finds at `/product/<handle>`; NotFound if none is published there."""
    product = get_product(session, handle)
    if not product.published:
        raise NotFound(NO_SUCH_PRODUCT)
    return product


def get_product(session: Session, handle: str) -> Product:
    """The product of that handle, published or not; NotFound if there is none."""
    product = session.exec(select(Product).where(Product.handle == handle)).first()
    if product is None:
        raise NotFound(NO_SUCH_PRODUCT)
    return product


def related_products(session: Session, product: Product, limit: int = 4) -> tuple[Product, ...]:
    """Others to look at: of the same kind first, in the order of the shelf."""
    alike = list_products(session, Kind(product.kind), limit=limit + 1).products
    shelf = alike + list_products(session, limit=2 * limit + 1).products
    others = {other.id: other for other in shelf if other.id != product.id}
    return tuple(others.values())[:limit]


def attach_picture(session: Session, handle: str, picture: str, small: str = "") -> None:
    """Show a rendered picture, by its storage key; `small` is the same at half the size.

    Safe to repeat. NotFound if the product is gone.
    """
    product = get_product(session, handle)
    show_changed(session, [product.id], picture=picture, picture_small=small)


def attach_views(session: Session, handle: str, views: Mapping[str, str]) -> None:
    """Show further pictures, storage keys by what they show, and no others than these.

    Safe to repeat. NotFound if the product is gone.
    """
    product = get_product(session, handle)
    if product.views != views:
        show_changed(session, [product.id], views=dict(views))


def lacks_views(product: Product) -> bool:
    """Whether pictures are to come: the one that turns is made last, a card for each price."""
    return not product.views.keys() >= {TURNING, card_name(product)}


def card_name(product: Product) -> str:
    """What the product's share card is called among its views: it bears the price."""
    return f"card {product.price_cents}"


def _add_variants(session: Session, product: Product, forms: Sequence[NewVariant]) -> None:
    for place, form in enumerate(forms):
        variant = Variant(
            product_id=product.id,
            sku=form.sku,
            options=[list(option) for option in form.options],
            design=form.design,
            price_cents=form.price.cents,
            currency=form.price.currency,
            weight_g=form.weight_g,
            stock=form.stock,
            position=place,
        )
        try:
            with session.begin_nested():
                session.add(variant)
        except IntegrityError as error:
            raise Conflict(f"There is something numbered {form.sku} already.") from error
        if form.stock:
            note_move(session, variant.id, form.stock, OPENING, variant.id)


def _add_words(session: Session, product: Product, title: str, rest: str) -> None:
    session.add(ProductWords(product_id=product.id, title=title, rest=rest))
    said = sorted(shown_words(product.title, rest).items())
    rows = [{"word": word, "shown": shown} for word, shown in said]
    # In their order, so that two who add words never wait for each other.
    session.connection().execute(db.insert(SearchWord).on_conflict_do_nothing(), rows)
