"""What somebody tries who wants more than is theirs: other fees, another's licence."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import BoundedSemaphore

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, Forbidden, Invalid, Unavailable
from pet_app.core.security import user_owner
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Animal
from pet_app.licensing.models import Licence
from pet_app.licensing.rules.standing import Kind, LicenceState, Status
from pet_app.licensing.service import applying, documents
from pet_app.licensing.service.desk.automatic import consider
from pet_app.licensing.service.doubts import doubts
from pet_app.licensing.state.tag import FoundTag
from pet_app.ui.session import Session
from pet_app.user import attempts
from pet_app.user.attempts import Window
from tests.at_once import at_once
from tests.licensing import factory as applied
from tests.licensing.factory_desk import OTHER_TOWN, make_clerk, sale
from tests.licensing.factory_licences import TOWN, done, grant, make_licence, settle
from tests.licensing.test_transfers import NEW, offered
from tests.ui.factory import Tab

CHICAGO = "us-il-chicago"


@pytest.mark.usefixtures("sqlite_database")
def test_a_new_tag_costs_what_the_licence_says_and_not_what_is_typed() -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(session, owner, 200, town_id=CHICAGO, term="3", altered=False)
        view = licensing.replace_tag(session, owner, licence.id)
        cheaper = replace(
            view.form,
            holder=replace(view.form.holder, address=applied.HOME),
            animal=replace(view.form.animal, altered="yes"),
            term="1",
            proofs=("senior",),
            signed=True,
        )
        view = licensing.save_form(session, owner, view.id, cheaper, view.version)
        assert view.fee is not None
        assert view.fee.cents == 2000
        licensing.hand_in(session, owner, view.id, view.version)
        row = licensing.get_application(session, view.id)
        assert (row.fee_cents, row.term, row.form["proofs"]) == (2000, "3", [])
        assert row.form["animal"]["altered"] == "no"


def test_a_licence_that_is_handed_on_stays_that_animals(database: str) -> None:
    _, licence, token = offered()
    with db.writing() as session:
        nora = applied.make_owner(session, NEW)
        asked = licensing.accept_transfer(session, nora, token)
        other = Animal("Fang", "cat", "male", "no", "2025-01-01", "Wolf", "grey", "", applied.CHIP)
        form = replace(applied.filled(asked.form), animal=other)
        saved = licensing.save_form(session, nora, asked.id, form, asked.version)
        licensing.hand_in(session, nora, asked.id, saved.version)
        applied.pay_fee(session, asked.id)
    settle()
    with db.reading() as session:
        now = session.get_one(Licence, licence.id)
        assert now.owner == nora.owner
        assert (now.animal["name"], now.animal.get("microchip", "")) == ("Biscuit", "")
        assert (now.species, now.altered) == ("dog", True)


@pytest.mark.usefixtures("sqlite_database")
def test_nothing_is_asked_for_a_licence_that_is_offered_to_somebody() -> None:
    owner, licence, _ = offered()
    for kind in (Kind.REPLACEMENT, Kind.BOOSTER, Kind.RENEWAL):
        with pytest.raises(Conflict, match="offered"):
            done(licensing.begin, owner, TOWN, licence.pet_id, kind.value, licence.id)


def test_who_had_a_licence_before_asks_nothing_of_it_any_more(database: str) -> None:
    with db.writing() as session:
        owner, nora = applied.make_owner(session), applied.make_owner(session, NEW)
        licence = make_licence(session, owner, 10)
        draft = licensing.replace_tag(session, owner, licence.id)
        form = applied.filled(draft.form)
        draft = licensing.save_form(session, owner, draft.id, form, draft.version)
        paid = licensing.begin(session, owner, TOWN, "", Kind.RENEWAL.value, licence.id)
        paid = licensing.save_form(session, owner, paid.id, form, paid.version)
        applied.put_paper(session, paid.id)
        licensing.hand_in(session, owner, paid.id, paid.version)
        licence = session.get_one(Licence, licence.id)
        licence.owner, tag = nora.owner, licence.tag_code
        session.add(licence)
        applied.pay_fee(session, paid.id)
    with pytest.raises(Conflict):
        done(licensing.hand_in, owner, draft.id, draft.version)
    with db.writing() as session:
        clerk = make_clerk(session)
        version = licensing.get_application(session, paid.id).version
    with pytest.raises(Conflict):
        done(licensing.approve, clerk, paid.id, version)
    # The draft of somebody else is not shown to who asks for the same.
    with pytest.raises(Conflict) as refused:
        done(licensing.begin, nora, TOWN, "", Kind.REPLACEMENT.value, licence.id)
    assert "Olive" not in str(refused.value)
    with db.reading() as session:
        now = session.get_one(Licence, licence.id)
        assert (now.owner, now.tag_code, now.holder) == (nora.owner, tag, licence.holder)


@pytest.mark.usefixtures("sqlite_database")
def test_nobody_pays_for_a_licence_that_was_taken_away_meanwhile() -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(session, owner, 200)
        view = licensing.replace_tag(session, owner, licence.id)
        form = applied.filled(view.form)
        view = licensing.save_form(session, owner, view.id, form, view.version)
        licensing.revoke(session, make_clerk(session), licence.id, "It is another dog.")
    with pytest.raises(Conflict, match="does not hold"):
        done(licensing.hand_in, owner, view.id, view.version)


@pytest.mark.usefixtures("database")
def test_a_counter_closes_no_licence_of_another_town() -> None:
    with db.writing() as session:
        theirs = make_licence(session, "", 100, town_id=OTHER_TOWN)
        told = sale()
        told = replace(told, form=replace(told.form, moved_from=theirs.id))
        licensing.sell_at_counter(session, make_clerk(session, TOWN), told)
        assert session.get_one(Licence, theirs.id).state == LicenceState.ISSUED


@pytest.mark.usefixtures("sqlite_database")
def test_clerks_do_not_give_back_their_own_licence() -> None:
    with db.writing() as session:
        clerk, colleague = make_clerk(session), make_clerk(session)
        licence = make_licence(session, user_owner(clerk.user_id or ""), 100)
        licensing.revoke(session, colleague, licence.id, "It bites.")
        with pytest.raises(Forbidden):
            licensing.restore(session, clerk, licence.id, "It does not.")
        licensing.restore(session, colleague, licence.id, "It was another.")


@pytest.mark.usefixtures("database")
def test_a_renewal_for_another_animal_does_not_approve_itself() -> None:
    with db.writing() as session:
        clerk, owner = make_clerk(session), applied.make_owner(session)
        licensing.change_policy(session, clerk, TOWN, ["renewal"], 0)
        until = licensing.today_in(licensing.town(TOWN)) + timedelta(days=900)
        licence = make_licence(session, owner, 10, rabies_until=until)
        view = licensing.renew(session, owner, licence.id)
        form = applied.filled(view.form)
        form = replace(form, animal=replace(form.animal, name="Fang", microchip=applied.CHIP))
        view = licensing.save_form(session, owner, view.id, form, view.version)
        applied.put_paper(session, view.id)
        licensing.hand_in(session, owner, view.id, view.version)
        applied.pay_fee(session, view.id)
        row = licensing.get_application(session, view.id)
        assert row.status == Status.IN_REVIEW
        assert any("Biscuit" in sentence for sentence in doubts(session, row))
        assert not consider(session, view.id)


@pytest.mark.usefixtures("sqlite_database")
def test_nobody_opens_more_applications_than_anybody_has_pets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(applying, "MOST_OPEN", 2)
    with db.writing() as session:
        owner = applied.make_owner(session)
        pets = [applied.make_pet(session, owner, name) for name in ("Biscuit", "Rex", "Fang")]
        first, _ = (licensing.begin(session, owner, TOWN, pet) for pet in pets[:2])
    with pytest.raises(Conflict, match="open"):
        done(licensing.begin, owner, TOWN, pets[2])
    done(licensing.withdraw, owner, first.id)
    assert done(licensing.begin, owner, TOWN, pets[2]).status is Status.DRAFT


def test_papers_that_wait_to_be_read_do_not_hold_up_the_site(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, application_id = applied.applied_in()
    monkeypatch.setattr(documents, "_room", BoundedSemaphore(1))
    paper = (owner, application_id, "rabies", "a.jpg", applied.jpeg())
    with documents._room, pytest.raises(Unavailable):
        licensing.add_document(*paper)
    for _ in range(2):
        with pytest.raises(Invalid):
            licensing.add_document(*paper[:4], b"no paper")
    assert licensing.add_document(*paper).documents


@pytest.mark.usefixtures("sqlite_database")
def test_a_tags_page_that_refuses_to_look_answers_no_other_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = Tab()
    tab.go("/tag/K7TM4QXQ")
    monkeypatch.setattr(attempts, "GUESSES_OF_AN_ADDRESS", Window(1, timedelta(hours=1)))
    for event, form in ((FoundTag.open, {}), (FoundTag.open, {}), (FoundTag.send, {"words": "x"})):
        tab.send(event, **({"form": form} if form else {}))
    assert "Too many" in tab.see(Session).problem


@pytest.mark.usefixtures("database")
def test_of_one_pet_asked_for_twice_at_once_one_is_handed_in() -> None:
    with db.writing() as session:
        owner, drafts = applied.make_owner(session), list[tuple[str, int]]()
        for _ in range(2):
            view = licensing.begin(session, owner, TOWN, "")
            form = applied.filled(view.form, licensing.today_in(view.town))
            view = licensing.save_form(session, owner, view.id, form, view.version)
            applied.put_paper(session, view.id)
            drafts.append((view.id, view.version))
    calls = [partial(done, licensing.hand_in, owner, *draft) for draft in drafts]
    answers = at_once(*calls)
    assert sorted(isinstance(one, Conflict) for one in answers) == [False, True], answers


@pytest.mark.usefixtures("sqlite_database")
def test_a_licence_that_is_offered_does_not_move_away_from_who_takes_it_over() -> None:
    owner, licence, _ = offered()
    with db.writing() as session:
        draft = applied.begun(session, owner, "us-ca-vista", licence.pet_id)
        view = licensing.application_of(session, owner, draft)
        form = replace(view.form, moved_from=licence.id)
        view = licensing.save_form(session, owner, draft, form, view.version)
        assert "moved_from" in view.faults
        # Offered after it was handed in, it is left where it is.
        row = licensing.get_application(session, draft)
        row.form = row.form | {"moved_from": ""}
        licensing.hand_in(session, owner, draft, view.version)
        row.form = row.form | {"moved_from": licence.id}
        applied.pay_fee(session, draft)
        grant(session, draft)
        assert session.get_one(Licence, licence.id).state == LicenceState.ISSUED
