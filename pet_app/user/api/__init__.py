"""Accounts and sessions over HTTP."""

from fastapi import APIRouter

from pet_app.user.api import addresses, profile, registration, session

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["user"])
for part in (registration, session, profile, addresses):
    router.include_router(part.router)
