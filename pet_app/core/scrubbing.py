"""What no log may hold, and how it is taken out of whatever somebody wants written down."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[hidden]"
LONGEST = 20_000
"""Characters of one text that a log keeps; an error may quote a whole upload."""

NAMES = re.compile(
    r"password|passwd|secret|token|cookie|authorization|api_?key|e_?mail|(?:^|recovery_)code|totp",
    re.IGNORECASE,
)

_NAMED = r"[\w-]{0,40}(?:password|passwd|secret|token|cookie|authorization|api[_-]?key)[\w-]{0,20}"
_VALUE = r"""b?"(?:[^"\\]|\\.)*"|b?'(?:[^'\\]|\\.)*'|[^\s,;&)}\]]+"""
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # A header runs to the end of its line, whatever is in it.
    (re.compile(r"(?i)(['\"]?(?:set-)?cookie['\"]?|authorization)(['\"]?\s*[:=,]).*"), r"\1\2 "),
    (
        re.compile(rf"(?i)(?<!\w)({_NAMED}|recovery_codes?|totp|code)(['\"]?\s*[:=]\s*)({_VALUE})"),
        r"\1\2",
    ),
    # What a validator quotes of what it refused.
    (re.compile(r"(input_value=).*?(?=, input_type=|$)", re.DOTALL), r"\1"),
    # Access, refresh and personal tokens, and whatever else is random and long.
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"), ""),
    (re.compile(r"\bhhr?_[\w.-]{8,}"), ""),
    (re.compile(r"(?<![\w-])(?=[\w-]{0,200}[A-Z])(?=[\w-]{0,200}[a-z])[\w-]{40,128}(?![\w-])"), ""),
    (re.compile(r"(?<=://)[^/\s@]{1,200}@"), ""),
    (re.compile(r"[^\s@<>\"'(),;:=\[\]{}]{1,80}@[\w.-]{1,200}\.[^\W\d_]{2,}"), ""),
)


def scrubbed(text: str) -> str:
    """The text without passwords, tokens, cookies, codes and e-mail addresses."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    for pattern, kept in PATTERNS:
        text = pattern.sub(kept + HIDDEN, text)
    return text


def scrubbed_value(name: str, value: object) -> Any:
    """A value that somebody logs under this name, with what is in it scrubbed as well."""
    if NAMES.search(name):
        return HIDDEN
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, Mapping):
        return {str(key): scrubbed_value(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [scrubbed_value(name, inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return scrubbed(str(value))
