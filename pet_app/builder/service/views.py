"""Further pictures of a design, for whoever keeps it."""

from collections.abc import Sequence

from sqlmodel import Session

from pet_app.builder import subject
from pet_app.builder.pictures import PictureKind, Urgency
from pet_app.builder.service.designs import DesignRecord, get_design
from pet_app.builder.service.pictures import PictureRecord, pictures_of, want_picture
from pet_app.builder.studios import USUAL, light_sets
from pet_app.core.errors import Invalid
from pet_app.core.security import Identity

ONLY_SHARED = "A card bears words, so it is made when the design is shared."


def want_view(
    session: Session, identity: Identity, design_id: str, kind: PictureKind, light: str = USUAL
) -> PictureRecord:
    """Order a picture of a design somebody looks at, unless it is there.

    Raises `NotFound` for a design that is not theirs, and `Invalid` for a card and for a light we
    do not have.
    """
    kept = get_design(session, identity, design_id)
    if kind is PictureKind.CARD:
        raise Invalid(ONLY_SHARED, {"kind": ONLY_SHARED})
    shown = subject.lit(kept.design.to_dict(), light)
    if kind is PictureKind.DRAWING:
        # Lines look the same in any light.
        shown = subject.piece_of(shown)
    return want_picture(session, kind, shown, urgency=Urgency.PAGE)


def views_of(session: Session, identity: Identity, design_id: str) -> list[PictureRecord]:
    """Every picture of a design that was asked for, light by light. Raises `NotFound`."""
    data = get_design(session, identity, design_id).design.to_dict()
    keys = [subject.content_key(subject.lit(data, light)) for light in light_sets()]
    found = pictures_of(session, keys, tuple(PictureKind))
    return [found[key, kind] for key in keys for kind in PictureKind if (key, kind) in found]


def thumbs_of(session: Session, kept: Sequence[DesignRecord]) -> dict[str, str]:
    """Where the small pictures of designs are, by the design's id; the large where one lacks."""
    keys = [one.picture.content_key for one in kept if one.picture]
    found = pictures_of(session, keys, (PictureKind.THUMB,))
    small = {key: record.url for (key, _), record in found.items() if record.url}
    return {
        one.id: small.get(one.picture.content_key, one.picture.url) for one in kept if one.picture
    }
