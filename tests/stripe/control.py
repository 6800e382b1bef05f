"""Switches under /fake, which Stripe has not: to misbehave, to move the clock, to look inside."""

import random
from collections.abc import Callable
from typing import Any

from tests.stripe import disputes, refunds, sessions
from tests.stripe.deliveries import Postman, check_plan
from tests.stripe.errors import Refused
from tests.stripe.others import create_endpoint
from tests.stripe.store import Store, Thing, shown

FAULT = {"on": "/v1/", "method": "", "times": 1, "status": 0, "slow_s": 0.0}
FAULT |= {"after": False, "lose": False}
KINDS = ("checkout.session", "payment_intent", "charge", "refund", "dispute", "event", "delivery")
KINDS += ("radar.early_fraud_warning", "idempotency", "webhook_endpoint", "customer")
KINDS += ("payment_method",)


def next_fault(store: Store, method: str, path: str) -> dict[str, Any]:
    """What is to go wrong with this request; empty when nothing is."""
    found = store.find("setting", "fault")
    if found is None or not found["times"] or not path.startswith(found["on"]):
        return {}
    if found["method"] not in ("", method):
        return {}
    store.put("setting", found)["times"] -= 1
    return dict(found)


def turn(
    store: Store, postman: Postman, method: str, path: str, given: dict[str, Any]
) -> dict[str, Any]:
    """Do what a switch is for; raises `Refused`."""
    match [method, *path.removeprefix("/fake/").split("/")]:
        case ["GET", "state"]:
            return {kind: shown(store.all(kind)) for kind in KINDS}
        case ["GET", "deliveries"]:
            return {"left": postman.left(), "plan": postman.plan}
        case ["POST", switch] if switch in SWITCHES:
            return SWITCHES[switch](store, postman, given) or {}
        case ["POST", kind, named]:
            return shown(_act(store, kind, named, given))
        case _:
            raise Refused(404, "invalid_request_error", f"There is no switch {method} {path}.")


def _reset(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    store.forget()
    postman.forget()


def _plan(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    _set(store, "deliveries", check_plan(given))


def _release(store: Store, postman: Postman, given: dict[str, Any]) -> dict[str, Any]:
    return {"released": postman.release(shuffle=given.get("shuffle", False))}


def _resend(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    """Deliver events once more: those that are named, or all of them, so many times."""
    named = given.get("events") or [event["id"] for event in store.all("event")]
    wanted = named * given.get("times", 1)
    if given.get("shuffle"):
        random.shuffle(wanted)
    for event_id in wanted:
        postman.again(event_id)


def _fault(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    if unknown := given.keys() - FAULT.keys():
        raise Refused(400, "invalid_request_error", f"Faults have no {sorted(unknown)}.")
    _set(store, "fault", FAULT | given if given else FAULT | {"times": 0})


def _clock(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    moved = (store.find("setting", "clock") or {"seconds": 0})["seconds"]
    _set(store, "clock", {"seconds": moved + given["advance_s"]})
    sessions.expire_late(store)


def _refunds(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    _set(store, "refunds", {"pending": bool(given.get("pending"))})


def _mismatch(store: Store, postman: Postman, given: dict[str, Any]) -> None:
    _set(store, "mismatch", {name: given.get(name) for name in ("amount", "currency")})


def _endpoints(store: Store, postman: Postman, given: dict[str, Any]) -> dict[str, Any]:
    return shown(create_endpoint(store, given, given["secret"]))


SWITCHES: dict[str, Callable[[Store, Postman, dict[str, Any]], dict[str, Any] | None]] = {
    "reset": _reset,
    "deliveries": _plan,
    "release": _release,
    "resend": _resend,
    "fault": _fault,
    "clock": _clock,
    "refunds": _refunds,
    "mismatch": _mismatch,
    "endpoints": _endpoints,
}


def _act(store: Store, kind: str, id: str, given: dict[str, Any]) -> Thing:
    """Let something happen to an object: what a payer or a bank would do."""
    happens = given.get("outcome")
    match kind:
        case "sessions":
            session = store.get("checkout.session", id)
            number = given.get("number", "4242424242424242")
            intent = sessions.pay(store, session, number)
            if happens in ("pass", "fail"):
                sessions.authenticated(store, intent, passed=happens == "pass")
            return session
        case "intents":
            intent = store.get("payment_intent", id)
            sessions.arrive(store, intent, came=happens == "succeeded")
            return intent
        case "refunds":
            return refunds.settle(store, store.get("refund", id), came=happens == "succeeded")
        case "charges":
            charge = store.get("charge", id)
            if happens == "warned":
                return disputes.warn(store, charge)
            return disputes.dispute(store, charge, "fraudulent", inquiry=happens == "inquiry")
        case "disputes":
            return disputes.decide(store, store.get("dispute", id), won=happens == "won")
        case _:
            raise Refused(404, "invalid_request_error", f"Nothing can happen to {kind}.")


def _set(store: Store, name: str, values: dict[str, Any]) -> None:
    store.drop("setting", name)
    store.put("setting", {"id": name, **values})
