"""Cart and checkout over HTTP, and what the staff do with codes and gift cards."""

from fastapi import APIRouter

from pet_app.checkout.api import cart, checkout, gift_cards, promotions

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["checkout"])
for part in (cart, checkout, promotions, gift_cards):
    router.include_router(part.router)
