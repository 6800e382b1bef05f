"""One order on the page of an account."""

from typing import Any, ClassVar

import reflex as rx

from pet_app.core.security import Permission
from pet_app.order.state.order import OrderDesk
from pet_app.ui.session import Session


class OwnOrder(Session):
    """One order on the page of an account; what it shows is `OrderDesk`'s."""

    needs: ClassVar[Permission | None] = Permission.ACCOUNT

    @rx.event
    def open(self) -> Any:
        """Show the order whose id is the last part of the address."""
        return OrderDesk.open
