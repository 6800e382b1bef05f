"""Designs shown to whoever has their link, with a card for where the link is shown."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from pet_app.builder import subject
from pet_app.builder.design import Design
from pet_app.builder.lettering.manners import declined
from pet_app.builder.models import DesignShare, DesignState, Picture, SavedDesign
from pet_app.builder.pictures import PictureKind, Urgency
from pet_app.builder.reading import parse
from pet_app.builder.service.designs import get_design, title_of
from pet_app.builder.service.pictures import PictureRecord, pictures_of, want_picture
from pet_app.core import clock
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.ink import printable
from pet_app.core.security import Identity
from pet_app.messaging.outbox import publish
from pet_app.user.events import FilesLetGo

GONE = "This link leads nowhere any more. Whoever sent it may have stopped sharing the design."
NOT_ON_A_CARD = "These words cannot stand on a card with our name. The design itself is safe."
LONGEST_NAME = 40
CODE_BYTES = 12
MADE = "Made to order in our workshop"
OURS = "Designed at Harness Hero"


@dataclass(frozen=True)
class Share:
    """A design's link; `made_for` is whose name stands on its card, `card` how far that is."""

    code: str
    design_id: str
    made_for: str
    card: PictureRecord | None

    @property
    def path(self) -> str:
        """Where visitors find it, on this site."""
        return f"/shared/{self.code}"


@dataclass(frozen=True)
class SharedDesign:
    """What whoever has the link sees. `pictures` are those that are there, by kind."""

    code: str
    name: str
    made_for: str
    title: str
    design: Design
    pictures: dict[PictureKind, PictureRecord]
    card: PictureRecord | None


def share_design(session: Session, identity: Identity, design_id: str, made_for: str = "") -> Share:
    """Give a design a link, or its card another name, and order what the link shows.

    Asking twice gives one link. Raises `NotFound`, and `Invalid` for words that cannot stand on it.
    """
    kept = get_design(session, identity, design_id)
    made_for = _tidy(made_for)
    if declined(kept.name) or declined(made_for):
        raise Invalid(NOT_ON_A_CARD, {"made_for": declined(made_for) or declined(kept.name)})
    row = _row(session, kept.id)
    if row is None:
        row = DesignShare(
            code=secrets.token_urlsafe(CODE_BYTES), design_id=kept.id, created=clock.now()
        )
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            # The other half of a double click was faster.
            row = _row(session, kept.id)
            if row is None:
                raise
    row.made_for = made_for
    session.add(row)
    session.flush()
    card = want_picture(
        session,
        PictureKind.CARD,
        _card(kept.name, kept.design, made_for),
        urgency=Urgency.PAGE,
    )
    want_picture(session, PictureKind.TURNTABLE, kept.design.to_dict())
    return Share(row.code, kept.id, made_for, card)


def share_of(session: Session, identity: Identity, design_id: str) -> Share | None:
    """The link of a design, if it has one. Raises `NotFound` for a design that is not theirs."""
    kept = get_design(session, identity, design_id)
    if (row := _row(session, kept.id)) is None:
        return None
    card = _card_of(session, kept.name, kept.design, row.made_for)
    return Share(row.code, kept.id, row.made_for, card)


def end_share(session: Session, identity: Identity, design_id: str) -> None:
    """Take a design's link back, with its card. Safe to do twice. Raises `NotFound`."""
    kept = get_design(session, identity, design_id)
    if (row := _row(session, kept.id)) and (files := forget_shares(session, [row])):
        publish(session, FilesLetGo(keys=files))


def shared_design(session: Session, code: str) -> SharedDesign:
    """What a link shows. Raises `NotFound` for one that never was, or is no more."""
    found = session.exec(
        select(DesignShare, SavedDesign)
        .join(SavedDesign, col(SavedDesign.id) == col(DesignShare.design_id))
        .where(DesignShare.code == code, SavedDesign.state == DesignState.SAVED)
    ).one_or_none()
    if found is None:
        raise NotFound(GONE)
    share, row = found
    try:
        design = parse(row.data)
    except Invalid as fault:
        raise NotFound(GONE) from fault
    made = pictures_of(session, [row.content_key], tuple(PictureKind))
    return SharedDesign(
        code=share.code,
        name=row.name,
        made_for=share.made_for,
        title=title_of(design),
        design=design,
        pictures={kind: record for (_, kind), record in made.items() if record.url},
        card=_card_of(session, row.name, design, share.made_for),
    )


def renew_card(session: Session, design_id: str) -> None:
    """Order the card of a shared design that has changed. Safe to do twice."""
    found = session.exec(
        select(DesignShare, SavedDesign)
        .join(SavedDesign, col(SavedDesign.id) == col(DesignShare.design_id))
        .where(SavedDesign.id == design_id, SavedDesign.state == DesignState.SAVED)
    ).one_or_none()
    if found:
        share, row = found
        data = _card(row.name, parse(row.data), share.made_for)
        want_picture(session, PictureKind.CARD, data)


def forget_shares(session: Session, rows: list[DesignShare]) -> list[str]:
    """Delete these links and the cards that bear their names; the files of those."""
    files: list[str] = []
    for share in rows:
        design = session.get(SavedDesign, share.design_id)
        session.delete(share)
        if design is None or not design.content_key:
            continue
        cards = select(Picture).where(
            Picture.of_key == design.content_key, Picture.kind == PictureKind.CARD
        )
        for row in session.exec(cards):
            if (row.data["title"], row.data["foot"]) == (design.name, _foot(share.made_for)):
                files += [row.storage_key] if row.storage_key else []
                session.delete(row)
    session.flush()
    return files


def shares_of(session: Session, design_ids: list[str]) -> list[DesignShare]:
    """The links of these designs."""
    mine = select(DesignShare).where(col(DesignShare.design_id).in_(design_ids))
    return list(session.exec(mine))


def _row(session: Session, design_id: str) -> DesignShare | None:
    return session.exec(select(DesignShare).where(DesignShare.design_id == design_id)).one_or_none()


def _card_of(session: Session, name: str, design: Design, made_for: str) -> PictureRecord | None:
    key = subject.content_key(_card(name, design, made_for))
    return pictures_of(session, [key], (PictureKind.CARD,)).get((key, PictureKind.CARD))


def _card(name: str, design: Design, made_for: str) -> dict[str, Any]:
    title = title_of(design)
    line = MADE if name == title else title
    return subject.card(design.to_dict(), subject.Words(name, line, _foot(made_for)))


def _foot(made_for: str) -> str:
    return f"Made for {made_for}" if made_for else OURS


def _tidy(name: str) -> str:
    """A name with tidy spaces and nothing invisible in it. Raises `Invalid` when too long."""
    tidy = " ".join(printable(name).split())
    if len(tidy) > LONGEST_NAME:
        sentence = f"Use {LONGEST_NAME} characters or fewer."
        raise Invalid("That name is too long for a card.", {"made_for": sentence})
    return tidy
