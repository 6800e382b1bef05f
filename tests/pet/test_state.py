"""The memory of the pet pages, driven by events as a browser sends them."""

import pytest

from pet_app.core import db
from pet_app.core.security import Identity
from pet_app.pet import service as pets
from pet_app.pet.state import PetDesk
from pet_app.ui.guard import NOT_UNDERSTOOD
from tests.pet.factory import MALLORY, OLIVE, make_pet
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")

TYPED = {
    "name": "Waffles",
    "breed": "Beagle",
    "neck": "38",
    "girth": "58",
    "back": "46",
    "weight": "13",
}


@pytest.fixture
def tab() -> Tab:
    return Tab(**signed_in_cookies(user_id="olive"))


def kept() -> list[str]:
    with db.reading() as session:
        return [pet.name for pet in pets.list_pets(session, Identity("", "olive"))]


def problem(tab: Tab) -> str:
    return tab.see(PetDesk).problem


def test_a_pet_is_added_once_however_often_save_is_pressed(tab: Tab) -> None:
    tab.send(PetDesk.open_form)
    for _ in range(3):
        tab.send(PetDesk.save, typed=TYPED)
    assert kept() == ["Waffles"]
    tab.send(PetDesk.open_form)
    tab.send(PetDesk.save, typed=TYPED | {"name": "Pancake"})
    assert kept() == ["Waffles", "Pancake"]


def test_the_list_shows_ones_own_pets_in_the_units_chosen(tab: Tab) -> None:
    with db.writing() as session:
        make_pet(session, OLIVE)
        make_pet(session, MALLORY, name="Rex")
    tab.send(PetDesk.open_list)
    assert [(card.name, card.neck) for card in tab.see(PetDesk).cards] == [("Biscuit", "46 cm")]
    tab.send(PetDesk.list_in, units="in")
    assert [card.weight for card in tab.see(PetDesk).cards] == ["63.9 lb"]


def test_a_known_pet_is_opened_and_changed(tab: Tab) -> None:
    with db.writing() as session:
        pet = make_pet(session, OLIVE)
    tab.go("/dashboard/pets/measure", pet=pet.id)
    tab.send(PetDesk.open_form)
    assert tab.see(PetDesk).form.girth == "76"
    tab.send(PetDesk.save, typed=TYPED)
    assert kept() == ["Waffles"]


def test_somebody_elses_pet_is_neither_opened_nor_removed(tab: Tab) -> None:
    with db.writing() as session:
        pet = make_pet(session, MALLORY)
    tab.go("/dashboard/pets/measure", pet=pet.id)
    tab.send(PetDesk.open_form)
    assert "can't find" in problem(tab)
    assert not tab.see(PetDesk).ready
    tab.send(PetDesk.ask_removal, pet_id=pet.id, name="Biscuit")
    tab.send(PetDesk.remove)
    assert "can't find" in problem(tab)
    with db.reading() as session:
        assert pets.get_pet(session, MALLORY, pet.id) == pet


def test_faults_are_shown_at_their_fields_and_what_was_typed_stays(tab: Tab) -> None:
    tab.send(PetDesk.open_form)
    tab.send(PetDesk.save, typed=TYPED | {"girth": "0", "weight": "lots"})
    desk = tab.see(PetDesk)
    assert desk.problem_fields.keys() == {"girth_mm", "weight_g"}
    assert (desk.form.name, desk.form.weight) == ("Waffles", "lots")
    assert kept() == []


def test_what_is_wrong_stays_said_while_the_visitor_types(tab: Tab) -> None:
    tab.send(PetDesk.open_form)
    tab.send(PetDesk.save, typed=TYPED | {"girth": "12", "weight": "lots"})
    tab.send(PetDesk.suggest_breeds, typed="beag")
    tab.send(PetDesk.keep, field="girth", typed="58")
    assert tab.see(PetDesk).problem_fields.keys() == {"girth_mm", "weight_g"}
    tab.send(PetDesk.choose_species, species="cat")
    assert not problem(tab)


def test_changing_the_unit_converts_what_was_typed(tab: Tab) -> None:
    tab.send(PetDesk.open_form)
    tab.send(PetDesk.keep, field="neck", typed="38")
    tab.send(PetDesk.keep, field="back", typed="long")
    tab.send(PetDesk.choose_units, units="in")
    desk = tab.see(PetDesk)
    assert (desk.form.neck, desk.form.back, desk.weight_unit) == ("14.96", "long", "lb")


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (PetDesk.choose_units, {"units": "furlong"}),
        (PetDesk.choose_species, {"species": "horse"}),
        (PetDesk.keep, {"field": "_pet_id", "typed": "x"}),
        (PetDesk.save, {"typed": {"neck": {"a": 1}}}),
        (PetDesk.save, {"typed": "all"}),
    ],
)
def test_handlers_called_by_hand_with_nonsense_change_nothing(
    tab: Tab, handler: object, payload: dict[str, object]
) -> None:
    tab.send(PetDesk.open_form)
    before = tab.see(PetDesk).form
    tab.send(handler, **payload)
    assert problem(tab) == NOT_UNDERSTOOD
    assert tab.see(PetDesk).form == before


def test_a_guest_gets_no_further_than_the_guard() -> None:
    tab = Tab()
    for handler in (PetDesk.open_list, PetDesk.open_form, PetDesk.remove):
        update = tab.send(handler)
        assert update is not None
        assert update.events[0].payload["path"].startswith("/login?next=")
    assert not tab.see(PetDesk).listed
