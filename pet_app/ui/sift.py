"""What comes over the websocket, before Reflex reads it: only what can be an event goes on.

Reflex answers the rest with a stack trace in the log, one for each try. And it takes an event
called `connect` for a new connection, whose headers would be whatever the visitor writes.
"""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx
from reflex_base.constants import CompileVars
from reflex_base.registry import RegistrationContext

from pet_app.core.telemetry import log

TEXTS = ("pathname", "asPath")
LONGEST_NAME = 200


def install(app: rx.App) -> None:
    """Stand before whatever the websocket of this app hears."""
    namespace: Any = app.event_namespace
    assert namespace is not None, "no websocket to stand before"
    go_on = namespace.trigger_event

    async def trigger_event(event: Any, *args: Any) -> Any:
        if may_go_on(event, args, connection_of=_connections(namespace)):
            return await go_on(event, *args)
        log.warning("event refused", reason="not one of ours", handler=_name(args))
        # A connection that begins like this is refused.
        return False if event == "connect" else None

    namespace.trigger_event = trigger_event
    _stand_before_packets(namespace)


def _stand_before_packets(namespace: Any) -> None:
    """Say in one line what could not even be read; what handlers do wrong is said elsewhere."""
    hears: dict[str, Any] = namespace.server.eio.handlers
    read = hears["message"]

    async def on_message(connection: str, data: Any) -> None:
        try:
            await read(connection, data)
        except Exception as fault:
            log.warning("message refused", error=type(fault).__name__)

    hears["message"] = on_message


def may_go_on(event: Any, args: tuple[Any, ...], connection_of: Callable[[str], Any]) -> bool:
    """Whether Reflex should hear this. `connection_of` gives the true request behind a socket."""
    if event == "event":
        return len(args) == 2 and can_be_an_event(args[1])
    if event == "connect":
        return len(args) > 1 and args[1] is connection_of(args[0]) and _begins_well(args[2:])
    if event == "ping":
        return len(args) == 1
    return event in ("disconnect", "client_error")


def can_be_an_event(data: Any) -> bool:
    """Whether this names a handler and has the parts of an event, each of its kind."""
    if not isinstance(data, Mapping) or not isinstance(data.get("name"), str):
        return False
    payload, router = data.get("payload", {}), data.get("router_data", {})
    known = data["name"] in RegistrationContext.get().event_handlers
    return (
        known
        and isinstance(payload, dict)
        and isinstance(router, dict)
        and all(isinstance(router.get(text, ""), str) for text in TEXTS)
        and isinstance(router.get("query", {}), dict)
    )


def _begins_well(auth: tuple[Any, ...]) -> bool:
    """Whether a connection brings no first event, or one that can be one."""
    first = (
        auth[0].get(CompileVars.CONNECT_AUTH_EVENT) if auth and isinstance(auth[0], dict) else None
    )
    return first is None or can_be_an_event(first)


def _connections(namespace: Any) -> Callable[[str], Any]:
    return lambda sid: namespace.server.get_environ(sid, namespace.namespace)


def _name(args: tuple[Any, ...]) -> str:
    data = args[1] if len(args) > 1 else None
    name = data.get("name") if isinstance(data, Mapping) else None
    return name[:LONGEST_NAME] if isinstance(name, str) else ""
