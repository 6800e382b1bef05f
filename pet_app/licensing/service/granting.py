"""From an approved application to a licence that holds in a new way, and its next certificate."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from pet_app.core import clock
from pet_app.core.errors import Conflict
from pet_app.licensing import number, signing, tag
from pet_app.licensing.events import LicenceIssued
from pet_app.licensing.facts import form_from, rabies_until, thawed
from pet_app.licensing.models import Application, Certificate, Licence
from pet_app.licensing.rules import Town, begins_on, end_of_term
from pet_app.licensing.rules.search_words import search_words
from pet_app.licensing.rules.standing import Kind, LicenceState
from pet_app.licensing.service import closing, history, keys
from pet_app.licensing.service.costs import today_in
from pet_app.licensing.service.reading import standing_offers
from pet_app.licensing.towns import town
from pet_app.messaging.outbox import publish

NO_LICENCE = "The licence this application is about is gone. Reject it, and say so to its owner."
CLOSED = "This licence is {state}. Nothing can be granted on it; reject the application."
ANOTHERS = "This licence is no longer that of who asked. Reject the application, and say so."
HAS_ONE = (
    "This pet has licence {number} here already, good until {ends}. "
    "Reject this application, or ask its owner to renew."
)
TAG_TAKEN = "Another licence has this tag. Check the code, or take another tag."
NO_TERM = "The town has no such term on that day. Ask the owner to choose another."
GRANTED = "granted"
SIGNED_AGAIN = "signed again"


def grant(session: Session, application: Application, by: str, *, tag_code: str = "") -> Licence:
    """Make true what an approved application asked for; in the transaction that approves it.

    Doing it twice changes nothing. `tag_code` is a tag handed over at the counter; otherwise a
    fresh one. Raises `Conflict`, with a sentence for the clerk, where it cannot be.
    """
    made = select(Certificate).where(Certificate.application_id == application.id)
    if (done := session.exec(made).first()) is not None:
        return session.get_one(Licence, done.licence_id)
    kind = Kind(application.kind)
    licence = _new(session, application) if kind is Kind.NEW else _held(session, application)
    _GRANTS[kind](licence, application)
    if tag_code and tag_code != licence.tag_code:
        licence.tag_code = _free(session, tag_code)
    elif kind is Kind.REPLACEMENT or not licence.tag_code:
        licence.tag_code = fresh_tag(session)
    licence.search = search_text(licence)
    licence.changed = clock.now()
    session.add(licence)
    session.flush()
    application.licence_id = licence.id
    session.add(application)
    history.add_step(
        session,
        GRANTED,
        by,
        application_id=application.id,
        licence_id=licence.id,
        internal=True,
        facts={"kind": kind.value, "ends": licence.ends.isoformat() if licence.ends else ""},
    )
    issue(session, licence, kind.value, application.id)
    if before := (application.form or {}).get("moved_from", ""):
        _move_from(session, before, licence, by)
    return licence


def issue(session: Session, licence: Licence, why: str, application_id: str | None) -> Certificate:
    """The next certificate of a licence, signed; its paper is drawn afterwards."""
    key_id, private = keys.signing_key(session)
    now = clock.now()
    licence.certificate += 1
    claim = signing.Claim(
        key_id=key_id,
        town_id=licence.town_id,
        number=licence.number,
        serial=licence.certificate,
        species=licence.species,
        begins=licence.begins,
        ends=licence.ends,
        issued=today_in(town(licence.town_id)),
    )
    made = Certificate(
        licence_id=licence.id,
        serial=licence.certificate,
        application_id=application_id,
        key_id=key_id,
        text=signing.sign(claim, private),
        issued=now,
    )
    session.add(licence)
    session.add(made)
    session.flush()
    publish(session, LicenceIssued(licence.id, made.serial, why))
    return made


def sign_again(session: Session, key_id: str, limit: int) -> int:
    """New certificates for licences whose own was signed with a key that is revoked; how many.

    Call it until it comes to 0, each time in a transaction of its own.
    """
    found = (
        select(Licence)
        .join(Certificate, col(Certificate.licence_id) == col(Licence.id))
        .where(
            col(Certificate.serial) == col(Licence.certificate),
            Certificate.key_id == key_id,
            Licence.state == LicenceState.ISSUED.value,
        )
        .limit(limit)
        .with_for_update(of=Licence)
    )
    licences = list(session.exec(found))
    for licence in licences:
        issue(session, licence, SIGNED_AGAIN, None)
    return len(licences)


def fresh_number(session: Session, town_id: str) -> str:
    """A number no licence has."""
    return _unused(session, lambda: number.new_number(town_id), col(Licence.number))


def fresh_tag(session: Session) -> str:
    """A tag code no licence has."""
    return _unused(session, tag.new_code, col(Licence.tag_code))


def search_text(licence: Licence) -> str:
    """What a clerk finds a licence by."""
    holder, animal = licence.holder or {}, licence.animal or {}
    return search_words(
        *(licence.number, licence.tag_code, holder.get("name", ""), animal.get("name", "")),
        *(animal.get("microchip", ""), holder.get("phone", ""), holder.get("email", "")),
    )


def _new(session: Session, application: Application) -> Licence:
    where = town(application.town_id)
    if application.pet_id:
        _not_twice(session, application, where)
    now = clock.now()
    return Licence(
        owner=application.owner,
        pet_id=application.pet_id,
        town_id=application.town_id,
        number=fresh_number(session, application.town_id),
        tag_code="",
        source=application.source,
        species="",
        altered=False,
        term=application.term,
        begins=thawed(application.case).handed_in,
        created=now,
        changed=now,
    )


def _not_twice(session: Session, application: Application, where: Town) -> None:
    today = today_in(where)
    others = select(Licence).where(
        Licence.pet_id == application.pet_id,
        Licence.town_id == application.town_id,
        Licence.state == LicenceState.ISSUED.value,
        Licence.owner == application.owner,
    )
    for other in session.exec(others):
        if other.ends is None or other.ends >= today:
            ends = f"{other.ends:%-d %B %Y}" if other.ends else "the end of its life"
            raise Conflict(HAS_ONE.format(number=other.number, ends=ends))


def _held(session: Session, application: Application) -> Licence:
    licence = closing.held_licence(session, application.licence_id)
    if licence is None:
        raise Conflict(NO_LICENCE)
    if licence.state != LicenceState.ISSUED:
        raise Conflict(CLOSED.format(state=licence.state))
    if application.kind != Kind.TRANSFER and licence.owner != application.owner:
        raise Conflict(ANOTHERS)
    return licence


def _told(licence: Licence, application: Application) -> None:
    """Holder, animal and what the fee went by, as they were handed in."""
    form, case = application.form, thawed(application.case)
    licence.holder, licence.animal = form["holder"], form["animal"]
    licence.species, licence.altered = case.species.value, case.altered


def _lasts(licence: Licence, application: Application) -> None:
    """What the term that was asked for covers.

    A renewal in time begins where the licence ends, so that nobody loses days they paid for, and
    the licence goes on from its own first day; a late one begins on the day it was asked for.
    """
    where = town(application.town_id)
    case = thawed(application.case)
    term = where.term_on(case.handed_in, case.term)
    if term is None:
        raise Conflict(NO_TERM)
    begins = begins_on(case)
    if begins == case.handed_in:
        licence.begins = begins
    licence.term, licence.rabies_until = case.term, case.rabies_until
    licence.term_ends, _ = end_of_term(where, term, begins, None)
    licence.ends, _ = end_of_term(where, term, begins, case.rabies_until)


def _grant_term(licence: Licence, application: Application) -> None:
    _told(licence, application)
    _lasts(licence, application)


def _grant_booster(licence: Licence, application: Application) -> None:
    """A newer vaccination: what the term was cut short by is given back, up to the term."""
    newer = rabies_until(form_from(application.form))
    # An older paper than the one we have takes nothing away.
    known = [day for day in (newer, licence.rabies_until) if day is not None]
    licence.rabies_until = max(known) if known else None
    ends = [licence.term_ends]
    if town(licence.town_id).ends_with_rabies and licence.term_ends is not None:
        ends.append(licence.rabies_until)
    licence.ends = min((day for day in ends if day is not None), default=None)


def _grant_replacement(licence: Licence, application: Application) -> None:
    """A new tag, which the caller gives."""


def _grant_transfer(licence: Licence, application: Application) -> None:
    licence.owner, licence.pet_id = application.owner, application.pet_id
    form = application.form
    licence.holder = form.get("holder", {})
    if form.get("animal", {}).get("name"):
        licence.animal = form["animal"]
    licence.lost, licence.lost_words = False, ""


_GRANTS: dict[Kind, Callable[[Licence, Application], None]] = {
    Kind.NEW: _grant_term,
    Kind.RENEWAL: _grant_term,
    Kind.BOOSTER: _grant_booster,
    Kind.REPLACEMENT: _grant_replacement,
    Kind.TRANSFER: _grant_transfer,
}


def _move_from(session: Session, licence_id: str, new: Licence, by: str) -> None:
    """The licence of another town ends as this one begins; only the owner's own does."""
    before = closing.held_licence(session, licence_id)
    # What nobody has an account for, another town's counter has no say in.
    if (
        before is None
        or not new.owner
        or before.owner != new.owner
        or before.state != LicenceState.ISSUED
    ):
        return
    if standing_offers(session, [before.id]):
        # Somebody may have paid to take it over by now.
        return
    if before.id != new.id and before.town_id != new.town_id:
        closing.close(session, before, LicenceState.MOVED, by)


def _free(session: Session, code: str) -> str:
    if session.exec(select(Licence.id).where(Licence.tag_code == code)).first() is not None:
        raise Conflict(TAG_TAKEN)
    return code


def _unused(session: Session, make: Callable[[], str], column: Any) -> str:
    while session.exec(select(Licence.id).where(column == (made := make()))).first() is not None:
        continue
    return made
