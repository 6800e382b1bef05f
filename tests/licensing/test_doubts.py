"""What a clerk is told to look at twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pet_app.core import db
from pet_app.licensing import service as licensing
from pet_app.licensing.form import Form
from pet_app.licensing.products import longest_years
from pet_app.licensing.service.doubts import about_vaccination, doubts
from tests.licensing import factory as made
from tests.licensing.factory import CHIP, TOWN

TODAY = licensing.today_in(licensing.town(TOWN))


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, ()),
        ({"given": day(1)}, ("in the future",)),
        ({"given": day(-800), "until": day(-1)}, ("ran out",)),
        ({"given": "2022-05-31", "until": "", "years": "1"}, ("ran out", "before three months")),
        ({"given": "2022-02-01", "until": day(9)}, ("before the pet was born", "longer")),
        ({"years": "1", "until": day(400)}, ("longer than the 1 years",)),
        ({"product": "Imrab 1 TF", "years": "", "until": day(600)}, ("Imrab 1 TF is licensed",)),
        ({"product": "NOBIVAC-3 Rabies", "years": "3", "until": day(900)}, ()),
        ({"product": "Something new", "years": "", "until": day(1200)}, ()),
    ],
    ids=range(9),
)
def test_odd_vaccinations_are_doubted(told: dict[str, str], words: tuple[str, ...]) -> None:
    form = made.filled(Form(), TODAY)
    form = replace(form, vaccination=replace(form.vaccination, **told))
    found = about_vaccination(form, TODAY)
    for said in words:
        assert any(said in sentence for sentence in found), found
    assert bool(found) == bool(words), found


@pytest.mark.usefixtures("database")
def test_another_pets_certificate_is_doubted_on_both() -> None:
    with db.writing() as session:
        owner, mallory = made.make_owner(session), made.make_owner(session, "m@example.com")
        first, second = (made.handed_in(session, who) for who in (owner, mallory))
        same = made.put_paper(session, first, digest="ab" * 32)
        assert doubts(session, licensing.get_application(session, first)) == ()
        made.put_paper(session, second, digest=same.digest)
        for application_id in (first, second):
            found = doubts(session, licensing.get_application(session, application_id))
            assert found == ("The same file was handed in for another pet.",)


@pytest.mark.usefixtures("sqlite_database")
def test_another_name_or_microchip_than_the_pets_is_doubted() -> None:
    with db.writing() as session:
        owner, mallory = made.make_owner(session), made.make_owner(session, "m@example.com")
        pet_id = made.make_pet(session, owner, microchip=CHIP)
        view = licensing.begin(session, owner, TOWN, pet_id)
        form = made.filled(view.form, TODAY)
        other = replace(form.animal, name="Rex", microchip="276098106012345")
        licensing.save_form(session, owner, view.id, replace(form, animal=other), view.version)
        found = doubts(session, licensing.get_application(session, view.id))
        assert len(found) == 2
        assert "Rex" in found[0]
        assert "microchip on the form" in found[1]
        theirs = made.make_pet(session, mallory, microchip="276 098 106 012 345")
        asked = licensing.begin(session, mallory, TOWN, theirs)
        filled = made.filled(asked.form, TODAY)
        kept = licensing.save_form(session, mallory, asked.id, filled, asked.version)
        assert doubts(session, licensing.get_application(session, asked.id)) == ()
        made.put_paper(session, view.id)
        made.put_paper(session, asked.id)
        licensing.hand_in(session, mallory, asked.id, kept.version)
        found = doubts(session, licensing.get_application(session, view.id))
        assert any("Another pet of this town" in sentence for sentence in found)


@pytest.mark.parametrize(
    ("product", "years"),
    [
        ("", 0),
        ("Rabvac 3 TF", 3),
        ("Kraftfutter", 0),
    ],
)
def test_vaccines_are_known_by_name(product: str, years: int) -> None:
    assert longest_years(product) == years
