"""The letters that follow what happened to an application or a licence."""

from collections.abc import Callable

from pet_app.core import db, vault
from pet_app.core.mail.letter import Letter
from pet_app.core.mail.post import post
from pet_app.core.money import Money
from pet_app.licensing import letters
from pet_app.licensing import service as licensing
from pet_app.licensing.events import (
    ApplicationDecided,
    ApplicationHandedIn,
    ApplicationWithdrawn,
    CertificateReady,
    LicenceClosed,
    LicenceRunsOut,
    MoreAsked,
    PetFound,
    PetLost,
    TransferAnswered,
    TransferOffered,
)
from pet_app.licensing.rules.standing import PURPOSE, LicenceState, OfferState, Status
from pet_app.licensing.told import AboutApplication, AboutLicence
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job
from pet_app.payment.events import PaymentDelayed, PaymentFailed, PaymentRefunded
from pet_app.user import service as users
from pet_app.user.service import Channel, News


@on(ApplicationHandedIn, queue="letters")
def acknowledge_application(event: ApplicationHandedIn, job: Job) -> None:
    """A word that the town has it; none where it is decided by now."""
    _tell_of(event.application_id, job, letters.handed_in, while_in=Status.IN_REVIEW)


@on(MoreAsked, queue="letters", priority=5)
def tell_what_is_asked(event: MoreAsked, job: Job) -> None:
    """What the clerk wants, while they still do."""
    with db.reading() as session:
        words = licensing.step_words(session, event.step_id)
    _tell_of(
        event.application_id,
        job,
        lambda about: letters.more_asked(about, words),
        while_in=Status.NEEDS_MORE,
    )


@on(ApplicationDecided, queue="letters")
def tell_of_rejection(event: ApplicationDecided, job: Job) -> None:
    """Why the town did not approve it. What it approved is told with its certificate."""
    if event.status == Status.REJECTED:
        _tell_of(event.application_id, job, letters.rejected, while_in=Status.REJECTED)


@on(ApplicationWithdrawn, queue="letters")
def tell_of_withdrawal(event: ApplicationWithdrawn, job: Job) -> None:
    """A word that nobody looks at it any more; none for what was never handed in."""

    def write(about: AboutApplication) -> Letter | None:
        return letters.withdrawn(about) if about.handed_in else None

    _tell_of(event.application_id, job, write, while_in=Status.WITHDRAWN)


@on(PaymentDelayed, queue="letters")
def tell_owner_of_delay(event: PaymentDelayed, job: Job) -> None:
    """A word that their bank takes some days."""
    if event.purpose == PURPOSE:
        waits = Status.AWAITING_PAYMENT
        _tell_of(event.reference, job, letters.delayed, while_in=waits)


@on(PaymentFailed, queue="letters")
def tell_owner_of_failure(event: PaymentFailed, job: Job) -> None:
    """A word that no money came, while it can be paid still."""
    if event.purpose == PURPOSE:
        _tell_of(
            event.reference,
            job,
            lambda about: letters.failed(about, event.reason),
            while_in=Status.AWAITING_PAYMENT,
        )


@on(PaymentRefunded, queue="letters")
def tell_owner_of_refund(event: PaymentRefunded, job: Job) -> None:
    """A word that money has left us."""

    def write(about: AboutApplication) -> Letter:
        currency = about.fee.currency or about.town.currency
        return letters.refunded(about, Money(event.amount_cents, currency))

    if event.purpose == PURPOSE:
        _tell_of(event.reference, job, write)


@on(CertificateReady, queue="letters", priority=5)
def send_certificate(event: CertificateReady, job: Job) -> None:
    """Where the certificate is; none for one that another has taken the place of."""
    with db.reading() as session:
        why = licensing.why_issued(session, event.licence_id, event.serial)

    def write(about: AboutLicence) -> Letter | None:
        newest = about.certificate == event.serial and about.state is LicenceState.ISSUED
        return letters.certificate_ready(about, why) if newest else None

    _tell_holder(event.licence_id, job, write)


@on(LicenceClosed, queue="letters")
def tell_of_close(event: LicenceClosed, job: Job) -> None:
    """A word that a licence holds no more."""

    def write(about: AboutLicence) -> Letter | None:
        return letters.closed(about) if about.state.value == event.state else None

    _tell_holder(event.licence_id, job, write)


@on(LicenceRunsOut, queue="letters")
def remind(event: LicenceRunsOut, job: Job) -> None:
    """That a licence comes to its end; none where it was renewed meanwhile."""
    with db.reading() as session:
        due = licensing.reminder_due(session, event.reminder_id)
    if due is None:
        return

    def write(about: AboutLicence) -> Letter | None:
        return letters.runs_out(about, due.stage, due.days_left)

    _tell_holder(event.licence_id, job, write, news=News.REMINDERS)


@on(PetLost, queue="letters")
def tell_of_loss(event: PetLost, job: Job) -> None:
    """What a finder sees from now on."""

    def write(about: AboutLicence) -> Letter | None:
        return letters.lost(about) if about.lost else None

    if event.lost:
        _tell_holder(event.licence_id, job, write)


@on(PetFound, queue="letters", priority=5)
def pass_on_what_a_finder_wrote(event: PetFound, job: Job) -> None:
    """The words of a finder; once they are sent we keep none of them."""
    with db.reading() as session:
        told = licensing.found_message(session, event.message_id)
    if told is not None:
        _tell_holder(event.licence_id, job, lambda about: letters.found(about, told))
    with job.apply() as session:
        licensing.forget_found(session, event.message_id)


@on(TransferOffered, queue="letters", priority=5)
def send_offer(event: TransferOffered, job: Job) -> None:
    """The link to who is offered a licence, while it is."""
    token = vault.unseal_for_shop(licensing.FOR_OFFERS, event.sealed)
    with db.reading() as session:
        about = licensing.about_offer(session, event.offer_id)
        owner = users.owner_of_address(session, about.email) if about else None
    if about and about.state is OfferState.OFFERED:
        person = owner.id if owner else ""
        post(letters.offered(about, token), person=person, to=about.email, key=job.key)


@on(TransferAnswered, queue="letters")
def tell_of_answer_to_offer(event: TransferAnswered, job: Job) -> None:
    """How it went, to who offered it; to the other one, that it was taken back."""
    with db.reading() as session:
        about = licensing.about_offer(session, event.offer_id)
        owner = users.owner_of_address(session, about.email) if about else None
    if about is None or about.state != event.state:
        return
    if about.state is OfferState.TAKEN_BACK:
        person = owner.id if owner else ""
        post(letters.taken_back(about), person=person, to=about.email, key=job.key)
    elif about.giver and about.state in letters.ANSWERS:
        to = about.giver
        post(letters.answered(about), person=to.person, to=to.email, key=job.key)


def _tell_of(
    application_id: str,
    job: Job,
    write: Callable[[AboutApplication], Letter | None],
    while_in: Status | None = None,
) -> None:
    """A letter to who asked, who may have left; only while the application stands so."""
    with db.reading() as session:
        about = licensing.about_application(session, application_id)
    if about is None or (while_in is not None and about.status is not while_in):
        return
    if letter := write(about):
        post(letter, person=about.to.person, to=about.to.email, key=job.key)


def _tell_holder(
    licence_id: str,
    job: Job,
    write: Callable[[AboutLicence], Letter | None],
    news: News | None = None,
) -> None:
    """A letter to who has a licence; news only to those who want it."""
    with db.reading() as session:
        about = licensing.about_licence(session, licence_id)
        wanted = about is not None and (
            news is None or users.wants(session, about.to.person, news, Channel.EMAIL)
        )
    if about and wanted and (letter := write(about)):
        post(letter, person=about.to.person, to=about.to.email, key=job.key)
