"""The list of one's orders."""

from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.security import Identity, Permission
from pet_app.order import service as orders
from pet_app.order.state import shown
from pet_app.order.state.cards import OrderTile
from pet_app.ui.session import Session


class OrderShelf(Session):
    """The list of one's orders."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    listed: bool = False
    tiles: rx.Field[list[OrderTile]] = rx.field(default_factory=list)
    more: bool = False

    @rx.event
    async def open(self) -> None:
        """Show the latest."""
        found = await db.read(tiles_of, await self._identity())
        self.tiles, self.listed = found, True
        self.more = len(found) == orders.MOST

    @rx.event
    async def show_more(self) -> None:
        """Show those before."""
        last = self.tiles[-1].id if self.tiles else ""
        found = await db.read(tiles_of, await self._identity(), last)
        self.tiles = [*self.tiles, *found]
        self.more = len(found) == orders.MOST


def tiles_of(session: Any, identity: Identity, after: str = "") -> list[OrderTile]:
    """One's own orders as tiles."""
    found = orders.list_orders(session, identity, after)
    lines = orders.lines_by_order(session, [order.id for order in found])
    return [shown.tile_of(order, lines[order.id]) for order in found]
