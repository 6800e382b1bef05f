"""A town's year in figures, and last year's cases with other fees."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from pet_app.core import clock, db
from pet_app.core.errors import Invalid
from pet_app.licensing import facts
from pet_app.licensing import service as licensing
from pet_app.licensing.facts import Around
from pet_app.licensing.form import Form
from pet_app.licensing.models import Application
from pet_app.licensing.rules import Case, Fee, Proof, Species, fee
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.service import RuleChange
from pet_app.licensing.service.desk.figures import bounds
from pet_app.licensing.towns import town, towns
from tests.licensing.factory import TOWN, filled
from tests.licensing.factory_desk import make_case, make_clerk
from tests.licensing.factory_licences import make_licence

ROUNDS = 40


def decided(session: Session, town_id: str = TOWN, *, hours: int = 10, **changes: object) -> str:
    """A case that was decided now, so many hours after it came."""
    now = clock.now()
    told = {
        "status": Status.APPROVED,
        "submitted": now - timedelta(hours=hours),
        "decided": now,
        "waiting_since": None,
    }
    return make_case(session, town_id, **(told | changes))  # pyright: ignore[reportArgumentType]


def test_a_year_adds_up(database: str) -> None:
    where = town(TOWN)
    today = licensing.today_in(where)
    late = Around(today, due=today - timedelta(days=3))
    with db.writing() as session:
        clerk = make_clerk(session)
        decided(session, hours=2, automatic=True, audit="failed")
        decided(session, hours=30)
        decided(session, kind=Kind.RENEWAL, hours=10, around=late)
        decided(session, kind=Kind.RENEWAL, hours=20, around=Around(today, due=today))
        decided(session, status=Status.REJECTED, reason="expired", hours=50)
        decided(session, decided=bounds(where, today.year)[0] - timedelta(seconds=1))
        make_case(session, waiting_since=clock.now() - timedelta(days=4, hours=1))
        make_licence(session, "user:a", 30)
        make_licence(session, "user:b", None, altered=False)
        make_licence(session, "user:c", 30, state="revoked")
        make_licence(session, "user:d", -1)
    with db.reading() as session:
        found = licensing.figures(session, clerk, TOWN)
    assert (found.approved, found.rejected, found.reasons) == (
        4,
        1,
        (("Vaccination has run out", 1),),
    )
    assert [(one.altered, one.count) for one in found.licensed] == [(True, 1), (False, 1)]
    assert (found.late.part, found.late.whole, found.automatic.percent) == (1, 2, 25.0)
    assert (found.audits_failed.part, found.audits_failed.whole) == (1, 1)
    assert (found.median_hours, found.by_clerk_median_hours) == (20.0, 25.0)
    assert dict(found.waiting)["3 to 5 days"] == 1
    assert found.oldest_days == 4
    # On New Year's Day in the town, what ran out yesterday ran out last year.
    assert found.expired_not_renewed.part == (1 if today > date(today.year, 1, 1) else 0)
    assert (found.months[-1].issued, found.months[-1].renewed) == (2, 2)
    assert len(found.months) == today.month
    assert found.years == (today.year, today.year - 1)
    with pytest.raises(Invalid), db.reading() as session:
        licensing.figures(session, clerk, TOWN, today.year + 1)


def test_a_year_begins_at_the_towns_own_midnight() -> None:
    assert bounds(town("us-ca-san-diego"), 2026)[0] == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert bounds(town("ca-on-toronto"), 2026)[1] == datetime(2027, 1, 1, 5, tzinfo=UTC)


@pytest.mark.usefixtures("sqlite_database")
def test_an_estimate_is_marked_as_one_and_nothing_is_made_up() -> None:
    with db.writing() as session:
        clerk = make_clerk(session, TOWN, "us-oh-franklin-county")
        (known,) = licensing.figures(session, clerk, "us-oh-franklin-county").compliance
        (unknown,) = licensing.figures(session, clerk, TOWN).compliance
    assert (known.animals, known.percent, known.assumption) == (256_000, 0.0, True)
    assert "87,707" in known.source
    assert (unknown.animals, unknown.percent, unknown.source) == (None, None, "")


days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
cases = st.builds(
    Case,
    species=st.sampled_from(Species),
    altered=st.booleans(),
    handed_in=days,
    term=st.sampled_from(["1", "2", "3", "life", "365"]),
    born=st.none() | days,
    proofs=st.frozensets(st.sampled_from(Proof)),
    dangerous=st.booleans(),
    online=st.booleans(),
    due=st.none() | days,
    adopted=st.none() | days,
    reduced_before=st.integers(0, 5),
)


@settings(max_examples=ROUNDS, deadline=None)
@given(asked=cases)
def test_what_is_recorded_of_a_case_prices_it_again_in_every_town(asked: Case) -> None:
    for where in towns():
        first, second = fee(where, asked), fee(where, facts.thawed(facts.frozen(asked)))
        assert first == second


def test_without_changes_every_recorded_fee_comes_out_again(database: str) -> None:
    count = 0
    with db.writing() as session:
        clerk = make_clerk(session, *(where.id for where in towns()))
        for where in towns():
            today = licensing.today_in(where)
            schedule = where.schedule_on(today)
            for species in where.species:
                for term in schedule.terms if schedule else ():
                    for altered, late in (("yes", 0), ("no", 45)):
                        form = filled(Form(), today, term=term.id)
                        animal = replace(form.animal, species=species.value, altered=altered)
                        proofs = tuple(proof.value for proof in term.needs)
                        form = replace(form, animal=animal, proofs=proofs)
                        due = today - timedelta(days=late) if late else None
                        around = Around(today, due=due)
                        case = facts.check(form, where, Kind.RENEWAL, around).case
                        if case and isinstance(fee(where, case), Fee):
                            told = {"form": form, "around": around, "kind": Kind.RENEWAL}
                            decided(session, where.id, **told)
                            count += 1
    assert count > 30
    with db.reading() as session:
        found = [licensing.simulate(session, clerk, where.id) for where in towns()]
    assert sum(one.count for one in found) == count
    for one in found:
        assert (one.not_reproduced, one.before, one.rose, one.fell) == (0, one.after, 0, 0)
        for group in one.groups:
            assert group.before == group.after


@pytest.mark.usefixtures("sqlite_database")
def test_another_amount_moves_those_it_is_for_and_says_by_how_much() -> None:
    with db.writing() as session:
        clerk = make_clerk(session, "us-oh-franklin-county")
        where = licensing.town("us-oh-franklin-county")
        form = filled(Form(), licensing.today_in(where))
        unaltered = replace(form, animal=replace(form.animal, altered="no"))
        for told in (form, form, unaltered):
            decided(session, where.id, form=told)
        corrected = session.get_one(Application, decided(session, where.id, form=form))
        corrected.fee_cents += 1
        session.add(corrected)
    with db.reading() as session:
        change = RuleChange("altered-1", cents=2000)
        found = licensing.simulate(session, clerk, where.id, [change])
        for wrong in (RuleChange("none", 1), RuleChange("altered-1", -1), RuleChange("altered-1")):
            with pytest.raises(Invalid):
                licensing.simulate(session, clerk, where.id, [wrong])
    assert (found.count, found.not_reproduced, found.rose, found.fell) == (3, 1, 2, 0)
    assert (found.before.cents, found.difference.cents) == (2 * 1800 + 3500, 400)
    by_altered = {one.label: one.difference.cents for one in found.groups if one.by == "altered"}
    assert by_altered == {"altered": 400, "not altered": 0}
    assert [(before.cents, after.cents) for _, before, after in found.examples] == [
        (1800, 2000)
    ] * 2
