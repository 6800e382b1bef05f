"""One's licence as a card on a phone."""

from typing import ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.ids import LENGTH
from pet_app.core.security import Permission
from pet_app.licensing import service as licensing
from pet_app.ui.session import Session


class Wallet(Session):
    """The card. `stage` is opening (empty), open and missing."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    stage: str = ""
    why: str = ""
    licence_id: str = ""
    title: str = ""
    issuer: str = ""
    town: str = ""
    name: str = ""
    who: str = ""
    good: bool = False
    standing: str = ""
    until: str = ""
    number: str = ""
    tag: str = ""
    path: str = ""
    box: str = ""
    has_paper: bool = False
    lost: bool = False

    @rx.event
    async def open(self) -> None:
        """Show the licence whose id is the last part of the address."""
        licence_id = self.router.url.path.rstrip("/").rpartition("/")[2][:LENGTH]
        self.stage = ""
        identity = await self._identity()
        try:
            found = await db.read(licensing.card_of, identity, licence_id)
        except NotFound as problem:
            self.why, self.stage = problem.detail, "missing"
            return
        card = found.picture
        self.licence_id, self.title, self.issuer = found.licence_id, card.title, card.issuer
        self.town, self.name, self.who = card.town, card.name, card.who
        self.good, self.standing, self.until = card.good, card.standing, card.until
        self.number, self.tag, self.path, self.box = card.number, card.tag, found.path, found.box
        self.has_paper, self.lost = found.certificate_ready, found.lost
        self.stage = "open"
