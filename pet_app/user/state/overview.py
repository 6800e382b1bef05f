"""The first page of the settings, and who the account belongs to."""

from typing import ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.measures import Units
from pet_app.core.moments import day
from pet_app.core.security import Permission
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.preferences import Theme
from pet_app.user.service import provider as providers
from pet_app.user.service import tokens

THEMES = {Theme.SYSTEM: "as your device", Theme.LIGHT: "light", Theme.DARK: "dark"}


class Account(Session):
    """What stands beside each part of the settings, and the profile."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    opened: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    email: rx.Field[str] = rx.field("")
    since: rx.Field[str] = rx.field("")
    has_password: rx.Field[bool] = rx.field(False)
    factor: rx.Field[str] = rx.field("")
    addresses: rx.Field[str] = rx.field("")
    likes: rx.Field[str] = rx.field("")
    sessions: rx.Field[str] = rx.field("")
    tokens: rx.Field[str] = rx.field("")
    has_providers: rx.Field[bool] = rx.field(False)
    linked: rx.Field[str] = rx.field("")
    saved: rx.Field[str] = rx.field("")
    drawn: rx.Field[int] = rx.field(0)

    @rx.var
    def initial(self) -> str:
        """The letter that stands for them."""
        return self.person_name[:1].upper()

    @rx.event
    async def open(self) -> None:
        """Show whose account it is, and a line about each part of the settings."""
        identity = await self._identity()
        profile = await db.read(users.profile_of, identity)
        self.name, self.email, self.since = profile.name, profile.email, day(profile.since)
        self.has_password = profile.has_password
        self.factor = day(profile.factor) if profile.factor else ""
        chosen = await db.read(users.preferences_of, identity)
        units = chosen.units or Units.CM
        self.likes = f"{units} and {units.weight} · {THEMES[chosen.theme or Theme.SYSTEM]}"
        self.addresses = _counted(
            len(await db.read(users.list_addresses, identity)), "address", "addresses"
        )
        self.sessions = _counted(len(await db.read(users.list_sessions, identity)), "device")
        self.tokens = _counted(len(await db.read(tokens.list_tokens, identity)), "token")
        links = await db.read(providers.list_links, identity)
        self.has_providers = bool(links)
        self.linked = ", ".join(link.label for link in links if link.since)
        self.saved = ""
        self.drawn += 1
        self.opened = True

    @rx.event
    async def rename(self, typed: dict[str, str]) -> None:
        """Be called something else."""
        self.saved = ""
        found = await db.write(users.rename, await self._identity(), typed.get("name", ""))
        self._show_identity(await self._identity())
        self.name, self.saved = found.name, "Saved."
        self.drawn += 1


def _counted(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}" if count else ""
