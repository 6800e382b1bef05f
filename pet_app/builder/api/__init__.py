"""The builder over HTTP."""

from fastapi import APIRouter

from pet_app.builder.api import designs, pictures

router = APIRouter(prefix="/api/v1/builder", tags=["builder"])
for part in (designs, pictures):
    router.include_router(part.router)
