"""The settings as handlers a browser may call with anything at all."""

import pytest

from pet_app.core import db, security
from pet_app.core.ids import new_id
from pet_app.core.measures import Units
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE, Role, new_token
from pet_app.pet.state import PetDesk
from pet_app.ui.session import Session
from pet_app.user import service as users
from pet_app.user.models import User
from pet_app.user.preferences import Channel, News, Theme
from pet_app.user.service import tokens
from pet_app.user.state.addresses import AddressDesk
from pet_app.user.state.liking import Liking
from pet_app.user.state.overview import Account
from pet_app.user.state.providers import LinkDesk
from pet_app.user.state.sessions import SessionDesk
from pet_app.user.state.tokens import TokenDesk
from tests.ui.factory import Tab
from tests.user.factory import identity_of, make_user
from tests.user.test_postal import BERLIN

pytestmark = pytest.mark.usefixtures("sqlite_database")

DESKS = (Account, AddressDesk, Liking, LinkDesk, SessionDesk, TokenDesk)


def make_person(email: str = "olive@example.com") -> User:
    with db.writing() as session:
        return make_user(session, email)


def tab_of(user: User) -> Tab:
    """A tab of a browser this person just signed in with."""
    with db.writing() as session:
        token = security.open_sign_in(
            session,
            user_id=user.id,
            role=Role.USER,
            name=user.name,
            email=user.email,
            device="Firefox on Linux",
        )
    return Tab(**{SESSION_COOKIE: token, VISITOR_COOKIE: new_token()})


def add_home(user: User) -> str:
    with db.writing() as session:
        home = users.checked_address("DE", BERLIN, "Home")
        return users.add_address(session, identity_of(user), home).id


def problem(tab: Tab) -> str:
    return tab.see(Session).problem


def test_every_handler_of_the_settings_is_for_who_is_signed_in() -> None:
    tab = Tab()
    names = [
        f"{desk.get_full_name()}.{name}"
        for desk in DESKS
        for name in desk.event_handlers
        if name in desk.__dict__ and name != "setvar"
    ]
    assert len(names) > 20
    for name in names:
        update, _ = tab.guard(name)
        assert update is not None, name
        assert "/login" in str(update.events), name


def test_the_list_of_parts_says_how_each_stands() -> None:
    user = make_person()
    add_home(user)
    tab = tab_of(user)
    tab.send(Account.open)
    shown = tab.see(Account)
    assert (shown.name, shown.email) == ("Olive Owner", "olive@example.com")
    assert (shown.addresses, shown.sessions) == ("1 address", "1 device")
    assert shown.likes == "cm and kg · as your device"


def test_a_form_without_its_fields_or_with_others_changes_nothing() -> None:
    user = make_person()
    tab = tab_of(user)
    for typed in ({}, {"name": ""}, {"nom": "Zoë"}, {"name": "x" * 19_000}):
        tab.send(Account.rename, typed=typed)
        assert problem(tab)
        assert tab.see(Session).problem_fields.keys() == {"name"}
    with db.reading() as session:
        assert users.profile_of(session, identity_of(user)).name == "Olive Owner"


def test_a_browsers_language_says_which_country_it_begins_with() -> None:
    tab = tab_of(make_person())
    tab.root.router_data["headers"]["accept_language"] = "xx-ZZ,de-AT;q=0.9,en"
    tab.root.router = tab.root.router.from_router_data(tab.root.router_data)
    tab.send(AddressDesk.open_form)
    assert tab.see(AddressDesk).country == "AT"


def test_a_country_that_is_none_leaves_the_form_as_it_is() -> None:
    tab = tab_of(make_person())
    tab.send(AddressDesk.open_form)
    before = tab.see(AddressDesk).country
    for country in ("", "XX", "../etc", "x" * 9_000):
        tab.send(AddressDesk.choose_country, country=country)
    assert tab.see(AddressDesk).country == before


def test_what_was_typed_goes_along_to_another_country() -> None:
    tab = tab_of(make_person())
    tab.send(AddressDesk.open_form)
    tab.send(AddressDesk.keep, name="city", typed="Wien")
    tab.send(AddressDesk.keep, name="__class__", typed="no field")
    tab.send(AddressDesk.choose_country, country="AT")
    fields = {field.name: field.value for field in tab.see(AddressDesk).fields}
    assert fields["city"] == "Wien"
    assert "__class__" not in fields


def test_a_double_click_on_save_keeps_one_address() -> None:
    user = make_person()
    tab = tab_of(user)
    tab.send(AddressDesk.open_form)
    tab.send(AddressDesk.choose_country, country="DE")
    for _ in range(2):
        tab.send(AddressDesk.save, typed={**BERLIN, "label": "Home", "id": "x", "user_id": "y"})
    with db.reading() as session:
        kept = users.list_addresses(session, identity_of(user))
    assert [(address.label, address.lines) for address in kept] == [("Home", BERLIN)]


def test_nobody_opens_prefers_or_removes_somebody_elses_address() -> None:
    owner, thief = make_person(), make_person("thief@example.com")
    theirs = add_home(owner)
    tab = tab_of(thief)
    tab.go("/dashboard/settings/addresses/edit", address=theirs)
    tab.send(AddressDesk.open_form)
    assert problem(tab)
    assert not tab.see(AddressDesk).ready
    assert "Berlin" not in str(tab.see(AddressDesk).fields)
    tab.send(AddressDesk.prefer, address_id=theirs)
    assert problem(tab)
    tab.send(AddressDesk.ask_removal, address_id=theirs)
    tab.send(AddressDesk.remove)
    with db.reading() as session:
        assert len(users.list_addresses(session, identity_of(owner))) == 1


def test_nobody_ends_somebody_elses_session_token_or_program() -> None:
    owner, thief = make_person(), make_person("thief@example.com")
    tab_of(owner)
    with db.writing() as session:
        theirs = users.list_sessions(session, identity_of(owner))[0].handle
        _, token = tokens.make_token(session, identity_of(owner), "Backup", ["pets:read"], 30)
    tab = tab_of(thief)
    for handler in (SessionDesk.end, TokenDesk.end_program):
        for handle in (theirs, token.handle, new_id(), "x"):
            tab.send(handler, handle=handle)
            assert problem(tab), handler
    tab.send(TokenDesk.ask, handle=token.handle)
    tab.send(TokenDesk.revoke)
    with db.reading() as session:
        assert len(users.list_sessions(session, identity_of(owner))) == 1
        assert len(tokens.list_tokens(session, identity_of(owner))) == 1


def test_signing_out_everywhere_else_leaves_this_one() -> None:
    user = make_person()
    tab_of(user)
    tab = tab_of(user)
    tab.send(SessionDesk.open)
    assert [card.current for card in tab.see(SessionDesk).cards] == [True, False]
    tab.send(SessionDesk.ask)
    tab.send(SessionDesk.end_others)
    cards = tab.see(SessionDesk).cards
    assert [(card.device, card.current) for card in cards] == [("Firefox on Linux", True)]


def test_choices_are_kept_as_they_are_made() -> None:
    user = make_person()
    tab = tab_of(user)
    tab.send(Liking.choose_units, units="in")
    tab.send(Liking.choose_theme, theme="dark")
    tab.send(Liking.tell, news="offers", channel="email", wanted=True)
    with db.reading() as session:
        chosen = users.preferences_of(session, identity_of(user))
    assert (chosen.units, chosen.theme) == (Units.IN, Theme.DARK)
    assert chosen.tells(News.OFFERS, Channel.EMAIL)


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        (Liking.choose_units, {"units": "furlongs"}),
        (Liking.choose_theme, {"theme": "<script>"}),
        (Liking.tell, {"news": "spam", "channel": "email", "wanted": True}),
        (Liking.tell, {"news": "security", "channel": "email", "wanted": False}),
    ],
)
def test_choices_there_are_not_are_refused_with_a_sentence(
    handler: object, arguments: dict[str, object]
) -> None:
    tab = tab_of(make_person())
    tab.send(handler, **arguments)
    assert problem(tab)


def test_the_units_of_an_account_are_those_of_its_pets_and_back() -> None:
    user = make_person()
    tab = tab_of(user)
    tab.send(Liking.choose_units, units="in")
    tab.send(PetDesk.open_list)
    assert tab.see(PetDesk).units == "in"
    tab.send(PetDesk.list_in, units="cm")
    tab.send(Liking.open)
    assert tab.see(Liking).units == "cm"


def test_a_word_in_the_address_says_what_went_wrong_and_no_other_text_does() -> None:
    tab = tab_of(make_person())
    for word, said in (("taken", "There is an account"), ("<b>Pay here</b>", ""), ("", "")):
        tab.go("/dashboard/settings/security/providers", said=word)
        tab.send(LinkDesk.open)
        assert tab.see(LinkDesk).said.startswith(said)
        assert bool(tab.see(LinkDesk).said) == bool(said)
