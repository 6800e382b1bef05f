"""Every handler a browser can call, found in the code, so that a new one cannot be forgotten."""

import inspect
from typing import Any, get_type_hints

import pytest
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from pet_app import sections
from pet_app.ui.session import Session
from tests.ui.factory import Tab

NONSENSE: tuple[Any, ...] = (None, 7, -1.5, "x", "\x00\ud800", "x" * 30_000, [], [[{}]], {"a": 1})


def handlers() -> dict[str, RegisteredEventHandler]:
    """The handlers of our own states by name; Reflex's own `setvar` is refused as a whole."""
    sections.load("pages")
    return {
        name: found
        for name, found in RegistrationContext.get().event_handlers.items()
        if found.states and found.states[0].__module__.startswith("pet_app.")
    }


def test_every_state_of_ours_is_guarded() -> None:
    sections.load("pages")
    ours = [
        state
        for state in RegistrationContext.get().base_states.values()
        if state.__module__.startswith("pet_app.")
    ]
    assert ours
    assert [state.__name__ for state in ours if not issubclass(state, Session)] == []


def test_every_argument_of_every_handler_says_its_type() -> None:
    silent = []
    for name, found in handlers().items():
        hints = get_type_hints(found.handler.fn)
        arguments = list(inspect.signature(found.handler.fn).parameters)[1:]
        silent += [f"{name}({argument})" for argument in arguments if argument not in hints]
    assert [name for name in silent if not name.split("(")[0].endswith(".setvar")] == []


@pytest.mark.usefixtures("sqlite_database")
def test_nonsense_sent_to_any_handler_raises_nothing_in_the_guard() -> None:
    known, tab = handlers(), Tab()
    for name, found in known.items():
        arguments = list(inspect.signature(found.handler.fn).parameters)[1:]
        for value in NONSENSE:
            tab.guard(name, **dict.fromkeys(arguments, value))
        update, _ = tab.guard(name, **dict.fromkeys(arguments, "x"), invented="x")
        assert update is not None, f"{name} takes an argument nobody knows"


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("name", ["", "nothing", "a.b.c", "x" * 5000, "\x00", "__init__"])
def test_a_handler_that_does_not_exist_is_refused_with_a_sentence(name: str) -> None:
    update, _ = Tab().guard(name)
    assert update is not None
