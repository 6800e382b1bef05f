"""Keeping designs: only their owner sees or changes them, and the price is worked out here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from pet_app.builder import library
from pet_app.builder.design import Design
from pet_app.builder.events import DesignDeleted, DesignSaved
from pet_app.builder.models import DesignState, SavedDesign
from pet_app.builder.palette import colour
from pet_app.builder.pictures import PictureKind, Urgency
from pet_app.builder.quote import Quote, quote
from pet_app.builder.reading import parse
from pet_app.builder.service.drafts import DRAFT, draft_row
from pet_app.builder.service.making import let_go
from pet_app.builder.service.pictures import PictureRecord, photos_of, want_pictures
from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.ids import is_id
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.core.telemetry import log
from pet_app.messaging.outbox import publish

NOT_YOURS = "We cannot find this design. It may have been deleted, or saved in another account."
SAVED_OTHERWISE = (
    "This was saved a moment ago in another form. Save again to keep this one beside it."
)
UNREADABLE = "This design uses something we no longer offer, so it cannot be opened any more."
CANNOT_BE_MADE = "This combination cannot be made. The reasons are beside the choices."

ON_SHOW = (PictureKind.PHOTO, PictureKind.THUMB)
"""What is made of every design that is kept."""

MOST_DESIGNS = 200
LONGEST_NAME = 60
LONGEST_REQUEST = 64


@dataclass(frozen=True)
class DesignRecord:
    """A kept design, with its picture as far as it has come."""

    id: str
    name: str
    design: Design
    price: Money
    picture: PictureRecord | None
    created: datetime
    changed: datetime


def quote_of(data: Mapping[str, Any]) -> Quote:
    """The live price, the refusals, the options and the words of a design in plain values.

    Raises `Invalid` with a sentence for every field that cannot be read.
    """
    return quote(parse(data))


def save_design(
    session: Session,
    identity: Identity,
    data: Mapping[str, Any],
    name: str,
    request_key: str,
    design_id: str = "",
) -> DesignRecord:
    """Keep a new design, or the changes to the one `design_id` names.

    Asking twice with one `request_key` keeps one design. Raises `Invalid` with the fields at fault,
    `NotFound` for a design that is not theirs, and `Conflict`.
    """
    owner, name = identity.owner, _name(name)
    if not 0 < len(request_key) <= LONGEST_REQUEST or request_key == DRAFT:
        raise Invalid("This did not come from our page. Reload it and save again.")
    judged = quote_of(data)
    if not judged.can_be_made or judged.breakdown is None:
        reasons = {refusal.field: refusal.reason for refusal in judged.refusals}
        raise Invalid(CANNOT_BE_MADE, reasons)
    design, price = judged.design, judged.breakdown.total
    if design_id:
        row = _own(session, identity, design_id, to_change=True)
        if (row.content_key, row.name) == (design.content_key(), name or row.name):
            return _with_picture(session, row)
    elif known := _by_request(session, owner, request_key):
        return _kept_before(session, known, design)
    else:
        _must_have_room(session, identity)
        now = clock.now()
        row = SavedDesign(
            owner=owner, request_key=request_key, name="", data={}, created=now, changed=now
        )
    row.name, row.changed = name or row.name or title_of(design), clock.now()
    row.data, row.price_cents, row.currency = (
        design.to_dict(),
        price.cents,
        price.currency,
    )
    earlier = row.content_key
    row.content_key, row.geometry_key = design.content_key(), design.geometry_key()
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # The other half of a double click was faster.
        if (known := _by_request(session, owner, request_key)) is None:
            raise
        return _kept_before(session, known, design)
    want_pictures(session, ON_SHOW, row.data, urgency=Urgency.PAGE)
    if earlier and earlier != row.content_key:
        let_go(session, earlier)
    publish(session, DesignSaved(design_id=row.id, content_key=row.content_key))
    return _with_picture(session, row)


def rename_design(session: Session, identity: Identity, design_id: str, name: str) -> DesignRecord:
    """Give a design another name. Raises `NotFound`, and `Invalid` with the field."""
    row = _own(session, identity, design_id, to_change=True)
    if not (name := _name(name)):
        raise Invalid("A design needs a name.", {"name": "What shall we call it?"})
    row.name, row.changed = name, clock.now()
    session.add(row)
    session.flush()
    publish(session, DesignSaved(design_id=row.id, content_key=row.content_key))
    return _with_picture(session, row)


def delete_design(session: Session, identity: Identity, design_id: str) -> None:
    """Throw a design away. Raises `NotFound`."""
    row = _own(session, identity, design_id, to_change=True)
    row.state, row.changed = DesignState.DELETED, clock.now()
    session.add(row)
    session.flush()
    let_go(session, row.content_key)
    publish(session, DesignDeleted(design_id=row.id))


def get_design(session: Session, identity: Identity, design_id: str) -> DesignRecord:
    """One design. Raises `NotFound` for an unknown one and for somebody else's alike.

    Raises `Invalid` for one that uses what we no longer offer.
    """
    return _with_picture(session, _own(session, identity, design_id))


def list_designs(session: Session, identity: Identity) -> list[DesignRecord]:
    """All kept designs of this person that can still be read, the last changed first."""
    mine = select(SavedDesign).where(
        SavedDesign.state == DesignState.SAVED,
        col(SavedDesign.owner).in_(identity.owners),
    )
    rows = session.exec(mine.order_by(col(SavedDesign.changed).desc())).all()
    pictures = photos_of(session, {row.content_key for row in rows})
    kept: list[DesignRecord] = []
    for row in rows:
        try:
            kept.append(_record(row, pictures.get(row.content_key)))
        except Invalid as fault:
            # One old design must not hide the others.
            log.warning("design unreadable", design=row.id, fields=fault.fields)
    return kept


def adopt_designs(session: Session, visitor_owner: str, user_owner: str) -> int:
    """Give a guest's designs to the account the guest signed in to; how many. Safe to do twice."""
    if not visitor_owner:
        return 0
    theirs = select(SavedDesign).where(SavedDesign.owner == visitor_owner).with_for_update()
    moved = 0
    for row in session.exec(theirs).all():
        if row.request_key == DRAFT and (older := draft_row(session, user_owner)):
            # What was on the bench just now counts; the account's older draft gives way.
            older.data, older.changed = row.data, row.changed
            session.add(older)
            session.delete(row)
            continue
        if _by_request(session, user_owner, row.request_key):
            row.request_key = row.id
        row.owner = user_owner
        session.add(row)
        session.flush()
        moved += row.state == DesignState.SAVED
    return moved


def title_of(design: Design) -> str:
    """What a design is called until its owner gives it a name: `Pine nylon harness`."""
    look = design.look
    material = library.webbing(look.material).name.removesuffix(" webbing").lower()
    return f"{colour(look.colour).name} {material.replace('pet', 'PET')} {design.kind.value}"


def _name(text: str) -> str:
    """A name with tidy spaces and nothing invisible in it. Raises `Invalid` when too long."""
    name = " ".join("".join(c for c in text if c.isprintable()).split())
    if len(name) > LONGEST_NAME:
        sentence = f"Use {LONGEST_NAME} characters or fewer."
        raise Invalid("That name is too long.", {"name": sentence})
    return name


def _must_have_room(session: Session, identity: Identity) -> None:
    mine = select(func.count()).where(
        SavedDesign.state == DesignState.SAVED,
        col(SavedDesign.owner).in_(identity.owners),
    )
    if session.exec(mine).one() >= MOST_DESIGNS:
        raise Conflict(f"You have {MOST_DESIGNS} designs here. Delete one to make room.")


def _own(
    session: Session, identity: Identity, design_id: str, to_change: bool = False
) -> SavedDesign:
    if not is_id(design_id):
        raise NotFound(NOT_YOURS)
    wanted = select(SavedDesign).where(
        SavedDesign.id == design_id,
        SavedDesign.state == DesignState.SAVED,
        col(SavedDesign.owner).in_(identity.owners),
    )
    row = session.exec(wanted.with_for_update() if to_change else wanted).one_or_none()
    if row is None:
        raise NotFound(NOT_YOURS)
    return row


def _by_request(session: Session, owner: str, request_key: str) -> SavedDesign | None:
    wanted = select(SavedDesign).where(
        SavedDesign.owner == owner, SavedDesign.request_key == request_key
    )
    return session.exec(wanted).one_or_none()


def _kept_before(session: Session, known: SavedDesign, design: Design) -> DesignRecord:
    if known.content_key != design.content_key() or known.state != DesignState.SAVED:
        raise Conflict(SAVED_OTHERWISE)
    return _with_picture(session, known)


def _with_picture(session: Session, row: SavedDesign) -> DesignRecord:
    return _record(row, photos_of(session, [row.content_key]).get(row.content_key))


def _record(row: SavedDesign, picture: PictureRecord | None) -> DesignRecord:
    try:
        design = parse(row.data)
    except Invalid as fault:
        raise Invalid(UNREADABLE, fault.fields) from fault
    return DesignRecord(
        id=row.id,
        name=row.name,
        design=design,
        price=Money(row.price_cents, row.currency),
        picture=picture,
        created=row.created,
        changed=row.changed,
    )
