"""Orders over HTTP: one's own, everybody's for the staff, and the files that belong to them."""

from fastapi import APIRouter

from pet_app.order.api import files, own, staff, tracking

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["order"])
for part in (own, files, tracking, staff):
    router.include_router(part.router)
