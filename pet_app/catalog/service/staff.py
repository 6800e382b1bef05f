"""What the staff does to the shelf: prices, counted stock, what is shown at all."""

from sqlmodel import Session, col, func, select

from pet_app.catalog.models import Product, Variant
from pet_app.catalog.rules import LARGEST_STOCK
from pet_app.catalog.service.changes import show_changed
from pet_app.catalog.service.products import get_product
from pet_app.catalog.service.stock import count_stock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.money import Money
from pet_app.core.security import Identity, Permission

NO_SUCH_VARIANT = "There is no variant of this id."
HIGHEST_CENTS = 10_000_000


def change_price(session: Session, identity: Identity, variant_id: str, price: Money) -> Variant:
    """Sell a variant for another price from now on; carts are told before anybody pays.

    Raises `NotFound`, and `Invalid` for a price that is none or in another currency.
    """
    identity.must(Permission.CATALOGUE)
    variant = _locked(session, variant_id)
    if not 0 < price.cents <= HIGHEST_CENTS or price.currency != variant.currency:
        said = f"A price in {variant.currency}, above nothing."
        raise Invalid("This price cannot be.", {"price": said})
    variant.price_cents = price.cents
    session.add(variant)
    _settle_price(session, variant.product_id)
    return variant


def change_stock(session: Session, identity: Identity, variant_id: str, stock: int) -> Variant:
    """Say how many of a variant lie on the shelf, as counted: those promised are among them.

    Raises `NotFound`, `Conflict` for what is made to order, and `Invalid` for fewer than are
    promised to orders.
    """
    identity.must(Permission.CATALOGUE)
    variant = _locked(session, variant_id)
    if variant.stock is None:
        raise Conflict("This is made to order; there is nothing to count.")
    if not variant.reserved <= stock <= LARGEST_STOCK:
        said = f"Between {variant.reserved}, which are promised, and {LARGEST_STOCK:,}."
        raise Invalid("This stock cannot be.", {"stock": said})
    return count_stock(session, variant, stock)


def publish_product(session: Session, identity: Identity, handle: str) -> Product:
    """Put a product onto the shelf again. Safe twice. Raises `NotFound`."""
    return _shown(session, identity, handle, published=True)


def withdraw_product(session: Session, identity: Identity, handle: str) -> Product:
    """Take a product off the shelf; what is promised and paid stays so. Safe twice."""
    return _shown(session, identity, handle, published=False)


def _shown(session: Session, identity: Identity, handle: str, *, published: bool) -> Product:
    identity.must(Permission.CATALOGUE)
    product = get_product(session, handle)
    if product.published != published:
        show_changed(session, [product.id], published=published)
    return product


def _locked(session: Session, variant_id: str) -> Variant:
    wanted = select(Variant).where(Variant.id == variant_id).with_for_update()
    variant = session.exec(wanted.execution_options(populate_existing=True)).first()
    if variant is None:
        raise NotFound(NO_SUCH_VARIANT)
    return variant


def _settle_price(session: Session, product_id: str) -> None:
    session.flush()
    sold = (col(Variant.product_id) == product_id) & col(Variant.published)
    lowest = session.exec(select(func.min(Variant.price_cents)).where(sold)).one()
    show_changed(session, [product_id], price_cents=lowest)
