"""Promotion codes over HTTP, for those whose work they are."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field

from pet_app.checkout import service as checkout
from pet_app.checkout.rules import PromotionKind
from pet_app.checkout.service import NewPromotion, Promotion, PromotionChange
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.security import Identity, Scope, with_scope

router = APIRouter()

Clerk = Annotated[Identity, with_scope(Scope.CATALOGUE_WRITE)]
Word = Annotated[str, Field(max_length=40)]


class PromotionIn(RequestBody):
    """A code to make. `only_kinds` empty means every kind; codes of one `group` do not go
    together; `percent` or `amount_cents` by its kind."""

    code: Annotated[str, Field(max_length=80)]
    words: Annotated[str, Field(max_length=200)]
    kind: PromotionKind
    percent: int = 0
    amount_cents: int = 0
    minimum_cents: int = 0
    only_kinds: Annotated[list[Word], Field(max_length=30)] = []
    group: Annotated[str, Field(max_length=80)] = ""
    most_uses: int | None = None
    most_per_person: int | None = None
    starts: AwareDatetime | None = None
    ends: AwareDatetime | None = None


class PromotionPatch(RequestBody):
    """What of a code is other from now on."""

    words: Annotated[str, Field(max_length=200)] | None = None
    active: bool | None = None
    ends: AwareDatetime | None = None
    most_uses: int | None = None
    most_per_person: int | None = None


class PromotionOut(BaseModel):
    """A code, and how often it was used."""

    id: str
    code: str
    words: str
    kind: str
    percent: int
    amount_cents: int
    currency: str
    minimum_cents: int
    only_kinds: list[str]
    group: str
    most_uses: int | None
    most_per_person: int | None
    uses: int
    starts: datetime
    ends: datetime | None
    active: bool

    @classmethod
    def of(cls, row: Promotion) -> Self:
        return cls(**row.model_dump(exclude={"created"}))


@router.get("/promotions")
def list_promotions(session: ReadSession, identity: Clerk) -> list[PromotionOut]:
    """The newest promotion codes."""
    return [PromotionOut.of(row) for row in checkout.list_promotions(session, identity)]


@router.post("/promotions", status_code=201)
def add_promotion(body: PromotionIn, session: WriteSession, identity: Clerk) -> PromotionOut:
    """Make a code."""
    told = {**dict(body), "only_kinds": tuple(body.only_kinds)}
    return PromotionOut.of(checkout.add_promotion(session, identity, NewPromotion(**told)))


@router.patch("/promotions/{promotion_id}")
def change_promotion(
    promotion_id: str, body: PromotionPatch, session: WriteSession, identity: Clerk
) -> PromotionOut:
    """Change how long and how often a code can be used."""
    change = PromotionChange(**dict(body))
    return PromotionOut.of(checkout.change_promotion(session, identity, promotion_id, change))
