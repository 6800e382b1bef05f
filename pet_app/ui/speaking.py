"""Handlers that speak: whatever leaves one is shown in the page instead of thrown away."""

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from reflex_base.event import BACKGROUND_TASK_MARKER

from pet_app.core.errors import Problem
from pet_app.core.telemetry import log

OUR_FAULT = "Something went wrong on our side. What you saved is safe; please try again."

Handler = Callable[..., Any]

_handling: ContextVar[bool] = ContextVar("handling", default=False)


def speaking(handler: Handler) -> Handler:
    """The same handler, of the same kind, whose faults end up in its state's `problem`.

    Of nested calls only the outermost speaks, so a handler that calls another has its exceptions.
    """
    if inspect.isasyncgenfunction(handler):
        return _speaking_async_generator(handler)
    if inspect.iscoroutinefunction(handler):
        return _speaking_coroutine(handler)
    if inspect.isgeneratorfunction(handler):
        return _speaking_generator(handler)
    return _speaking_function(handler)


class _Shown:
    """Shows what is raised inside; a background handler must take its state's lock to do so."""

    def __init__(self, state: Any, handler: Handler) -> None:
        self.state = state
        self.background = getattr(handler, BACKGROUND_TASK_MARKER, False)

    def __enter__(self) -> None:
        self.nested = _handling.get()
        _handling.set(True)

    def __exit__(
        self, _: type[BaseException] | None, fault: BaseException | None, __: TracebackType | None
    ) -> bool:
        if not self._speaks(fault):
            return False
        _tell(self.state, fault)
        return True

    async def __aenter__(self) -> None:
        self.__enter__()

    async def __aexit__(
        self, _: type[BaseException] | None, fault: BaseException | None, __: TracebackType | None
    ) -> bool:
        if not self._speaks(fault):
            return False
        if self.background:
            async with self.state:
                _tell(self.state, fault)
        else:
            _tell(self.state, fault)
        return True

    def _speaks(self, fault: BaseException | None) -> bool:
        _handling.set(self.nested)
        return isinstance(fault, Exception) and not self.nested


def _tell(state: Any, fault: BaseException | None) -> None:
    if isinstance(fault, Problem):
        state._show_problem(fault.detail, fault.fields)
    else:
        log.error("handler failed", state=type(state).__name__, exc_info=fault)
        state._show_problem(OUR_FAULT)


def _speaking_function(handler: Handler) -> Handler:
    @functools.wraps(handler)
    def speaking(state: Any, *args: Any, **kwargs: Any) -> Any:
        with _Shown(state, handler):
            return handler(state, *args, **kwargs)

    return speaking


def _speaking_generator(handler: Handler) -> Handler:
    @functools.wraps(handler)
    def speaking(state: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        with _Shown(state, handler):
            return (yield from handler(state, *args, **kwargs))

    return speaking


def _speaking_coroutine(handler: Handler) -> Handler:
    @functools.wraps(handler)
    async def speaking(state: Any, *args: Any, **kwargs: Any) -> Any:
        async with _Shown(state, handler):
            return await handler(state, *args, **kwargs)

    return speaking


def _speaking_async_generator(handler: Handler) -> Handler:
    @functools.wraps(handler)
    async def speaking(state: Any, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        async with _Shown(state, handler):
            async for events in handler(state, *args, **kwargs):
                yield events

    return speaking
