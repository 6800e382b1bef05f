"""Stripe's calls that the stand-in answers, and the parameters each takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stripe import params
from stripe.params import checkout, radar

from tests.stripe import disputes, intents, listing, others, refunds, sessions
from tests.stripe.errors import Refused
from tests.stripe.params import check
from tests.stripe.store import Store, Thing


@dataclass(frozen=True)
class Call:
    """What is known of a request: the store, the id in its path, its parameters, our address."""

    store: Store
    id: str
    given: dict[str, Any]
    base: str


Work = Callable[[Call], Thing]


@dataclass(frozen=True)
class Route:
    """One call of the API."""

    method: str
    path: re.Pattern[str]
    shape: type
    work: Work


def _route(method: str, path: str, shape: Any, work: Work) -> Route:
    pattern = path.replace("{id}", "(?P<id>[A-Za-z0-9_]+)")
    return Route(method, re.compile(f"/v1/{pattern}"), shape, work)


def _get(path: str, kind: str, shape: Any) -> Route:
    return _route("GET", f"{path}/{{id}}", shape, lambda call: call.store.get(kind, call.id))


def _list(path: str, kind: str, shape: Any) -> Route:
    def work(call: Call) -> Thing:
        return listing.page(call.store.all(kind), call.given, f"/v1/{path}")

    return _route("GET", path, shape, work)


def _lines(call: Call) -> Thing:
    found = call.store.get("checkout.session", call.id)["_lines"]
    return listing.page(found[::-1], call.given, f"/v1/checkout/sessions/{call.id}/line_items")


def _annotate(kind: str) -> Work:
    def work(call: Call) -> Thing:
        found = call.store.get(kind, call.id)
        for name in call.given.keys() - {"metadata", "expand", "description"}:
            raise Refused(400, "invalid_request_error", f"The stand-in does not change {name!r}.")
        call.store.put(kind, found)
        found["metadata"] |= call.given.get("metadata") or {}
        return found

    return work


def _session(work: Callable[[Store, Thing], Thing]) -> Work:
    return lambda call: work(call.store, call.store.get("checkout.session", call.id))


def _intent(work: Callable[[Store, Thing, dict[str, Any]], Thing]) -> Work:
    return lambda call: work(call.store, call.store.get("payment_intent", call.id), call.given)


ROUTES = (
    _route(
        "POST",
        "checkout/sessions",
        checkout.SessionCreateParams,
        lambda call: sessions.create(call.store, call.given, call.base),
    ),
    _get("checkout/sessions", "checkout.session", checkout.SessionRetrieveParams),
    _list("checkout/sessions", "checkout.session", checkout.SessionListParams),
    _route(
        "POST",
        "checkout/sessions/{id}",
        checkout.SessionModifyParams,
        _annotate("checkout.session"),
    ),
    _route(
        "POST",
        "checkout/sessions/{id}/expire",
        checkout.SessionExpireParams,
        _session(sessions.expire),
    ),
    _route("GET", "checkout/sessions/{id}/line_items", checkout.SessionListLineItemsParams, _lines),
    _route(
        "POST",
        "payment_intents",
        params.PaymentIntentCreateParams,
        lambda call: intents.create(call.store, call.given),
    ),
    _get("payment_intents", "payment_intent", params.PaymentIntentRetrieveParams),
    _list("payment_intents", "payment_intent", params.PaymentIntentListParams),
    _route(
        "POST",
        "payment_intents/{id}",
        params.PaymentIntentModifyParams,
        _annotate("payment_intent"),
    ),
    _route(
        "POST",
        "payment_intents/{id}/confirm",
        params.PaymentIntentConfirmParams,
        _intent(intents.confirm),
    ),
    _route(
        "POST",
        "payment_intents/{id}/capture",
        params.PaymentIntentCaptureParams,
        _intent(intents.capture),
    ),
    _route(
        "POST",
        "payment_intents/{id}/cancel",
        params.PaymentIntentCancelParams,
        _intent(intents.cancel),
    ),
    _get("charges", "charge", params.ChargeRetrieveParams),
    _list("charges", "charge", params.ChargeListParams),
    _route(
        "POST",
        "refunds",
        params.RefundCreateParams,
        lambda call: refunds.create(call.store, call.given),
    ),
    _get("refunds", "refund", params.RefundRetrieveParams),
    _list("refunds", "refund", params.RefundListParams),
    _route("POST", "refunds/{id}", params.RefundModifyParams, _annotate("refund")),
    _get("disputes", "dispute", params.DisputeRetrieveParams),
    _list("disputes", "dispute", params.DisputeListParams),
    _route(
        "POST",
        "disputes/{id}",
        params.DisputeModifyParams,
        lambda call: disputes.answer(call.store, call.store.get("dispute", call.id), call.given),
    ),
    _route(
        "POST",
        "disputes/{id}/close",
        params.DisputeCloseParams,
        lambda call: disputes.decide(call.store, call.store.get("dispute", call.id), won=False),
    ),
    _get("events", "event", params.EventRetrieveParams),
    _list("events", "event", params.EventListParams),
    _get(
        "radar/early_fraud_warnings",
        "radar.early_fraud_warning",
        radar.EarlyFraudWarningRetrieveParams,
    ),
    _list(
        "radar/early_fraud_warnings",
        "radar.early_fraud_warning",
        radar.EarlyFraudWarningListParams,
    ),
    _route(
        "POST",
        "customers",
        params.CustomerCreateParams,
        lambda call: others.create_customer(call.store, call.given),
    ),
    _get("customers", "customer", params.CustomerRetrieveParams),
    _list("customers", "customer", params.CustomerListParams),
    _route(
        "POST",
        "customers/{id}",
        params.CustomerModifyParams,
        lambda call: others.update_customer(
            call.store, call.store.get("customer", call.id), call.given
        ),
    ),
    _route(
        "DELETE",
        "customers/{id}",
        params.CustomerDeleteParams,
        lambda call: others.delete_customer(call.store, call.store.get("customer", call.id)),
    ),
    _route(
        "POST",
        "payment_methods",
        params.PaymentMethodCreateParams,
        lambda call: intents.make_from(call.store, call.given),
    ),
    _get("payment_methods", "payment_method", params.PaymentMethodRetrieveParams),
    _route(
        "POST",
        "webhook_endpoints",
        params.WebhookEndpointCreateParams,
        lambda call: others.create_endpoint(call.store, call.given),
    ),
    _get("webhook_endpoints", "webhook_endpoint", params.WebhookEndpointRetrieveParams),
    _list("webhook_endpoints", "webhook_endpoint", params.WebhookEndpointListParams),
    _route(
        "DELETE",
        "webhook_endpoints/{id}",
        params.WebhookEndpointDeleteParams,
        lambda call: others.delete_endpoint(
            call.store, call.store.get("webhook_endpoint", call.id)
        ),
    ),
)


def find(method: str, path: str) -> tuple[Route, str]:
    """The route of a request and the id in its path; raises `Refused`."""
    for route in ROUTES:
        if route.method == method and (fit := route.path.fullmatch(path)):
            return route, fit.groupdict().get("id", "")
    raise Refused(
        404,
        "invalid_request_error",
        f"Unrecognized request URL ({method}: {path}). The stand-in has only the calls it needs.",
        keep=False,
    )


def answer(store: Store, route: Route, id: str, given: dict[str, Any], base: str) -> Thing:
    """Do the work of a call; its answer is ready to be shown."""
    checked = check(route.shape, given)
    found = route.work(Call(store, id, checked, base))
    return listing.expanded(store, found, checked.get("expand", []))
