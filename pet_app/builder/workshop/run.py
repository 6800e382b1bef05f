"""What the workshop's child process does: packs as files, and cutting plans."""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pet_app.builder.quote import quote
from pet_app.builder.reading import parse
from pet_app.builder.render.album import views_of
from pet_app.builder.resolve import Resolved
from pet_app.builder.workshop.cutting import (
    Cut,
    Remnant,
    TooLongForStock,
    cuts_of,
    first_fit,
    one_by_one,
    stock,
)
from pet_app.builder.workshop.dxf import dxf
from pet_app.builder.workshop.flat import svg
from pet_app.builder.workshop.lists import cut_list, plan_list
from pet_app.builder.workshop.pack import pack
from pet_app.builder.workshop.paper import Format
from pet_app.builder.workshop.plan_pages import plan_pages
from pet_app.builder.workshop.planned import UNDATED, Figures, Left, Order, Planned
from pet_app.builder.workshop.sheet import sheet
from pet_app.builder.workshop.solve import solve
from pet_app.core import offload
from pet_app.core.errors import Invalid

NOT_MAKEABLE = "This design cannot be made any more."
NO_STRAP = "Nothing on it is cut from a roll."
NOTHING = "None of these designs has a strap to cut."

FILES = {"svg": svg, "csv": cut_list, "dxf": dxf}
EVERY = 10


def pack_file(
    order: Order,
    suffix: str,
    format: Format = "a4",
    made: datetime = UNDATED,
    picture: bytes | None = None,
) -> bytes:
    """The pack of an order as `pdf`, `svg`, `csv` or `dxf`.

    Raises `Invalid` with the reasons for a design that is no longer made.
    """
    resolved = made_of(order.data)
    if suffix == "pdf":
        views = views_of(order.data)
        return pack(resolved, order.number, order.name, format, made, picture, views)
    return FILES[suffix](sheet(resolved, order.number, order.name)).encode()


def made_of(data: dict[str, Any]) -> Resolved:
    """A design of plain values worked out. Raises `Invalid` with every reason it cannot be."""
    judged = quote(parse(data))
    if judged.resolved is None or not judged.can_be_made:
        reasons = {refusal.field: refusal.reason for refusal in judged.refusals}
        raise Invalid(NOT_MAKEABLE, reasons)
    return judged.resolved


def plan_orders(
    orders: Sequence[Order], shelf: Sequence[Remnant] = (), format: Format = "a4"
) -> Planned:
    """The cutting plan for a list of orders, those left out that cannot be made any more.

    Says how far it is through `offload.progress`, as a share of a hundred and a word. Raises
    `Invalid` when nothing is left to cut.
    """
    started = time.monotonic()
    cuts: list[Cut] = []
    left: list[Left] = []
    longest = max(stock().lengths_mm)
    for index, order in enumerate(orders):
        if index % EVERY == 0:
            offload.progress(f"{50 * index // len(orders)} Working out the designs")
        try:
            mine = cuts_of(made_of(order.data), order.number)
        except Invalid as fault:
            why = " ".join(fault.fields.values()) or fault.detail
            left.append(Left(order.number, order.name, why))
            continue
        if not mine:
            left.append(Left(order.number, order.name, NO_STRAP))
            continue
        if too_long := [cut for cut in mine if cut.length_mm + stock().kerf_mm > longest]:
            why = str(TooLongForStock(too_long[0].length_mm, longest))
            left.append(Left(order.number, order.name, f"{why[:1].upper()}{why[1:]}."))
            continue
        cuts += mine
    if not cuts:
        raise Invalid(NOTHING, {order.number: order.reason for order in left})
    offload.progress("50 Finding the plan")
    plan = solve(cuts, stock(), shelf)
    offload.progress("90 Drawing it")
    figures = Figures(
        orders=len({cut.order for cut in cuts}),
        cuts=len(cuts),
        rolls=len({cut.roll for cut in cuts}),
        pieces=len(plan.pieces),
        used_mm=plan.used_mm,
        bought_mm=plan.bought_mm,
        kept_mm=plan.kept_mm,
        waste_mm=plan.waste_mm,
        one_by_one_mm=one_by_one(cuts, stock(), shelf).waste_mm,
        first_fit_mm=first_fit(cuts, stock(), shelf).waste_mm,
        gap=plan.gap,
        seconds=round(time.monotonic() - started, 2),
    )
    names = {order.number: order.name for order in orders}
    return Planned(
        figures, tuple(left), plan_pages(plan, figures, left, names, format), plan_list(plan)
    )
