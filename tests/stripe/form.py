"""Stripe's forms: `line_items[0][price_data][currency]=usd` as nested values, all of them text."""

import re
from typing import Any
from urllib.parse import parse_qsl

from tests.stripe.errors import unusable

KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
PART = re.compile(r"\[([^\[\]]*)\]")


def read(encoded: str) -> dict[str, Any]:
    """The values of a form or a query; lists come as `[]` or with their numbers."""
    found: dict[str, Any] = {}
    for key, value in parse_qsl(encoded, keep_blank_values=True):
        named = KEY.fullmatch(key)
        if named is None:
            raise unusable(f"Invalid request: {key!r} is not the name of a parameter")
        _put(found, [named[1], *PART.findall(named[2])], value)
    return {key: _lists(value) for key, value in found.items()}


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        into = into.setdefault(part, {})
        if not isinstance(into, dict):
            raise unusable(f"Invalid {path[0]}: it is both a value and a group of values")
    into[path[-1] or str(len(into))] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(part) for key, part in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
