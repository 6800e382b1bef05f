"""The shelves of the shop and of the home page."""

from typing import Any

import reflex as rx
from sqlmodel import Session as Database

from pet_app.catalog import service as catalog
from pet_app.catalog.asked import Asked, address, anew, read
from pet_app.catalog.display.card import Card, cards
from pet_app.catalog.display.shelf import ShelfView, shelf_view
from pet_app.catalog.rules import Sort
from pet_app.core import db
from pet_app.ui.session import Session

FEATURED = 9
"""One large at the head of the home page, the others side by side."""


class Browsing(Session):
    """The shelf as the address asks for it, and the first few for the home page."""

    shelf: rx.Field[ShelfView | None] = rx.field(None)
    featured: rx.Field[list[Card]] = rx.field(default_factory=list)

    @rx.event
    async def look_round(self) -> None:
        """Show the first few of the shelf."""
        self.featured = await db.read(featured)

    @rx.event
    async def look_along(self) -> None:
        """Show the shelf the address asks for; what it cannot mean is passed over."""
        self.shelf = await db.read(shelf_view, self._asked())

    @rx.event
    def choose_sort(self, sort: str) -> Any:
        """Put the shelf in another order, in the address too."""
        known = sort if sort in {order.value for order in Sort} else Sort.FEATURED.value
        return rx.redirect(address(anew(self._asked(), sort=known)))

    def _asked(self) -> Asked:
        return read(dict(self.router.url.query_parameters))


def featured(session: Database) -> list[Card]:
    """What the home page shows first."""
    return cards(session, catalog.list_products(session, limit=FEATURED).products)
