"""Keeping pets, for their owner alone."""

from dataclasses import replace
from functools import partial

import pytest
from sqlmodel import func, select

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, user_owner, visitor_owner
from pet_app.pet import service as pets
from pet_app.pet.models import Pet
from pet_app.pet.rules import More
from tests.pet.factory import BISCUIT, GUEST, MALLORY, OLIVE, make_pet

pytestmark = pytest.mark.usefixtures("database")


def count() -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(Pet)).one()


@pytest.mark.parametrize("owner", [OLIVE, GUEST])
def test_an_owner_finds_their_pet_again(owner: Identity) -> None:
    with db.writing() as session:
        pet = make_pet(session, owner)
    with db.reading() as session:
        assert pets.get_pet(session, owner, pet.id) == pet
        assert pets.list_pets(session, owner) == [pet]
    assert pet.facts == replace(BISCUIT, more=More())


def test_nobody_else_can_see_change_or_remove_a_pet() -> None:
    with db.writing() as session:
        pet = make_pet(session)
    for stranger in (MALLORY, GUEST, Identity()):
        with db.writing() as session:
            assert pets.list_pets(session, stranger) == []
            for attempt in (
                partial(pets.get_pet),
                partial(pets.change_pet, facts=BISCUIT),
                partial(pets.measure_pet, body=BISCUIT.body),
                partial(pets.rename_pet, name="Mine"),
                partial(pets.remove_pet),
            ):
                with pytest.raises(NotFound):
                    attempt(session, stranger, pet.id)
    with db.reading() as session:
        assert pets.get_pet(session, OLIVE, pet.id) == pet


@pytest.mark.parametrize("pet_id", ["", "0", "x" * 300, "\x00", "\ud800", "' OR 1=1 --", "../../x"])
def test_an_unknown_pet_is_not_found_whatever_its_id_looks_like(pet_id: str) -> None:
    with db.reading() as session, pytest.raises(NotFound):
        pets.get_pet(session, OLIVE, pet_id)


def test_a_caller_without_cookies_cannot_leave_a_pet_that_nobody_owns() -> None:
    with db.writing() as session, pytest.raises(NotSignedIn):
        make_pet(session, Identity())


def test_a_double_click_keeps_one_pet() -> None:
    pet_id = new_id()
    with db.writing() as session:
        first = pets.add_pet(session, OLIVE, BISCUIT, pet_id)
    with db.writing() as session:
        assert pets.add_pet(session, OLIVE, BISCUIT, pet_id) == first
    assert count() == 1


def test_what_was_changed_before_a_second_try_counts() -> None:
    pet_id = new_id()
    longer = replace(BISCUIT, body=replace(BISCUIT.body, back_mm=620))
    with db.writing() as session:
        pets.add_pet(session, OLIVE, BISCUIT, pet_id)
    with db.writing() as session:
        assert pets.add_pet(session, OLIVE, longer, pet_id).body == longer.body
    assert count() == 1


def test_an_id_taken_by_someone_else_gives_nothing_away() -> None:
    with db.writing() as session:
        pet = make_pet(session)
        with pytest.raises(Conflict):
            pets.add_pet(session, MALLORY, BISCUIT, pet.id)


def test_what_cannot_be_believed_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(Invalid) as refused, db.writing() as session:
        make_pet(session, name=" \x00 ", girth_mm=-5, weight_g=10**9)
    assert refused.value.fields.keys() == {"name", "girth_mm", "weight_g"}
    assert count() == 0


def test_a_refused_change_leaves_the_pet_as_it_was() -> None:
    with db.writing() as session:
        pet = make_pet(session)
    with pytest.raises(Invalid), db.writing() as session:
        pets.measure_pet(session, OLIVE, pet.id, replace(BISCUIT.body, neck_mm=0))
    with db.reading() as session:
        assert pets.get_pet(session, OLIVE, pet.id) == pet


def test_a_pet_can_be_measured_renamed_and_removed() -> None:
    with db.writing() as session:
        pet = make_pet(session)
        heavier = replace(BISCUIT.body, weight_g=31_000)
        assert pets.measure_pet(session, OLIVE, pet.id, heavier).body == heavier
        assert pets.rename_pet(session, OLIVE, pet.id, " Bisc\x00uit  II ").name == "Biscuit II"
        pets.remove_pet(session, OLIVE, pet.id)
        with pytest.raises(NotFound):
            pets.remove_pet(session, OLIVE, pet.id)
    assert count() == 0


def test_there_is_an_end_to_how_many_pets_one_can_have() -> None:
    with db.writing() as session:
        for number in range(pets.MOST_PETS):
            make_pet(session, name=f"Pup {number}")
        with pytest.raises(Conflict):
            make_pet(session)


def test_a_guest_who_signs_in_keeps_their_pets_however_often_it_is_told() -> None:
    person = Identity(GUEST.visitor, "olive")
    with db.writing() as session:
        pet = make_pet(session, GUEST)
        other = make_pet(session, MALLORY)
    for adopted in (1, 0):
        with db.writing() as session:
            owners = visitor_owner(GUEST.visitor), user_owner("olive")
            assert pets.adopt_pets(session, *owners) == adopted
    with db.reading() as session:
        assert pets.list_pets(session, person) == [pet]
        assert pets.list_pets(session, GUEST) == []
        assert pets.list_pets(session, MALLORY) == [other]


def test_a_browser_without_a_cookie_adopts_nothing() -> None:
    with db.writing() as session:
        make_pet(session, GUEST)
        assert pets.adopt_pets(session, "", user_owner("olive")) == 0
