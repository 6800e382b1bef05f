"""What every event passes before its handler: whose state this is, and may they."""

from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, State, StateUpdate, UpdateVarsInternalState
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from pet_app.core.errors import Forbidden, NotSignedIn, Problem, SecondFactorNeeded
from pet_app.core.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Identity,
    Permission,
    fingerprint,
)
from pet_app.core.telemetry import log
from pet_app.ui.arguments import checked
from pet_app.ui.session import Session
from pet_app.ui.speaking import OUR_FAULT

NOT_UNDERSTOOD = "That did not arrive in a form we understand. Reload the page and try again."
HYDRATE = format_event_handler(State.event_handlers["hydrate_and_load"])
HYDRATES = frozenset({HYDRATE, format_event_handler(State.event_handlers["hydrate"])})
UPDATE_VARS = format_event_handler(UpdateVarsInternalState.event_handlers["update_vars_internal"])
FROM_STORAGE = frozenset({HYDRATE, UPDATE_VARS})
LOGIN = "/login"
SECOND_FACTOR = "/second-factor"


class Guard(Middleware):
    """Binds the state of a tab to the cookies of its browser, and checks permissions and arguments.

    Reflex finds a tab's state by a token the browser keeps where scripts can read it. Sent
    without the cookies it belongs to, the token gets an empty state instead of its owner's.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        try:
            return await self._examine(state._get_root_state(), event)
        except Problem as problem:
            return await _answer(state, problem.detail)

    async def _examine(self, root: BaseState, event: Event) -> StateUpdate | None:
        session = await root.get_state(Session)
        identity = await session._identity()
        if await _bind(root, session, identity) and event.name not in HYDRATES:
            # The page still shows the former person's things: have it start over.
            return StateUpdate(events=[Event(name=HYDRATE, payload={})])
        session._show_identity(identity)
        if EventContext.get().parent_txid is None and not _is_quiet(event):
            session._forget_problem()
        return await _admit(root, identity, event)


def _is_quiet(event: Event) -> bool:
    registered = RegistrationContext.get().event_handlers.get(event.name)
    if registered is None:
        return False
    quiet: frozenset[str] = getattr(registered.states[0], "quiet", frozenset())
    return event.name.rpartition(".")[2] in quiet


async def _bind(root: BaseState, session: Session, identity: Identity) -> bool:
    """Whether the state had been somebody else's; it is emptied then."""
    cookies = session._cookies()
    secrets = (cookies.get(SESSION_COOKIE, ""), cookies.get(VISITOR_COOKIE, ""))
    owner = fingerprint("\n".join([*secrets, identity.user_id or ""]))
    if session._bound_to == owner:
        return False
    changed = session._bound_to != ""
    if changed:
        # Redis loads only the states an event needs; the others must be emptied as well.
        for state_class in RegistrationContext.get().base_states.values():
            await root.get_state(state_class)
        root.reset()
    session._bound_to = owner
    return changed


async def _admit(root: BaseState, identity: Identity, event: Event) -> StateUpdate | None:
    registered = RegistrationContext.get().event_handlers.get(event.name)
    if registered is None or event.name.endswith(".setvar"):
        log.warning("event refused", handler=event.name[:200])
        return await _answer(root, NOT_UNDERSTOOD)
    needs: Permission | None = getattr(registered.states[0], "needs", None)
    try:
        if needs is not None:
            identity.must(needs)
    except NotSignedIn:
        return _sent_to(LOGIN, root)
    except SecondFactorNeeded:
        return _sent_to(SECOND_FACTOR, root)
    except Forbidden as problem:
        log.info("refused", error=type(problem).__name__, handler=event.name)
        return await _answer(root, problem.detail)
    try:
        event.payload.update(checked(registered.handler.fn, event.payload))
    except ValueError as fault:
        log.warning("event refused", handler=event.name, reason=str(fault))
        return await _answer(root, NOT_UNDERSTOOD)
    if event.name in FROM_STORAGE:
        # No state of ours lies in a browser's storage, so nothing true can come from there.
        event.payload["vars"] = {}
    return None


async def _answer(state: BaseState, sentence: str) -> StateUpdate:
    """Show a message and do nothing else."""
    root = state._get_root_state()
    session = await root.get_state(Session)
    session._show_problem(sentence)
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta)


def _sent_to(page: str, root: BaseState) -> StateUpdate:
    """Go to a page that leads back here."""
    url = root.router.url
    back = quote((url.path or "/") + (f"?{url.query}" if url.query else ""), safe="/")
    return StateUpdate(events=Event.from_event_type(rx.redirect(f"{page}?next={back}")))


def log_failure(exception: Exception) -> None:
    """The app's last net for what no handler caught: a log line, and nothing for the visitor."""
    log.error("event failed", exc_info=exception, shown=OUR_FAULT)


def install(app: rx.App) -> None:
    """Put the guard before every event of this app."""
    guard: Any = Guard()
    app.add_middleware(guard, index=0)
