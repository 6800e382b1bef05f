"""A licence handed on: both agree, the town is paid, and nobody else has a say."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import select

from pet_app.core import clock, db, storage
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound, Problem, TooManyRequests
from pet_app.core.security import GUEST, Identity, new_token
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Application, Certificate, Licence, TransferOffer
from pet_app.licensing.rules.standing import Kind, OfferState, Status
from pet_app.licensing.service import ApplicationView, LicenceView
from pet_app.pet import service as pets
from tests.at_once import at_once
from tests.licensing import factory as applied
from tests.licensing.factory_licences import again, done, grant, licensed, make_licence, settle
from tests.user.factory import letters

NEW = "nora@example.com"


def offered(email: str = NEW, **changes: Any) -> tuple[Identity, Licence, str]:
    """Somebody's licence, offered to an address; and the token of the letter."""
    with db.writing() as session:
        owner = applied.make_owner(session)
        pet_id = applied.make_pet(session, owner)
        licence = make_licence(session, owner, 200, **({"pet_id": pet_id} | changes))
        licensing.offer_transfer(session, owner, licence.id, email)
    settle()
    return owner, licence, token_of(email)


def token_of(email: str) -> str:
    """What stands behind the # of the link in the last offer to an address."""
    last = [letter for letter in letters(email) if "/licensing/transfer#" in letter.text][-1]
    return last.text.partition("/licensing/transfer#")[2].split()[0]


def offer_row() -> TransferOffer:
    with db.reading() as session:
        return session.exec(select(TransferOffer)).one()


def test_the_letter_to_a_stranger_says_nothing_that_a_stranger_typed(
    sqlite_database: str,
) -> None:
    owner, licence, token = offered(animal={"name": "Buy pills at evil.example"})
    again("send_offer")
    [letter] = letters(NEW)
    assert "evil.example" not in letter.text + letter.subject
    assert owner.name not in letter.text
    assert owner.email in letter.text
    assert licence.number in letter.text
    assert token not in offer_row().token


def test_who_has_the_letter_sees_what_is_offered(sqlite_database: str) -> None:
    owner, licence, token = offered()
    with db.reading() as session:
        found = licensing.transfer_offer(session, token)
    assert (found.animal_name, found.from_name, found.email) == ("Biscuit", owner.name, NEW)
    assert (found.state, found.number) == (OfferState.OFFERED, licence.number)
    assert found.town.id == applied.TOWN
    for wrong in (new_token(), "", "x" * 5000, "ä"):
        with pytest.raises(NotFound):
            done(licensing.transfer_offer, wrong)


def test_the_licence_and_the_pet_are_theirs_once_the_town_has_agreed(database: str) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = licensed(session, owner)
        paper = session.exec(select(Certificate)).one()
        paper.file_key = storage.private_key(b"k" * 32, licence.id, ".pdf")
        storage.put_private(paper.file_key, BytesIO(b"Olive Owner"))
        session.add(paper)
        licensing.set_lost(session, owner, licence.id, True, "Near the harbour")
        licensing.offer_transfer(session, owner, licence.id, f" {NEW.upper()} ")
    settle()
    token = token_of(NEW)
    # Whoever reads that mail opens an account only now.
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    asked = done(licensing.accept_transfer, nora, token)
    assert done(licensing.accept_transfer, nora, token).id == asked.id
    assert (asked.kind, asked.form.animal.name, asked.form.holder.email) == (
        Kind.TRANSFER,
        "Biscuit",
        NEW,
    )
    settle()
    assert done(licensing.licence_of, owner, licence.id).offer is not None, "it is not theirs yet"
    with db.writing() as session:
        home = replace(asked.form.holder, address=applied.HOME)
        form = applied.filled(asked.form, holder=home)
        saved = licensing.save_form(session, nora, asked.id, form, asked.version)
        licensing.hand_in(session, nora, asked.id, saved.version)
        applied.pay_fee(session, asked.id)
    settle()
    with db.writing() as session:
        if licensing.get_application(session, asked.id).status == Status.IN_REVIEW:
            grant(session, asked.id)
    settle()
    for reaction in ("bring_pet_along", "end_offer_with_decision"):
        again(reaction)
    with db.reading() as session:
        now = session.get_one(Licence, licence.id)
        [pet] = pets.list_pets(session, nora)
        former = session.exec(select(Certificate).where(Certificate.serial == 1)).one()
    assert (now.owner, now.number, now.pet_id) == (nora.owner, licence.number, pet.id)
    assert now.holder["email"] == NEW
    assert (now.lost, now.lost_words, pet.name) == (False, "", "Biscuit")
    assert former.file_key == ""
    with pytest.raises(NotFound):
        list(storage.read_private(paper.file_key))
    assert (offer_row().state, offer_row().open_key) == ("done", None)
    assert done(licensing.licences_of, owner) == []
    said = [letter.subject for letter in letters(owner.email)]
    assert said.count("The licence of Biscuit is handed on") == 1
    assert said.count("They agreed: the licence of Biscuit") == 1


def test_nobody_else_answers_an_offer(database: str) -> None:
    owner, licence, token = offered()
    with db.writing() as session:
        mallory = applied.make_owner(session, "mallory@example.com")
        nora = applied.make_owner(session, NEW)
    for other in (mallory, owner):
        with pytest.raises(Forbidden):
            done(licensing.accept_transfer, other, token)
    with pytest.raises(Problem, match="Sign in"):
        done(licensing.accept_transfer, GUEST, token)
    with pytest.raises(NotFound):
        done(licensing.take_back_offer, mallory, licence.id)
    with pytest.raises(NotFound):
        done(licensing.offer_transfer, mallory, licence.id, NEW)
    assert offer_row().state == "offered"
    done(licensing.accept_transfer, nora, token)
    with pytest.raises(Conflict):
        done(licensing.decline_transfer, token)


def test_an_offer_is_declined_once_and_by_nobody_with_an_account(sqlite_database: str) -> None:
    owner, licence, token = offered()
    done(licensing.decline_transfer, token)
    done(licensing.decline_transfer, token)
    settle()
    again("tell_of_answer_to_offer")
    assert [one.subject for one in letters(owner.email)] == [
        "They declined: the licence of Biscuit"
    ]
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    with pytest.raises(Conflict):
        done(licensing.accept_transfer, nora, token)
    view = done(licensing.licence_of, owner, licence.id)
    assert view.offer is None
    assert "transfer" in view.may


def test_an_offer_is_taken_back_also_after_it_was_agreed_to(sqlite_database: str) -> None:
    owner, licence, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    asked = done(licensing.accept_transfer, nora, token)
    done(licensing.take_back_offer, owner, licence.id)
    done(licensing.take_back_offer, owner, licence.id)
    settle()
    again("end_offer_with_withdrawal")
    assert offer_row().state == "taken_back"
    assert done(licensing.application_of, nora, asked.id).status is Status.WITHDRAWN
    assert [one.subject for one in letters(NEW)][-1] == "The offer of a licence was taken back"
    with pytest.raises(Conflict):
        done(licensing.accept_transfer, nora, token)
    done(licensing.offer_transfer, owner, licence.id, NEW)


def test_what_came_of_an_offer_and_is_withdrawn_leaves_the_licence_where_it_was(
    sqlite_database: str,
) -> None:
    owner, licence, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    asked = done(licensing.accept_transfer, nora, token)
    done(licensing.withdraw, nora, asked.id)
    settle()
    assert offer_row().state == "lapsed"
    assert done(licensing.licence_of, owner, licence.id).offer is None
    assert letters(owner.email)[-1].subject == "The licence of Biscuit stays yours"


def test_an_offer_ends_after_two_weeks(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, licence, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    later = clock.now() + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Conflict):
        done(licensing.accept_transfer, nora, token)
    with pytest.raises(Conflict):
        done(licensing.decline_transfer, token)
    assert done(licensing.licence_of, owner, licence.id).offer is None
    assert (done(licensing.end_expired_offers), done(licensing.end_expired_offers)) == (1, 0)
    settle()
    assert letters(owner.email)[-1].subject == "Nobody answered: the licence of Biscuit"
    later += timedelta(days=29)
    done(licensing.forget_old_offers)
    assert offer_row().email == NEW
    later += timedelta(days=1)
    done(licensing.forget_old_offers)
    with db.reading() as session:
        assert session.exec(select(TransferOffer)).all() == []
    done(licensing.offer_transfer, owner, licence.id, "other@example.com")


def test_where_no_rule_is_known_nobody_pays_for_what_nobody_explains(sqlite_database: str) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(session, owner, 100, town_id="us-ny-new-york-city")
    view = done(licensing.licence_of, owner, licence.id)
    assert view.no_rule_for == {"replace", "transfer"}
    assert not view.no_rule_for & view.may
    with pytest.raises(Conflict, match="Ask there how it is done"):
        done(licensing.offer_transfer, owner, licence.id, NEW)
    with pytest.raises(Conflict, match="how to get one"):
        done(licensing.replace_tag, owner, licence.id)


@pytest.mark.parametrize(
    ("changes", "days"),
    [({"state": "revoked"}, 100), ({"state": "ended"}, 100), ({}, -1)],
    ids=["revoked", "ended", "run out"],
)
def test_what_does_not_hold_is_not_handed_on(
    sqlite_database: str, changes: dict[str, Any], days: int
) -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(session, owner, days, **changes)
    with pytest.raises(Conflict):
        done(licensing.offer_transfer, owner, licence.id, NEW)


def test_a_licence_is_offered_to_one_at_a_time_and_not_to_oneself(sqlite_database: str) -> None:
    owner, licence, _ = offered()
    with pytest.raises(Conflict, match="Take that back"):
        done(licensing.offer_transfer, owner, licence.id, "other@example.com")
    for verb in (licensing.replace_tag, licensing.renew, licensing.end_licence):
        with pytest.raises(Conflict):
            done(verb, owner, licence.id)
    for email in (owner.email, "Olive@EXAMPLE.com", "no address", "a@b", ""):
        with pytest.raises(Invalid) as refused:
            done(licensing.offer_transfer, owner, licence.id, email)
        assert "email" in refused.value.fields


def test_nobody_has_us_write_to_strangers_all_day(sqlite_database: str) -> None:
    owner, licence, _ = offered()
    for _ in range(4):
        done(licensing.take_back_offer, owner, licence.id)
        done(licensing.offer_transfer, owner, licence.id, NEW)
    done(licensing.take_back_offer, owner, licence.id)
    with pytest.raises(TooManyRequests):
        done(licensing.offer_transfer, owner, licence.id, "other@example.com")


def test_a_licence_that_was_closed_meanwhile_is_not_taken_over(sqlite_database: str) -> None:
    _, licence, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
        row = session.get_one(Licence, licence.id)
        row.state = "revoked"
        session.add(row)
    with pytest.raises(Conflict):
        done(licensing.accept_transfer, nora, token)


def test_two_clicks_at_once_are_one_application(database: str) -> None:
    _, _, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    found = at_once(*[lambda: done(licensing.accept_transfer, nora, token).id] * 4)
    with db.reading() as session:
        assert set(found) == {session.exec(select(Application.id)).one()}


def test_agreeing_and_taking_back_at_once_leaves_one_of_both(database: str) -> None:
    owner, licence, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
    agreed, taken_back = at_once(
        lambda: done(licensing.accept_transfer, nora, token),
        lambda: done(licensing.take_back_offer, owner, licence.id),
    )
    assert isinstance(agreed, ApplicationView | Conflict)
    assert isinstance(taken_back, LicenceView)
    assert (offer_row().state, offer_row().open_key) == ("taken_back", None)
    with db.reading() as session:
        left = session.exec(select(Application.status)).all()
    assert left in ([], [Status.WITHDRAWN.value])
