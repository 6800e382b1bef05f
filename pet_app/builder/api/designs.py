"""Designs over HTTP, and what staff make them from."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from pet_app.builder import service as builder
from pet_app.builder.quote import Quote
from pet_app.builder.service import DesignRecord
from pet_app.builder.workshop.cutting import Remnant
from pet_app.builder.workshop.orders import TYPES, PageFormat, Suffix, pack_of, plan_of
from pet_app.builder.workshop.planned import Order
from pet_app.core import db
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import ANYBODY, Identity, Scope, with_scope

router = APIRouter()

AT = "/api/v1/builder/designs"

Reader = Annotated[Identity, with_scope(Scope.DESIGNS_READ)]
Writer = Annotated[Identity, with_scope(Scope.DESIGNS_WRITE)]
Maker = Annotated[Identity, with_scope(Scope.WORKSHOP_READ)]

Text = Annotated[str, Field(max_length=200)]


class DesignIn(RequestBody):
    """A design to keep; `request_key` names the click, so that sending it twice keeps one."""

    design: dict[str, Any]
    request_key: Text
    name: Text = ""


class Name(RequestBody):
    """A design's new name."""

    name: Text


class LineOut(BaseModel):
    """One line of a price."""

    label: str
    quantity: str
    cents: int


class RefusalOut(BaseModel):
    """A choice that cannot be made, why, and the nearest that can: null when there is none."""

    field: str
    reason: str
    nearest: bool | int | str | list[str] | None


class QuoteOut(BaseModel):
    """A design judged; `cents` is null while it cannot be made."""

    cents: int | None
    currency: str
    lines: list[LineOut]
    refusals: list[RefusalOut]
    description: str


class DesignOut(BaseModel):
    """A kept design; `picture` is null until it is rendered."""

    id: str
    name: str
    design: dict[str, Any]
    cents: int
    currency: str
    picture: str | None


class RemnantIn(RequestBody):
    """A length that lies on the shelf; `roll` as a plan names it."""

    roll: Text
    length_mm: int = Field(gt=0, le=100_000)


class PlanIn(RequestBody):
    """Which designs to cut together, and what lies on the shelf."""

    design_ids: list[Text] = Field(max_length=1000)
    shelf: list[RemnantIn] = Field(default=[], max_length=2000)


class LeftOut(BaseModel):
    """A design that is not in the plan, and why."""

    number: str
    name: str
    reason: str


class PlanOut(BaseModel):
    """What a cutting plan comes to, lengths in mm, and its cuts as CSV.

    `waste_mm` beside that of cutting in turn and of first-fit decreasing; `gap` is the share of it
    that a better plan could save at most.
    """

    orders: int
    cuts: int
    rolls: int
    pieces: int
    used_mm: int
    bought_mm: int
    kept_mm: int
    waste_mm: int
    one_by_one_mm: int
    first_fit_mm: int
    gap: float
    seconds: float
    left_out: list[LeftOut]
    csv: str


class FailedPictureOut(BaseModel):
    """A picture that was given up: what its owner was told, and what went wrong."""

    content_key: str
    kind: str
    reason: str
    fault: str
    changed: datetime


@router.post("/quotes", dependencies=[ANYBODY])
def quote_design(design: dict[str, Any]) -> QuoteOut:
    """Judge and price a design without keeping it."""
    return _quote_out(builder.quote_of(design))


@router.get("/designs")
def list_designs(session: ReadSession, identity: Reader) -> list[DesignOut]:
    """All your designs."""
    return [_out(design) for design in builder.list_designs(session, identity)]


@router.post("/designs", status_code=201)
def save_design(
    body: DesignIn, session: WriteSession, identity: Writer, response: Response
) -> DesignOut:
    """Keep a design."""
    kept = builder.save_design(session, identity, body.design, body.name, body.request_key)
    response.headers["location"] = f"{AT}/{kept.id}"
    return _out(kept)


@router.get("/designs/{design_id}")
def get_design(design_id: str, session: ReadSession, identity: Reader) -> DesignOut:
    """One of your designs."""
    return _out(builder.get_design(session, identity, design_id))


@router.put("/designs/{design_id}")
def change_design(
    design_id: str, body: DesignIn, session: WriteSession, identity: Writer
) -> DesignOut:
    """Replace what a design is."""
    kept = builder.save_design(
        session, identity, body.design, body.name, body.request_key, design_id
    )
    return _out(kept)


@router.put("/designs/{design_id}/name")
def rename_design(design_id: str, body: Name, session: WriteSession, identity: Writer) -> DesignOut:
    """Give a design another name."""
    return _out(builder.rename_design(session, identity, design_id, body.name))


@router.delete("/designs/{design_id}", status_code=204)
def delete_design(design_id: str, session: WriteSession, identity: Writer) -> None:
    """Throw a design away."""
    builder.delete_design(session, identity, design_id)


@router.get("/designs/{design_id}/pack.{suffix}", response_class=Response)
def workshop_pack(
    design_id: str, suffix: Suffix, identity: Maker, paper: PageFormat = "a4"
) -> Response:
    """Everything to make a design from, for staff: PDF, 1:1 SVG and DXF, cut list as CSV."""
    with db.reading() as session:
        (work,) = builder.get_work(session, identity, [design_id])
    order = Order(work.number, work.name, work.data)
    file = pack_of(order, suffix, paper, work.changed, work.picture)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'inline; filename="{work.number}.{suffix}"',
    }
    return Response(file, headers=headers, media_type=TYPES[suffix])


@router.get("/pictures/failed")
def failed_pictures(session: ReadSession, identity: Maker) -> list[FailedPictureOut]:
    """The pictures that were given up last, and why, for staff."""
    found = builder.failed_pictures(session, identity)
    return [FailedPictureOut(**vars(failed)) for failed in found]


@router.post("/cutting-plans")
def cutting_plan(body: PlanIn, identity: Maker) -> PlanOut:
    """A plan that wastes the least webbing over many designs, for staff."""
    with db.reading() as session:
        works = builder.get_work(session, identity, body.design_ids)
    orders = [Order(work.number, work.name, work.data) for work in works]
    planned = plan_of(orders, [Remnant(lying.roll, lying.length_mm) for lying in body.shelf])
    return PlanOut(
        **vars(planned.figures),
        left_out=[LeftOut(**vars(left)) for left in planned.left],
        csv=planned.csv,
    )


def _quote_out(quote: Quote) -> QuoteOut:
    breakdown = quote.breakdown
    return QuoteOut(
        cents=breakdown.total.cents if breakdown and quote.can_be_made else None,
        currency=breakdown.total.currency if breakdown else "",
        lines=[
            LineOut(label=line.label, quantity=line.quantity, cents=line.amount.cents)
            for line in (breakdown.lines if breakdown else ())
        ],
        refusals=[RefusalOut(**vars(refusal)) for refusal in quote.refusals],
        description=quote.description,
    )


def _out(kept: DesignRecord) -> DesignOut:
    return DesignOut(
        id=kept.id,
        name=kept.name,
        design=dict(kept.design.to_dict()),
        cents=kept.price.cents,
        currency=kept.price.currency,
        picture=(kept.picture.url or None) if kept.picture else None,
    )
