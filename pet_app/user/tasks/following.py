"""Asking providers what has changed, a job for each person."""

from datetime import timedelta

from pet_app.core import db
from pet_app.core.telemetry import log
from pet_app.messaging.bus import on
from pet_app.messaging.clock import SlotCame, every
from pet_app.messaging.job import Job
from pet_app.user.events import ProviderToAsk
from pet_app.user.oidc import flow
from pet_app.user.oidc.discovery import provider_named
from pet_app.user.oidc.trouble import NotLetIn, Withdrawn
from pet_app.user.service import following


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
    try:
        _follow(asking, job)
    except Withdrawn:
        with job.apply() as session:
            following.withdrawn(session, asking)
    except NotLetIn as fault:
        # Within the hour it is asked again in any case, so nothing is gained by insisting.
        log.warning("provider not followed", provider=asking.provider, reason=fault.reason)


def _follow(asking: following.Asking, job: Job) -> None:
    """Ask the provider, and apply what it says."""
    provider = provider_named(asking.provider)
    renewed = flow.renew(provider, asking.refresh)
    now: following.Asking | None = asking
    if renewed.refresh != asking.refresh:
        # Kept before anything else can fail: the provider may take the one before no more.
        with db.writing() as session:
            now = following.token_changed(session, asking, renewed.refresh)
    known = now and flow.look_up(provider, renewed.access, now.subject)
    if now and known:
        with job.apply() as session:
            following.apply_changes(session, now, known)
