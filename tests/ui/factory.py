"""A browser tab as the server sees it, and the cookies of somebody signed in."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode

from reflex.state import State, StateUpdate
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from pet_app.core import db, security
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE, Role, new_token
from pet_app.ui.guard import Guard


class Tab:
    """One browser tab: a state on the server, found by its token, and the cookies it sends."""

    def __init__(self, **cookies: str) -> None:
        self.root = State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        self.use(**cookies)

    def use(self, **cookies: str) -> None:
        """The same token, sent by a browser with these cookies."""
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.go("/dashboard")

    def go(self, path: str, **query: str) -> None:
        """Be at a page."""
        at = f"{path}?{urlencode(query)}" if query else path
        headers = {"cookie": self.cookies, "origin": "http://shop.test"}
        data = {"headers": headers, "pathname": path, "query": query, "asPath": at}
        self.root.router_data = self.root._update_router_vars(data, {})

    def guard(self, handler: Any, /, **payload: Any) -> tuple[StateUpdate | None, Event]:
        """What the guard answers to an event, None if it lets it pass; and the event."""
        name = handler if isinstance(handler, str) else format_event_handler(handler)
        event = Event(name=name, payload=payload)
        return asyncio.run(self._guard(event)), event

    async def _guard(self, event: Event) -> StateUpdate | None:
        nothing: Any = None
        EventContext.set(EventContext(token="tab", state_manager=nothing, enqueue_impl=nothing))
        return await Guard().preprocess(nothing, self.root, event)

    def send(self, handler: Any, /, **payload: Any) -> StateUpdate | None:
        """What the event processor does: ask the guard, then call the handler."""
        update, event = self.guard(handler, **payload)
        if update is None:
            registered = RegistrationContext.get().event_handlers[event.name]
            state = self.see(registered.states[0])
            result = registered.handler.fn(state, **event.payload)
            if asyncio.iscoroutine(result):
                asyncio.run(result)
            elif isinstance(result, AsyncIterator):
                asyncio.run(_exhaust(result))
            elif isinstance(result, Iterator):
                list(result)
        return update

    def see(self, state_class: type[Any]) -> Any:
        """The tab's state of this class."""
        return asyncio.run(self.root.get_state(state_class))


def signed_in_cookies(
    role: Role = Role.USER, user_id: str = "u1", *, strong: bool = True
) -> dict[str, str]:
    """The cookies of a browser somebody just signed in with, as a rule with a second factor."""
    with db.writing() as session:
        token = security.open_sign_in(
            session,
            user_id=user_id,
            role=role,
            name="Olive",
            email="olive@example.com",
            strong=strong,
        )
    return {SESSION_COOKIE: token, VISITOR_COOKIE: new_token()}


async def _exhaust(events: AsyncIterator[Any]) -> None:
    async for _ in events:
        pass
