"""Objects held against Stripe's published shapes, as the types of its SDK give them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, get_args, get_origin

from stripe._list_object import ListObject
from stripe._stripe_object import StripeObject, UntypedStripeObject

from tests.stripe.sdk_types import Unknown, choices, fields, words

PLAIN = (str, int, float, bool, Decimal)


def faults(shape: type, thing: dict[str, Any], path: str = "") -> Iterator[str]:
    """A sentence for each field that is missing, unknown, or not what it may be."""
    path = path or getattr(shape, "OBJECT_NAME", shape.__name__)
    known = {
        name: kind
        for name, kind in fields(shape).items()
        if not name.startswith("_") and get_origin(kind) is not ClassVar
    }
    for name in thing.keys() - known.keys():
        yield f"{path}.{name} is nothing Stripe knows"
    for name, kind in known.items():
        if name not in thing and type(None) not in choices(kind):
            yield f"{path}.{name} is missing"
        elif name in thing:
            yield from _value(kind, thing[name], f"{path}.{name}")


def _value(kind: Any, value: Any, path: str) -> Iterator[str]:
    allowed = choices(kind)
    if Any in allowed or Unknown in allowed:
        return
    if value is None:
        if type(None) not in allowed:
            yield f"{path} is null"
    elif isinstance(value, list):
        yield from _list(allowed, value, path)
    elif isinstance(value, dict):
        yield from _group(allowed, value, path)
    elif (listed := words(kind)) and isinstance(value, str):
        # The SDK leaves room for words that are new; ours are none.
        if value not in listed:
            yield f"{path} is {value!r}"
    elif type(value) not in allowed or type(value) not in PLAIN:
        yield f"{path} is {value!r}"


def _list(allowed: tuple[Any, ...], value: list[Any], path: str) -> Iterator[str]:
    inner = [get_args(choice)[0] for choice in allowed if get_origin(choice) is list]
    if not inner:
        yield f"{path} is a list"
        return
    for place, part in enumerate(value):
        yield from _value(inner[0], part, f"{path}[{place}]")


def _group(allowed: tuple[Any, ...], value: dict[str, Any], path: str) -> Iterator[str]:
    if pages := [choice for choice in allowed if get_origin(choice) is ListObject]:
        for place, part in enumerate(value["data"]):
            yield from _value(get_args(pages[0])[0], part, f"{path}.data[{place}]")
        return
    shapes = [
        choice
        for choice in allowed
        if isinstance(choice, type) and issubclass(choice, StripeObject)
    ]
    named = [shape for shape in shapes if getattr(shape, "OBJECT_NAME", "") == value.get("object")]
    free = any((get_origin(choice) or choice) in (dict, UntypedStripeObject) for choice in allowed)
    if free:
        return
    if named or len(shapes) == 1:
        yield from faults((named or shapes)[0], value, path)
    else:
        yield f"{path} is a group of values"
