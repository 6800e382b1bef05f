"""What people say of themselves, how they like the shop, and where they want things sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from pet_app.core import clock, db, security
from pet_app.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from pet_app.core.ids import new_id
from pet_app.core.measures import Units
from pet_app.core.models import SignIn
from pet_app.core.security import GUEST, Identity
from pet_app.user.models import PostalAddress, User
from pet_app.user.preferences import Channel, News, Preferences, Theme
from pet_app.user.service import addresses, profile
from tests.user.factory import identity_of, make_user
from tests.user.test_postal import BERLIN, TEXAS

pytestmark = pytest.mark.usefixtures("database")


def make_person(email: str = "olive@example.com") -> Identity:
    with db.writing() as session:
        return identity_of(make_user(session, email))


def add(person: Identity, label: str = "", address_id: str | None = None) -> str:
    with db.writing() as session:
        address = addresses.checked_address("DE", BERLIN, label)
        return addresses.add_address(session, person, address, address_id).id


def mine(person: Identity) -> list[tuple[str, bool]]:
    with db.reading() as session:
        found = addresses.list_addresses(session, person)
    return [(address.label, address.preferred) for address in found]


def test_a_new_name_is_known_in_every_open_session() -> None:
    person = make_person()
    with db.writing() as session:
        security.open_sign_in(
            session, user_id=person.user_id or "", role=security.Role.USER, name="Old", email="x"
        )
        assert profile.rename(session, person, " Zoë  Ní Dhúill ").name == "Zoë Ní Dhúill"
    with db.reading() as session:
        assert session.exec(select(SignIn.name)).all() == ["Zoë Ní Dhúill"]
        assert profile.profile_of(session, person).name == "Zoë Ní Dhúill"


@pytest.mark.parametrize("name", ["", "   ", "x" * 10_000, "a\x00b", "a\u202eb"])
def test_a_name_that_is_none_is_refused_at_its_field(name: str) -> None:
    person = make_person()
    with db.writing() as session, pytest.raises(Invalid) as refused:
        profile.rename(session, person, name)
    assert refused.value.fields.keys() == {"name"}


def test_a_guest_has_no_profile_no_addresses_and_the_usual_preferences() -> None:
    with db.writing() as session:
        assert profile.preferences_of(session, GUEST) == Preferences()
        for verb in (profile.profile_of, addresses.list_addresses):
            with pytest.raises(NotSignedIn):
                verb(session, GUEST)
        with pytest.raises(NotSignedIn):
            profile.prefer(session, GUEST, units=Units.IN)


def test_a_session_that_outlives_its_account_finds_nothing() -> None:
    person = make_person()
    with db.writing() as session:
        session.delete(session.get(User, person.user_id))
        session.flush()
        with pytest.raises(NotFound):
            profile.profile_of(session, person)
        assert not profile.wants(session, person.user_id or "", News.SECURITY, Channel.EMAIL)


def test_each_choice_is_kept_beside_the_others() -> None:
    person = make_person()
    with db.writing() as session:
        profile.prefer(session, person, units=Units.IN)
        profile.prefer(session, person, theme=Theme.DARK)
        profile.tell(session, person, News.ORDERS, Channel.EMAIL, wanted=False)
    with db.reading() as session:
        chosen = profile.preferences_of(session, person)
    assert (chosen.units, chosen.theme) == (Units.IN, Theme.DARK)
    assert not chosen.tells(News.ORDERS, Channel.EMAIL)
    assert chosen.tells(News.ORDERS, Channel.DASHBOARD)


def test_offers_wait_for_consent_and_its_moment_is_kept() -> None:
    person = make_person()
    user_id = person.user_id or ""
    with db.writing() as session:
        assert not profile.wants(session, user_id, News.OFFERS, Channel.EMAIL)
        profile.tell(session, person, News.OFFERS, Channel.EMAIL, wanted=True)
        kept = session.exec(select(User.preferences)).one()
        agreed = kept["offers_email_since"]
        assert agreed <= clock.now().isoformat()
        profile.prefer(session, person, units=Units.IN)
        assert session.exec(select(User.preferences)).one()["offers_email_since"] == agreed
        profile.tell(session, person, News.OFFERS, Channel.EMAIL, wanted=False)
        assert "offers_email_since" not in session.exec(select(User.preferences)).one()


def test_news_of_the_accounts_safety_cannot_be_turned_off() -> None:
    person = make_person()
    with db.writing() as session:
        with pytest.raises(Invalid):
            profile.tell(session, person, News.SECURITY, Channel.EMAIL, wanted=False)
        assert profile.wants(session, person.user_id or "", News.SECURITY, Channel.EMAIL)


@pytest.mark.parametrize(
    "kept",
    [
        {"units": "furlongs", "theme": 7, "told": []},
        {"told": {"security": {"email": False}, "orders": "yes", "offers": {"email": "yes"}}},
    ],
)
def test_odd_things_an_account_keeps_count_as_unsaid(kept: dict[str, object]) -> None:
    person = make_person()
    with db.writing() as session:
        user = session.exec(select(User)).one()
        user.preferences = kept
        session.add(user)
        session.flush()
        assert profile.preferences_of(session, person) == Preferences()


def test_the_first_address_is_preferred_until_another_is_chosen_or_it_goes() -> None:
    person = make_person()
    first, second = add(person, "Home"), add(person, "Work")
    assert mine(person) == [("Home", True), ("Work", False)]
    with db.writing() as session:
        addresses.prefer_address(session, person, second)
    assert mine(person) == [("Work", True), ("Home", False)]
    with db.writing() as session:
        addresses.remove_address(session, person, second)
    assert mine(person) == [("Home", True)]
    with db.writing() as session:
        addresses.remove_address(session, person, first)
    assert mine(person) == []


def test_an_address_is_changed_as_a_whole() -> None:
    person = make_person()
    address_id = add(person, "Home")
    with db.writing() as session:
        changed = addresses.change_address(
            session, person, address_id, addresses.checked_address("US", TEXAS, "Away")
        )
    assert (changed.country, changed.label, changed.preferred) == ("US", "Away", True)
    assert changed.written[-2:] == ("Austin, TX 78701", "United States")


def test_a_double_click_adds_one_address() -> None:
    person, address_id = make_person(), new_id()
    add(person, "Home", address_id)
    add(person, "Home again", address_id)
    assert mine(person) == [("Home again", True)]


def test_there_are_only_so_many_addresses_however_fast_they_come() -> None:
    person = make_person()
    for _ in range(addresses.MOST_ADDRESSES - 2):
        add(person)

    def one_more(_: int) -> bool:
        try:
            add(person)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one_more, range(6))) == 2
    assert sum(preferred for _, preferred in mine(person)) == 1


@pytest.mark.parametrize("address_id", ["", "x", "../etc", "a\x00b", "0" * 26])
def test_an_address_that_is_not_there_is_not_found(address_id: str) -> None:
    person = make_person()
    with db.writing() as session, pytest.raises(NotFound):
        addresses.get_address(session, person, address_id)


def test_somebody_elses_address_is_as_if_it_were_not_there() -> None:
    owner, thief = make_person(), make_person("thief@example.com")
    theirs = add(owner, "Home")
    address = addresses.checked_address("US", TEXAS)
    with db.writing() as session:
        for verb in (
            addresses.get_address,
            addresses.prefer_address,
            addresses.remove_address,
        ):
            with pytest.raises(NotFound):
                verb(session, thief, theirs)
        with pytest.raises(NotFound):
            addresses.change_address(session, thief, theirs, address)
        with pytest.raises(NotFound):
            addresses.add_address(session, thief, address, theirs)
        assert session.exec(select(PostalAddress.user_id)).all() == [owner.user_id]


@pytest.mark.parametrize("label", ["x" * 41, "a\x00b"])
def test_a_label_that_is_none_is_refused_at_its_field(label: str) -> None:
    with pytest.raises(Invalid) as refused:
        addresses.checked_address("DE", BERLIN, label)
    assert refused.value.fields.keys() == {"label"}
