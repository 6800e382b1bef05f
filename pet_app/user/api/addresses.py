"""Addresses over HTTP, and what an address has to say in each country."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import ANYBODY, Identity, Scope, with_scope
from pet_app.user import postal
from pet_app.user.service import addresses
from pet_app.user.service.addresses import AddressRecord

router = APIRouter()

Reader = Annotated[Identity, with_scope(Scope.ADDRESSES_READ)]
Writer = Annotated[Identity, with_scope(Scope.ADDRESSES_WRITE)]

PREFIX = "/me/addresses"

Code = Annotated[str, Field(min_length=2, max_length=2)]
Named = Annotated[str, Field(max_length=40)]
Text = Annotated[str, Field(max_length=1000)]


class AddressIn(RequestBody):
    """An address; `lines` by the names the country's fields have."""

    country: Code
    lines: Annotated[dict[Named, Text], Field(max_length=12)]
    label: Annotated[str, Field(max_length=200)] = ""


class AddressOut(BaseModel):
    """An address; `written` is how it stands on an envelope."""

    id: str
    label: str
    country: str
    lines: dict[str, str]
    preferred: bool
    written: list[str]


class LineOut(BaseModel):
    """One field of an address. `options` are (kept, shown) pairs; empty where anything goes."""

    name: str
    label: str
    required: bool
    options: list[tuple[str, str]]
    example: str


@router.get("/countries/{country}/address", dependencies=[ANYBODY])
def fields(country: str, area: str = "", city: str = "") -> list[LineOut]:
    """The fields of an address in a country, in order; `area` and `city` narrow the lists."""
    known = {"country_area": area[:120], "city": city[:120]}
    return [LineOut(**vars(line)) for line in postal.lines_of(country, known)]


@router.get(PREFIX)
def list_addresses(session: ReadSession, identity: Reader) -> list[AddressOut]:
    """All your addresses, the preferred one first."""
    return [_out(found) for found in addresses.list_addresses(session, identity)]


@router.post(PREFIX, status_code=201)
def add_address(
    body: AddressIn, session: WriteSession, identity: Writer, response: Response
) -> AddressOut:
    """Add an address; the first is the preferred one."""
    found = addresses.add_address(session, identity, _checked(body))
    response.headers["location"] = f"/api/v1{PREFIX}/{found.id}"
    return _out(found)


@router.get(PREFIX + "/{address_id}")
def get_address(address_id: str, session: ReadSession, identity: Reader) -> AddressOut:
    """One of your addresses."""
    return _out(addresses.get_address(session, identity, address_id))


@router.put(PREFIX + "/{address_id}")
def change_address(
    address_id: str, body: AddressIn, session: WriteSession, identity: Writer
) -> AddressOut:
    """Replace what an address says."""
    return _out(addresses.change_address(session, identity, address_id, _checked(body)))


@router.put(PREFIX + "/{address_id}/preferred")
def prefer_address(address_id: str, session: WriteSession, identity: Writer) -> AddressOut:
    """Have things sent there unless said otherwise."""
    return _out(addresses.prefer_address(session, identity, address_id))


@router.delete(PREFIX + "/{address_id}", status_code=204)
def remove_address(address_id: str, session: WriteSession, identity: Writer) -> None:
    """Forget an address."""
    addresses.remove_address(session, identity, address_id)


def _checked(body: AddressIn) -> addresses.Address:
    return addresses.checked_address(body.country.upper(), body.lines, body.label)


def _out(found: AddressRecord) -> AddressOut:
    return AddressOut(**vars(found), written=list(found.written))
