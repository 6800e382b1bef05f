"""How the second step of the visitor's account stands, for its page."""

from typing import ClassVar

import reflex as rx

from pet_app.core import db
from pet_app.core.security import Permission
from pet_app.ui.session import Session
from pet_app.user import service as users


class SecondStep(Session):
    """Whether there is a second step. The secret and the codes never pass through here."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    opened: rx.Field[bool] = rx.field(False)
    on: rx.Field[bool] = rx.field(False)
    required: rx.Field[bool] = rx.field(False)
    codes_left: rx.Field[int] = rx.field(0)

    @rx.event
    async def open(self) -> None:
        """Show how it stands."""
        found = await db.read(users.second_factor_of, await self._identity())
        self.on, self.required, self.codes_left = found.on, found.required, found.codes_left
        self.opened = True
