"""Accounts and sessions over HTTP."""

from fastapi import APIRouter

from pet_app.user.api import (
    addresses,
    frames,
    leaving,
    password,
    profile,
    providers,
    registration,
    second_factor,
    session,
    sessions,
    sisters,
    tokens,
)

__all__ = ["router"]

router = APIRouter(prefix="/api/v1", tags=["user"])
for part in (
    registration,
    session,
    sessions,
    password,
    second_factor,
    providers,
    sisters,
    frames,
    profile,
    addresses,
    tokens,
    leaving,
):
    router.include_router(part.router)
