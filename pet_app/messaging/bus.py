"""Typed events and the reactions to them."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeVar

from pydantic import TypeAdapter

from pet_app.core.discovery import load_all

if TYPE_CHECKING:
    from pet_app.messaging.job import Job

Queue = Literal["default", "letters", "previews", "batch"]

# A letter is tried for two days, since its server may be away for hours; nothing else waits so.
PATIENCE: dict[Queue, int] = {"default": 5, "letters": 300, "previews": 5, "batch": 5}


class Event:
    """A fact in the past tense. Subclasses are frozen dataclasses with a `name` of their own."""

    name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        known = EVENTS.setdefault(cls.name, cls)
        if known.__qualname__ != cls.__qualname__ or known.__module__ != cls.__module__:
            raise ValueError(f"two events are called {cls.name}")
        EVENTS[cls.name] = cls

    def to_payload(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        return _shape(type(self)).dump_python(self, mode="json")

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event those values stand for; fields it no longer has are passed over."""
        return _shape(cls).validate_python(payload)


@cache
def _shape(event: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(event)


E = TypeVar("E", bound=Event)
React = Callable[[E, "Job"], None]


@dataclass(frozen=True)
class Reaction:
    """What to do when an event whose name matches `pattern` has happened."""

    name: str
    pattern: str
    react: Callable[[Any, "Job"], None]
    queue: Queue
    priority: int
    max_failures: int


EVENTS: dict[str, type[Event]] = {}
REACTIONS: dict[str, Reaction] = {}


def on(
    what: type[E] | str,
    *,
    queue: Queue = "default",
    priority: int = 0,
    max_failures: int | None = None,
) -> Callable[[React[E]], React[E]]:
    """Register `fn(event, job)` for an event, or for every event a pattern (`design.*`) matches.

    Reactions of a higher priority start first. After `max_failures` errors the job is dead (by
    default after as many as its queue has patience for), and after one when the error is a
    `Problem` that trying again cannot solve. Whatever sends letters belongs in their queue.
    """
    pattern = what if isinstance(what, str) else what.name
    patience = PATIENCE[queue] if max_failures is None else max_failures

    def register(fn: React[E]) -> React[E]:
        module = fn.__module__.split(".")
        name = f"{module[1] if module[0] == 'pet_app' else module[-1]}.{fn.__name__}"
        if name in REACTIONS and REACTIONS[name].react.__module__ != fn.__module__:
            raise ValueError(f"two reactions are called {name}")
        REACTIONS[name] = Reaction(name, pattern, fn, queue, priority, patience)
        return fn

    return register


def reactions_to(event_name: str) -> list[Reaction]:
    """Every reaction to the event of that name."""
    return [found for found in REACTIONS.values() if fnmatchcase(event_name, found.pattern)]


def load_reactions() -> None:
    """Import the events and tasks of every section served.

    A relay must know all who may react, or an event would be taken for handled while somebody was
    still waiting for it: only a process that serves all its database holds may have one.
    """
    load_all("events")
    load_all("tasks")
