"""What an open shop page knows of the shelf: always the database's latest."""

import reflex as rx

from pet_app.catalog import service as catalog
from pet_app.catalog.display import Card, Shown, card, likeness, shown
from pet_app.catalog.rules import Kind, Sort
from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.ui.session import Session

FEATURED = 6
KINDS = frozenset(kind.value for kind in Kind)
SORTS = frozenset(sort.value for sort in Sort)


class Browsing(Session):
    """The shelf as the address asks for it, and the product being looked at.

    Pages are prerendered from the same rows. A page that was built from another shelf than the one
    found now, by its `likeness`, shows the one from here; so a new price needs no new build.
    """

    likeness: str = ""
    cards: list[Card] = []
    count: int = 0
    kind: str = ""
    sort: str = Sort.FEATURED.value

    seen: Shown | None = None
    related: list[Card] = []
    missing: bool = False

    @rx.var
    def featured(self) -> list[Card]:
        """The first few of the shelf, for the home page."""
        return self.cards[:FEATURED]

    @rx.event
    async def look_along(self) -> None:
        """Show the shelf `?kind=` and `?sort=` ask for; what they cannot mean is passed over."""
        asked = dict(self.router.url.query_parameters)
        kind = asked.get("kind", "")
        sort = asked.get("sort", "")
        self.kind = kind if kind in KINDS else ""
        self.sort = sort if sort in SORTS else Sort.FEATURED.value
        shelf = await db.read(
            catalog.list_products, Kind(self.kind) if self.kind else None, Sort(self.sort)
        )
        cards = [card(product) for product in shelf.products]
        self.cards, self.count, self.likeness = cards, len(cards), likeness(cards)

    @rx.event
    async def look_at(self) -> None:
        """Show the product the address names."""
        handle = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.seen, self.related, self.missing = None, [], False
        try:
            product = await db.read(catalog.product_by_handle, handle)
        except NotFound:
            self.missing = True
            return
        self.seen = shown(product)
        others = await db.read(catalog.related_products, product)
        self.related = [card(other) for other in others]

    @rx.event
    def choose_sort(self, sort: str):
        """Put the shelf in another order, in the address too."""
        chosen = sort if sort in SORTS else Sort.FEATURED.value
        return rx.redirect(shelf_address(self.kind, chosen))


def differs(cards: list[Card]) -> rx.Var[bool]:
    """Whether the shelf asked for now is known, and is not the prerendered one."""
    return (Browsing.likeness != "") & (Browsing.likeness != likeness(cards))  # pyright: ignore


def shelf_address(kind: str, sort: str = Sort.FEATURED.value) -> str:
    """The address of a shelf, as short as it can be."""
    asked = [f"kind={kind}"] if kind else []
    if sort != Sort.FEATURED.value:
        asked.append(f"sort={sort}")
    return "/shop" + ("?" + "&".join(asked) if asked else "")
