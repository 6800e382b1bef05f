"""The state every page's memory stands on: who is looking, and what went wrong for them."""

import asyncio
import inspect
from typing import Any, ClassVar

import reflex as rx

from pet_app.core import security
from pet_app.core.security import GRANTED, Identity, Permission, read_cookies
from pet_app.ui.speaking import speaking


class Session(rx.State):
    """Base of every state class of ours.

    A browser may call every function of a state class whose name has no leading underscore, with
    any arguments; so helpers are underscored, and identity never comes from a var. `needs` names
    the permission a class's handlers ask for (`ACCOUNT`: anybody signed in); the guard enforces it.
    A `Problem` that leaves a handler is shown in the page, through `problem` and
    `problem_fields`, until the next event; `quiet` names the handlers that only follow along as a
    visitor types, and leave a message standing.
    """

    needs: ClassVar[Permission | None] = None
    quiet: ClassVar[frozenset[str]] = frozenset()

    signed_in: bool = False
    person_name: str = ""
    person_email: str = ""
    role: str = ""
    is_demo: bool = False

    problem: str = ""
    problem_fields: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    _bound_to: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        for name, value in list(vars(cls).items()):
            if not name.startswith("_") and inspect.isfunction(value):
                setattr(cls, name, speaking(value))
        super().__init_subclass__(**kwargs)

    @rx.event
    def dismiss_problem(self) -> None:
        """Take the message off the page."""
        self._forget_problem()

    async def _identity(self) -> Identity:
        """Who is looking, asked of the database now. Ask again after every wait."""
        return await asyncio.to_thread(security.whoami, self._cookies())

    def _cookies(self) -> dict[str, str]:
        return read_cookies(self.router.headers.cookie)

    def _show_identity(self, identity: Identity) -> None:
        shown = {
            "signed_in": identity.signed_in,
            "person_name": identity.name,
            "person_email": identity.email,
            "role": identity.role or "",
            "is_demo": identity.demo,
        }
        for name, value in shown.items():
            # Assigning an equal value would send it to the browser again with every event.
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _show_problem(self, detail: str, fields: dict[str, str] | None = None) -> None:
        self.problem = detail
        self.problem_fields = fields or {}

    def _forget_problem(self) -> None:
        if self.problem or self.problem_fields:
            self._show_problem("")


def may(permission: Permission) -> rx.Var[bool]:
    """Whether to show what needs this permission; whether it works, the guard decides."""
    return rx.Var.create(sorted(GRANTED[permission])).contains(Session.role)


def field_problem(name: str | rx.Var[str]) -> rx.Var[str]:
    """The sentence to show beside a field; empty when there is nothing wrong with it."""
    fields: Any = Session.problem_fields
    return rx.cond(fields.contains(name), fields[name], "")
