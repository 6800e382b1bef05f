"""Looking at what was kept from other sides, and showing it to others."""

from typing import Any

import reflex as rx

from pet_app.builder import service as builder
from pet_app.builder.pictures import PictureKind, topic
from pet_app.builder.service import DesignRecord, Share
from pet_app.builder.state.kept import Kept
from pet_app.builder.state.shown import Picture, picture_of
from pet_app.builder.studios import USUAL, light_sets
from pet_app.core import db
from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.ui import live
from pet_app.ui.page import absolute

LONGEST_NAME = 80
NOT_SHOWN = "We do not picture that. Please choose one of the views shown."
VIEWS = {
    PictureKind.PHOTO: "Photo",
    PictureKind.TURNTABLE: "See it turn",
    PictureKind.FRONT: "Front",
    PictureKind.SIDE: "Side",
    PictureKind.TOP: "Above",
    PictureKind.DETAIL: "Close up",
    PictureKind.CUTOUT: "Cut out",
}
"""What the page offers, and what it is called there."""

LIGHTS = {name: found.title for name, found in light_sets().items()}


class Viewed(Kept, mixin=True):
    """The view chosen of what was kept and the light on it, and its link."""

    view: str = PictureKind.PHOTO.value
    light: str = USUAL
    viewed: rx.Field[Picture] = rx.field(default_factory=Picture)
    sharing: rx.Field[bool] = rx.field(default=False)
    shared_at: str = ""
    made_for: str = ""
    card: rx.Field[Picture] = rx.field(default_factory=Picture)

    _viewed_key: str = ""
    _card_key: str = ""
    _watched: str = ""

    @rx.event
    async def look_from(self, view: str) -> Any:
        """Show another picture of the piece, made now if nobody has looked at it so before."""
        if view not in VIEWS:
            raise Invalid(NOT_SHOWN)
        return await self._look(view, self.light)

    @rx.event
    async def look_in(self, light: str) -> Any:
        """Show the piece in another light."""
        if light not in LIGHTS:
            raise Invalid(NOT_SHOWN)
        return await self._look(self.view, light)

    @rx.event(background=True)
    async def follow_view(self) -> None:
        """Show the chosen view as soon as it is there."""
        async with self:
            key, view, turn = self._viewed_key, PictureKind(self.view), new_id()
            self._watched = turn
        async for _ in live.changes(topic(key, view)):
            found = await db.read(builder.picture_of, key, view)
            async with self:
                if self._watched != turn or (self._viewed_key, self.view) != (key, view):
                    return
                self.viewed = picture_of(found)
            if found.is_settled:
                return

    @rx.event
    async def open_share(self) -> Any:
        """Show the link and the card of the piece, or how to make them."""
        self.sharing = True
        found = await db.read(builder.share_of, await self._identity(), self.saved_id)
        self._show_share(found)
        return type(self).follow_card if found else None

    @rx.event
    def close_share(self) -> None:
        """Go back to the bench."""
        self.sharing = False

    @rx.event
    async def share(self, typed: dict[str, str]) -> Any:
        """Make the link, or put another name on its card."""
        name = typed.get("made_for", "")[:LONGEST_NAME]
        identity = await self._identity()
        self._show_share(await db.write(builder.share_design, identity, self.saved_id, name))
        return type(self).follow_card

    @rx.event
    async def stop_sharing(self) -> None:
        """Take the link back."""
        await db.write(builder.end_share, await self._identity(), self.saved_id)
        self._show_share(None)

    @rx.event(background=True)
    async def follow_card(self) -> None:
        """Show the card as soon as it is there."""
        async with self:
            key = self._card_key
        if not key:
            return
        async for _ in live.changes(topic(key, PictureKind.CARD)):
            found = await db.read(builder.picture_of, key, PictureKind.CARD)
            async with self:
                if self._card_key != key:
                    return
                self.card = picture_of(found)
            if found.is_settled:
                return

    async def _look(self, view: str, light: str) -> Any:
        self.view, self.light, self.viewed, self._viewed_key = view, light, Picture(), ""
        if (view, light) == (PictureKind.PHOTO.value, USUAL):
            return None
        identity = await self._identity()
        found = await db.write(builder.want_view, identity, self.saved_id, PictureKind(view), light)
        self.viewed, self._viewed_key = picture_of(found), found.content_key
        return type(self).follow_view

    def _show_share(self, found: Share | None) -> None:
        self.shared_at = absolute(found.path) if found else ""
        self.made_for = found.made_for if found else ""
        self.card = picture_of(found.card if found else None)
        self._card_key = found.card.content_key if found and found.card else ""

    def _show_kept(self, kept: DesignRecord) -> None:
        super()._show_kept(kept)
        self.view, self.light = PictureKind.PHOTO.value, USUAL
        self.viewed, self._viewed_key = Picture(), ""
