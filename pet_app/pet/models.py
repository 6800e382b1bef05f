"""The pets we know."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from pet_app.core.db import UtcDateTime
from pet_app.core.ids import new_id


class Pet(SQLModel, table=True):
    """One pet. `owner` is an `Identity.owner`; lengths in millimetres, weight in grams.

    What its owner has not told is empty: `sex`, whether it is `altered`, when it was `born`,
    `colours`, and its `microchip` by ISO 11784. `archived` is since when it is only remembered.
    """

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
    sex: str = ""
    altered: bool | None = None
    born: date | None = None
    colours: str = ""
    microchip: str = ""
    archived: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created: datetime = Field(sa_type=UtcDateTime)
    changed: datetime = Field(sa_type=UtcDateTime)
