"""Copies of what we hold about people, and the end of accounts."""

from contextlib import suppress
from datetime import timedelta
from tempfile import TemporaryFile

from pet_app.core import db, personal, storage
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.mail.post import MailDown, post
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.user import archive, letters
from pet_app.user import service as users
from pet_app.user.events import (
    AccountDue,
    AccountKept,
    AccountLeaving,
    FilesLetGo,
    TakeoutAsked,
    TakeoutReady,
    UserLeft,
)
from pet_app.user.service import takeout as takeouts
from pet_app.user.tasks.letters import tell

FAREWELL_TRIES = 20
"""For some hours a mail server that is away holds up the end of an account, and no longer."""

STEP_PERCENT = 5


@on(TakeoutAsked)
def make_copy(event: TakeoutAsked, job: Job) -> None:
    """Gather everything that is held about somebody into one private file."""
    with db.reading() as session:
        gathered = takeouts.gather(session, event.takeout_id)
    if gathered is None:
        return
    said = -STEP_PERCENT

    def note(percent: int) -> None:
        nonlocal said
        # Progress is a courtesy: a busy database must not cost the copy.
        if percent - said >= STEP_PERCENT:
            said = percent
            with suppress(Unavailable), db.writing() as session:
                takeouts.note_progress(session, event.takeout_id, percent, gathered.storage_key)

    try:
        note(0)
        # It has no name on the disk, so nothing of it stays when this process is killed.
        with TemporaryFile() as file:
            written = archive.write(file, gathered.shown, gathered.at, _stored, note)
            storage.put_private(gathered.storage_key, file)
        with job.apply() as session:
            takeouts.finish_copy(session, event.takeout_id, gathered.storage_key, written.size)
    except Exception:
        if job.failures + 1 >= job.max_failures:
            with db.writing() as session:
                takeouts.fail_copy(session, event.takeout_id)
        raise


@on(TakeoutReady, queue="letters")
def tell_of_copy(event: TakeoutReady, job: Job) -> None:
    """A word that the copy is there, and where; never the copy itself."""
    with db.reading() as session:
        until = takeouts.copy_expires(session, event.takeout_id)
    if until:
        tell(event.user_id, job, lambda name, _: letters.copy_ready(name, until))


@every(timedelta(hours=1), "forget old copies")
def forget_old_copies(_slot: SlotCame, job: Job) -> None:
    """Copies are there for a week."""
    with db.reading() as session:
        old = takeouts.old_copies(session)
    for key in filter(None, old.values()):
        storage.delete(key)
    with job.apply() as session:
        takeouts.forget_copies(session, old)


@on(AccountLeaving, queue="letters", priority=5)
def tell_of_leaving(event: AccountLeaving, job: Job) -> None:
    """A word on the day, and on how to stay."""
    with db.reading() as session:
        until = users.leaving_of(session, event.user_id)
    if until:
        tell(event.user_id, job, lambda name, _: letters.leaving(name, until))


@on(AccountKept, queue="letters")
def tell_of_staying(event: AccountKept, job: Job) -> None:
    """A word that the account stays."""
    tell(event.user_id, job, letters.staying)


@every(timedelta(hours=1), "delete accounts that are due")
def delete_due_accounts(_slot: SlotCame, job: Job) -> None:
    """Have those deleted whose grace is over."""
    with job.apply() as session:
        users.call_due(session)


@on(AccountDue, queue="letters")
def delete_account(event: AccountDue, job: Job) -> None:
    """Say good-bye while there is an address to say it to, then delete it all."""
    with db.reading() as session:
        owner = users.farewell(session, event.user_id)
    if owner is None:
        return
    try:
        post(letters.good_bye(owner.name), person=owner.id, to=owner.email, key=job.key)
    except MailDown:
        if job.failures < FAREWELL_TRIES:
            raise
    with job.apply() as session:
        users.erase_account(session, event.user_id)


@on(FilesLetGo)
def delete_files(event: FilesLetGo, _job: Job) -> None:
    """Delete the files nobody needs any more."""
    personal.let_go(event.keys)


@on(UserLeft)
def wipe_database(_event: UserLeft, _job: Job) -> None:
    """What was deleted leaves no trace in the database's file either."""
    db.wipe()


@every(timedelta(days=1), "sweep after who left")
def sweep_after_who_left(_slot: SlotCame, job: Job) -> None:
    """What was under way while somebody's data was deleted may have been written after it."""
    with job.apply() as session:
        users.sweep(session)


def _stored(key: str) -> bytes | None:
    try:
        return storage.get(key)
    except NotFound:
        return None
