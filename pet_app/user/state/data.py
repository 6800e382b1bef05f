"""One's own data as the settings show it: the copy, how far it is, the end of the account."""

from typing import Any, ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.moments import day
from pet_app.core.security import Permission
from pet_app.ui import live
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.api.shapes import STAY_COOKIE
from pet_app.user.models import TakeoutState
from pet_app.user.service import takeout as takeouts
from pet_app.user.service.takeout import TakeoutRecord

MEGABYTE = 1_000_000


class DataDesk(Session):
    """The copy of one's data. `copy_state` is empty while there is none."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    opened: rx.Field[bool] = rx.field(False)
    has_password: rx.Field[bool] = rx.field(False)
    has_factor: rx.Field[bool] = rx.field(False)
    copy_state: rx.Field[str] = rx.field("")
    percent: rx.Field[int] = rx.field(0)
    size: rx.Field[str] = rx.field("")
    made: rx.Field[str] = rx.field("")
    until: rx.Field[str] = rx.field("")
    url: rx.Field[str] = rx.field("")

    _following: str = ""

    @rx.var
    def under_way(self) -> bool:
        """Whether a copy is being made."""
        return self.copy_state in (TakeoutState.ASKED, TakeoutState.GATHERING)

    @rx.event
    async def open(self) -> Any:
        """Show how things stand, and follow a copy that is under way."""
        identity = await self._identity()
        profile = await db.read(users.profile_of, identity)
        self.has_password, self.has_factor = profile.has_password, profile.factor is not None
        self._show(await db.read(takeouts.latest_copy, identity))
        self.opened = True
        return type(self).follow if self.under_way else None

    @rx.event
    async def ask(self) -> Any:
        """Have a copy made."""
        self._show(await db.write(takeouts.ask_for_copy, await self._identity()))
        return type(self).follow

    @rx.event(background=True)
    async def follow(self) -> None:
        """Show how far the copy is until it is there."""
        async with self:
            identity, turn = await self._identity(), new_id()
            self._following = turn
        if not identity.signed_in:
            return
        async for _ in live.changes(takeouts.topic(identity.user_id or "")):
            found = await db.read(takeouts.latest_copy, identity)
            async with self:
                if self._following != turn:
                    return
                self._show(found)
            if found is None or found.is_settled:
                return

    def _show(self, found: TakeoutRecord | None) -> None:
        self.copy_state = found.state if found else ""
        self.percent = found.progress if found else 0
        ready = found is not None and found.state == TakeoutState.READY
        self.size = _size(found.size) if found and ready else ""
        self.made = day(found.asked) if found else ""
        self.until = day(found.expires) if found and found.expires else ""
        self.url = f"/api/v1/me/takeouts/{found.id}/file" if found and ready else ""


class Farewell(Session):
    """The question whether an account that is being deleted should rather stay."""

    looked: rx.Field[bool] = rx.field(False)
    leaves_on: rx.Field[str] = rx.field("")

    @rx.event
    async def open(self) -> None:
        """Show the day, to who has just proved that it is theirs."""
        token = self._cookies().get(STAY_COOKIE, "")
        found = await db.read(users.leaves_on, token)
        self.leaves_on = day(found) if found else ""
        self.looked = True


def _size(size: int) -> str:
    return f"{max(0.1, size / MEGABYTE):.1f} MB"
