"""Parameters held against what Stripe publishes; what is unknown or unreadable is refused."""

import re
from typing import Any, get_args, get_origin

from tests.stripe.errors import unusable
from tests.stripe.sdk_types import Unknown, choices, fields, is_group, words

WHOLE = re.compile(r"-?[0-9]{1,15}")


def check(shape: type, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters as numbers, booleans, texts, groups and lists; raises `Refused`."""
    return _group(shape, given, "")


def _group(shape: Any, given: dict[str, Any], path: str) -> dict[str, Any]:
    known = fields(shape)
    for name in given:
        if name not in known:
            raise unusable(
                f"Received unknown parameter: {_at(path, name)}",
                code="parameter_unknown",
                param=_at(path, name),
            )
    for name in shape.__required_keys__ & known.keys():
        if name not in given:
            raise unusable(
                f"Missing required param: {_at(path, name)}.",
                code="parameter_missing",
                param=_at(path, name),
            )
    return {name: _value(known[name], value, _at(path, name)) for name, value in given.items()}


def _value(kind: Any, value: Any, path: str) -> Any:
    if isinstance(value, list):
        return _list(kind, value, path)
    if isinstance(value, dict):
        return _dictionary(kind, value, path)
    return _text(kind, value, path)


def _list(kind: Any, value: list[Any], path: str) -> list[Any]:
    for choice in choices(kind):
        if get_origin(choice) is list:
            member = get_args(choice)[0]
            return [_value(member, part, f"{path}[{place}]") for place, part in enumerate(value)]
    raise unusable(f"Invalid array: {path}", param=path)


def _dictionary(kind: Any, value: dict[str, Any], path: str) -> dict[str, Any]:
    for choice in choices(kind):
        if is_group(choice):
            return _group(choice, value, path)
        if get_origin(choice) is dict:
            return {str(key): part for key, part in value.items()}
        if choice in (Any, Unknown):
            return value
    raise unusable(f"Invalid object: {path}", param=path)


def _text(kind: Any, value: str, path: str) -> Any:
    allowed = words(kind)
    if allowed - {""}:
        if value not in allowed:
            listed = ", ".join(sorted(allowed))
            raise unusable(f"Invalid {path}: must be one of {listed}", param=path)
        return value
    given = choices(kind)
    if bool in given:
        if value not in ("true", "false"):
            raise unusable(f"Invalid boolean: {value}", param=path)
        return value == "true"
    if int in given and str not in given:
        if not WHOLE.fullmatch(value):
            raise unusable(
                f"Invalid integer: {value}", code="parameter_invalid_integer", param=path
            )
        return int(value)
    if value == "" and "" not in allowed:
        raise unusable(
            f"You passed an empty string for '{path}'. It may not be empty.",
            code="parameter_invalid_empty",
            param=path,
        )
    if not any(choice in (str, Any, Unknown) for choice in given) and "" not in allowed:
        raise unusable(f"Invalid {path}", param=path)
    return value


def _at(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name
