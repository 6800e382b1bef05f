"""A tag's page over HTTP: where the pet is licensed, and words to its owner."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from pet_app.core import db
from pet_app.core.http import RequestBody
from pet_app.core.security import ANYBODY
from pet_app.licensing import service as licensing
from pet_app.user import service as users
from pet_app.user.service import FromClient

router = APIRouter(dependencies=[ANYBODY])

Code = Annotated[str, Path(max_length=20)]


class TagOut(BaseModel):
    """What a finder sees of a tag; `words` are the owner's, while they look for the pet."""

    code: str
    species: str
    town: str
    issuer: str
    licensed: bool
    lost: bool
    words: str
    can_write: bool


class Found(RequestBody):
    """Words to the owner, and how to reach whoever found the pet, if they like."""

    words: str = Field(max_length=1000)
    contact: str = Field(default="", max_length=120)


@router.get("/tags/{code}")
def tag(code: Code, sender: FromClient) -> TagOut:
    """Where the pet with this tag is licensed."""
    with db.writing() as session:
        users.count_guess(session, sender)
    with db.reading() as session:
        found = licensing.tag_page(session, code)
    return TagOut(
        code=found.code,
        species=found.species,
        town=found.town_name,
        issuer=found.issuer,
        licensed=found.licensed,
        lost=found.lost,
        words=found.words,
        can_write=found.can_write,
    )


@router.post("/tags/{code}/messages", status_code=202)
def write_to_owner(code: Code, told: Found, sender: FromClient) -> None:
    """Have a few words sent to the owner; neither learns the other's address from us."""
    with db.writing() as session:
        users.count_guess(session, sender)
    with db.writing() as session:
        licensing.write_to_owner(session, code, told.words, told.contact, sender)
