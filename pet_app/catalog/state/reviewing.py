"""Writing a review, by who bought the product."""

import reflex as rx

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import ReviewState
from pet_app.catalog.service import NewReview
from pet_app.catalog.state.looking import Looking
from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.ui.session import Session


class Reviewing(Session):
    """The form below the reviews; `thanked` once it was sent."""

    opened: bool = False
    thanked: bool = False

    @rx.event
    def begin(self) -> None:
        """Open the form."""
        self.opened, self.thanked = True, False

    @rx.event
    def leave(self) -> None:
        """Close the form again."""
        self.opened = False

    @rx.event
    async def write(self, typed: dict[str, str]) -> None:
        """Say how the product is; it is shown once somebody has read it."""
        looking = await self.get_state(Looking)
        if looking.seen is None:
            raise NotFound("Open the product you want to write about.")
        stars = typed.get("rating", "")
        new = NewReview(
            product_id=looking.seen.card.id,
            rating=int(stars) if stars.isascii() and stars.isdecimal() else 0,
            title=typed.get("title", ""),
            text=typed.get("text", ""),
            shown_name=typed.get("shown_name", ""),
        )
        await db.write(catalog.write_review, await self._identity(), new)
        looking.own_rating, looking.own_title = new.rating, new.title
        looking.own_text, looking.own_name = new.text, new.shown_name
        looking.own_state = ReviewState.WAITING.value
        self.opened, self.thanked = False, True
