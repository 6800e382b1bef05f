"""Files of licences from elsewhere: looked through, taken in, and forgotten."""

from datetime import timedelta

from pet_app.core import db, storage
from pet_app.licensing.events import ImportSent, ImportWanted
from pet_app.licensing.service.desk import taking_in
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job


@on(ImportSent)
def look_through_import(event: ImportSent, job: Job) -> None:
    """Say what can be taken in of a file, and what is wrong with the rest."""
    looked = taking_in.look_through(event.import_id)
    with job.apply() as session:
        key = taking_in.keep_looked(session, event.import_id, looked) if looked else ""
    if key:
        storage.delete(key)


@on(ImportWanted)
def take_in_import(event: ImportWanted, job: Job) -> None:
    """Take in what is good of a file. Its batches are transactions of their own."""
    taking_in.take_in(event.import_id)
    with job.apply() as session:
        key = taking_in.finish(session, event.import_id)
    if key:
        storage.delete(key)


@every(timedelta(days=1), "forget imported files")
def forget_imported_files(_slot: SlotCame, job: Job) -> None:
    """What nobody took in for a month is personal data that nobody needs."""
    with db.reading() as session:
        old = taking_in.old_files(session)
    for import_id, key in old:
        storage.delete(key)
        with db.writing() as session:
            taking_in.forget_file(session, import_id)
    with job.apply():
        pass
