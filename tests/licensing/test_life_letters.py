"""The letters about applications and licences: what they say, once each, and to nobody who left."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.mail import render
from pet_app.core.mail.letter import Letter
from pet_app.core.money import Money
from pet_app.core.security import Identity
from pet_app.licensing import letters as written
from pet_app.licensing import service as licensing
from pet_app.licensing.events import (
    ApplicationDecided,
    ApplicationHandedIn,
    ApplicationWithdrawn,
    CertificateReady,
    LicenceClosed,
    MoreAsked,
    PetFound,
    PetLost,
)
from pet_app.licensing.models import FoundMessage, Licence
from pet_app.licensing.rules.standing import (
    PURPOSE,
    Kind,
    LicenceState,
    OfferState,
    Reminding,
    Status,
)
from pet_app.licensing.service import history
from pet_app.licensing.told import AboutApplication, AboutLicence, AboutOffer, Found, Reader
from pet_app.messaging.bus import REACTIONS, Event, load_reactions
from pet_app.messaging.models import JobRow
from pet_app.messaging.outbox import publish
from pet_app.payment.events import PaymentDelayed, PaymentFailed, PaymentRefunded
from tests.licensing import factory as applied
from tests.licensing.factory_licences import again, done, licensed, make_licence, settle
from tests.user.factory import letters

AT = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
TOKEN = "t" * 43
HOSTILE = "<script>alert(1)</script> & “Rex”"
OLIVE = Reader("u1", "olive@example.com")
ASKED = AboutApplication(
    id="a1",
    to=OLIVE,
    town=licensing.town("us-ca-san-diego"),
    kind=Kind.NEW,
    status=Status.IN_REVIEW,
    animal=HOSTILE,
    fee=Money(1800),
    paid=True,
    handed_in=date(2026, 5, 2),
    again=False,
    words=HOSTILE,
    goes_back=True,
    refund_words="Nothing was issued.",
)
LICENCE = AboutLicence(
    id="l1",
    to=OLIVE,
    town=licensing.town("us-ca-san-diego"),
    state=LicenceState.ISSUED,
    number="SD-26-7K2M9Q",
    tag_code="7K2M9QXP",
    animal=HOSTILE,
    begins=date(2025, 5, 20),
    ends=date(2026, 5, 19),
    term_ends=date(2026, 5, 19),
    cut_short=False,
    certificate=1,
    lost=True,
    lost_words=HOSTILE,
    reason=HOSTILE,
)
SHORT = replace(LICENCE, cut_short=True, term_ends=date(2027, 5, 19))
OFFER = AboutOffer(
    id="o1",
    town=licensing.town("us-ca-san-diego"),
    state=OfferState.OFFERED,
    species="dog",
    number="SD-26-7K2M9Q",
    animal=HOSTILE,
    giver=OLIVE,
    licence_id="l1",
    email="nora@example.com",
    expires=AT,
)
DAYS = {
    Reminding.SIXTY: 60,
    Reminding.THIRTY: 30,
    Reminding.SEVEN: 1,
    Reminding.DUE: 0,
    Reminding.OVERDUE: -3,
}
EVERY_LETTER: dict[str, Letter] = {
    "handed in": written.handed_in(ASKED),
    "answered": written.handed_in(replace(ASKED, again=True)),
    "more": written.more_asked(ASKED, HOSTILE),
    "rejected": written.rejected(ASKED),
    "rejected, kept": written.rejected(replace(ASKED, goes_back=False)),
    "withdrawn": written.withdrawn(ASKED),
    "delayed": written.delayed(ASKED),
    "failed": written.failed(ASKED, ""),
    "refunded": written.refunded(ASKED, Money(1800)),
    **{
        f"ready, {why or 'afresh'}": written.certificate_ready(LICENCE, why)
        for why in (*Kind, "restored", "")
    },
    "ready, short": written.certificate_ready(SHORT, Kind.NEW),
    **{
        f"reminder {stage.value}": written.runs_out(LICENCE, stage, days)
        for stage, days in DAYS.items()
    },
    **{
        f"reminder {stage.value}, vaccination": written.runs_out(SHORT, stage, days)
        for stage, days in DAYS.items()
    },
    "found": written.found(LICENCE, Found(HOSTILE, "555 0101", AT)),
    "found, silent": written.found(LICENCE, Found("Here", "", AT)),
    "lost": written.lost(LICENCE),
    **{
        f"closed, {state.value}": written.closed(replace(LICENCE, state=state))
        for state in LicenceState
        if state is not LicenceState.ISSUED
    },
    "offered": written.offered(OFFER, TOKEN),
    "taken back": written.taken_back(OFFER),
    **{
        f"offer {state.value}": written.answered(replace(OFFER, state=state))
        for state in written.ANSWERS
    },
}
TO_STRANGERS = ("offered", "taken back")


@pytest.mark.parametrize("name", EVERY_LETTER)
def test_a_letter_is_whole_in_html_and_in_text(name: str) -> None:
    letter = EVERY_LETTER[name]
    said, shown = render.text(letter), render.html(letter)
    assert "<script>" not in shown
    assert "{" not in said, "nothing is left to fill in"
    assert letter.kind.startswith("licence.")
    assert len(letter.headline) <= 150
    if name in TO_STRANGERS:
        assert "Rex" not in said + letter.headline
    else:
        assert "http" in said


def test_reminders_say_how_long_is_left_and_how_to_be_left_alone() -> None:
    found = {name: letter for name, letter in EVERY_LETTER.items() if name.startswith("reminder ")}
    heads = [letter.headline.rpartition("”")[2].strip() for letter in found.values()]
    assert heads[:5] == [
        "ends in 60 days",
        "ends in 30 days",
        "ends tomorrow",
        "ends today",
        "has run out",
    ]
    for letter in found.values():
        assert letter.unsubscribe == "/dashboard/settings/notifications"
        assert "archive" in render.text(letter)
    assert "you have paid already" in render.text(found["reminder 7, vaccination"])


def test_what_stays_with_the_town_is_said_with_its_rule() -> None:
    kept = render.text(EVERY_LETTER["rejected, kept"])
    assert "stays with the town, by its rule" in kept
    assert "goes back to where it came from" in render.text(EVERY_LETTER["rejected"])


def happened(event: Event) -> None:
    with db.writing() as session:
        publish(session, event)


SUBJECTS = {
    "acknowledge_application": "Your application for Biscuit is with the clerk",
    "tell_what_is_asked": "The clerk asks you something about Biscuit",
    "tell_of_rejection": "Your application for Biscuit is not approved",
    "tell_of_withdrawal": "Your application for Biscuit is withdrawn",
    "tell_owner_of_delay": "We wait for your bank: the licence for Biscuit",
    "tell_owner_of_failure": "Your payment did not arrive: the licence for Biscuit",
    "tell_owner_of_refund": "$18.00 is on its way back to you",
    "send_certificate": "Biscuit is licensed",
    "tell_of_close": "The licence of Biscuit was revoked",
    "tell_of_loss": "Biscuit is marked as lost",
    "pass_on_what_a_finder_wrote": "Somebody has found Biscuit",
}


def cause(reaction: str, owner: Identity) -> Event:
    """What leads to a letter, made true in the database."""
    if reaction in ("tell_owner_of_delay", "tell_owner_of_failure"):
        unpaid = done(applied.handed_in, owner)
        if reaction == "tell_owner_of_delay":
            return PaymentDelayed("p", PURPOSE, unpaid)
        return PaymentFailed("p", PURPOSE, unpaid, "No money")
    if reaction in ("send_certificate", "tell_of_close", "tell_of_loss"):
        with db.writing() as session:
            licence = licensed(session, owner)
            if reaction == "tell_of_close":
                licence.state, licence.reason = "revoked", "It bit"
            licence.lost = reaction == "tell_of_loss"
            session.add(licence)
        return {
            "send_certificate": CertificateReady(licence.id, 1),
            "tell_of_close": LicenceClosed(licence.id, "revoked"),
            "tell_of_loss": PetLost(licence.id, True),
        }[reaction]
    if reaction == "pass_on_what_a_finder_wrote":
        with db.writing() as session:
            licence = make_licence(session, owner)
            message = FoundMessage(licence_id=licence.id, words="At the pier", created=AT)
            session.add(message)
        return PetFound(licence.id, message.id)
    application_id = done(applied.in_review, owner)
    states = {
        "tell_what_is_asked": Status.NEEDS_MORE,
        "tell_of_rejection": Status.REJECTED,
        "tell_of_withdrawal": Status.WITHDRAWN,
    }
    step_id = ""
    if status := states.get(reaction):
        with db.writing() as session:
            row = licensing.get_application(session, application_id)
            row.words = "Too blurred"
            step_id = history.move(session, row, status, "clerk:c1", "Too blurred").id
    return {
        "acknowledge_application": ApplicationHandedIn(application_id),
        "tell_what_is_asked": MoreAsked(application_id, step_id),
        "tell_of_rejection": ApplicationDecided(application_id, "rejected"),
        "tell_of_withdrawal": ApplicationWithdrawn(application_id),
        "tell_owner_of_refund": PaymentRefunded("p", PURPOSE, application_id, "r", 1800, 1800),
    }[reaction]


def test_each_letter_is_sent_once_although_its_job_runs_twice(sqlite_database: str) -> None:
    for number, (reaction, subject) in enumerate(SUBJECTS.items()):
        owner = done(applied.make_owner, f"olive.{number}@example.com")
        event = cause(reaction, owner)
        settle()
        happened(event)
        settle()
        said = [letter.subject for letter in letters(owner.email)]
        assert subject in said, reaction
        again(reaction)
        assert len(letters(owner.email)) == len(said), reaction


def test_what_a_finder_wrote_is_sent_on_and_then_kept_nowhere(sqlite_database: str) -> None:
    owner = done(applied.make_owner)
    happened(cause("pass_on_what_a_finder_wrote", owner))
    settle()
    [letter] = letters(owner.email)
    assert "At the pier" in letter.text
    with db.reading() as session:
        assert session.exec(select(FoundMessage)).all() == []
        assert "pier" not in str([job.payload for job in session.exec(select(JobRow))])


def test_who_has_left_gets_no_letter_and_no_job_fails(sqlite_database: str) -> None:
    owner = done(applied.make_owner)
    causes = [cause("send_certificate", owner), cause("pass_on_what_a_finder_wrote", owner)]
    with db.writing() as session:
        for licence in session.exec(select(Licence)):
            licence.owner = "gone"
            session.add(licence)
    settle()
    before = len(letters(owner.email))
    for event in causes:
        happened(event)
    settle()
    assert len(letters(owner.email)) == before
    with db.reading() as session:
        states = {job.state for job in session.exec(select(JobRow)) if "draw_" not in job.kind}
    assert states == {"done"}


def test_what_was_decided_meanwhile_is_not_told_as_waiting(sqlite_database: str) -> None:
    owner = done(applied.make_owner)
    with db.writing() as session:
        application_id = applied.in_review(session, owner)
        row = licensing.get_application(session, application_id)
        history.move(session, row, Status.WITHDRAWN, history.OWNER)
    settle()
    assert letters(owner.email) == []


def test_every_letter_about_licences_waits_in_the_queue_of_letters() -> None:
    load_reactions()
    ours = [found for name, found in REACTIONS.items() if name in SENDERS]
    assert len(ours) == len(SENDERS)
    assert {found.queue for found in ours} == {"letters"}


SENDERS = {
    f"licensing.{name}" for name in (*SUBJECTS, "remind", "send_offer", "tell_of_answer_to_offer")
}
