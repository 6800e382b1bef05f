"""What the overview gathers."""

import pytest

from pet_app.core import db
from pet_app.dashboard.state import Overview
from tests.pet.factory import MALLORY, OLIVE, make_pet
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_the_overview_shows_ones_own_pets_and_what_wants_a_look() -> None:
    with db.writing() as session:
        fine = make_pet(session, OLIVE)
        odd = make_pet(session, OLIVE, name="Tank", weight_g=80_000)
        make_pet(session, MALLORY, name="Rex", weight_g=80_000)
    tab = Tab(**signed_in_cookies(user_id="olive"))
    tab.send(Overview.open)
    seen = tab.see(Overview)
    assert [tile.id for tile in seen.pets] == [fine.id, odd.id]
    assert [matter.href for matter in seen.matters] == [f"/dashboard/pets/measure?pet={odd.id}"]
    assert seen.matters[0].text.startswith("Tank: That is heavy")
    assert seen.opened


def test_a_new_account_has_an_empty_overview() -> None:
    tab = Tab(**signed_in_cookies(user_id="nora"))
    tab.send(Overview.open)
    seen = tab.see(Overview)
    assert (list(seen.pets), list(seen.designs), list(seen.matters)) == ([], [], [])
