"""An owner's licences: what they are worth today, renewed, restored, moved, lost and ended."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound, Problem
from pet_app.core.security import GUEST, Identity
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Application, Licence, Step
from pet_app.licensing.rules.standing import Kind, LicenceState, Reminding, Standing, Status
from pet_app.licensing.service import history
from pet_app.pet import service as pets
from tests.licensing import factory as applied
from tests.licensing.factory_licences import again, announced, done, grant, make_licence, settle
from tests.user.factory import letters

LEFT = timedelta(days=365)


def licence(days_left: int | None = 20, **changes: Any) -> tuple[Identity, Licence]:
    """Somebody's licence with so many days left, of a pet of theirs."""
    with db.writing() as session:
        owner = applied.make_owner(session)
        pet_id = applied.make_pet(session, owner)
        return owner, make_licence(session, owner, days_left, **({"pet_id": pet_id} | changes))


@pytest.mark.parametrize(
    ("days", "worth", "stage", "may"),
    [
        (200, Standing.VALID, None, {"replace", "transfer", "move", "lost", "end"}),
        (60, Standing.VALID, Reminding.SIXTY, {"renew", "replace", "transfer"}),
        (0, Standing.VALID, Reminding.DUE, {"renew", "transfer"}),
        (-1, Standing.EXPIRED, Reminding.OVERDUE, {"renew", "move", "lost", "end"}),
        (-200, Standing.EXPIRED, None, {"renew"}),
        (None, Standing.VALID, None, {"replace", "transfer"}),
    ],
)
def test_what_can_be_done_follows_the_days_that_are_left(
    sqlite_database: str, days: int | None, worth: Standing, stage: Reminding | None, may: set[str]
) -> None:
    owner, row = licence(days)
    view = done(licensing.licence_of, owner, row.id)
    assert (view.standing, view.stage, view.days_left) == (worth, stage, days)
    assert may <= view.may
    assert ("renew" in view.may) == (days is not None and days <= 60)
    assert ("transfer" in view.may) == (worth is Standing.VALID)
    assert (view.animal_name, view.town_name) == ("Biscuit", view.town.name)


@pytest.mark.parametrize("state", [one for one in LicenceState if one != LicenceState.ISSUED])
def test_nothing_can_be_done_with_what_is_closed(sqlite_database: str, state: LicenceState) -> None:
    owner, row = licence(state=state.value)
    assert done(licensing.licence_of, owner, row.id).may == frozenset()
    for verb in (licensing.renew, licensing.bring_booster, licensing.replace_tag):
        with pytest.raises(Conflict):
            done(verb, owner, row.id)
    with pytest.raises(Conflict):
        done(licensing.move_town, owner, row.id, "us-il-chicago")
    with pytest.raises(Conflict):
        done(licensing.set_lost, owner, row.id, True)


def test_nobody_else_sees_or_changes_a_licence(database: str) -> None:
    _, row = licence(20)
    with db.writing() as session:
        other = applied.make_owner(session, "mallory@example.com")
    verbs: list[tuple[Any, ...]] = [
        (licensing.licence_of,),
        (licensing.renew,),
        (licensing.bring_booster,),
        (licensing.replace_tag,),
        (licensing.move_town, "us-il-chicago"),
        (licensing.set_lost, True, "Mine now"),
        (licensing.end_licence,),
        (licensing.offer_transfer, "mallory@example.com"),
        (licensing.take_back_offer,),
    ]
    for verb, *rest in verbs:
        with pytest.raises(NotFound):
            done(verb, other, row.id, *rest)
        with pytest.raises(Problem, match="Sign in"):
            done(verb, GUEST, row.id, *rest)
        with pytest.raises(NotFound):
            done(verb, other, "nothing", *rest)
    assert done(licensing.licences_of, other) == []
    with db.reading() as session:
        assert session.exec(select(Application)).all() == []
        assert session.exec(select(Step)).all() == []


def approved(days_left: int) -> tuple[Identity, Licence]:
    """A licence that was asked for and granted; then time passed."""
    with db.writing() as session:
        owner = applied.make_owner(session)
        row = grant(session, applied.in_review(session, owner))
        assert row.ends is not None
        row.ends = licensing.today_in(licensing.town(row.town_id)) + timedelta(days=days_left)
        row.term_ends, row.begins = row.ends, row.ends - LEFT
        session.add(row)
    return owner, row


def test_a_renewal_is_one_tap_where_the_vaccination_lasts(sqlite_database: str) -> None:
    owner, row = approved(20)
    asked = done(licensing.renew, owner, row.id)
    assert done(licensing.renew, owner, row.id).id == asked.id
    assert (asked.kind, asked.status) == (Kind.RENEWAL, Status.DRAFT)
    assert asked.form.animal.name == "Biscuit"
    assert asked.form.vaccination.vet == "Dr. Vera Vet"
    assert set(asked.faults) == {"signed"}, "only a signature is missing"
    assert asked.priced is not None
    view = done(licensing.licence_of, owner, row.id)
    assert [one.id for one in view.applications] == [asked.id]
    assert "transfer" not in view.may


def test_a_vaccination_that_gives_no_more_days_is_asked_for_anew(sqlite_database: str) -> None:
    owner, row = approved(20)
    with db.writing() as session:
        kept = session.get_one(Licence, row.id)
        kept.rabies_until = kept.ends
        session.add(kept)
    asked = done(licensing.renew, owner, row.id)
    assert asked.form.vaccination.until == ""
    assert "vaccination.given" in asked.faults


def test_a_renewal_has_its_time(sqlite_database: str) -> None:
    owner, row = licence(61)
    with pytest.raises(Conflict, match="60 days"):
        done(licensing.renew, owner, row.id)
    owner_id, forever = owner, done(make_licence, owner, None)
    with pytest.raises(Conflict, match="life"):
        done(licensing.renew, owner_id, forever.id)


def test_a_newer_vaccination_gives_a_licence_back_its_term(sqlite_database: str) -> None:
    owner, row = approved(300)
    with db.writing() as session:
        kept = session.get_one(Licence, row.id)
        assert kept.term_ends is not None
        kept.ends = kept.rabies_until = kept.term_ends - timedelta(days=280)
        session.add(kept)
    view = done(licensing.licence_of, owner, row.id)
    assert view.cut_short
    assert "booster" in view.may
    asked = done(licensing.bring_booster, owner, row.id)
    assert asked.form.vaccination.until == ""
    with db.writing() as session:
        form = applied.filled(asked.form, licensing.today_in(asked.town))
        saved = licensing.save_form(session, owner, asked.id, form, asked.version)
        applied.put_paper(session, asked.id)
        handed = licensing.hand_in(session, owner, asked.id, saved.version)
        assert handed.payment_id == "", "it costs nothing"
        restored = grant(session, asked.id)
    assert restored.ends == restored.term_ends
    with pytest.raises(Conflict):
        done(licensing.bring_booster, owner, row.id)


def test_a_licence_moves_to_another_town_and_ends_in_the_one_before(database: str) -> None:
    owner, row = approved(200)
    with pytest.raises(Invalid):
        done(licensing.move_town, owner, row.id, row.town_id)
    with pytest.raises(NotFound):
        done(licensing.move_town, owner, row.id, "nowhere")
    asked = done(licensing.move_town, owner, row.id, "us-il-chicago")
    assert done(licensing.move_town, owner, row.id, "us-il-chicago").id == asked.id
    assert (asked.kind, asked.form.moved_from) == (Kind.NEW, row.id)
    assert asked.form.animal.sex == "female"
    assert "street_address" not in asked.form.holder.address
    with db.writing() as session:
        home = applied.HOME | {"city": "Chicago", "country_area": "IL", "postal_code": "60601"}
        form = applied.filled(asked.form, licensing.today_in(asked.town))
        form.holder.address.update(home)
        saved = licensing.save_form(session, owner, asked.id, form, asked.version)
        applied.put_paper(session, asked.id)
        licensing.hand_in(session, owner, asked.id, saved.version)
        applied.pay_fee(session, asked.id)
        new = grant(session, asked.id)
    found = done(licensing.licences_of, owner)
    assert [(one.id, one.state) for one in found] == [
        (new.id, LicenceState.ISSUED),
        (row.id, LicenceState.MOVED),
    ]


def test_a_pet_is_lost_and_back(sqlite_database: str) -> None:
    owner, row = licence(200)
    said = "Near  the\u200b pier\n\n\nshy"
    done(licensing.set_lost, owner, row.id, True, said)
    view = done(licensing.set_lost, owner, row.id, True, said)
    assert (view.lost, view.lost_words) == (True, "Near the pier\nshy")
    done(licensing.set_lost, owner, row.id, True, "Near the park")
    view = done(licensing.set_lost, owner, row.id, False, "ignored")
    assert (view.lost, view.lost_words) == (False, "")
    assert announced("licence.pet_lost") == 2
    with pytest.raises(Invalid) as refused:
        done(licensing.set_lost, owner, row.id, True, "x" * 301)
    assert "words" in refused.value.fields


def test_a_licence_that_is_given_back_ends_once(sqlite_database: str) -> None:
    owner, row = licence(200)
    done(licensing.set_lost, owner, row.id, True, "Near the pier")
    done(licensing.end_licence, owner, row.id, "died")
    view = done(licensing.end_licence, owner, row.id, "died")
    assert (view.state, view.lost, view.may) == (LicenceState.ENDED, False, frozenset())
    settle()
    again("tell_of_close")
    said = [letter.subject for letter in letters(owner.email)]
    assert said == ["The licence of Biscuit has ended"]


def test_licences_of_many_pets_are_read_in_as_many_statements_as_of_one(
    sqlite_database: str,
) -> None:
    owner, _ = licence(20)
    counted: list[int] = []
    for more in (0, 12):
        with db.writing() as session:
            for days in range(more):
                make_licence(session, owner, days)
        said: list[str] = []

        def note(_c: Any, _u: Any, statement: str, *_rest: Any, said: list[str] = said) -> None:
            said.append(statement)

        with db.reading() as session:
            bind = session.connection().engine
            event.listen(bind, "before_cursor_execute", note)
            found = licensing.licences_of(session, owner)
            event.remove(bind, "before_cursor_execute", note)
        assert len(found) == more + 1
        counted.append(len(said))
    assert counted[0] == counted[1]


def test_what_wants_attention_is_what_letters_say_and_quiet_where_they_are(
    database: str,
) -> None:
    owner, row = licence(7)
    done(make_licence, owner, 200)
    with db.writing() as session:
        asked = applied.handed_in(session, owner, "us-ca-vista")
    said = [(one.text, one.action) for one in done(licensing.attention_of, owner)]
    assert said == [
        ("The application for Biscuit is handed in and waits for its fee.", "Pay"),
        ("The licence of Biscuit ends in 7 days.", "Renew"),
    ]
    with db.writing() as session:
        applied.pay_fee(session, asked)
        pets.archive_pet(session, owner, row.pet_id)
    assert done(licensing.attention_of, owner) == []
    with db.writing() as session:
        paid = licensing.get_application(session, asked)
        history.move(session, paid, Status.NEEDS_MORE, "clerk:c1", "Too blurred")
    assert [one.action for one in done(licensing.attention_of, owner)] == ["Answer"]
