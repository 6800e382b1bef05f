"""The designs people keep, the models their browsers load, and the pictures we render."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from pet_app.builder.pictures import PictureState, Stage, Urgency
from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id


class DesignState(StrEnum):
    """A draft is what somebody has on the bench; it becomes a saved design when they keep it."""

    DRAFT = "draft"
    SAVED = "saved"
    DELETED = "deleted"


class SavedDesign(SQLModel, table=True):
    """One piece somebody designed. `owner` is an `Identity.owner`.

    `data` is frozen as `Design.to_dict` wrote it; a draft holds the raw choices of the page, keys
    and price empty. `request_key` names the click that made it: a second click makes nothing.
    """

    __tablename__ = "design"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("owner", "request_key"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    request_key: str
    name: str
    data: dict[str, Any] = Field(sa_type=JSON)
    content_key: str = Field(default="", index=True)
    geometry_key: str = ""
    price_cents: int = 0
    currency: str = ""
    state: str = DesignState.SAVED.value
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)


class GearModel(SQLModel, table=True):
    """The GLB file of one geometry: every look of it is put on in the browser."""

    __tablename__ = "gear_model"  # pyright: ignore[reportAssignmentType]

    geometry_key: str = Field(primary_key=True)
    storage_key: str
    size: int
    created: datetime = Field(sa_type=UtcDateTime)


class Picture(SQLModel, table=True):
    """One kind of picture of one content, shared by everybody who designed the same piece.

    `data` is what is pictured, `of_key` the content key of the design or thing in it. One that is
    `kept` is made though no saved design has that content. `event_id` is the order at work,
    `job_id` the job that makes it, `fault` what staff are told of a failure.
    """

    __table_args__ = (
        UniqueConstraint("content_key", "kind", "version"),
        Index("ix_picture_standing", "state", "version", "changed"),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    content_key: str
    of_key: str = Field(index=True)
    kind: str
    version: int
    data: dict[str, Any] = Field(sa_type=JSON)
    kept: bool = False
    urgency: int = Urgency.SHELF.value
    state: str = PictureState.QUEUED.value
    stage: str = Stage.QUEUED.value
    storage_key: str = ""
    reason: str = ""
    fault: str = ""
    event_id: str = ""
    job_id: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)


class ShownProduct(SQLModel, table=True):
    """A product that shows the pictures of one content, so that it gets new ones when they come."""

    __tablename__ = "shown_product"  # pyright: ignore[reportAssignmentType]

    handle: str = Field(primary_key=True)
    content_key: str = Field(index=True)


class DesignShare(SQLModel, table=True):
    """That somebody shows a design to whoever has the link. `made_for` is whose name its card
    bears, empty for nobody's."""

    __tablename__ = "design_share"  # pyright: ignore[reportAssignmentType]

    code: str = Field(primary_key=True)
    design_id: str = Field(foreign_key="design.id", unique=True)
    made_for: str = ""
    created: datetime = Field(sa_type=UtcDateTime)
