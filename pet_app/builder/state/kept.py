"""Keeping the piece on the bench: its name, its record, its picture."""

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from pet_app.builder import service as builder
from pet_app.builder.pictures import topic
from pet_app.builder.service import DesignRecord
from pet_app.builder.state.judged import Judged
from pet_app.builder.state.shown import Picture, picture_of
from pet_app.core import db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.ids import new_id
from pet_app.ui import live
from pet_app.ui.cart import Basket

LONGEST_NAME = 80


class Kept(Judged, mixin=True):
    """What the piece was kept as. The service judges again what is saved."""

    name: str = ""
    saved_id: str = ""
    is_kept: bool = False
    saving: bool = False
    picture: rx.Field[Picture] = rx.field(default_factory=Picture)

    _click: str = ""
    _origin: str = ""
    _content_key: str = ""
    _following: str = ""

    @rx.event
    def call(self, name: str) -> None:
        """Give the piece a name; it is kept with the next save."""
        if name[:LONGEST_NAME] != self.name:
            self.name, self.is_kept = name[:LONGEST_NAME], False

    @rx.event
    async def save(self) -> AsyncIterator[Any]:
        """Keep the piece, and order its picture."""
        self.saving = True
        yield
        try:
            # On record before it counts: the same click after a crash makes nothing new.
            await self._keep_draft()
            identity = await self._identity()
            kept = await db.write(
                builder.save_design,
                identity,
                self.choices.design_data(),
                self.name,
                self._click,
                self.saved_id,
            )
        except (Conflict, NotFound) as problem:
            # What this click or design stood for is settled; the next press keeps a new design.
            self._click = new_id()
            if isinstance(problem, NotFound):
                self.saved_id = ""
            raise
        finally:
            self.saving = False
        self._click = new_id()
        self._show_kept(kept)
        await self._keep_draft()
        yield type(self).follow_picture

    @rx.event
    async def put_in_cart(self) -> AsyncIterator[Any]:
        """Put the piece into the cart, which takes what is kept: so keep it first, if need be."""
        if not self.is_kept:
            async for step in self.save():
                yield step
        yield Basket.put_design(self.saved_id)

    @rx.event(background=True)
    async def follow_picture(self) -> None:
        """Show each stage of the picture as it comes, until it is there or has failed."""
        async with self:
            key, turn = self._content_key, new_id()
            self._following = turn
        if not key:
            return
        await db.write(builder.await_picture, key)
        async for _ in live.changes(topic(key)):
            found = await db.read(builder.picture_of, key)
            async with self:
                if self._following != turn:
                    return
                self.picture = picture_of(found)
            if found.is_settled:
                return

    @rx.event
    async def retry_picture(self) -> Any:
        """Order a picture that failed once more."""
        if self._content_key:
            found = await db.write(builder.retry_picture, self._content_key)
            self.picture = picture_of(found)
            return type(self).follow_picture
        return None

    def _forget_piece(self) -> None:
        self.name = self.saved_id = self._content_key = self._following = ""
        self.is_kept, self.picture = False, Picture()

    def _show_kept(self, kept: DesignRecord) -> None:
        self.saved_id, self.name, self.is_kept = kept.id, kept.name, True
        self._content_key = kept.design.content_key()
        self.picture = picture_of(kept.picture)

    async def _keep_draft(self) -> None:
        """Remember the bench, so that it survives a reload, a crash and signing in."""
        identity = await self._identity()
        if identity.owners:
            draft = {
                **self.choices.to_dict(),
                "name": self.name,
                "saved_id": self.saved_id,
                "origin": self._origin,
                "click": self._click,
            }
            await db.write(builder.keep_draft, identity, draft)
