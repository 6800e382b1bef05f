"""Licensing over HTTP."""

from fastapi import APIRouter

from pet_app.licensing.api import (
    applications,
    certificates,
    documents,
    fees,
    licences,
    tags,
    transfers,
    verify,
)
from pet_app.licensing.api.documents import UPLOADS

__all__ = ["UPLOADS", "router"]

router = APIRouter(prefix="/api/v1/licensing", tags=["licensing"])
for part in (applications, certificates, documents, fees, licences, tags, transfers, verify):
    router.include_router(part.router)
