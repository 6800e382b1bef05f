"""What somebody wants to find again: the hearts on every shelf, and the list of them."""

from typing import ClassVar

import reflex as rx
from sqlmodel import Session as Database

from pet_app.catalog import service as catalog
from pet_app.catalog.display.card import Card, cards
from pet_app.core import db
from pet_app.core.security import Identity, Permission
from pet_app.ui.session import Session


class Wishing(Session):
    """Which products have a full heart."""

    wished: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    async def look(self) -> None:
        """Find out what this person wants to find again."""
        identity = await self._identity()
        self.wished = await db.read(_ids, identity) if identity.owners else []

    @rx.event
    async def turn(self, product_id: str) -> None:
        """Keep a product on the wish list, or take it off."""
        identity = await self._identity()
        if product_id in self.wished:
            await db.write(catalog.unwish, identity, product_id)
        else:
            await db.write(catalog.wish, identity, product_id)
        self.wished = await db.read(_ids, identity)


class WishList(Session):
    """The page of everything one wants to find again."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    cards: rx.Field[list[Card]] = rx.field(default_factory=list)
    opened: bool = False

    @rx.event
    async def open(self) -> None:
        """Show the list, the latest wish first."""
        self.cards = await db.read(_wishes, await self._identity())
        self.opened = True

    @rx.event
    async def take_off(self, product_id: str) -> None:
        """Want something no longer."""
        identity = await self._identity()
        await db.write(catalog.unwish, identity, product_id)
        self.cards = await db.read(_wishes, identity)


def _ids(session: Database, identity: Identity) -> list[str]:
    return [product.id for product in catalog.wishes_of(session, identity)]


def _wishes(session: Database, identity: Identity) -> list[Card]:
    return cards(session, catalog.wishes_of(session, identity))
