"""The designs somebody has kept: shown, opened, renamed, deleted."""

from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from pet_app.builder import service as builder
from pet_app.builder.pictures import topic
from pet_app.builder.service import DesignRecord
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import Permission
from pet_app.ui import live
from pet_app.ui.session import Session

LONGEST_NAME = 80


@dataclass(frozen=True)
class DesignCard:
    """One design as the list shows it; `said` tells how its picture stands until it is there."""

    id: str
    name: str
    about: str
    price: str
    picture: str
    said: str


class Designs(Session):
    """The list of one's designs."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    cards: rx.Field[list[DesignCard]] = rx.field(default_factory=list)
    listed: bool = False
    fresh: str = ""
    renaming: str = ""
    deleting: str = ""
    deleting_name: str = ""

    _awaited: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.var
    def is_renaming(self) -> bool:
        """Whether another name is being asked for."""
        return self.renaming != ""

    @rx.var
    def is_deleting(self) -> bool:
        """Whether a deletion is being asked about."""
        return self.deleting != ""

    @rx.event
    async def open(self) -> Any:
        """Show every design, and watch for pictures still being made."""
        self.fresh = new_id()
        await self._list()
        return Designs.follow_pictures

    @rx.event(background=True)
    async def follow_pictures(self) -> None:
        """Show each picture as it is finished."""
        async with self:
            awaited = list(self._awaited)
        for key in awaited:
            await db.write(builder.await_picture, key)
            async for _ in live.changes(topic(key)):
                found = await db.read(builder.picture_of, key)
                if found.is_settled:
                    break
            async with self:
                await self._list()

    @rx.event
    def ask_name(self, design_id: str) -> None:
        """Show the field for another name."""
        self.renaming = design_id

    @rx.event
    async def rename(self, typed: dict[str, str]) -> None:
        """Give the design its new name."""
        name = typed.get("name", "")[:LONGEST_NAME]
        await db.write(builder.rename_design, await self._identity(), self.renaming, name)
        self.renaming = ""
        await self._list()

    @rx.event
    def ask_deletion(self, design_id: str, name: str) -> None:
        """Ask before a design is thrown away."""
        self.deleting, self.deleting_name = design_id, name

    @rx.event
    def keep(self) -> None:
        """Change nothing after all."""
        self.renaming = self.deleting = self.deleting_name = ""

    @rx.event
    async def delete(self) -> None:
        """Throw away the design that was asked about."""
        design_id, self.deleting = self.deleting, ""
        if design_id:
            await db.write(builder.delete_design, await self._identity(), design_id)
            await self._list()

    async def _list(self) -> None:
        found = await db.read(builder.list_designs, await self._identity())
        thumbs = await db.read(builder.thumbs_of, found)
        self.cards = [_card(kept, thumbs.get(kept.id, "")) for kept in found]
        self._awaited = [
            kept.picture.content_key
            for kept in found
            if kept.picture and not kept.picture.is_settled
        ]
        self.listed = True


def _card(kept: DesignRecord, thumb: str) -> DesignCard:
    design, picture = kept.design, kept.picture
    return DesignCard(
        id=kept.id,
        name=kept.name,
        about=f"{design.kind.value.capitalize()}, {design.width_mm} mm",
        price=str(kept.price),
        picture=thumb,
        said="" if picture is None or thumb else picture.reason or picture.said,
    )
