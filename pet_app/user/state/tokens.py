"""The tokens and programs that act in somebody's name, as the page shows them.

A new token is made over HTTP and never comes by here: what a tab remembers may be stored.
"""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from pet_app.core import clock, db
from pet_app.core.moments import ago, day
from pet_app.core.security import SCOPE_WORDS, Permission, Scope
from pet_app.ui.session import Session
from pet_app.user.service import tokens
from pet_app.user.service.tokens import ProgramRecord, TokenRecord

NO_NAME = "A program"


@dataclass(frozen=True)
class TokenCard:
    """One personal token; `scopes` in words."""

    handle: str
    title: str
    scopes: list[str]
    used: str
    ends: str


@dataclass(frozen=True)
class ProgramCard:
    """One program that is signed in."""

    handle: str
    device: str
    used: str


class TokenDesk(Session):
    """The list of tokens and signed-in programs."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    cards: rx.Field[list[TokenCard]] = rx.field(default_factory=list)
    programs: rx.Field[list[ProgramCard]] = rx.field(default_factory=list)
    listed: rx.Field[bool] = rx.field(False)
    revoking: rx.Field[str] = rx.field("")
    revoking_title: rx.Field[str] = rx.field("")
    saved: rx.Field[str] = rx.field("")

    @rx.event
    async def open(self) -> None:
        """Show every token and program."""
        self.revoking = self.saved = ""
        await self._list()

    @rx.event
    def ask(self, handle: str) -> None:
        """Ask before a token stops working."""
        for card in self.cards:
            if card.handle == handle:
                self.revoking, self.revoking_title = card.handle, card.title

    @rx.event
    def leave(self) -> None:
        """Leave it working after all."""
        self.revoking = ""

    @rx.event
    async def revoke(self) -> None:
        """Stop the token that was asked about."""
        handle, self.revoking = self.revoking, ""
        if handle:
            await db.write(tokens.revoke_token, await self._identity(), handle)
            self.saved = "It works no more."
            await self._list()

    @rx.event
    async def end_program(self, handle: str) -> None:
        """Sign a program out."""
        await db.write(tokens.end_program, await self._identity(), handle)
        self.saved = "Signed out."
        await self._list()

    async def _list(self) -> None:
        identity = await self._identity()
        self.cards = [_token(found) for found in await db.read(tokens.list_tokens, identity)]
        self.programs = [_program(found) for found in await db.read(tokens.list_programs, identity)]
        self.listed = True


def _token(found: TokenRecord) -> TokenCard:
    return TokenCard(
        found.handle,
        found.title,
        [SCOPE_WORDS[scope] for scope in Scope if scope in found.scopes],
        f"Used {ago(found.last_used, clock.now())}" if found.last_used else "Never used",
        f"Ends on {day(found.expires)}" if found.expires else "Works until you remove it",
    )


def _program(found: ProgramRecord) -> ProgramCard:
    return ProgramCard(
        found.handle, found.device or NO_NAME, f"Here {ago(found.last_used, clock.now())}"
    )
