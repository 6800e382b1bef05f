"""Components as HTML text, for pages filled when they are asked for instead of when they are built.

Only what Python knows is written. A property or text that is an expression of the browser's is
left out, and a condition only the browser can decide is taken to be false, as it is when a page
begins; so a view given values instead of vars reads the same here as after its script has run.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import reflex as rx

LINK = "ReactRouterLink"
ATTRIBUTES = {
    "className": "class",
    "htmlFor": "for",
    "to": "href",
    "defaultValue": "value",
    "defaultChecked": "checked",
    "tabIndex": "tabindex",
    "srcSet": "srcset",
    "fetchPriority": "fetchpriority",
    "autoComplete": "autocomplete",
    "inputMode": "inputmode",
    "maxLength": "maxlength",
    "colSpan": "colspan",
    "popoverTarget": "popovertarget",
    "popoverTargetAction": "popovertargetaction",
    "viewBox": "viewBox",
    "strokeWidth": "stroke-width",
    "strokeLinecap": "stroke-linecap",
    "strokeLinejoin": "stroke-linejoin",
    "strokeDasharray": "stroke-dasharray",
    "fillRule": "fill-rule",
}
NO_END = frozenset({"img", "input", "br", "hr", "meta", "link", "source", "wbr"})
VALUE = re.compile(r'^\(isNotNullOrUndefined\((".*")\) \? \1 : ""\)$', re.DOTALL)
EITHER = re.compile(
    r'^\((?P<when>.+) \? (?P<then>"(?:[^"\\]|\\.)*") : (?P<otherwise>"(?:[^"\\]|\\.)*")\)$',
    re.DOTALL,
)
STYLE = re.compile(r'\["([^"]+)"\] : "((?:[^"\\]|\\.)*)"')
NAME = re.compile(r"^[a-z][A-Za-z0-9-]*$")
UNKNOWN = object()


def html(component: rx.Component) -> str:
    """The component as HTML, made of what is known now."""
    return "".join(_written(component.render()))


def _written(node: Mapping[str, Any]) -> Iterator[str]:
    if "contents" in node:
        known = _value(node["contents"])
        if isinstance(known, str | int | float) and not isinstance(known, bool):
            yield escape(str(known), quote=False)
    elif "cond_state" in node:
        yield from _written(node["true_value" if _holds(node["cond_state"]) else "false_value"])
    elif node.get("name") == "Fragment":
        yield from _children(node)
    elif isinstance(node.get("name"), str):
        yield from _element(node)


def _element(node: Mapping[str, Any]) -> Iterator[str]:
    tag = "a" if node["name"] == LINK else _value(node["name"])
    if not isinstance(tag, str) or not NAME.match(tag):
        # One of our own scripts, which shows nothing before it runs.
        return
    attributes = dict(_attributes(node["props"]))
    chosen = attributes.pop("value", None) if tag == "select" else None
    yield f"<{tag}{''.join(_attribute(*pair) for pair in attributes.items())}>"
    if tag in NO_END:
        return
    inside = "".join(_children(node))
    yield inside if chosen is None else _with_chosen(inside, chosen)
    yield f"</{tag}>"


def _with_chosen(options: str, value: Any) -> str:
    marked = f'<option value="{escape(str(value))}"'
    return options.replace(f"{marked}>", f"{marked} selected>")


def _children(node: Mapping[str, Any]) -> Iterator[str]:
    for child in node.get("children", ()):
        yield from _written(child)


def _attributes(props: list[str]) -> Iterator[tuple[str, Any]]:
    for prop in props:
        name, _, written = prop.partition(":")
        name = name.strip('"')
        if name == "style":
            yield name, ";".join(f"{key}:{value}" for key, value in STYLE.findall(written))
            continue
        value = _value(written)
        if value is not UNKNOWN and not name.startswith("on"):
            yield ATTRIBUTES.get(name, name), value


def _attribute(name: str, value: Any) -> str:
    spoken = name.startswith(("aria-", "data-"))
    if value is None or (value is False and not spoken):
        return ""
    if value is True and not spoken:
        return f" {name}"
    text = json.dumps(value) if isinstance(value, bool) else str(value)
    return f' {name}="{escape(text)}"'


def _holds(written: str) -> bool:
    known = _value(written)
    return known is not UNKNOWN and bool(known)


def _value(written: str) -> Any:
    """What a piece of script says, if it is a plain value; else `UNKNOWN`."""
    if wrapped := VALUE.match(written):
        written = wrapped[1]
    if either := EITHER.match(written):
        written = either["then" if _holds(either["when"]) else "otherwise"]
    try:
        return json.loads(written)
    except ValueError:
        return UNKNOWN
