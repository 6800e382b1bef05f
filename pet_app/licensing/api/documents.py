"""Papers of applications over HTTP: only for their owner and the clerks of their town."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, UploadFile
from fastapi.responses import StreamingResponse

from pet_app.core import storage
from pet_app.core.errors import TooLarge
from pet_app.core.http import ReadSession, WriteSession
from pet_app.core.media import media_type
from pet_app.licensing import service as licensing
from pet_app.licensing.api.shapes import ApplicationOut, Id, Reader, Writer, out
from pet_app.licensing.papers.limits import LARGEST_BYTES, MOST_PAGES, TOO_LARGE

router = APIRouter()

UPLOADS = {r"/api/v1/licensing/applications/[0-9a-z]{1,26}/documents": LARGEST_BYTES + 16 * 1024}
"""Paths that may be sent more than others, in bytes: a paper and what stands around it."""

PRIVATE = {"Cache-Control": "private, no-store"}


@router.post("/applications/{application_id}/documents", status_code=201)
def add_document(
    application_id: Id,
    identity: Writer,
    file: Annotated[UploadFile, File(description="A PDF, JPEG or PNG of at most 8 MB.")],
    shows: Annotated[str, Form(max_length=40, description="`rabies`, or a proof.")] = "rabies",
) -> ApplicationOut:
    """Add a paper; we keep how it looks, drawn afresh, and nothing of the file itself."""
    if (file.size or 0) > LARGEST_BYTES:
        raise TooLarge(TOO_LARGE)
    data = file.file.read(LARGEST_BYTES + 1)
    name = file.filename or ""
    return out(licensing.add_document(identity, application_id, shows, name, data))


@router.delete("/documents/{document_id}")
def drop_document(document_id: Id, session: WriteSession, identity: Writer) -> ApplicationOut:
    """Take a paper away again."""
    return out(licensing.drop_document(session, identity, document_id))


@router.get("/documents/{document_id}/file", response_class=StreamingResponse)
def document_file(document_id: Id, session: ReadSession, identity: Reader) -> StreamingResponse:
    """A paper, as we drew it."""
    return _streamed(licensing.document_page(session, identity, document_id))


@router.get("/documents/{document_id}/pages/{page}", response_class=StreamingResponse)
def document_page(
    document_id: Id,
    page: Annotated[int, Path(ge=1, le=MOST_PAGES)],
    session: ReadSession,
    identity: Reader,
) -> StreamingResponse:
    """The picture of a page, counted from 1."""
    return _streamed(licensing.document_page(session, identity, document_id, page))


def _streamed(key: str) -> StreamingResponse:
    # Read before the answer begins: a missing file is a 404, not half an answer.
    pieces = storage.read_private(key)
    return StreamingResponse(pieces, media_type=media_type(key), headers=PRIVATE)
