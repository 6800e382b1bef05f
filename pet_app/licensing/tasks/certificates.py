"""The certificate of a licence, drawn once it is issued."""

from io import BytesIO

from pet_app.core import db, offload, storage, vault
from pet_app.licensing import service as licensing
from pet_app.licensing.events import LicenceIssued
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job

DRAW = "pet_app.licensing.certificate:draw"
DRAW_TIMEOUT_S = 60.0


@on(LicenceIssued)
def draw_certificate(event: LicenceIssued, job: Job) -> None:
    """Draw the certificate and keep it where only its owner and the town's clerks get at it."""
    with db.reading() as session:
        paper = licensing.paper_of(session, event.licence_id, event.serial)
    if paper is None:
        return
    data = offload.call("workshop", DRAW, paper, timeout=DRAW_TIMEOUT_S)
    name = f"certificate {event.licence_id} {event.serial}"
    key = storage.private_key(vault.derived("files of licences"), name, "pdf")
    storage.put_private(key, BytesIO(data))
    with job.apply() as session:
        wanted = licensing.attach(session, event.licence_id, event.serial, key)
    if not wanted:
        storage.delete(key)
