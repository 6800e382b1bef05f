"""The letters that follow what happened to an account."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from pet_app.core import db, vault
from pet_app.core.mail.letter import Letter
from pet_app.core.mail.post import post
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.user import letters
from pet_app.user import service as users
from pet_app.user.events import (
    AccountAskedFor,
    EmailChangeAskedFor,
    EmailChanged,
    NewDeviceSeen,
    PasswordChanged,
    PasswordForgotten,
    ProviderLinked,
    ProviderUnlinked,
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from pet_app.user.service.provider import label_of


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
        tell(event.user_id, job, lambda name, _: letters.address_change_asked(name, said["email"]))


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
    tell(event.user_id, job, letters.password_changed)


@on(SecondFactorSet, queue="letters")
def tell_of_second_step(event: SecondFactorSet, job: Job) -> None:
    """A word on the second step."""
    tell(event.user_id, job, letters.second_step_set)


@on(SecondFactorRemoved, queue="letters")
def tell_of_no_second_step(event: SecondFactorRemoved, job: Job) -> None:
    """A word on the second step that is no more."""
    tell(event.user_id, job, letters.second_step_removed)


@on(RecoveryCodeUsed, queue="letters")
def tell_of_recovery_code(event: RecoveryCodeUsed, job: Job) -> None:
    """A word on the code that was used."""
    tell(event.user_id, job, lambda name, at: letters.recovery_code_used(name, event.left, at))


@on(RecoveryCodesRenewed, queue="letters")
def tell_of_recovery_codes(event: RecoveryCodesRenewed, job: Job) -> None:
    """A word on the new codes."""
    tell(event.user_id, job, letters.recovery_codes_renewed)


@on(NewDeviceSeen, queue="letters")
def tell_of_new_device(event: NewDeviceSeen, job: Job) -> None:
    """A word on a sign-in from somewhere new."""
    with db.reading() as session:
        seen = users.seen_device(session, event.seen_id)
    if seen:
        tell(
            event.user_id,
            job,
            lambda name, _: letters.new_sign_in(name, seen.device, seen.network, seen.first),
        )


@on(ProviderLinked, queue="letters")
def tell_of_link(event: ProviderLinked, job: Job) -> None:
    """A word on the site that opens the account now."""
    site = label_of(event.provider)
    tell(event.user_id, job, lambda name, at: letters.provider_linked(name, site, at))


@on(ProviderUnlinked, queue="letters")
def tell_of_no_link(event: ProviderUnlinked, job: Job) -> None:
    """A word on the site that opens the account no more."""
    site = label_of(event.provider)
    tell(event.user_id, job, lambda name, at: letters.provider_unlinked(name, site, at))


@every(timedelta(hours=1), "forget expired links")
def forget_expired_links(_slot: SlotCame, job: Job) -> None:
    """What nobody followed in time is of no use to anybody, nor are yesterday’s tries."""
    with job.apply() as session:
        users.forget_expired(session)


def _send_link(email: str, letter: Letter, job: Job) -> None:
    """The letter to an address nobody has, or the hint to who has it."""
    with db.reading() as session:
        owner = users.owner_of_address(session, email)
    if owner is None:
        post(letter, person="", to=email, key=job.key)
    elif owner.may_reset:
        post(letters.have_one_already(owner.name), person=owner.id, to=email, key=job.key)


def tell(user_id: str, job: Job, write: Callable[[str, datetime], Letter]) -> None:
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
