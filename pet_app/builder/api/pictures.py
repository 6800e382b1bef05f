"""Pictures of designs over HTTP: other sides, once round, and links with a card."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from pet_app.builder import service as builder
from pet_app.builder.pictures import PictureKind, PictureState, Stage
from pet_app.builder.service import PictureRecord, Share
from pet_app.builder.studios import USUAL, light_sets
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import ANYBODY, Identity, Scope, with_scope
from pet_app.core.settings import settings

router = APIRouter()

LIGHTS = list(light_sets())
TAKEN_IN = f"What it is taken in: {', '.join(LIGHTS)}."

LightName = Annotated[str, Query(description=TAKEN_IN, json_schema_extra={"enum": LIGHTS})]
Reader = Annotated[Identity, with_scope(Scope.DESIGNS_READ)]
Writer = Annotated[Identity, with_scope(Scope.DESIGNS_WRITE)]


class PictureOut(BaseModel):
    """How far a picture has come; `url` is null until there is one, `reason` says why not."""

    kind: PictureKind
    light: str = Field(description=TAKEN_IN)
    state: PictureState
    stage: Stage
    percent: int
    url: str | None
    reason: str


class ShareIn(RequestBody):
    """Whose name the card of a link bears; empty for nobody's."""

    made_for: str = Field(default="", max_length=200)


class ShareOut(BaseModel):
    """A design's link and its card."""

    url: str
    made_for: str
    card: PictureOut | None


class SharedOut(BaseModel):
    """What whoever has a link sees; pictures by kind, as far as they are there."""

    name: str
    title: str
    made_for: str
    pictures: dict[PictureKind, str]
    card: str | None


@router.get("/designs/{design_id}/pictures")
def list_pictures(design_id: str, session: ReadSession, identity: Reader) -> list[PictureOut]:
    """Every picture of one of your designs that was asked for."""
    return [_picture(found) for found in builder.views_of(session, identity, design_id)]


@router.put("/designs/{design_id}/pictures/{kind}")
def order_picture(
    design_id: str,
    kind: PictureKind,
    session: WriteSession,
    identity: Writer,
    light: LightName = USUAL,
) -> PictureOut:
    """Have a picture made of one of your designs, unless it is there; ask again to see it come."""
    return _picture(builder.want_view(session, identity, design_id, kind, light))


@router.get("/designs/{design_id}/share")
def get_share(design_id: str, session: ReadSession, identity: Reader) -> ShareOut | None:
    """The link of one of your designs; null while it has none."""
    found = builder.share_of(session, identity, design_id)
    return _share(found) if found else None


@router.put("/designs/{design_id}/share")
def share_design(
    design_id: str, body: ShareIn, session: WriteSession, identity: Writer
) -> ShareOut:
    """Give one of your designs a link, or its card another name."""
    return _share(builder.share_design(session, identity, design_id, body.made_for))


@router.delete("/designs/{design_id}/share", status_code=204)
def end_share(design_id: str, session: WriteSession, identity: Writer) -> None:
    """Take the link of one of your designs back."""
    builder.end_share(session, identity, design_id)


@router.get("/shared/{code}", dependencies=[ANYBODY])
def shared_design(code: str, session: ReadSession, response: Response) -> SharedOut:
    """What a link shows."""
    found = builder.shared_design(session, code)
    # Whoever takes a link back wants it gone.
    response.headers["cache-control"] = "no-store"
    return SharedOut(
        name=found.name,
        title=found.title,
        made_for=found.made_for,
        pictures={kind: record.url for kind, record in found.pictures.items()},
        card=(found.card.url or None) if found.card else None,
    )


def _picture(found: PictureRecord) -> PictureOut:
    return PictureOut(
        kind=found.kind,
        light=found.light,
        state=found.state,
        stage=found.stage,
        percent=found.percent,
        url=found.url or None,
        reason=found.reason,
    )


def _share(found: Share) -> ShareOut:
    return ShareOut(
        url=settings().site_url + found.path,
        made_for=found.made_for,
        card=_picture(found.card) if found.card else None,
    )
