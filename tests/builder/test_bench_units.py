"""Centimetres or inches on the bench: the account's choice, or that of a guest's own device."""

import pytest

from pet_app.builder.state.bench import Bench
from pet_app.core import db
from pet_app.core.measures import Units
from pet_app.core.security import VISITOR_COOKIE, new_token
from pet_app.user import service as users
from tests.ui.factory import Tab, signed_in_cookies
from tests.user.factory import identity_of, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_the_bench_measures_as_its_owner_likes_and_changes_that() -> None:
    with db.writing() as session:
        user = make_user(session)
        users.prefer(session, identity_of(user), units=Units.IN)
    tab = Tab(**signed_in_cookies(user_id=user.id))
    tab.send(Bench.open)
    assert tab.see(Bench).choices.units == "in"
    tab.send(Bench.measure_in, units="cm")
    with db.reading() as session:
        assert users.preferences_of(session, identity_of(user)).units is Units.CM


def test_a_guests_device_keeps_its_own_choice() -> None:
    visitor = {VISITOR_COOKIE: new_token()}
    tab = Tab(**visitor)
    tab.send(Bench.open)
    tab.send(Bench.measure_in, units="in")
    tab.send(Bench.shape)
    later = Tab(**visitor)
    later.send(Bench.open)
    assert later.see(Bench).choices.units == "in"
