"""The clerks' desk as the states of its pages see it."""

from typing import Any

import pytest

from pet_app.core import db
from pet_app.core.security import Identity, Role
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Application, Licence
from pet_app.licensing.rules.standing import Status
from pet_app.licensing.service import Month
from pet_app.licensing.state.desk.case import CaseDesk
from pet_app.licensing.state.desk.counter import Counter
from pet_app.licensing.state.desk.figures import chart_of, hours
from pet_app.licensing.state.desk.imports import ImportDesk
from pet_app.licensing.state.desk.licences import Licences
from pet_app.licensing.state.desk.policy import PolicyDesk
from pet_app.licensing.state.desk.queue import Queue
from pet_app.licensing.state.desk.simulator import Simulator
from pet_app.ui.session import Session
from tests.licensing.factory import HOME, TOWN
from tests.licensing.factory_desk import (
    OTHER_TOWN,
    legacy_csv,
    looked_through,
    make_case,
    make_clerk,
    sale,
)
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")

DESK = "/licensing/desk"
CLERK = Identity(user_id="u1", role=Role.CLERK, name="Olive", strong=True)
SOLD = {
    "animal.name": "Biscuit",
    "animal.species": "dog",
    "animal.sex": "female",
    "animal.altered": "yes",
    "animal.born": "2022-03-01",
    "vaccination.given": "2026-01-10",
    "vaccination.years": "3",
    "vaccination.vet": "Dr. Vera Vet",
    "holder.name": "Olive Owner",
    "term": "1",
    "paid_by": "cheque",
}


def a_desk(user_id: str = "u1", *town_ids: str) -> Tab:
    """A clerk's tab, for these towns."""
    with db.writing() as session:
        for town_id in town_ids or (TOWN,):
            licensing.appoint_clerk(session, user_id, town_id)
    return Tab(**signed_in_cookies(Role.CLERK, user_id))


def cases(*pets: str, town_id: str = TOWN, **changes: Any) -> list[str]:
    with db.writing() as session:
        return [make_case(session, town_id, pet=pet, **changes) for pet in pets]


def opened(tab: Tab, case_id: str) -> CaseDesk:
    tab.go(f"{DESK}/{case_id}")
    tab.send(CaseDesk.open_case)
    return tab.see(CaseDesk)


def row(case_id: str) -> Application:
    with db.reading() as session:
        return session.get_one(Application, case_id)


def problem(tab: Tab) -> str:
    return tab.see(Session).problem


def test_the_queue_shows_the_cases_of_ones_own_towns_and_no_others() -> None:
    cases("Biscuit", "Juno")
    cases("Stranger", town_id=OTHER_TOWN)
    tab = a_desk()
    tab.send(Queue.open_queue)
    queue = tab.see(Queue)
    assert [found.pet for found in queue.rows] == ["Biscuit", "Juno"]
    assert [tab.count for tab in queue.tabs] == ["2", "0", "0", "0", ""]
    tab.send(Queue.go_to_queue_of, town_id=OTHER_TOWN)
    assert [found.pet for found in tab.see(Queue).rows] == ["Biscuit", "Juno"]
    tab.send(Queue.find_case, text="juno")
    assert [found.pet for found in tab.see(Queue).rows] == ["Juno"]


def test_a_case_of_another_town_is_as_good_as_none() -> None:
    (strange,) = cases("Stranger", town_id=OTHER_TOWN)
    desk = opened(a_desk(), strange)
    assert (desk.stage, desk.case.title, desk.groups) == ("missing", "", [])


def test_a_case_is_held_while_it_is_open_and_let_go_with_the_next() -> None:
    first, second = cases("Biscuit", "Juno")
    tab = a_desk()
    desk = opened(tab, first)
    assert (desk.case.title, desk.place, desk.after_id) == ("Biscuit", "To decide: 1 of 2", second)
    assert row(first).locked_by == "u1"
    assert opened(tab, second).before_id == first
    assert (row(first).locked_by, row(second).locked_by) == ("", "u1")
    tab.go(DESK)
    tab.send(Queue.open_queue)
    assert row(second).locked_by == ""


def test_what_a_colleague_has_open_can_be_read_and_not_decided() -> None:
    (case_id,) = cases("Biscuit")
    opened(a_desk("u1"), case_id)
    other = a_desk("u2")
    desk = opened(other, case_id)
    assert desk.may == ["note"]
    assert "has this case open until" in desk.case.held
    other.send(CaseDesk.ask, what="approve")
    assert other.see(CaseDesk).asking == ""
    other.send(CaseDesk.approve)
    assert row(case_id).status == Status.IN_REVIEW
    assert "has this open" in problem(other)


def test_approving_goes_on_to_the_next_case_nobody_has_open() -> None:
    first, held, free = cases("Biscuit", "Juno", "Maple")
    opened(a_desk("u2"), held)
    tab = a_desk("u1")
    opened(tab, first)
    tab.send(CaseDesk.ask, what="approve")
    tab.send(CaseDesk.approve)
    assert row(first).status == Status.APPROVED
    desk = tab.see(CaseDesk)
    assert (desk.told, desk.told_href) == ("Approved: Biscuit.", f"{DESK}/{first}")
    assert opened(tab, free).case.title == "Maple"


def test_a_reason_brings_its_words_which_may_be_changed() -> None:
    (case_id,) = cases("Biscuit")
    tab = a_desk()
    opened(tab, case_id)
    tab.send(CaseDesk.ask, what="reject")
    tab.send(CaseDesk.say_why, form={"words": "No."})
    assert problem(tab) == "Choose a reason."
    reason = tab.see(CaseDesk).reasons[0]
    assert reason.key == "1"
    tab.send(CaseDesk.choose_reason, reason=reason.id)
    assert tab.see(CaseDesk).reason_words == reason.words
    tab.send(CaseDesk.say_why, form={"words": "Please send us the other side too."})
    assert row(case_id).status == Status.REJECTED
    assert row(case_id).words == "Please send us the other side too."


def test_who_was_second_sees_what_the_first_decided() -> None:
    (case_id,) = cases("Biscuit")
    tab = a_desk()
    opened(tab, case_id)
    with db.writing() as session:
        found = session.get_one(Application, case_id)
        found.version += 1
        session.add(found)
    tab.send(CaseDesk.ask, what="approve")
    tab.send(CaseDesk.approve)
    assert problem(tab)
    assert (row(case_id).status, tab.see(CaseDesk).asking) == (Status.IN_REVIEW, "")
    tab.send(CaseDesk.approve)
    assert row(case_id).status == Status.APPROVED


def test_a_note_stands_in_the_history_for_clerks_alone() -> None:
    (case_id,) = cases("Biscuit")
    tab = a_desk()
    opened(tab, case_id)
    tab.send(CaseDesk.ask, what="note")
    tab.send(CaseDesk.note, form={"words": "Called the vet."})
    step = tab.see(CaseDesk).steps[0]
    assert (step.words, step.internal) == ("Called the vet.", True)


def test_what_approved_itself_is_looked_at_afterwards() -> None:
    right, wrong = cases("Biscuit", "Juno", status=Status.APPROVED, audit="wanted", automatic=True)
    tab = a_desk()
    tab.send(Queue.choose_shelf, shelf="audit")
    assert opened(tab, right).may == ["audit", "note"]
    tab.send(CaseDesk.pass_audit)
    opened(tab, wrong)
    tab.send(CaseDesk.ask, what="audit_failed")
    tab.send(CaseDesk.fail_audit, form={"words": ""})
    assert row(wrong).audit == "wanted"
    tab.send(CaseDesk.fail_audit, form={"words": "Another dog's paper."})
    assert (row(right).audit, row(wrong).audit) == ("passed", "failed")


def test_the_counter_says_the_fee_before_it_takes_the_money() -> None:
    tab = a_desk()
    tab.go(f"{DESK}/counter")
    tab.send(Counter.open_counter)
    for name in ("street_address", "city", "postal_code"):
        tab.send(Counter.say_line, name=name, typed=HOME[name])
    tab.send(Counter.send, form=SOLD)
    assert (problem(tab), tab.see(Counter).receipt.number) == ("", "")
    fee = tab.see(Counter).total
    assert fee
    # A dog that is not neutered costs more: that is said before anybody pays it.
    tab.send(Counter.send, form=SOLD | {"animal.altered": "no"})
    assert tab.see(Counter).total != fee
    assert tab.see(Counter).receipt.number == ""
    tab.send(Counter.send, form=SOLD | {"animal.altered": "no"})
    receipt = tab.see(Counter).receipt
    assert receipt.number
    assert receipt.paid_by == "By cheque"


def test_what_is_wrong_at_the_counter_is_said_beside_its_field() -> None:
    tab = a_desk()
    tab.send(Counter.open_counter)
    wrong = SOLD | {"animal.sex": "", "vaccination.given": "2999-01-01"}
    tab.send(Counter.send, form=wrong)
    tab.send(Counter.send, form=wrong)
    assert {"animal.sex", "vaccination.given", "city"} <= tab.see(Session).problem_fields.keys()


def test_a_licence_is_revoked_with_a_reason_and_holds_again_with_another() -> None:
    tab = a_desk()
    with db.writing() as session:
        sold = licensing.sell_at_counter(session, CLERK, sale())
    tab.go(f"{DESK}/licences", text=sold.number)
    tab.send(Licences.open_licences)
    (found,) = tab.see(Licences).found
    assert (found.standing, found.may_revoke, found.may_restore) == ("Valid", True, False)
    tab.send(Licences.ask_to, what="restore", licence_id=found.id)
    assert tab.see(Licences).asking == ""
    for what, reason, standing in (
        ("revoke", "Sold by mistake.", "Revoked"),
        ("restore", "It was the other one.", "Valid"),
    ):
        tab.send(Licences.ask_to, what=what, licence_id=found.id)
        tab.send(Licences.change, form={"reason": reason})
        assert tab.see(Licences).found[0].standing == standing
    with db.reading() as session:
        assert session.get_one(Licence, sold.licence_id).state == "issued"


def test_a_policy_is_kept_when_it_says_something_sensible() -> None:
    tab = a_desk()
    tab.send(PolicyDesk.open_policy)
    tab.send(PolicyDesk.turn_kind, kind="renewal")
    tab.send(PolicyDesk.keep_policy, form={"audit_percent": "many"})
    assert "audit_percent" in tab.see(Session).problem_fields
    tab.send(PolicyDesk.keep_policy, form={"audit_percent": "25 %"})
    with db.reading() as session:
        policy = licensing.policy_of(session, CLERK, TOWN)
    assert (policy.automatic, policy.audit_percent) == (("renewal",), 25)


def test_other_fees_are_read_as_they_are_typed() -> None:
    tab = a_desk()
    tab.send(Simulator.open_simulator)
    rule = next(found for found in tab.see(Simulator).rules if found.unit != "%")
    field = f"rule-{rule.id}"
    tab.send(Simulator.try_out, form={field: "lots"})
    assert field in tab.see(Session).problem_fields
    tab.send(Simulator.try_out, form={field: "$31,50"})
    assert problem(tab) == ""
    assert tab.see(Simulator).outcome.changed
    tab.send(Simulator.as_it_is)
    assert not tab.see(Simulator).outcome.changed


def test_a_file_is_shown_with_its_faults_and_only_to_its_own_town() -> None:
    tab = a_desk()
    data = legacy_csv({"number": "1"}, {"number": "2", "species": "fish"})
    with db.writing() as session:
        stranger = make_clerk(session, OTHER_TOWN)
    foreign = looked_through(stranger, data, OTHER_TOWN)
    looked_through(CLERK, data)
    tab.send(ImportDesk.open_imports)
    desk = tab.see(ImportDesk)
    assert (desk.current.state, desk.current.counted) == ("ready", "2 lines, 1 of them good")
    assert [fault.place for fault in desk.faults] == ["Line 3, species"]
    assert len(desk.runs) == 1
    tab.send(ImportDesk.look_at, import_id=foreign.id)
    assert problem(tab)
    assert tab.see(ImportDesk).current.id != foreign.id


def test_a_chart_is_as_high_as_its_highest_month() -> None:
    drawn = chart_of((Month("2026-01", 60, 30, 10), Month("2026-02", 0, 0, 0)))
    assert (drawn.top, drawn.middle) == ("100", "50")
    assert drawn.issued.count("z") == 1
    assert "v-108.0h34" in drawn.issued
    assert chart_of(()).issued == ""


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (0.5, "30 min"), (20.0, "20.0 h"), (72.0, "3.0 days")]
)
def test_hours_are_told_as_people_say_them(value: float | None, words: str) -> None:
    assert hours(value) == words
