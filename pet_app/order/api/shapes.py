"""What orders look like over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, Field

from pet_app.core.http import RequestBody
from pet_app.core.ids import LENGTH
from pet_app.order.models import Order, ReturnRequest
from pet_app.order.service import Whole
from pet_app.order.terms import carrier_of

Id = Annotated[str, Path(max_length=LENGTH, pattern="^[0-9a-z]+$")]
Text = Annotated[str, Field(max_length=1000)]
Short = Annotated[str, Field(max_length=120)]
Quantity = Annotated[int, Field(ge=1, le=99)]
Cents = Annotated[int, Field(ge=1, le=10_000_000)]
Key = Annotated[str, Query(max_length=128, description="The key of a letter's link, for guests.")]
After = Annotated[str, Query(max_length=LENGTH, description="The last id of the page before.")]


class LineOut(BaseModel):
    """One line; `cents` before discount and tax. `sent` of its pieces are in parcels."""

    id: str
    variant_id: str
    sku: str
    handle: str
    title: str
    words: str
    picture: str | None
    quantity: int
    sent: int
    returned: int
    unit_cents: int
    cents: int
    discount_cents: int
    tax_cents: int


class StepOut(BaseModel):
    """One entry of the timeline."""

    what: str
    words: str
    at: datetime


class ParcelOut(BaseModel):
    """A parcel and where it can be followed; `lines` counts pieces by line."""

    id: str
    carrier: str
    tracking_number: str
    tracking_url: str
    lines: dict[str, int]
    shipped: datetime
    delivered: datetime | None


class RequestOut(BaseModel):
    """Something that is to come back (`return`), or to be made once more (`remake`)."""

    id: str
    line_id: str
    kind: str
    quantity: int
    reason: str
    words: str
    has_photo: bool
    state: str
    answer: str
    created: datetime


class OrderBrief(BaseModel):
    """An order in a list."""

    id: str
    number: str
    status: str
    placed: datetime
    currency: str
    total_cents: int
    refunded_cents: int


class OrderOut(OrderBrief):
    """An order whole: items - discount + shipping + tax = total; total - gift = due."""

    items_cents: int
    discount_cents: int
    shipping_cents: int
    tax_cents: int
    gift_cents: int
    due_cents: int
    method: str
    email: str
    address: dict[str, str]
    invoice_number: str | None
    lines: list[LineOut]
    steps: list[StepOut]
    parcels: list[ParcelOut]
    requests: list[RequestOut]


class Reason(RequestBody):
    """Why."""

    reason: Text = ""


class ReturnIn(RequestBody):
    """Which line is to come back, how many of it, and why."""

    line_id: Short
    quantity: Quantity
    reason: Short
    words: Text = ""


class RemakeIn(RequestBody):
    """Which line does not fit, where, and a photograph (base64 of a JPEG, PNG or WebP)."""

    line_id: Short
    words: Text
    quantity: Quantity = 1
    photo: Annotated[str, Field(max_length=1_900_000)] = ""


class TrackingIn(RequestBody):
    """An order's number, and the e-mail it was placed with."""

    number: Short
    email: Annotated[str, Field(max_length=320)]


class TrackingOut(BaseModel):
    """A page that shows where the order stands; its key works for an hour."""

    page: str
    key: str


class ParcelIn(RequestBody):
    """A parcel that left; without `lines`, with all that was left."""

    carrier: Short
    tracking_number: Short
    lines: Annotated[dict[Short, Quantity], Field(max_length=100)] = {}


class ArrivalIn(RequestBody):
    """Which parcel arrived; without one, all of them."""

    parcel_id: Short = ""


class RefundIn(RequestBody):
    """Money to send back: an amount, or what some lines cost, or else all that is left.

    `request_key` names the click, so that sending it twice refunds once.
    """

    request_key: Short
    cents: Cents | None = None
    lines: Annotated[dict[Short, Quantity], Field(max_length=100)] = {}
    reason: Text = ""
    restock: bool = False


class NoteIn(RequestBody):
    """An entry for the timeline; `shown` to the customer, or for the staff alone."""

    words: Text
    shown: bool = False


class DecisionIn(RequestBody):
    """The answer to a request: `approved`, `declined` (with a reason), `received`."""

    decision: Short
    answer: Text = ""
    restock: bool = True


def brief(order: Order) -> OrderBrief:
    """An order for a list."""
    return OrderBrief.model_validate(order, from_attributes=True)


def out(whole: Whole) -> OrderOut:
    """An order with all that hangs on it."""
    order = whole.order
    return OrderOut(
        **{name: getattr(order, name) for name in OrderBrief.model_fields},
        items_cents=order.items_cents,
        discount_cents=order.discount_cents,
        shipping_cents=order.shipping_cents,
        tax_cents=order.tax_cents,
        gift_cents=order.gift_cents,
        due_cents=order.due_cents,
        method=order.method_label,
        email=order.email,
        address=order.address,
        invoice_number=order.invoice_number,
        lines=[
            LineOut(
                **{
                    name: getattr(line, name)
                    for name in LineOut.model_fields
                    if name not in ("picture", "sent", "cents")
                },
                picture=f"/media/{line.picture}" if line.picture else None,
                sent=whole.sent.get(line.id, 0),
                cents=line.line_cents,
            )
            for line in whole.lines
        ],
        steps=[StepOut.model_validate(step, from_attributes=True) for step in whole.steps],
        parcels=[
            ParcelOut(
                id=parcel.id,
                carrier=parcel.carrier,
                tracking_number=parcel.tracking_number,
                tracking_url=carrier_of(parcel.carrier).address(parcel.tracking_number),
                lines=dict(tuple(pair) for pair in parcel.lines),
                shipped=parcel.shipped,
                delivered=parcel.delivered,
            )
            for parcel in whole.shipments
        ],
        requests=[request_out(request) for request in whole.requests],
    )


def request_out(request: ReturnRequest) -> RequestOut:
    """A request as its customer sees it."""
    told = {name: getattr(request, name) for name in RequestOut.model_fields if name != "has_photo"}
    return RequestOut(**told, has_photo=bool(request.photo))
