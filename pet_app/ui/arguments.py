"""Arguments of handlers called over the websocket, checked against the handler's own hints."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from reflex_base.utils.form import FormData, transform_form_data

LONGEST_TEXT = 20_000
"""Characters of any one text in an argument; what is longer was not typed into our pages."""


def checked(handler: Callable[..., Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with each value as its hint says, `"5"` for an int becoming 5.

    Raises `ValueError` for a missing, unknown, wrong or enormous argument.
    """
    known = _parameters(handler)
    required = {name for name, (_, _, needed) in known.items() if needed}
    if not required <= payload.keys() <= known.keys():
        raise ValueError("wrong arguments")
    return {name: _value(value, *known[name][:2]) for name, value in payload.items()}


def _value(value: Any, hint: Any, adapter: TypeAdapter[Any] | None) -> Any:
    _must_be_short(value)
    try:
        value = transform_form_data(value, hint)
    except (TypeError, KeyError) as fault:
        raise ValueError("not a form") from fault
    if adapter is None or isinstance(value, FormData):
        return value
    try:
        return adapter.validate_python(value)
    except ValidationError as fault:
        raise ValueError("wrong type") from fault


@cache
def _parameters(
    handler: Callable[..., Any],
) -> dict[str, tuple[Any, TypeAdapter[Any] | None, bool]]:
    """By parameter, without `self`: its hint, what validates it, and whether it must be given."""
    hints = get_type_hints(handler)
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    return {
        parameter.name: (
            hints.get(parameter.name, Any),
            _adapter(hints.get(parameter.name, Any)),
            parameter.default is parameter.empty,
        )
        for parameter in parameters
    }


def _adapter(hint: Any) -> TypeAdapter[Any] | None:
    try:
        return TypeAdapter(hint, config=ConfigDict(arbitrary_types_allowed=True))
    except PydanticUserError:
        # Its own model brings its own configuration, or nothing describes the type.
        pass
    try:
        return TypeAdapter(hint)
    except PydanticUserError:
        return None


def _must_be_short(value: Any) -> None:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise ValueError("too long")
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            _must_be_short(item)
