"""The catalogue over HTTP."""

from fastapi import APIRouter

from pet_app.catalog.api import products, reviews, staff, wishes

router = APIRouter(prefix="/api/v1", tags=["catalog"])
for part in (products, reviews, wishes, staff):
    router.include_router(part.router)
