"""A licence that is offered to somebody: who has the letter's link looks, agrees or declines."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.moments import day
from pet_app.core.security import Permission
from pet_app.licensing import service as licensing
from pet_app.licensing.rules.standing import OfferState
from pet_app.licensing.state.apply.answers import page_of
from pet_app.ui.session import Session

LONGEST = 200


@dataclass(frozen=True)
class OfferFacts:
    """An offer as its page shows it."""

    name: str = ""
    what: str = ""
    giver: str = ""
    town: str = ""
    number: str = ""
    until: str = ""
    fee: str = ""
    email: str = ""
    answer_by: str = ""
    application: str = ""


class Transfer(Session):
    """An offer. `stage` is empty, then offered, accepted, declined, over or missing."""

    stage: str = ""
    facts: rx.Field[OfferFacts] = rx.field(default_factory=OfferFacts)
    busy: bool = False

    _token: str = ""

    @rx.event
    async def look(self, token: str) -> None:
        """Show what the link of the letter offers."""
        self._token = token[:LONGEST]
        await self._look()

    @rx.event
    async def decline(self) -> None:
        """Say no; it takes no account."""
        await db.write(licensing.decline_transfer, self._token)
        await self._look()

    async def _look(self) -> None:
        try:
            offer = await db.read(licensing.transfer_offer, self._token)
        except NotFound:
            self.stage = "missing"
            return
        what = offer.breed or offer.species.capitalize()
        self.facts = OfferFacts(
            name=offer.animal_name or "A pet",
            what=what,
            giver=offer.from_name or "Its owner",
            town=offer.town_name,
            number=offer.number,
            until=day(offer.ends) if offer.ends else "the end of its life",
            fee=("free" if offer.fee.cents == 0 else str(offer.fee)) if offer.fee else "",
            email=offer.email,
            answer_by=day(offer.expires.date()),
            application=page_of(offer.application_id) if offer.application_id else "",
        )
        self.stage = {
            OfferState.OFFERED: "offered",
            OfferState.ACCEPTED: "accepted",
            OfferState.DECLINED: "declined",
        }.get(offer.state, "over")


class Accepting(Session):
    """Agreeing to an offer, which takes an account."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    busy: bool = False

    @rx.event
    async def accept(self) -> AsyncIterator[Any]:
        """Agree, and go on to what the town asks."""
        self.busy = True
        yield
        try:
            token = (await self.get_state(Transfer))._token
            view = await db.write(licensing.accept_transfer, await self._identity(), token)
        finally:
            self.busy = False
        yield rx.redirect(page_of(view.id))
