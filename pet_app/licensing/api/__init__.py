"""Licensing over HTTP."""

from fastapi import APIRouter

from pet_app.licensing.api import fees

__all__ = ["router"]

router = APIRouter(prefix="/api/v1/licensing", tags=["licensing"])
for part in (fees,):
    router.include_router(part.router)
