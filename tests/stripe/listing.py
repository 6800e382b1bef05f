"""Lists, a page at a time with the newest first, and objects inside objects when asked for."""

from typing import Any

from tests.stripe.errors import missing, unusable
from tests.stripe.store import Store, Thing, shown

USUAL, MOST = 10, 100
DEEPEST = 4
ABOUT_THE_PAGE = frozenset(
    {"limit", "starting_after", "ending_before", "expand", "created", "types", "delivery_success"}
)
POINTS_TO = {
    "charge": "charge",
    "customer": "customer",
    "latest_charge": "charge",
    "payment_intent": "payment_intent",
    "payment_method": "payment_method",
}
COMPARED = {
    "gt": lambda at, bound: at > bound,
    "gte": lambda at, bound: at >= bound,
    "lt": lambda at, bound: at < bound,
    "lte": lambda at, bound: at <= bound,
}


def page(things: list[Thing], given: dict[str, Any], url: str) -> Thing:
    """One page of what was asked for; `things` are in the order in which they came."""
    wanted = [thing for thing in reversed(things) if _fits(thing, given)]
    limit = given.get("limit", USUAL)
    if not 1 <= limit <= MOST:
        raise unusable("Invalid limit: it is from 1 to 100", param="limit")
    if after := given.get("starting_after"):
        rest = wanted[_place(wanted, after) + 1 :]
        found, more = rest[:limit], len(rest) > limit
    elif before := given.get("ending_before"):
        rest = wanted[: _place(wanted, before)]
        found, more = rest[-limit:], len(rest) > limit
    else:
        found, more = wanted[:limit], len(wanted) > limit
    return {"object": "list", "data": found, "has_more": more, "url": url}


def expanded(store: Store, thing: Thing, paths: list[str]) -> Thing:
    """A copy to show, with the named objects inside; raises `Refused` for what has no inside."""
    found = shown(thing)
    for path in paths:
        parts = path.split(".")
        if len(parts) > DEEPEST:
            raise unusable("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(store, thing, found, parts)
    return found


def _expand(store: Store, thing: Thing, into: Thing, parts: list[str]) -> None:
    first, *rest = parts
    if first == "data" and thing.get("object") == "list":
        for inner, copy in zip(thing["data"], into["data"], strict=True):
            if rest:
                _expand(store, inner, copy, rest)
        return
    if first == "line_items" and "_lines" in thing:
        url = f"/v1/checkout/sessions/{thing['id']}/line_items"
        into["line_items"] = shown(page(thing["_lines"][::-1], {"limit": MOST}, url))
        return
    if first == "refunds" and thing.get("object") == "charge":
        back = [refund for refund in store.all("refund") if refund["charge"] == thing["id"]]
        into["refunds"] = shown(page(back, {}, f"/v1/charges/{thing['id']}/refunds"))
        return
    kind = POINTS_TO.get(first)
    if kind is None or first not in thing:
        raise unusable(f"This property cannot be expanded ({first}).", param="expand")
    if thing[first] is None:
        return
    inner = store.get(kind, thing[first])
    if not isinstance(into[first], dict):
        into[first] = shown(inner)
    if rest:
        _expand(store, inner, into[first], rest)


def _fits(thing: Thing, given: dict[str, Any]) -> bool:
    if "types" in given and thing["type"] not in given["types"]:
        return False
    if "delivery_success" in given and (not thing["pending_webhooks"]) != given["delivery_success"]:
        return False
    created = given.get("created", {})
    if isinstance(created, int | str):
        created = {"gte": created, "lte": created}
    if not all(COMPARED[how](thing["created"], int(bound)) for how, bound in created.items()):
        return False
    return all(
        thing.get(name) == value for name, value in given.items() if name not in ABOUT_THE_PAGE
    )


def _place(things: list[Thing], id: str) -> int:
    for place, thing in enumerate(things):
        if thing["id"] == id:
            return place
    raise missing("object", id)
