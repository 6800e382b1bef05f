"""Choosing units, light or dark, and what to be told where."""

from typing import ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.measures import Units
from pet_app.core.security import Permission
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.preferences import Channel, News, Preferences, Theme

SAVED = "Saved."


class Liking(Session):
    """The page of preferences; every choice is kept as it is made."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    opened: rx.Field[bool] = rx.field(False)
    units: rx.Field[str] = rx.field(Units.CM.value)
    told: rx.Field[dict[str, bool]] = rx.field(default_factory=dict)
    saved: rx.Field[str] = rx.field("")

    @rx.event
    async def open(self) -> None:
        """Show what was chosen."""
        self._show(await db.read(users.preferences_of, await self._identity()))
        self.saved = ""
        self.opened = True

    @rx.event
    async def choose_units(self, units: Units) -> None:
        """Centimetres or inches, everywhere."""
        self._show(await db.write(users.prefer, await self._identity(), units=units))
        self.saved = SAVED

    @rx.event
    async def choose_theme(self, theme: Theme) -> None:
        """Light, dark, or as the device is set; the page has changed already."""
        await db.write(users.prefer, await self._identity(), theme=theme)
        self.saved = SAVED

    @rx.event
    async def tell(self, news: News, channel: Channel, wanted: bool) -> None:
        """Be told of something somewhere, or not."""
        identity = await self._identity()
        self._show(await db.write(users.tell, identity, news, channel, wanted=wanted))
        self.saved = SAVED

    def _show(self, chosen: Preferences) -> None:
        self.units = (chosen.units or Units.CM).value
        self.told = {
            f"{news}-{channel}": chosen.tells(news, channel) for news in News for channel in Channel
        }
