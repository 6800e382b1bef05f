"""Licences from elsewhere over HTTP: sent, looked through, taken in."""

import csv
import io
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel

from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.security import Permission
from pet_app.licensing import service as licensing
from pet_app.licensing.api.desk.shapes import Clerk, Reader, TownId
from pet_app.licensing.api.shapes import Id
from pet_app.licensing.service import ImportView

router = APIRouter()

UPLOADS = {
    r"/api/v1/licensing/desk/towns/[a-z0-9-]{1,80}/imports": licensing.MOST_IMPORT_BYTES + 16 * 1024
}
"""Paths that may be sent more than others, in bytes."""


class ColumnOut(BaseModel):
    """A column of a file, and whether every line has to have it."""

    name: str
    words: str
    needed: bool


@router.get("/import-columns")
def columns(identity: Reader) -> list[ColumnOut]:
    """The columns a file of licences has."""
    identity.must(Permission.LICENCES)
    return [
        ColumnOut(name=name, words=words, needed=needed)
        for name, words, needed in licensing.import_columns()
    ]


@router.get("/import-template.csv", response_class=Response)
def template(identity: Reader) -> Response:
    """An empty file with the header a file of licences has."""
    identity.must(Permission.LICENCES)
    text = io.StringIO()
    csv.writer(text).writerow([name for name, _, _ in licensing.import_columns()])
    headers = {"Content-Disposition": "attachment; filename=licences.csv"}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


@router.get("/towns/{town_id}/imports")
def list_imports(town_id: TownId, session: ReadSession, identity: Reader) -> list[ImportView]:
    """A town's last imports, the newest first."""
    return licensing.list_imports(session, identity, town_id)


@router.post("/towns/{town_id}/imports", status_code=201)
def send(
    town_id: TownId,
    identity: Clerk,
    file: Annotated[UploadFile, File(description="CSV in UTF-8, at most 32 MB.")],
) -> ImportView:
    """Send a file to have it looked through; nothing is taken in yet."""
    return licensing.import_dry_run(identity, town_id, file.file)


@router.get("/imports/{import_id}")
def one_import(import_id: Id, session: ReadSession, identity: Reader) -> ImportView:
    """How far an import is."""
    return licensing.import_of(session, identity, import_id)


@router.post("/imports/{import_id}/taking-in", status_code=202)
def take_in(import_id: Id, session: WriteSession, identity: Clerk) -> ImportView:
    """Take in what is good of a file."""
    return licensing.import_take_in(session, identity, import_id)
