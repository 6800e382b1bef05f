"""The pets we know."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id


class Pet(SQLModel, table=True):
    """One pet. `owner` is an `Identity.owner`; lengths in millimetres, weight in grams."""

    __tablename__ = "pet"  # pyright: ignore[reportAssignmentType]

    id: str = Field(default_factory=new_id, primary_key=True)
    owner: str = Field(index=True)
    name: str
    species: str
    breed: str = ""
    neck_mm: int
    girth_mm: int
    back_mm: int
    weight_g: int
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)
