"""Packs and plans ordered from the workshop's child process; both block, so call from a thread."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Literal

from pet_app.builder.workshop.cutting import Remnant
from pet_app.builder.workshop.planned import UNDATED, Order, Planned
from pet_app.core import offload, storage
from pet_app.core.errors import NotFound

PACK = "pet_app.builder.workshop.run:pack_file"
PLAN = "pet_app.builder.workshop.run:plan_orders"
PACK_TIMEOUT_S = 60
PLAN_TIMEOUT_S = 180

Suffix = Literal["pdf", "svg", "csv", "dxf"]
PageFormat = Literal["a4", "letter"]

TYPES: dict[Suffix, str] = {
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "dxf": "image/vnd.dxf",
}


def pack_of(
    order: Order,
    suffix: Suffix,
    format: PageFormat = "a4",
    made: datetime = UNDATED,
    picture: str = "",
) -> bytes:
    """The pack of an order as a file; `picture` is where its picture is stored, if it has one.

    Raises `Invalid` with the reasons for a design that is no longer made.
    """
    shown = None
    if picture and suffix == "pdf":
        # A picture that was lost is no reason to keep a seamstress waiting.
        with suppress(NotFound):
            shown = storage.get(picture)
    args = (order, suffix, format, made, shown)
    return offload.call("workshop", PACK, *args, timeout=PACK_TIMEOUT_S)


def plan_of(
    orders: Sequence[Order],
    shelf: Sequence[Remnant] = (),
    format: PageFormat = "a4",
    on_progress: Callable[[str], None] | None = None,
) -> Planned:
    """The cutting plan of these orders. Raises `Invalid` when there is nothing to cut."""
    return offload.call(
        "workshop",
        PLAN,
        list(orders),
        list(shelf),
        format,
        on_progress=on_progress,
        timeout=PLAN_TIMEOUT_S,
    )
