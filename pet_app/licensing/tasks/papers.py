"""Files of papers that nobody needs any more."""

from pet_app.core import storage
from pet_app.licensing.events import PapersDropped
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job


@on(PapersDropped)
def forget_papers(event: PapersDropped, job: Job) -> None:
    """The files go; no harm when they are gone."""
    for key in event.file_keys:
        storage.delete(key)
    with job.apply():
        pass
