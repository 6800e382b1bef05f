"""Signing in through other sites, as the pages show it."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

import reflex as rx

from pet_app.core import db
from pet_app.core.moments import day
from pet_app.core.security import Permission
from pet_app.ui.session import Session
from pet_app.user import rules
from pet_app.user.oidc.trouble import SENTENCES, Trouble
from pet_app.user.service import provider as providers
from pet_app.user.service.provider import LinkRecord


@dataclass(frozen=True)
class LinkCard:
    """A provider in the settings; `about` says since when it is linked, and as whom."""

    provider: str
    label: str
    about: str


class Doors(Session):
    """What the pages to sign in know from their address."""

    said: rx.Field[str] = rx.field("")
    asked: rx.Field[str] = rx.field("")

    @rx.event
    def open(self) -> None:
        """Say what went wrong with another site, and remember the page to go to afterwards."""
        self.said = _sentence(self.router.url.query_parameters.get("said", ""))
        then = rules.page_of_ours(self.router.url.query_parameters.get("next", ""))
        self.asked = f"?{urlencode({'next': then})}" if then else ""


class LinkDesk(Session):
    """The sites that open one's account, and those that could."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    links: rx.Field[list[LinkCard]] = rx.field(default_factory=list)
    offers: rx.Field[list[LinkCard]] = rx.field(default_factory=list)
    listed: rx.Field[bool] = rx.field(False)
    leaving: rx.Field[str] = rx.field("")
    leaving_label: rx.Field[str] = rx.field("")
    said: rx.Field[str] = rx.field("")
    saved: rx.Field[str] = rx.field("")

    @rx.event
    async def open(self) -> None:
        """Show every site, and say what went wrong on the way back from one."""
        self.said = _sentence(self.router.url.query_parameters.get("said", ""))
        self.saved = self.leaving = ""
        await self._list()

    @rx.event
    def ask(self, provider: str) -> None:
        """Ask before a site opens the account no more."""
        for card in self.links:
            if card.provider == provider:
                self.leaving, self.leaving_label = card.provider, card.label

    @rx.event
    def leave(self) -> None:
        """Leave it linked after all."""
        self.leaving = ""

    @rx.event
    async def unlink(self) -> None:
        """Remove the link that was asked about."""
        provider, self.leaving, self.said = self.leaving, "", ""
        if provider:
            await db.write(providers.unlink, await self._identity(), provider)
            self.saved = "Removed."
            await self._list()

    async def _list(self) -> None:
        found = await db.read(providers.list_links, await self._identity())
        self.links = [_card(record) for record in found if record.since]
        self.offers = [_card(record) for record in found if not record.since]
        self.listed = True


def _card(record: LinkRecord) -> LinkCard:
    since = f"since {day(record.since)}" if record.since else ""
    about = ", ".join(part for part in (record.email, since) if part)
    return LinkCard(record.provider, record.label, about)


def _sentence(word: str) -> str:
    """What a word in an address stands for; nothing for words that are not ours."""
    return SENTENCES[Trouble(word)] if word in list(Trouble) else ""
