"""Who it is for and where it goes, as it is being typed."""

import asyncio
from dataclasses import replace
from typing import Any

import reflex as rx

from pet_app.checkout import service as checkout
from pet_app.core import db
from pet_app.core.security import Identity
from pet_app.ui.postal import USUAL_COUNTRY, Field, country_of, field_of
from pet_app.user import service as users

LONGEST_TYPED = 1000
SELDOM = frozenset({"company_name"})
"""What a parcel finds its way without; it is shown only to who has given it before."""


class Addressed(rx.State, mixin=True):
    """The e-mail address and the fields a country asks for; what was typed is never forgotten."""

    email: str = ""
    country: str = USUAL_COUNTRY
    fields: rx.Field[list[Field]] = rx.field(default_factory=list)
    drawn: int = 0

    _typed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    async def _prefill(self, identity: Identity, email: str, said: dict[str, str]) -> None:
        """Begin with what was said before, else with what an account knows."""
        self.email = email or self.email or identity.email
        if said:
            self.country, self._typed = said["country"], {**self._typed, **said}
        elif not self._typed:
            known = await db.read(users.list_addresses, identity) if identity.signed_in else []
            home = next((place for place in known if place.country in checkout.places()), None)
            if home:
                self.country, self._typed = home.country, dict(home.lines)
            else:
                languages = self.router.headers.accept_language
                self.country = country_of(languages, checkout.places())
                self._typed = {"name": identity.name}
        self._typed = {name: text for name, text in self._typed.items() if name != "country"}
        await self._draw()
        self.drawn += 1

    async def _draw(self) -> None:
        lines = await asyncio.to_thread(users.lines_of, self.country, self._typed)
        shown = [line for line in lines if line.name not in SELDOM or self._typed.get(line.name)]
        # An example under each code is more to read than it helps whoever lives there.
        self.fields = [
            replace(field_of(line, self._typed.get(line.name, "")), help="") for line in shown
        ]

    def _remember(self, name: str, typed: str) -> bool:
        """Whether this says anything new."""
        known = any(field.name == name for field in self.fields)
        typed = typed[:LONGEST_TYPED]
        if not known or self._typed.get(name, "") == typed:
            return False
        self._typed = {**self._typed, name: typed}
        return True

    def _take(self, typed: dict[str, Any]) -> None:
        """Everything as it stands in the form that was sent."""
        self.email = str(typed.get("email", self.email))[:LONGEST_TYPED].strip()
        for field in self.fields:
            if field.name in typed:
                self._remember(field.name, str(typed[field.name]))

    def _said(self) -> dict[str, str]:
        """The address as far as it has been said."""
        lines = {field.name: self._typed.get(field.name, "") for field in self.fields}
        return {"country": self.country, **lines}
