"""Licensing over HTTP."""

from fastapi import APIRouter

from pet_app.licensing.api import (
    applications,
    certificates,
    desk,
    documents,
    fees,
    licences,
    tags,
    transfers,
    verify,
)
from pet_app.licensing.api.desk.imports import UPLOADS as IMPORTS
from pet_app.licensing.api.documents import UPLOADS as PAPERS

__all__ = ["UPLOADS", "router"]

UPLOADS = PAPERS | IMPORTS
"""Paths that may be sent more than others, in bytes."""

router = APIRouter(prefix="/api/v1/licensing", tags=["licensing"])
for part in (applications, certificates, desk, documents, fees, licences, tags, transfers, verify):
    router.include_router(part.router)
