"""What Stripe publishes of its shapes, read from the types of its SDK, which are made from its
OpenAPI description: which parameters a call takes, and which fields an object has."""

import builtins
import sys
import types
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import stripe
from stripe._request_options import RequestOptions

ABOUT_THE_REQUEST = frozenset(RequestOptions.__annotations__)


class Unknown:
    """A type that only type checkers know."""

    def __class_getitem__(cls, _inner: Any) -> type["Unknown"]:
        return cls


class _Names(dict[str, Any]):
    """Names as the SDK's modules have them; others are unknown."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self.module = module

    def __missing__(self, name: str) -> Any:
        for place in (sys.modules[self.module], builtins, stripe):
            if hasattr(place, name):
                return getattr(place, name)
        return Unknown


@cache
def fields(shape: type) -> dict[str, Any]:
    """The fields of a parameter group or an object, by name, and their types."""
    found = get_type_hints(shape, localns=_Names(shape.__module__))
    if not is_group(shape):
        return found
    return {name: kind for name, kind in found.items() if name not in ABOUT_THE_REQUEST}


@cache
def choices(kind: Any) -> tuple[Any, ...]:
    """What a value may be: the members of a union, or the one type there is."""
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(choice for member in get_args(kind) for choice in choices(member))
    return (kind,)


def is_group(kind: Any) -> bool:
    """Whether the type names its fields."""
    return isinstance(kind, type) and hasattr(kind, "__required_keys__")


def words(kind: Any) -> frozenset[str]:
    """The words a value may be, when it may not be any."""
    return frozenset(
        word
        for choice in choices(kind)
        if get_origin(choice) is Literal
        for word in get_args(choice)
    )
