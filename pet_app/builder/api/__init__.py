"""The builder over HTTP."""

from fastapi import APIRouter

from pet_app.builder.api import designs, files, pictures

router = APIRouter(prefix="/api/v1/builder", tags=["builder"])
for part in (designs, files, pictures):
    router.include_router(part.router)
