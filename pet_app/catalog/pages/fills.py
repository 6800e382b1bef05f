"""What the shop's built pages are filled with when they are asked for, from the database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import reflex as rx
from sqlmodel import Session

from pet_app.catalog import asked
from pet_app.catalog import service as catalog
from pet_app.catalog.display.card import Card
from pet_app.catalog.display.data import product_data
from pet_app.catalog.display.product import ProductView, product_view
from pet_app.catalog.display.shelf import ShelfView, shelf_view
from pet_app.catalog.pages import home, product, shop
from pet_app.catalog.state.browsing import featured
from pet_app.core.errors import NotFound
from pet_app.ui import missing
from pet_app.ui.filled import ANYWHERE, Filling, Head
from pet_app.ui.html import html
from pet_app.ui.page import BRAND, CARD_PICTURE, absolute, breadcrumb_list, structured_text

GENERAL = f"/product/{ANYWHERE}"
KEPT = 256
MARK = {"data-filled": ""}
BEGIN = '<script type="application/ld+json" data-filled="">'

Query = Mapping[str, str]


def fill_home(session: Session, _path: str, _query: Query) -> Filling:
    """The picture and the first few of the shelf."""
    cards = featured(session)
    first = cards[0] if cards else None
    return Filling("/", {home.FIRST: _hero(_Written(first)), home.FEW: _few(_Written(cards))})


def fill_shop(session: Session, _path: str, query: Query) -> Filling:
    """The shelf the address asks for; a search is nothing for search engines."""
    wanted = asked.read(query)
    view = shelf_view(session, wanted)
    return Filling("/shop", {shop.PLACE: _shelf(_Written(view))})


def fill_product(session: Session, path: str, query: Query) -> Filling:
    """The product the path names, with a head of its own; or that there is none."""
    handle = path.rpartition("/")[2]
    try:
        view = product_view(session, handle, query.get("variant", ""))
    except NotFound:
        head = Head(
            f"Page not found · {BRAND}",
            "There is no product at this address.",
            absolute(CARD_PICTURE),
            '<meta content="noindex" name="robots"/>',
        )
        return Filling(GENERAL, {product.PLACE: _missing()}, head, 404)
    return Filling(GENERAL, {product.PLACE: _product(_Written(view))}, _head(session, view))


def addresses(session: Session) -> list[tuple[str, datetime]]:
    """The path of every product on the shelf, and when it last changed."""
    return [(f"/product/{handle}", changed) for handle, changed in catalog.addresses(session)]


ADDRESSES = addresses
FILLS: dict[str, Callable[[Session, str, Query], Filling]] = {
    "/": fill_home,
    "/shop": fill_shop,
    "/product/": fill_product,
}


class _Written:
    """Something to show, as a key: two that read the same are the same."""

    def __init__(self, shown: Any) -> None:
        self.shown = shown
        self.text = repr(shown)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.text == other.text


@lru_cache(maxsize=KEPT)
def _hero(first: _Written) -> str:
    card: Card | None = first.shown
    return html(home.hero_picture(card)) if card else ""


@lru_cache(maxsize=KEPT)
def _few(cards: _Written) -> str:
    return html(home.few(cards.shown))


@lru_cache(maxsize=KEPT)
def _shelf(view: _Written) -> str:
    shown: ShelfView = view.shown
    return html(shop.inside(shown))


@lru_cache(maxsize=KEPT)
def _product(view: _Written) -> str:
    shown: ProductView = view.shown
    return html(product.inside(shown))


@lru_cache(maxsize=1)
def _missing() -> str:
    return html(missing.inside())


def _head(session: Session, view: ProductView) -> Head:
    found = catalog.product_by_handle(session, view.card.handle)
    forms = catalog.variants_of(session, found)
    reviews = catalog.reviews_of(session, found, limit=3).reviews
    address = absolute(f"/product/{view.card.handle}")
    title = f"{view.title} · {BRAND}"
    image = absolute(view.share_card or view.card.picture or CARD_PICTURE)
    way = breadcrumb_list(
        ("Home", "/"),
        ("Shop", "/shop"),
        (view.category, view.category_href),
        (view.card.title, f"/product/{view.card.handle}"),
    )
    said = (
        rx.el.link(rel="canonical", href=address, custom_attrs=MARK),
        *(
            rx.el.meta(content=content, custom_attrs={"property": name, **MARK})
            for name, content in (
                ("og:url", address),
                ("og:type", "product"),
                ("og:site_name", BRAND),
                ("og:title", title),
                ("og:description", view.description),
                ("product:price:amount", f"{found.price_cents / 100:.2f}"),
                ("product:price:currency", found.currency),
            )
        ),
        rx.el.meta(name="twitter:card", content="summary_large_image", custom_attrs=MARK),
    )
    data = (product_data(found, forms, reviews), way)
    scripts = "".join(f"{BEGIN}{structured_text(one)}</script>" for one in data)
    more = "".join(html(part) for part in said) + scripts
    return Head(title, view.description, image, more)
