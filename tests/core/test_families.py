"""Refresh tokens: each works once, and one that comes back ends its family."""

from datetime import timedelta

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, NotSignedIn
from pet_app.core.models import TokenFamily
from pet_app.core.security import Role, access_token, end_family, families, open_family, whoami_by
from pet_app.core.security.families import AT_ONCE, REFRESH_LASTS, Renewal, renew
from pet_app.core.security.sessions import ABSOLUTE

NOBODYS = "01m7zrw516qe2qtmspmb5yb3z1"
MADE_UP = ("", "x", "hhr_", "hhr_.", f"hhr_{NOBODYS}.{'x' * 43}", "hhr_" + "ä" * 60, "\x00" * 90)

pytestmark = pytest.mark.usefixtures("database")


def sign_in() -> tuple[str, str, str]:
    """The id of a family, its first refresh token and an access token."""
    with db.writing() as session:
        family, token = open_family(
            session, user_id="u1", role=Role.USER, name="Ada", email="ada@example.org"
        )
        return family.id, token, access_token(session, family)


def use(refresh_token: str) -> Renewal:
    with db.writing() as session:
        return renew(session, refresh_token)


def later(family_id: str, by: timedelta) -> None:
    """Let time pass for one family: everything about it was that much earlier."""
    with db.writing() as session:
        family = session.get_one(TokenFamily, family_id)
        family.created -= by
        family.expires -= by
        if family.rotated:
            family.rotated -= by
        session.add(family)


def is_alive(family_id: str) -> bool:
    with db.reading() as session:
        return session.get_one(TokenFamily, family_id).revoked is None


def test_each_use_gives_another_token_for_seven_days() -> None:
    family_id, token, _ = sign_in()
    seen = {token}
    for _ in range(3):
        later(family_id, REFRESH_LASTS - timedelta(minutes=1))
        _, token = use(token).settled()
        assert token not in seen
        seen.add(token)
    later(family_id, REFRESH_LASTS)
    with pytest.raises(NotSignedIn):
        use(token).settled()


def test_no_family_outlives_a_session() -> None:
    family_id, token, _ = sign_in()
    for _ in range(ABSOLUTE // timedelta(days=6) - 1):
        later(family_id, timedelta(days=6))
        _, token = use(token).settled()
    later(family_id, timedelta(days=6))
    with pytest.raises(NotSignedIn):
        use(token).settled()


def test_a_second_use_at_the_same_moment_is_told_so_and_ends_nothing() -> None:
    family_id, token, access = sign_in()
    _, fresh = use(token).settled()
    with pytest.raises(Conflict):
        use(token).settled()
    assert is_alive(family_id)
    assert whoami_by(access).signed_in
    use(fresh).settled()


def test_a_token_that_comes_back_later_ends_its_family_and_the_newest_token_with_it() -> None:
    family_id, token, access = sign_in()
    _, fresh = use(token).settled()
    later(family_id, AT_ONCE + timedelta(seconds=1))
    back = use(token)
    assert back.stolen
    with pytest.raises(NotSignedIn):
        back.settled()
    assert not is_alive(family_id)
    with pytest.raises(NotSignedIn):
        use(fresh).settled()
    with pytest.raises(NotSignedIn):
        whoami_by(access)


def test_a_token_from_before_the_last_is_taken_for_stolen_at_once() -> None:
    family_id, first, _ = sign_in()
    _, second = use(first).settled()
    use(second).settled()
    assert use(first).stolen
    assert not is_alive(family_id)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "hhr_",
        "hhr_.",
        f"hhr_{NOBODYS}.{'x' * 43}",
        "hhr_" + "ä" * 60,
        "\x00" * 90,
        "." * 99,
    ],
)
def test_what_is_no_refresh_token_ends_nothing(token: str) -> None:
    family_id, _, _ = sign_in()
    with pytest.raises(NotSignedIn):
        use(token).settled()
    assert is_alive(family_id)


def test_only_its_own_person_ends_a_family() -> None:
    family_id, token, _ = sign_in()
    with db.writing() as session:
        assert not end_family(session, "u2", family_id)
        assert end_family(session, "u1", family_id)
        assert not end_family(session, "u1", family_id)
    with pytest.raises(NotSignedIn):
        use(token).settled()


def test_families_long_over_are_forgotten() -> None:
    family_id, _, _ = sign_in()
    later(family_id, REFRESH_LASTS + families.KEPT_AFTER + timedelta(minutes=1))
    sign_in()
    with db.reading() as session:
        assert session.get(TokenFamily, family_id) is None
