"""What somebody has on the bench: one unfinished piece to an owner, kept as the page holds it."""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from pet_app.builder.models import DesignState, SavedDesign
from pet_app.core import clock
from pet_app.core.errors import Invalid
from pet_app.core.security import Identity

DRAFT = "draft"
"""The request key every draft has, so that an owner cannot have two."""

MOST_CHOICES = 40
LONGEST_CHOICE = 160


def keep_draft(session: Session, identity: Identity, choices: Mapping[str, str]) -> None:
    """Remember the choices of a page as they stand, however unfinished."""
    if len(choices) > MOST_CHOICES or any(len(text) > LONGEST_CHOICE for text in choices.values()):
        raise Invalid("That is more than a draft holds.")
    if row := draft_row(session, identity.owner):
        _change(session, row, choices)
        return
    now = clock.now()
    row = SavedDesign(
        owner=identity.owner,
        request_key=DRAFT,
        name="",
        data=dict(choices),
        state=DesignState.DRAFT,
        created=now,
        changed=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Another tab of theirs was faster.
        if (row := draft_row(session, identity.owner)) is None:
            raise
        _change(session, row, choices)


def draft_of(session: Session, identity: Identity) -> dict[str, str]:
    """What this person last had on the bench; empty when nothing."""
    mine = select(SavedDesign).where(
        col(SavedDesign.owner).in_(identity.owners), SavedDesign.request_key == DRAFT
    )
    row = session.exec(mine.order_by(col(SavedDesign.changed).desc())).first()
    return dict(row.data) if row else {}


def drop_draft(session: Session, identity: Identity) -> None:
    """Clear the bench."""
    for owner in identity.owners:
        if row := draft_row(session, owner):
            session.delete(row)
    session.flush()


def draft_row(session: Session, owner: str) -> SavedDesign | None:
    """The row of an owner's draft."""
    wanted = select(SavedDesign).where(SavedDesign.owner == owner, SavedDesign.request_key == DRAFT)
    return session.exec(wanted).one_or_none()


def _change(session: Session, row: SavedDesign, choices: Mapping[str, str]) -> None:
    row.data, row.changed = dict(choices), clock.now()
    session.add(row)
    session.flush()
