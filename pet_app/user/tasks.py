"""What follows from what happened to an account: letters, copies, and its end."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from pet_app.core import db, personal, storage, vault
from pet_app.core.errors import NotFound, Unavailable
from pet_app.core.mail.letter import Letter
from pet_app.core.mail.post import MailDown, post
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.user import archive, letters
from pet_app.user import service as users
from pet_app.user.events import (
    AccountAskedFor,
    AccountDue,
    AccountKept,
    AccountLeaving,
    EmailChangeAskedFor,
    EmailChanged,
    FilesLetGo,
    NewDeviceSeen,
    PasswordChanged,
    PasswordForgotten,
    ProviderLinked,
    ProviderToAsk,
    ProviderUnlinked,
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
    TakeoutAsked,
    TakeoutReady,
    UserLeft,
)
from pet_app.user.oidc import flow
from pet_app.user.oidc.discovery import provider_named
from pet_app.user.oidc.trouble import Withdrawn
from pet_app.user.service import following
from pet_app.user.service import takeout as takeouts
from pet_app.user.service.provider import label_of

FAREWELL_TRIES = 20
"""For some hours a mail server that is away holds up the end of an account, and no longer."""

STEP_PERCENT = 5


@on(AccountAskedFor, queue="letters", priority=5)
def send_confirmation_link(event: AccountAskedFor, job: Job) -> None:
    """The link to who has no account yet, a hint to who has one."""
    said = json.loads(vault.unseal_for_shop(users.FOR_LETTERS, event.sealed))
    _send_link(said["email"], letters.confirm_address(said["token"]), job)


@on(PasswordForgotten, queue="letters", priority=5)
def send_reset_link(event: PasswordForgotten, job: Job) -> None:
    """The link, if there is such an account; it ends with whatever else ends that account's."""
    said = json.loads(vault.unseal_for_shop(users.FOR_LETTERS, event.sealed))
    with db.reading() as session:
        owner = users.owner_of_address(session, said["email"])
    if owner is None or not owner.may_reset:
        return
    letter = letters.new_password_link(owner.name, said["token"])
    post(letter, person=owner.id, to=owner.email, key=job.key)
    with job.apply() as session:
        users.bind_link(session, said["token"], owner.id)


@on(EmailChangeAskedFor, queue="letters", priority=5)
def send_new_address_link(event: EmailChangeAskedFor, job: Job) -> None:
    """The link to the new address, or a hint to who has an account with it."""
    if said := _sealed_for(event):
        _send_link(said["email"], letters.confirm_new_address(said["token"]), job)


@on(EmailChangeAskedFor, queue="letters")
def warn_of_address_change(event: EmailChangeAskedFor, job: Job) -> None:
    """A word to the address the account has now."""
    if said := _sealed_for(event):
        _tell(event.user_id, job, lambda name, _: letters.address_change_asked(name, said["email"]))


@on(EmailChanged, queue="letters")
def tell_old_address(event: EmailChanged, job: Job) -> None:
    """A word to the address the account had."""
    with db.reading() as session:
        owner, at = users.addressee(session, event.user_id), db.database_now(session)
        old = vault.unseal(session, event.user_id, event.sealed) if owner else ""
    if owner:
        letter = letters.address_changed(owner.name, owner.email, at)
        post(letter, person=owner.id, to=old, key=job.key)


@on(PasswordChanged, queue="letters")
def tell_of_password(event: PasswordChanged, job: Job) -> None:
    """A word on the new password."""
    _tell(event.user_id, job, letters.password_changed)


@on(SecondFactorSet, queue="letters")
def tell_of_second_step(event: SecondFactorSet, job: Job) -> None:
    """A word on the second step."""
    _tell(event.user_id, job, letters.second_step_set)


@on(SecondFactorRemoved, queue="letters")
def tell_of_no_second_step(event: SecondFactorRemoved, job: Job) -> None:
    """A word on the second step that is no more."""
    _tell(event.user_id, job, letters.second_step_removed)


@on(RecoveryCodeUsed, queue="letters")
def tell_of_recovery_code(event: RecoveryCodeUsed, job: Job) -> None:
    """A word on the code that was used."""
    _tell(event.user_id, job, lambda name, at: letters.recovery_code_used(name, event.left, at))


@on(RecoveryCodesRenewed, queue="letters")
def tell_of_recovery_codes(event: RecoveryCodesRenewed, job: Job) -> None:
    """A word on the new codes."""
    _tell(event.user_id, job, letters.recovery_codes_renewed)


@on(NewDeviceSeen, queue="letters")
def tell_of_new_device(event: NewDeviceSeen, job: Job) -> None:
    """A word on a sign-in from somewhere new."""
    with db.reading() as session:
        seen = users.seen_device(session, event.seen_id)
    if seen:
        _tell(
            event.user_id,
            job,
            lambda name, _: letters.new_sign_in(name, seen.device, seen.network, seen.first),
        )


@on(ProviderLinked, queue="letters")
def tell_of_link(event: ProviderLinked, job: Job) -> None:
    """A word on the site that opens the account now."""
    site = label_of(event.provider)
    _tell(event.user_id, job, lambda name, at: letters.provider_linked(name, site, at))


@on(ProviderUnlinked, queue="letters")
def tell_of_no_link(event: ProviderUnlinked, job: Job) -> None:
    """A word on the site that opens the account no more."""
    site = label_of(event.provider)
    _tell(event.user_id, job, lambda name, at: letters.provider_unlinked(name, site, at))


@every(timedelta(minutes=15), "follow the providers")
def ask_the_providers(_slot: SlotCame, job: Job) -> None:
    """A job for everybody whose provider has not been asked for an hour."""
    with job.apply() as session:
        following.ask_providers(session)


@on(ProviderToAsk)
def follow_provider(event: ProviderToAsk, job: Job) -> None:
    """What the provider says of somebody now is so here as well."""
    with db.reading() as session:
        asking = following.asking_about(session, event.link_id)
    if asking is None:
        return
    provider = provider_named(asking.provider)
    try:
        renewed = flow.renew(provider, asking.refresh)
    except Withdrawn:
        with job.apply() as session:
            following.withdrawn(session, asking)
        return
    if renewed.refresh != asking.refresh:
        # Kept before anything else can fail: the provider may take the one before no more.
        with db.writing() as session:
            asking = following.token_changed(session, asking, renewed.refresh)
    known = asking and flow.look_up(provider, renewed.access, asking.subject)
    if asking and known:
        with job.apply() as session:
            following.apply_changes(session, asking, known)


@every(timedelta(hours=1), "forget expired links")
def forget_expired_links(_slot: SlotCame, job: Job) -> None:
    """What nobody followed in time is of no use to anybody."""
    with job.apply() as session:
        users.forget_expired(session)


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
        _tell(event.user_id, job, lambda name, _: letters.copy_ready(name, until))


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
        _tell(event.user_id, job, lambda name, _: letters.leaving(name, until))


@on(AccountKept, queue="letters")
def tell_of_staying(event: AccountKept, job: Job) -> None:
    """A word that the account stays."""
    _tell(event.user_id, job, letters.staying)


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


def _send_link(email: str, letter: Letter, job: Job) -> None:
    """The letter to an address nobody has, or the hint to who has it."""
    with db.reading() as session:
        owner = users.owner_of_address(session, email)
    if owner is None:
        post(letter, person="", to=email, key=job.key)
    elif owner.may_reset:
        post(letters.have_one_already(owner.name), person=owner.id, to=email, key=job.key)


def _tell(user_id: str, job: Job, write: Callable[[str, datetime], Letter]) -> None:
    """A letter to the owner of an account, who may have left meanwhile."""
    with db.reading() as session:
        owner, at = users.addressee(session, user_id), db.database_now(session)
    if owner:
        post(write(owner.name, at), person=owner.id, to=owner.email, key=job.key)


def _sealed_for(event: EmailChangeAskedFor) -> dict[str, str] | None:
    """What only its owner's key reads; None when they have left and taken the key along."""
    with db.reading() as session:
        if users.addressee(session, event.user_id) is None:
            return None
        return json.loads(vault.unseal(session, event.user_id, event.sealed))
