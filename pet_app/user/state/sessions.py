"""Where somebody is signed in, as the page shows it."""

from dataclasses import dataclass
from typing import ClassVar

import reflex as rx

from pet_app.core import clock, db
from pet_app.core.moments import ago, day
from pet_app.core.security import Permission
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.service import SessionRecord

PHONES = ("iPhone", "iPad", "Android")


@dataclass(frozen=True)
class SessionCard:
    """One signed-in browser; `seen` and `since` in words."""

    handle: str
    device: str
    address: str
    seen: str
    since: str
    current: bool
    strong: bool
    phone: bool


class SessionDesk(Session):
    """The list of signed-in browsers."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    cards: rx.Field[list[SessionCard]] = rx.field(default_factory=list)
    listed: rx.Field[bool] = rx.field(False)
    asking: rx.Field[bool] = rx.field(False)
    saved: rx.Field[str] = rx.field("")

    @rx.event
    async def open(self) -> None:
        """Show every browser that is signed in."""
        self.saved, self.asking = "", False
        await self._list()

    @rx.event
    async def end(self, handle: str) -> None:
        """Sign one of them out."""
        await db.write(users.end_session, await self._identity(), handle)
        self.saved = "Signed out there."
        await self._list()

    @rx.event
    def ask(self) -> None:
        """Ask before signing out everywhere else."""
        self.asking = True

    @rx.event
    def leave(self) -> None:
        """Leave them signed in after all."""
        self.asking = False

    @rx.event
    async def end_others(self) -> None:
        """Sign out everywhere but here."""
        self.asking = False
        await db.write(users.end_other_sessions, await self._identity())
        self.saved = "Signed out everywhere else."
        await self._list()

    async def _list(self) -> None:
        found = await db.read(users.list_sessions, await self._identity())
        self.cards = [_card(session) for session in found]
        self.listed = True


def _card(session: SessionRecord) -> SessionCard:
    return SessionCard(
        session.handle,
        session.device,
        session.address,
        ago(session.last_seen, clock.now()),
        day(session.created),
        session.current,
        session.strong,
        session.device.endswith(PHONES),
    )
