"""The product being looked at: its forms, what a pet would take, what was looked at before."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx
from sqlmodel import Session as Database

from pet_app.catalog import service as catalog
from pet_app.catalog.display.card import Card, cards
from pet_app.catalog.display.product import (
    REVIEWS,
    ProductView,
    chosen_form,
    form_with,
    product_view,
)
from pet_app.catalog.rules import Kind
from pet_app.catalog.service import NewReview
from pet_app.catalog.sizes import size_for
from pet_app.core import db
from pet_app.core.errors import NotFound
from pet_app.core.security import Identity
from pet_app.pet import service as pets
from pet_app.ui import live
from pet_app.ui.session import Session

SEEN_BEFORE = 4
MOST_REVIEWS = 50
SIZE = "Size"
PATIENCE_S = 60.0
"""How long a page waits for further pictures; they are there at the next visit."""


@dataclass(frozen=True)
class Fit:
    """What size a pet takes; `size` is empty for one that takes none of ours."""

    name: str
    size: str
    chosen: bool


@dataclass(frozen=True)
class Person:
    """What a product page shows one person alone."""

    fits: list[Fit]
    seen_before: list[Card]
    may_review: bool
    own: NewReview | None
    own_state: str


class Looking(Session):
    """The product the address names, in the form that is chosen."""

    seen: rx.Field[ProductView | None] = rx.field(None)
    missing: bool = False
    handle: str = ""
    view: str = ""

    fits: rx.Field[list[Fit]] = rx.field(default_factory=list)
    seen_before: rx.Field[list[Card]] = rx.field(default_factory=list)
    may_review: bool = False
    own_rating: int = 0
    own_title: str = ""
    own_text: str = ""
    own_name: str = ""
    own_state: str = ""

    _sku: str = ""
    _shown: int = REVIEWS

    @rx.event
    async def look_at(self) -> AsyncIterator[Any]:
        """Show the product the address names, then what is this person's alone."""
        asked = dict(self.router.url.query_parameters)
        self.handle = self.router.url.path.rstrip("/").rpartition("/")[2]
        self._sku, self._shown, self.view = asked.get("variant", ""), REVIEWS, ""
        await self._show()
        yield
        if self.seen is not None:
            await self._know()
            if not any(view.turns for view in self.seen.views):
                yield Looking.follow_views

    @rx.event
    def look_from(self, picture: str) -> None:
        """Show another of its pictures large."""
        known = self.seen.views if self.seen else []
        self.view = next((one.picture for one in known if one.picture == picture), "")

    @rx.event(background=True)
    async def follow_views(self) -> None:
        """Show the further pictures as soon as they are there."""
        async with self:
            handle = self.handle
        async for _ in live.changes(catalog.TOPIC, PATIENCE_S):
            found = await db.read(product_view, handle)
            async with self:
                if self.seen is None or self.handle != handle:
                    return
                self.seen = replace(self.seen, views=found.views)
            if any(view.turns for view in found.views):
                return

    @rx.event
    async def choose(self, name: str, value: str) -> None:
        """Choose a value of an option."""
        if self.seen is not None:
            self._sku = await db.read(_sku_with, self.handle, self._sku, name, value)
            await self._show()
            self._mark_fits()

    @rx.event
    async def more_reviews(self) -> None:
        """Show more of what buyers say."""
        self._shown = min(MOST_REVIEWS, self._shown + REVIEWS)
        await self._show()

    async def _show(self) -> None:
        try:
            self.seen = await db.read(product_view, self.handle, self._sku, self._shown)
        except NotFound:
            self.seen = None
        self.missing = self.seen is None

    async def _know(self) -> None:
        identity = await self._identity()
        if self.seen is None or not identity.owners:
            return
        known = await db.read(_person, identity, self.handle)
        self.fits, self.seen_before = known.fits, known.seen_before
        self.may_review, self.own_state = known.may_review, known.own_state
        own = known.own or NewReview("", 0, "", "", identity.name)
        self.own_rating, self.own_title, self.own_text = own.rating, own.title, own.text
        self.own_name = own.shown_name
        self._mark_fits()
        await db.write(catalog.note_look, identity, self.seen.card.id)

    def _mark_fits(self) -> None:
        chosen = {group.chosen for group in self.seen.options} if self.seen else set()
        self.fits = [Fit(fit.name, fit.size, fit.size in chosen) for fit in self.fits]


def _sku_with(session: Database, handle: str, sku: str, name: str, value: str) -> str:
    forms = catalog.variants_of(session, catalog.product_by_handle(session, handle))
    form = form_with(forms, sku, name, value) or chosen_form(forms, sku)
    return form.sku if form else ""


def _person(session: Database, identity: Identity, handle: str) -> Person:
    product = catalog.product_by_handle(session, handle)
    forms = catalog.variants_of(session, product)
    offered = {value for form in forms for name, value in form.options if name == SIZE}
    own = catalog.own_review(session, identity, product.id)
    before = catalog.looks_of(session, identity, SEEN_BEFORE, but=product.id)
    return Person(
        fits=[fit for fit in _fits(session, identity, Kind(product.kind)) if fit.size in offered],
        seen_before=cards(session, before),
        may_review=catalog.may_review(session, identity, product.id),
        own=NewReview(product.id, own.rating, own.title, own.text, own.shown_name) if own else None,
        own_state=own.state if own else "",
    )


def _fits(session: Database, identity: Identity, kind: Kind) -> list[Fit]:
    found = []
    for pet in pets.list_pets(session, identity):
        size = size_for(kind, pet.body.neck_mm, pet.body.girth_mm)
        if size is not None:
            found.append(Fit(pet.name, size.name, chosen=False))
    return found
