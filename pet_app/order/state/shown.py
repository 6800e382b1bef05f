"""Orders as their pages show them: every amount, day and status in words."""

from datetime import datetime

from pet_app.core.moments import day
from pet_app.core.money import Money
from pet_app.order.address import address_lines
from pet_app.order.models import Order, OrderLine, OrderStep, ReturnRequest, Shipment
from pet_app.order.rules import OrderStatus, ReturnKind, ReturnState
from pet_app.order.service import Chance, Whole
from pet_app.order.state.cards import (
    Facts,
    LineCard,
    OrderTile,
    ParcelCard,
    RequestCard,
    StepCard,
    Stop,
    Sum,
)
from pet_app.order.terms import carrier_of

S = OrderStatus
TONES = {
    S.PENDING_PAYMENT: "warn",
    S.PAID: "brand",
    S.IN_PRODUCTION: "brand",
    S.SHIPPED: "accent",
    S.DELIVERED: "good",
    S.RETURN_REQUESTED: "warn",
}
MARKS = {
    "paid": "check",
    "in_production": "ruler",
    "shipped": "truck",
    "delivered": "check",
    "parcel_delivered": "check",
    "cancelled": "close",
    "refunded": "undo",
    "delayed": "info",
    "failed": "alert",
    "return_asked": "undo",
    "remake_asked": "ruler",
    "remade": "sparkle",
    "note": "pencil",
    "placed": "bag",
    "return_approved": "check",
    "return_received": "check",
    "return_declined": "close",
    "remake_approved": "check",
    "remake_declined": "close",
}


def facts_of(order: Order, key: str, *, own: bool) -> Facts:
    """The head of an order; who only follows it learns no address and no sum."""
    status = S(order.status)
    ending = f"?key={key}" if key else ""
    return Facts(
        id=order.id,
        number=order.number,
        status=status.label,
        tone=TONES.get(status, "plain"),
        placed=day(order.placed),
        email=order.email if own else "",
        method=order.method_label,
        invoice=f"/api/v1/orders/{order.id}/invoice.pdf{ending}"
        if own and order.invoice_key
        else "",
        reason=order.reason if own else "",
        pay_by=moment(order.pay_by),
        total=str(order.total) if own else "",
    )


def lines_of(whole: Whole, chances: dict[str, Chance], *, own: bool) -> list[LineCard]:
    """The lines with what may still be done about each."""
    return [
        _line(whole.order, line, whole.sent.get(line.id, 0), chances.get(line.id), own)
        for line in whole.lines
    ]


def stops_of(whole: Whole) -> list[Stop]:
    """The way of an order, from its placing to its arrival or its end."""
    order, found = whole.order, {step.what: step.at for step in whole.steps}
    made = any(not line.variant_id for line in whole.lines)
    ways = [
        ("Ordered", order.placed),
        ("Paid", order.paid),
        *([("In our workshop", found.get("in_production"))] if made else []),
        ("On its way", found.get("shipped")),
        ("Delivered", found.get("delivered")),
    ]
    if order.status in (S.CANCELLED, S.REFUNDED) and "cancelled" in found:
        ways = [way for way in ways[:2] if way[1]]
        ways.append(("Cancelled", found["cancelled"]))
        if order.status == S.REFUNDED:
            ways.append(("Paid back", found.get("refunded")))
    last = max((place for place, (_, at) in enumerate(ways) if at), default=0)
    over = last == len(ways) - 1

    def state(place: int) -> str:
        label = ways[place][0]
        if place < last or (place == last and over):
            return "off" if label == "Cancelled" else "done"
        return "now" if place == last else "next"

    def seam(place: int) -> str:
        if place == len(ways) - 1:
            return ""
        return "done" if place < last else "next"

    return [
        Stop(label, _short(at), state(place), seam(place)) for place, (label, at) in enumerate(ways)
    ]


def steps_of(steps: list[OrderStep]) -> list[StepCard]:
    """The timeline, the newest first."""
    return [
        StepCard(MARKS.get(step.what, "dots"), step.words, moment(step.at))
        for step in reversed(steps)
    ]


def parcels_of(parcels: list[Shipment], lines: list[OrderLine]) -> list[ParcelCard]:
    """The parcels with what is in each."""
    titles = {line.id: line.title for line in lines}
    return [
        ParcelCard(
            carrier_of(parcel.carrier).name,
            parcel.tracking_number,
            carrier_of(parcel.carrier).address(parcel.tracking_number),
            [f"{count} × {titles.get(line_id, '')}" for line_id, count in parcel.lines],
            f"Arrived on {day(parcel.delivered)}"
            if parcel.delivered
            else f"Left us on {day(parcel.shipped)}",
        )
        for parcel in parcels
    ]


def requests_of(
    requests: list[ReturnRequest], lines: list[OrderLine], key: str
) -> list[RequestCard]:
    """What is to come back or to be made again, the newest first."""
    titles, ending = {line.id: line.title for line in lines}, f"?key={key}" if key else ""
    return [
        RequestCard(
            f"{request.quantity} × {titles.get(request.line_id, '')}",
            "A better fit" if request.kind == ReturnKind.REMAKE else "To be sent back",
            *STATES[ReturnKind(request.kind), ReturnState(request.state)],
            request.words,
            request.answer,
            f"/api/v1/order-requests/{request.id}/photo.webp{ending}" if request.photo else "",
        )
        for request in reversed(requests)
    ]


STATES = {
    (ReturnKind.RETURN, ReturnState.ASKED): ("We are looking at it", "warn"),
    (ReturnKind.RETURN, ReturnState.APPROVED): ("Please send it back", "brand"),
    (ReturnKind.RETURN, ReturnState.DECLINED): ("Declined", "plain"),
    (ReturnKind.RETURN, ReturnState.RECEIVED): ("Back with us", "good"),
    (ReturnKind.REMAKE, ReturnState.ASKED): ("We are looking at it", "warn"),
    (ReturnKind.REMAKE, ReturnState.APPROVED): ("We make it once more", "good"),
    (ReturnKind.REMAKE, ReturnState.DECLINED): ("Declined", "plain"),
}


def sums_of(order: Order) -> list[Sum]:
    """The reckoning, up to the total."""

    def money(cents: int) -> str:
        return str(Money(cents, order.currency))

    return [
        Sum("Items", money(order.items_cents)),
        *(Sum(f"{words} ({code})", money(-cents)) for code, words, cents in order.discounts),
        Sum("Shipping", money(order.shipping_cents) if order.shipping_cents else "Free"),
        *(Sum(f"{name} {percent}%", money(cents)) for name, percent, cents, *_ in order.tax_lines),
    ]


def after_of(order: Order) -> list[Sum]:
    """What stands under the total: gift cards, and what went back."""

    def money(cents: int) -> str:
        return str(Money(cents, order.currency))

    back = order.refunded_cents + order.gift_back_cents
    return [
        *([Sum("Paid by gift card", money(-order.gift_cents))] if order.gift_cents else []),
        *([Sum("Back to you", money(-back))] if back else []),
    ]


def tile_of(order: Order, lines: list[OrderLine]) -> OrderTile:
    """An order for a list."""
    status = S(order.status)
    pictures = [f"/media/{line.picture}" for line in lines if line.picture]
    return OrderTile(
        order.id,
        order.number,
        day(order.placed),
        status.label,
        TONES.get(status, "plain"),
        str(order.total) if order.total_cents else "No charge",
        ", ".join(_counted(line) for line in lines),
        pictures[:4],
        max(0, len(pictures) - 4),
    )


def address_of(order: Order) -> list[str]:
    """Where it goes, line by line."""
    return address_lines(order)


def moment(at: datetime) -> str:
    """`3 May 2026, 14:05 UTC`."""
    return f"{day(at)}, {at:%H:%M} UTC"


def _line(order: Order, line: OrderLine, sent: int, chance: Chance | None, own: bool) -> LineCard:
    def money(cents: int) -> str:
        return str(Money(cents, order.currency))

    reduced = line.line_cents - line.discount_cents
    notes = (
        (line.returned, f"{line.returned} came back"),
        (sent and sent < line.quantity, f"{sent} of {line.quantity} are on their way"),
    )
    return LineCard(
        id=line.id,
        title=line.title,
        words=line.words,
        picture=f"/media/{line.picture}" if line.picture else "",
        href=f"/product/{line.handle}" if line.handle else "",
        quantity=line.quantity,
        unit=money(line.unit_cents) if own and line.quantity > 1 else "",
        total=money(reduced) if own else "",
        was=money(line.line_cents) if own and line.discount_cents else "",
        made=not line.variant_id,
        breakdown=[
            [str(name), str(count), money(int(cents))]
            for name, count, cents in line.breakdown
            if own
        ],
        returns=chance.returns if own and chance else 0,
        remakes=chance.remakes if own and chance else 0,
        until=day(chance.until) if chance and chance.until else "",
        note=" · ".join(words for said, words in notes if said),
    )


def _counted(line: OrderLine) -> str:
    return line.title if line.quantity == 1 else f"{line.quantity} × {line.title}"


def _short(at: datetime | None) -> str:
    return f"{at.day} {at:%b}" if at else ""
