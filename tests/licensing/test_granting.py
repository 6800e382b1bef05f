"""What is approved becomes a licence: number, tag, dates, certificate, each once."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, func, select

from pet_app.core import db
from pet_app.core.errors import Conflict, NotFound
from pet_app.core.security import user_owner
from pet_app.licensing import service as licensing
from pet_app.licensing import signing
from pet_app.licensing.models import Certificate, Licence, Step
from pet_app.licensing.rules.standing import Kind, LicenceState
from pet_app.licensing.tag import read_code
from pet_app.messaging.models import OutboxRow
from tests.licensing.factory_licences import (
    ADMIN,
    BY,
    ELSEWHERE,
    OTTO,
    TOWN,
    granted_licence,
    make_application,
    text_of,
    today,
)

DAY = timedelta(days=1)
MAY = date(2026, 5, 20)


def issued(session: db.Session) -> list[tuple[int, str]]:
    """What was announced of licences that were issued: serial and why."""
    rows = session.exec(
        select(OutboxRow.payload)
        .where(OutboxRow.name == "licence.issued")
        .order_by(col(OutboxRow.id))
    )
    return [(payload["serial"], payload["why"]) for payload in rows]


def test_a_new_licence_has_a_number_a_tag_and_a_signed_certificate(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, handed_in=MAY)
        claim = signing.read(text_of(session, licence))
        assert licence.number.startswith("CA-")
        assert read_code(licence.tag_code) == licence.tag_code
        assert (claim.number, claim.serial, claim.town_id) == (licence.number, 1, TOWN)
        assert (claim.begins, claim.ends) == (licence.begins, licence.ends)
        assert (licence.begins, licence.ends) == (MAY, date(2027, 5, 19))
        assert (licence.species, licence.altered) == ("dog", True)
        assert licence.holder["name"] == "Olive Owner"
        assert "biscuit" in licence.search
        assert issued(session) == [(1, "new")]


def test_granting_twice_changes_nothing(database: str) -> None:
    with db.writing() as session:
        application = make_application(session)
        one = licensing.grant(session, application, BY)
        two = licensing.grant(session, application, BY)
        assert one.id == two.id
        assert session.exec(select(func.count()).select_from(Licence)).one() == 1
        assert session.exec(select(func.count()).select_from(Certificate)).one() == 1
        assert issued(session) == [(1, "new")]


def test_a_renewal_in_time_loses_no_day_and_keeps_number_and_tag(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, handed_in=MAY - 350 * DAY, rabies_days=2000)
        before = (licence.id, licence.number, licence.tag_code, licence.begins)
        ended = licence.ends
        assert ended is not None
        again = granted_licence(
            session, Kind.RENEWAL, licence=licence, handed_in=MAY, rabies_days=2000
        )
        assert (again.id, again.number, again.tag_code, again.begins) == before
        assert again.ends == ended.replace(year=ended.year + 1)
        assert again.certificate == 2
        assert issued(session) == [(1, "new"), (2, "renewal")]


def test_a_late_renewal_begins_on_its_own_day(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, handed_in=MAY - 500 * DAY, rabies_days=2000)
        again = granted_licence(
            session, Kind.RENEWAL, licence=licence, handed_in=MAY, rabies_days=2000
        )
        assert (again.begins, again.ends) == (MAY, date(2027, 5, 19))


def test_a_licence_of_a_leap_day_ends_on_the_last_of_february(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, handed_in=date(2024, 2, 29), rabies_days=2000)
        assert (licence.begins, licence.ends) == (date(2024, 2, 29), date(2025, 2, 28))


def test_a_booster_gives_back_what_the_vaccination_cut_short(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, rabies_days=100)
        assert licence.ends == today() + 100 * DAY
        whole = licence.term_ends
        again = granted_licence(session, Kind.BOOSTER, licence=licence, rabies_days=1095)
        assert again.id == licence.id
        assert again.ends == whole
        assert again.certificate == 2
        assert signing.read(text_of(session, again)).ends == whole


def test_an_older_vaccination_takes_nothing_away(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, rabies_days=200)
        again = granted_licence(session, Kind.BOOSTER, licence=licence, rabies_days=100)
        assert again.ends == today() + 200 * DAY


def test_where_the_town_does_not_ask_the_vaccination_cuts_nothing(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, town_id=ELSEWHERE, rabies_days=100)
        assert licence.ends == licence.term_ends


def test_a_replacement_is_a_new_tag_and_the_old_one_leads_nowhere(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session)
        old, number, ends = licence.tag_code, licence.number, licence.ends
        again = granted_licence(session, Kind.REPLACEMENT, licence=licence)
        assert again.tag_code != old
        assert (again.number, again.ends) == (number, ends)
        with pytest.raises(NotFound):
            licensing.tag_page(session, old)
        assert licensing.tag_page(session, again.tag_code).licensed


def test_a_transfer_is_a_new_owner_and_the_same_number(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session)
        licence.lost, licence.lost_words = True, "Call me"
        number, tag, ends = licence.number, licence.tag_code, licence.ends
        again = granted_licence(session, Kind.TRANSFER, licence=licence, owner=OTTO)
        assert again.owner == user_owner("0otto")
        assert again.holder["name"] == "Otto Other"
        assert (again.number, again.tag_code, again.ends) == (number, tag, ends)
        assert (again.lost, again.lost_words) == (False, "")


def test_a_pet_has_one_licence_that_holds_in_a_town(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session, pet_id="0pet")
        twin = make_application(session, pet_id="0pet")
        with pytest.raises(Conflict) as refused:
            licensing.grant(session, twin, BY)
        assert licence.number in refused.value.detail
    with db.writing() as session:
        assert granted_licence(session, pet_id="0pet", town_id=ELSEWHERE).number != licence.number


def test_moving_to_another_town_ends_the_licence_there(database: str) -> None:
    with db.writing() as session:
        before = granted_licence(session, pet_id="0pet")
        foreign = granted_licence(session, owner=OTTO)
        granted_licence(session, pet_id="0pet", town_id=ELSEWHERE, moved_from=before.id)
        assert before.state == LicenceState.MOVED
        # What is not theirs stays as it is, whatever a form says.
        granted_licence(session, pet_id="1pet", town_id=ELSEWHERE, moved_from=foreign.id)
        assert foreign.state == LicenceState.ISSUED


def test_nothing_is_granted_on_a_licence_that_is_closed(database: str) -> None:
    with db.writing() as session:
        licence = granted_licence(session)
        licensing.revoke(session, ADMIN, licence.id, "The dog is another one.")
        renewal = make_application(session, Kind.RENEWAL, licence=licence)
        with pytest.raises(Conflict):
            licensing.grant(session, renewal, BY)
        steps = session.exec(select(Step).where(Step.licence_id == licence.id)).all()
        assert {"granted", "revoked"} == {step.what for step in steps}


def test_a_tag_of_the_counter_is_taken_once(database: str) -> None:
    with db.writing() as session:
        one = licensing.grant(session, make_application(session), BY, tag_code="K7TM4QXQ")
        assert one.tag_code == "K7TM4QXQ"
        with pytest.raises(Conflict):
            licensing.grant(session, make_application(session), BY, tag_code="K7TM4QXQ")
