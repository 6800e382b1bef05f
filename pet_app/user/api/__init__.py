"""Accounts and sessions over HTTP."""

from fastapi import APIRouter

from pet_app.user.api import registration, session

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["user"])
for part in (registration, session):
    router.include_router(part.router)
