"""What people say of themselves and how they like the shop, over HTTP."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.measures import Units
from pet_app.core.security import Identity, Permission, Scope, with_scope
from pet_app.user.api.shapes import Person
from pet_app.user.preferences import Channel, News, Preferences, Theme
from pet_app.user.service import profile as profiles

router = APIRouter(prefix="/me")

Reader = Annotated[Identity, with_scope(Scope.PROFILE_READ)]
Writer = Annotated[Identity, with_scope(Scope.PROFILE_WRITE)]


class Renaming(RequestBody):
    """What somebody would be called."""

    name: Annotated[str, Field(max_length=400)]


class Liking(RequestBody):
    """Choices to keep; what is left out or null stays as it is. `told` is by news and channel."""

    units: Units | None = None
    theme: Theme | None = None
    told: dict[News, dict[Channel, bool]] = {}


class Liked(BaseModel):
    """Everything chosen; `units` and `theme` are null until they are."""

    units: Units | None
    theme: Theme | None
    told: dict[News, dict[Channel, bool]]


@router.patch("")
def rename(body: Renaming, session: WriteSession, identity: Writer) -> Person:
    """Change what you are called."""
    found = profiles.rename(session, identity, body.name)
    return Person(id=found.id, name=found.name, email=found.email, role=found.role)


@router.get("/preferences")
def preferences(session: ReadSession, identity: Reader) -> Liked:
    """Your units, theme, and what you are told where."""
    identity.must(Permission.ACCOUNT)
    return _liked(profiles.preferences_of(session, identity))


@router.patch("/preferences")
def prefer(body: Liking, session: WriteSession, identity: Writer) -> Liked:
    """Choose units, theme, and what you are told where."""
    chosen = profiles.prefer(session, identity, units=body.units, theme=body.theme)
    for news, channels in body.told.items():
        for channel, wanted in channels.items():
            chosen = profiles.tell(session, identity, news, channel, wanted=wanted)
    return _liked(chosen)


def _liked(chosen: Preferences) -> Liked:
    told = {news: {channel: chosen.tells(news, channel) for channel in Channel} for news in News}
    return Liked(units=chosen.units, theme=chosen.theme, told=told)
