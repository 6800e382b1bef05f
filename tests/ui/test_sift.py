"""What of the websocket Reflex gets to hear."""

from typing import Any

import pytest
from reflex_base.constants import CompileVars

from pet_app.ui.guard import HYDRATE
from pet_app.ui.sift import can_be_an_event, may_go_on

REQUEST = {"asgi.scope": {}}
ROUTER = {"pathname": "/", "query": {}, "asPath": "/"}


def event(name: Any = HYDRATE, payload: Any = None, router: Any = None) -> dict[str, Any]:
    return {"name": name, "payload": payload or {}, "router_data": router or ROUTER}


def goes_on(name: Any, *args: Any) -> bool:
    return may_go_on(name, ("sid", *args), lambda _: REQUEST)


def test_an_event_of_a_page_goes_on() -> None:
    assert goes_on("event", event())
    assert goes_on("event", {"name": HYDRATE})


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "text",
        [],
        {},
        event("nobody.knows.this"),
        event(""),
        event(7),
        event(["a"]),
        event(payload=[1]),
        event(payload="text"),
        event(router=7),
        event(router={"pathname": 7}),
        event(router={"asPath": []}),
        event(router={"query": "a=b"}),
    ],
)
def test_what_can_be_no_event_stops_here(data: Any) -> None:
    assert not can_be_an_event(data)
    assert not goes_on("event", data)


def test_nobody_connects_a_second_time_with_headers_of_their_own() -> None:
    assert goes_on("connect", REQUEST)
    assert goes_on("connect", REQUEST, {"auth": 1})
    assert not goes_on("connect", {"asgi.scope": {}})
    assert not goes_on("connect")


def test_a_connection_begins_with_an_event_or_none() -> None:
    assert goes_on("connect", REQUEST, {CompileVars.CONNECT_AUTH_EVENT: event()})
    assert not goes_on("connect", REQUEST, {CompileVars.CONNECT_AUTH_EVENT: "text"})
    assert not goes_on("connect", REQUEST, {CompileVars.CONNECT_AUTH_EVENT: event(7)})


@pytest.mark.parametrize("name", ["", "__init__", "emit", "update", 7, None, [], {}])
def test_what_is_called_otherwise_stops_here(name: Any) -> None:
    assert not goes_on(name, {})


def test_an_event_with_too_little_or_too_much_stops_here() -> None:
    assert not goes_on("event")
    assert not goes_on("event", event(), event())
    assert not goes_on("ping", 1)
