"""Where people want things sent: only they see or change their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.ids import is_id, new_id
from pet_app.core.security import Identity
from pet_app.user import postal
from pet_app.user.models import PostalAddress
from pet_app.user.service.profile import own_account

MOST_ADDRESSES = 20
LONGEST_LABEL = 40

NOT_YOURS = "We can't find that address. It may have been removed."


@dataclass(frozen=True)
class Address:
    """A checked address; `lines` by the names of `postal.lines_of`, `label` what it is to them."""

    country: str
    lines: Mapping[str, str]
    label: str = ""


@dataclass(frozen=True)
class AddressRecord:
    """An address as its owner sees it; `written` is how it stands on an envelope."""

    id: str
    label: str
    country: str
    lines: dict[str, str]
    preferred: bool

    @property
    def written(self) -> tuple[str, ...]:
        return postal.written(self.country, self.lines)


def checked_address(country: str, lines: Mapping[str, str], label: str = "") -> Address:
    """An address that can be kept; reads the country's rules, so outside a transaction.

    Raises `Invalid` with a sentence for each field that cannot stay as it is.
    """
    label = " ".join(label.split())
    if len(label) > LONGEST_LABEL or not label.isprintable():
        sentence = f"Use {LONGEST_LABEL} plain characters or fewer."
        raise Invalid(postal.AGAIN, {"label": sentence})
    return Address(country, postal.checked(country, lines), label)


def list_addresses(session: Session, identity: Identity) -> list[AddressRecord]:
    """All addresses of this person, the preferred one first. Raises `NotSignedIn`."""
    return [_record(row) for row in _rows(session, own_account(session, identity).id)]


def get_address(session: Session, identity: Identity, address_id: str) -> AddressRecord:
    """One address. Raises `NotFound` for an unknown one and for somebody else's alike."""
    return _record(_own(session, own_account(session, identity).id, address_id))


def add_address(
    session: Session, identity: Identity, address: Address, address_id: str | None = None
) -> AddressRecord:
    """Keep a new address; the first is the preferred one.

    A caller who may ask twice, as a double click does, gives the `address_id` both times: it
    stays one address. Raises `Conflict` when there are as many as we keep.
    """
    user = own_account(session, identity, to_change=True)
    rows = _rows(session, user.id)
    if any(row.id == address_id for row in rows):
        return change_address(session, identity, address_id or "", address)
    if len(rows) >= MOST_ADDRESSES:
        raise Conflict(f"You have {MOST_ADDRESSES} addresses here, which is as many as we keep.")
    if address_id and session.get(PostalAddress, address_id):
        raise NotFound(NOT_YOURS)
    row = PostalAddress(
        id=address_id or new_id(),
        user_id=user.id,
        label=address.label,
        country=address.country,
        lines=dict(address.lines),
        preferred=not rows,
        created=clock.now(),
    )
    session.add(row)
    session.flush()
    return _record(row)


def change_address(
    session: Session, identity: Identity, address_id: str, address: Address
) -> AddressRecord:
    """Replace what an address says. Raises `NotFound`."""
    row = _own(session, own_account(session, identity, to_change=True).id, address_id)
    row.label, row.country, row.lines = address.label, address.country, dict(address.lines)
    session.add(row)
    session.flush()
    return _record(row)


def prefer_address(session: Session, identity: Identity, address_id: str) -> AddressRecord:
    """Have things sent there unless said otherwise. Raises `NotFound`."""
    user = own_account(session, identity, to_change=True)
    chosen = _own(session, user.id, address_id)
    for row in _rows(session, user.id):
        row.preferred = row is chosen
        session.add(row)
    session.flush()
    return _record(chosen)


def remove_address(session: Session, identity: Identity, address_id: str) -> None:
    """Forget an address; if it was the preferred one, the oldest left is. Raises `NotFound`."""
    user = own_account(session, identity, to_change=True)
    row = _own(session, user.id, address_id)
    session.delete(row)
    session.flush()
    left = _rows(session, user.id)
    if row.preferred and left:
        left[0].preferred = True
        session.add(left[0])
        session.flush()


def _rows(session: Session, user_id: str) -> list[PostalAddress]:
    mine = select(PostalAddress).where(PostalAddress.user_id == user_id)
    order = (col(PostalAddress.preferred).desc(), col(PostalAddress.created), col(PostalAddress.id))
    return list(session.exec(mine.order_by(*order)))


def _own(session: Session, user_id: str, address_id: str) -> PostalAddress:
    row = session.get(PostalAddress, address_id) if is_id(address_id) else None
    if row is None or row.user_id != user_id:
        raise NotFound(NOT_YOURS)
    return row


def _record(row: PostalAddress) -> AddressRecord:
    return AddressRecord(row.id, row.label, row.country, dict(row.lines), row.preferred)
