"""Every fee of the towns we know, as their published tables have it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pet_app.licensing.rules import Action, Case, Fee, Proof, Refused, Species, fee
from pet_app.licensing.towns import town, towns
from tests.licensing.factory import TODAY, cents, fee_case

NYC, CHICAGO, PIMA = "us-ny-new-york-city", "us-il-chicago", "us-az-pima-county"
SAN_DIEGO, VISTA, OCEANSIDE = "us-ca-san-diego", "us-ca-vista", "us-ca-oceanside"
FRANKLIN, KNOX = "us-oh-franklin-county", "us-oh-knox-county"
PENNSYLVANIA, TORONTO = "us-pa-pennsylvania", "ca-on-toronto"

WHOLE, CAT = {"altered": False}, {"species": Species.CAT}
REPLACEMENT, TRANSFER = {"action": Action.REPLACEMENT}, {"action": Action.TRANSFER}
LATE = {"action": Action.RENEWAL, "due": TODAY - timedelta(days=1)}
IN_TIME = {"action": Action.RENEWAL, "due": TODAY}
PUPPY = {"born": date(2026, 2, 1)}


def term(name: str) -> dict[str, Any]:
    return {"term": name}


def proof(*shown: Proof) -> dict[str, Any]:
    return {"proofs": frozenset(shown)}


PUBLISHED: list[tuple[str, int, dict[str, Any]]] = [
    (NYC, 850, {}),
    (NYC, 3400, WHOLE),
    *((NYC, 850 * years, term(str(years))) for years in range(2, 6)),
    *((NYC, 3400 * years, WHOLE | term(str(years))) for years in range(2, 6)),
    (NYC, 850, WHOLE | PUPPY),
    (NYC, 850, WHOLE | proof(Proof.CANNOT_ALTER)),
    (NYC, 850, IN_TIME),
    (NYC, 1050, LATE),
    (CHICAGO, 500, {}),
    (CHICAGO, 1500, term("3")),
    (CHICAGO, 5000, WHOLE),
    (CHICAGO, 15000, WHOLE | term("3")),
    (CHICAGO, 250, proof(Proof.SENIOR)),
    (CHICAGO, 750, proof(Proof.SENIOR) | term("3")),
    (CHICAGO, 500, proof(Proof.SENIOR) | WHOLE),
    (CHICAGO, 1500, proof(Proof.SENIOR) | WHOLE | term("3")),
    (CHICAGO, 250, REPLACEMENT),
    (CHICAGO, 750, REPLACEMENT | term("3")),
    (CHICAGO, 2000, REPLACEMENT | WHOLE),
    (PIMA, 1500, {}),
    (PIMA, 6000, WHOLE),
    (PIMA, 1500, WHOLE | proof(Proof.CANNOT_ALTER)),
    (PIMA, 1000, proof(Proof.SENIOR)),
    (PIMA, 1000, proof(Proof.DISABLED)),
    (PIMA, 800, proof(Proof.LOW_INCOME)),
    (PIMA, 800, proof(Proof.LOW_INCOME, Proof.SENIOR)),
    (PIMA, 800, proof(Proof.LOW_INCOME) | {"reduced_before": 3}),
    (PIMA, 1500, proof(Proof.LOW_INCOME) | {"reduced_before": 4}),
    (PIMA, 6000, proof(Proof.SENIOR) | WHOLE),
    (PIMA, 0, proof(Proof.SERVICE_ANIMAL)),
    (PIMA, 0, proof(Proof.LICENSED_ELSEWHERE)),
    (PIMA, 11500, {"dangerous": True}),
    (SAN_DIEGO, 1800, {}),
    (SAN_DIEGO, 3300, term("2")),
    (SAN_DIEGO, 4500, term("3")),
    (SAN_DIEGO, 3600, WHOLE),
    (SAN_DIEGO, 6600, WHOLE | term("2")),
    (SAN_DIEGO, 9000, WHOLE | term("3")),
    (SAN_DIEGO, 3800, LATE),
    (SAN_DIEGO, 1000, REPLACEMENT),
    (SAN_DIEGO, 1000, TRANSFER),
    (SAN_DIEGO, 0, proof(Proof.ADOPTED)),
    (SAN_DIEGO, 1800, proof(Proof.ADOPTED) | IN_TIME),
    (VISTA, 1500, {}),
    (VISTA, 4000, term("3")),
    (VISTA, 5000, WHOLE),
    (VISTA, 10000, WHOLE | term("3")),
    (OCEANSIDE, 1500, {}),
    (OCEANSIDE, 4000, term("3")),
    (OCEANSIDE, 5000, WHOLE),
    (OCEANSIDE, 15000, WHOLE | term("3")),
    (FRANKLIN, 1800, {}),
    (FRANKLIN, 5400, term("3")),
    (FRANKLIN, 18000, term("life")),
    (FRANKLIN, 3500, WHOLE),
    (FRANKLIN, 10500, WHOLE | term("3")),
    (FRANKLIN, 35000, WHOLE | term("life")),
    (FRANKLIN, 3600, LATE),
    (FRANKLIN, 7000, LATE | WHOLE),
    (FRANKLIN, 5400, LATE | term("3")),
    (KNOX, 1600, {}),
    (KNOX, 1600, WHOLE),
    (KNOX, 4800, term("3")),
    (KNOX, 16000, term("life")),
    (KNOX, 8000, term("kennel")),
    (KNOX, 3200, LATE),
    (KNOX, 9600, LATE | term("3")),
    (KNOX, 6600, {"dangerous": True}),
    (KNOX, 1600, PUPPY | {"handed_in": date(2026, 6, 30)}),
    (KNOX, 800, PUPPY | {"handed_in": date(2026, 7, 1)}),
    (KNOX, 500, REPLACEMENT),
    (KNOX, 500, TRANSFER),
    (PENNSYLVANIA, 700, {}),
    (PENNSYLVANIA, 700, WHOLE),
    (PENNSYLVANIA, 500, proof(Proof.SENIOR)),
    (PENNSYLVANIA, 500, proof(Proof.DISABLED)),
    (TORONTO, 2500, term("year")),
    (TORONTO, 6000, WHOLE | term("year")),
    (TORONTO, 1500, CAT | term("year")),
    (TORONTO, 5000, CAT | WHOLE | term("year")),
    (TORONTO, 0, proof(Proof.SERVICE_ANIMAL) | term("year")),
    (TORONTO, 565, REPLACEMENT | term("year")),
]


@pytest.mark.parametrize(("town_id", "published", "case"), PUBLISHED)
def test_the_fee_is_the_published_one(town_id: str, published: int, case: dict[str, Any]) -> None:
    assert cents(town_id, **case) == published


@pytest.mark.parametrize("days", [-30, -1, 0])
def test_who_renews_by_the_day_it_is_due_pays_nothing_for_being_late(days: int) -> None:
    due = TODAY - timedelta(days=days)
    assert cents(NYC, action=Action.RENEWAL, due=due, handed_in=TODAY) in (850, 1050)
    assert (cents(NYC, action=Action.RENEWAL, due=due) == 850) is (due >= TODAY)


@pytest.mark.parametrize(
    ("town_id", "case", "field"),
    [
        (CHICAGO, {"born": date(2026, 2, 1)}, "born"),
        (CHICAGO, {"born": date(2026, 6, 1)}, "born"),
        (CHICAGO, CAT, "species"),
        (CHICAGO, term("2"), "term"),
        (CHICAGO, term(""), "term"),
        (PENNSYLVANIA, {"handed_in": date(2023, 12, 31)}, "handed_in"),
        (PIMA, REPLACEMENT, "term"),
    ],
)
def test_what_a_town_does_not_license_has_a_reason_and_no_fee(
    town_id: str, case: dict[str, Any], field: str
) -> None:
    found = fee(town(town_id), fee_case(**case))
    assert isinstance(found, Refused)
    assert found.field == field
    assert found.reason.endswith(".")


def test_four_months_to_the_day_are_four_months() -> None:
    born = date(2026, 1, 20)
    assert cents(CHICAGO, born=born) == 500
    assert isinstance(fee(town(CHICAGO), fee_case(born=born + timedelta(days=1))), Refused)


CASES = st.builds(
    Case,
    species=st.sampled_from(Species),
    altered=st.booleans(),
    handed_in=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    term=st.sampled_from(["1", "2", "3", "5", "life", "kennel", "year"]),
    born=st.none() | st.dates(date(2010, 1, 1), date(2032, 12, 31)),
    action=st.sampled_from(Action),
    proofs=st.frozensets(st.sampled_from(Proof)),
    dangerous=st.booleans(),
    online=st.booleans(),
    due=st.none() | st.dates(date(2023, 1, 1), date(2033, 12, 31)),
    reduced_before=st.integers(0, 9),
)


@given(CASES, st.sampled_from([found.id for found in towns()]))
def test_no_fee_is_negative_and_every_cent_has_a_line_with_its_source(
    case: Case, town_id: str
) -> None:
    found = fee(town(town_id), case)
    if isinstance(found, Refused):
        assert found.reason
        return
    assert isinstance(found, Fee)
    assert found.cents == sum(line.cents for line in found.lines) >= 0
    assert all(line.words and (line.source or line.assumption) for line in found.lines)


@given(CASES, st.sampled_from(list(Proof)), st.sampled_from([found.id for found in towns()]))
def test_showing_more_never_costs_more(case: Case, shown: Proof, town_id: str) -> None:
    without, shown_too = (
        fee(town(town_id), case),
        fee(town(town_id), fee_case(**vars(case) | {"proofs": case.proofs | {shown}})),
    )
    if isinstance(without, Fee):
        assert isinstance(shown_too, Fee)
        assert shown_too.cents <= without.cents
