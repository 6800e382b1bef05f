"""A town's counter, licences, policy, figures and lists over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from pet_app.core.http import ReadSession, WriteSession
from pet_app.licensing import service as licensing
from pet_app.licensing.api.desk.reports import (
    FiguresOut,
    SimulationIn,
    SimulationOut,
    figures_out,
    simulation_out,
)
from pet_app.licensing.api.desk.shapes import (
    Clerk,
    CounterIn,
    PolicyIn,
    PolicyOut,
    PriceIn,
    Reader,
    SoldOut,
    TownId,
    sold_out,
)
from pet_app.licensing.api.shapes import FeeOut, fee_out
from pet_app.licensing.service import CounterSale, FoundLicence

router = APIRouter()

PRIVATE = {"Cache-Control": "private, no-store"}
Year = Annotated[int | None, Query(ge=2000, le=2100)]


class ServedTown(BaseModel):
    """A town you decide for."""

    id: str
    name: str
    region: str


@router.get("/towns")
def towns(session: ReadSession, identity: Reader) -> list[ServedTown]:
    """The towns you decide for."""
    found = licensing.towns_of(session, identity)
    return [ServedTown(id=one.id, name=one.name, region=one.region) for one in found]


@router.get("/licences")
def look_up(
    session: ReadSession,
    identity: Reader,
    text: Annotated[str, Query(max_length=200)] = "",
    town: Annotated[str, Query(max_length=80)] = "",
) -> list[FoundLicence]:
    """Licences by number, tag code, holder or pet; at most fifty."""
    return list(licensing.look_up(session, identity, text, town))


@router.get("/towns/{town_id}/policy")
def policy(town_id: TownId, session: ReadSession, identity: Reader) -> PolicyOut:
    """What approves itself in a town."""
    return PolicyOut.model_validate(licensing.policy_of(session, identity, town_id))


@router.put("/towns/{town_id}/policy")
def change_policy(
    town_id: TownId, body: PolicyIn, session: WriteSession, identity: Clerk
) -> PolicyOut:
    """Have other kinds approve themselves."""
    kinds = [kind.value for kind in body.automatic]
    changed = licensing.change_policy(session, identity, town_id, kinds, body.audit_percent)
    return PolicyOut.model_validate(changed)


@router.post("/towns/{town_id}/counter-prices")
def price_at_counter(
    town_id: TownId, body: PriceIn, session: ReadSession, identity: Reader
) -> FeeOut:
    """What a licence costs at the counter."""
    return fee_out(licensing.price_at_counter(session, identity, town_id, body.form.form()))


@router.post("/towns/{town_id}/counter-sales", status_code=201)
def sell_at_counter(
    town_id: TownId, body: CounterIn, session: WriteSession, identity: Clerk
) -> SoldOut:
    """Take the money and issue a licence at once."""
    sale = CounterSale(town_id, body.form.form(), body.paid_by, body.request_key, body.tag_code)
    return sold_out(licensing.sell_at_counter(session, identity, sale))


@router.get("/towns/{town_id}/figures")
def figures(
    town_id: TownId, session: ReadSession, identity: Reader, year: Year = None
) -> FiguresOut:
    """A year in figures; this year without one."""
    return figures_out(licensing.figures(session, identity, town_id, year))


@router.post("/towns/{town_id}/simulations")
def simulate(
    town_id: TownId, body: SimulationIn, session: ReadSession, identity: Reader
) -> SimulationOut:
    """What the last twelve months would have cost with other amounts."""
    found = licensing.simulate(session, identity, town_id, body.wanted())
    return simulation_out(found)


@router.get("/towns/{town_id}/licences.csv", response_class=StreamingResponse)
def licences_csv(town_id: TownId, identity: Reader) -> StreamingResponse:
    """Every licence of a town, as a spreadsheet reads it."""
    pieces = licensing.export_csv(identity, town_id, "licences")
    return StreamingResponse(pieces, media_type="text/csv", headers=_named(town_id, "licences"))


@router.get("/towns/{town_id}/applications.csv", response_class=StreamingResponse)
def applications_csv(town_id: TownId, identity: Reader) -> StreamingResponse:
    """Every application of a town, as a spreadsheet reads it."""
    pieces = licensing.export_csv(identity, town_id, "applications")
    headers = _named(town_id, "applications")
    return StreamingResponse(pieces, media_type="text/csv", headers=headers)


def _named(town_id: str, what: str) -> dict[str, str]:
    return {**PRIVATE, "Content-Disposition": f"attachment; filename={town_id}-{what}.csv"}
