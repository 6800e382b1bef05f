"""Addresses as their pages show them, and the form of one as it stands."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import Permission
from pet_app.ui.postal import USUAL_COUNTRY, Field, country_of, field_of
from pet_app.ui.session import Session
from pet_app.user import postal
from pet_app.user import service as users
from pet_app.user.service import AddressRecord

LIST = "/dashboard/settings/addresses"
LONGEST_TYPED = 1000


@dataclass(frozen=True)
class AddressCard:
    """One address in the list; `about` names it where a line of its own has to."""

    id: str
    label: str
    lines: list[str]
    preferred: bool
    about: str


class AddressDesk(Session):
    """The list of addresses and the page to add or change one."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT
    quiet: ClassVar[frozenset[str]] = frozenset({"keep"})

    cards: rx.Field[list[AddressCard]] = rx.field(default_factory=list)
    listed: rx.Field[bool] = rx.field(False)
    removing: rx.Field[str] = rx.field("")
    removing_about: rx.Field[str] = rx.field("")

    ready: rx.Field[bool] = rx.field(False)
    known: rx.Field[bool] = rx.field(False)
    country: rx.Field[str] = rx.field(USUAL_COUNTRY)
    label: rx.Field[str] = rx.field("")
    fields: rx.Field[list[Field]] = rx.field(default_factory=list)
    drawn: rx.Field[int] = rx.field(0)

    _address_id: str = ""
    _typed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    async def open_list(self) -> None:
        """Show every address."""
        self.ready = False
        await self._list()

    @rx.event
    async def open_form(self) -> None:
        """Show the form: filled for the address in `?address=`, empty without one."""
        self.ready = False
        identity = await self._identity()
        wanted = dict(self.router.url.query_parameters).get("address", "")
        mine = await db.read(users.list_addresses, identity)
        if wanted:
            found = await db.read(users.get_address, identity, wanted)
            self._address_id, self.label = found.id, found.label
            self.country, self._typed = found.country, found.lines
        else:
            self._address_id, self.label = new_id(), ""
            self.country = mine[0].country if mine else self._guessed_country()
            # Most people have things sent to themselves.
            self._typed = {"name": identity.name}
        self.known = bool(wanted)
        await self._draw()
        self.drawn += 1
        self.ready = True

    @rx.event
    def keep(self, name: str, typed: str) -> None:
        """Remember what was typed, so that another country can take it over."""
        if name in postal.FIELDS:
            self._typed = {**self._typed, name: typed[:LONGEST_TYPED]}

    @rx.event
    def keep_label(self, typed: str) -> None:
        """Remember what they call it."""
        self.label = typed[:LONGEST_TYPED]

    @rx.event
    async def choose_country(self, country: str) -> None:
        """Ask for what an address has there."""
        if country in postal.countries():
            self.country = country
            await self._draw()

    @rx.event
    async def pick(self, name: str, value: str) -> None:
        """Choose from a list, which may bring another list below it."""
        self.keep(name, value)
        await self._draw()

    @rx.event
    async def save(self, typed: dict[str, str]) -> rx.event.EventSpec | None:
        """Keep the address in the form."""
        country = self.country
        names = [shown.name for shown in self.fields]
        self._typed = {name: typed.get(name, "")[:LONGEST_TYPED] for name in names}
        self.label = typed.get("label", "")[:LONGEST_TYPED]
        address = await asyncio.to_thread(users.checked_address, country, self._typed, self.label)
        identity = await self._identity()
        if self.known:
            await db.write(users.change_address, identity, self._address_id, address)
        else:
            await db.write(users.add_address, identity, address, self._address_id)
        return rx.redirect(LIST)

    @rx.event
    async def prefer(self, address_id: str) -> None:
        """Have things sent there."""
        await db.write(users.prefer_address, await self._identity(), address_id)
        await self._list()

    @rx.event
    def ask_removal(self, address_id: str) -> None:
        """Ask before forgetting an address."""
        for card in self.cards:
            if card.id == address_id:
                self.removing, self.removing_about = card.id, card.about

    @rx.event
    def keep_address(self) -> None:
        """Do not forget it after all."""
        self.removing = ""

    @rx.event
    async def remove(self) -> None:
        """Forget the address that was asked about."""
        address_id, self.removing = self.removing, ""
        if address_id:
            await db.write(users.remove_address, await self._identity(), address_id)
            await self._list()

    async def _list(self) -> None:
        found = await db.read(users.list_addresses, await self._identity())
        self.cards = await asyncio.to_thread(lambda: [_card(address) for address in found])
        self.listed = True

    async def _draw(self) -> None:
        lines = await asyncio.to_thread(postal.lines_of, self.country, self._typed)
        self.fields = [field_of(line, self._typed.get(line.name, "")) for line in lines]

    def _guessed_country(self) -> str:
        """Where the languages of this browser are spoken."""
        return country_of(self.router.headers.accept_language, postal.countries())


def _card(address: AddressRecord) -> AddressCard:
    lines = list(address.written)
    return AddressCard(
        address.id, address.label, lines, address.preferred, address.label or lines[0]
    )
