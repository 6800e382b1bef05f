"""A design somebody shows to whoever has its link."""

from dataclasses import dataclass

import reflex as rx
from sqlmodel import Session as Database

from pet_app.builder import service as builder
from pet_app.builder.pictures import PictureKind
from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.ui.session import Session


@dataclass(frozen=True)
class SharedView:
    """A shared design as its page shows it; `turning` is empty while there is no such picture."""

    code: str
    name: str
    line: str
    alt: str
    picture: str
    turning: str
    card: str
    like_it: str


class Shared(Session):
    """The design the address names."""

    seen: rx.Field[SharedView | None] = rx.field(None)
    missing: bool = False
    code: str = ""
    turns: bool = False

    @rx.event
    async def open(self) -> None:
        """Show the design the address names, or that there is none."""
        self.code, self.turns = self.router.url.path.rstrip("/").rpartition("/")[2], False
        try:
            self.seen = await db.read(shared_view, self.code)
        except NotFound:
            self.seen = None
        self.missing = self.seen is None

    @rx.event
    def turn(self) -> None:
        """Let it go round, or hold it still."""
        self.turns = not self.turns


def shared_view(session: Database, code: str) -> SharedView:
    """The design behind a link. Raises `NotFound`."""
    found = builder.shared_design(session, code)

    def url(kind: PictureKind) -> str:
        return found.pictures[kind].url if kind in found.pictures else ""

    title = "" if found.name == found.title else found.title
    made_for = f"Made for {found.made_for}" if found.made_for else ""
    return SharedView(
        code=found.code,
        name=found.name,
        line=" · ".join(part for part in (title, made_for) if part),
        alt=f"{found.name}: {title.lower()}" if title else found.name,
        picture=url(PictureKind.PHOTO),
        turning=url(PictureKind.TURNTABLE),
        card=found.card.url if found.card else "",
        like_it=f"/builder?shared={found.code}",
    )
