"""The clerks' desk over HTTP: for who decides for a town, and programs they let."""

from fastapi import APIRouter

from pet_app.licensing.api.desk import cases, imports, towns

router = APIRouter(prefix="/desk")
for part in (cases, towns, imports):
    router.include_router(part.router)
