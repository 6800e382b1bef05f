"""Gift cards over HTTP, for those whose work they are."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from pet_app.checkout import service as checkout
from pet_app.checkout.api.shapes import MoneyOut, RequestKey
from pet_app.checkout.service import CardRecord
from pet_app.core.http import ReadSession, RequestBody, WriteSession
from pet_app.core.money import Money
from pet_app.core.security import Identity, Scope, with_scope

router = APIRouter()

Clerk = Annotated[Identity, with_scope(Scope.CATALOGUE_WRITE)]


class CardIn(RequestBody):
    """A gift card to make."""

    cents: int
    expires: AwareDatetime | None = None
    request_key: RequestKey


class CardOut(BaseModel):
    """A gift card: what is left on it, never its code."""

    id: str
    last_four: str
    balance: MoneyOut
    active: bool
    origin: str
    created: datetime
    expires: datetime | None

    @classmethod
    def of(cls, card: CardRecord) -> Self:
        return cls(**{**vars(card), "balance": MoneyOut.of(card.balance)})


class MadeOut(BaseModel):
    """A gift card with its code, which is shown this once."""

    card: CardOut
    code: str


class EntryOut(BaseModel):
    """What moved on a card."""

    change: MoneyOut
    balance: MoneyOut
    reason: str
    reference: str
    created: datetime


@router.get("/gift-cards")
def list_cards(
    session: ReadSession, identity: Clerk, last_four: Annotated[str, Query(max_length=4)] = ""
) -> list[CardOut]:
    """The newest gift cards, or those whose code ends so."""
    return [CardOut.of(card) for card in checkout.list_cards(session, identity, last_four)]


@router.post("/gift-cards", status_code=201)
def issue_card(body: CardIn, session: WriteSession, identity: Clerk) -> MadeOut:
    """Make a gift card; with one `request_key` once."""
    card, code = checkout.issue_card(
        session, identity, Money(body.cents), body.request_key, body.expires
    )
    return MadeOut(card=CardOut.of(card), code=code)


@router.get("/gift-cards/{card_id}/entries")
def ledger(card_id: str, session: ReadSession, identity: Clerk) -> list[EntryOut]:
    """What moved on a gift card, the oldest first."""
    return [
        EntryOut(
            change=MoneyOut.of(entry.change),
            balance=MoneyOut.of(entry.balance),
            reason=entry.reason,
            reference=entry.reference,
            created=entry.created,
        )
        for entry in checkout.ledger(session, identity, card_id)
    ]


@router.delete("/gift-cards/{card_id}")
def withdraw_card(card_id: str, session: WriteSession, identity: Clerk) -> CardOut:
    """Make a gift card worthless."""
    return CardOut.of(checkout.withdraw_card(session, identity, card_id))
