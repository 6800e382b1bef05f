"""Opening an account by a link, and what nobody learns from asking for one."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid, TooManyRequests
from pet_app.core.security import Identity, Role
from pet_app.messaging.models import JobRow, OutboxRow
from pet_app.user import attempts
from pet_app.user import service as users
from pet_app.user.client import Client
from pet_app.user.models import OneTime, User
from tests.user.factory import (
    ANOTHER,
    ELSEWHERE,
    EMAIL,
    GUEST,
    HERE,
    PASSWORD,
    letters,
    link_token,
    make_user,
    sign_in,
    who,
)
from tests.user.work import work_of

pytestmark = pytest.mark.usefixtures("database")

ANOTHER_BROWSER = Identity(visitor="b" * 64)


def register(
    email: str = EMAIL, name: str = "Olive Owner", guest: Identity = GUEST, client: Client = HERE
) -> None:
    """What the door does."""
    form = users.check_form(name, email, PASSWORD)
    with db.writing() as session:
        users.begin_registration(session, form, client)
    newcomer = users.newcomer(form)
    with db.writing() as session:
        users.apply_for_account(session, newcomer, guest)


def open_account(token: str, guest: Identity = GUEST, password: str = "") -> users.SignedIn:
    """What the door of the link does."""
    with db.writing() as session:
        application = users.begin_opening(session, token, HERE)
    newcomer = users.prove_application(application, guest, password)
    with db.writing() as session:
        return users.open_account(session, token, newcomer, HERE, guest, None)


def accounts() -> list[User]:
    with db.reading() as session:
        return list(session.exec(select(User)))


def test_an_account_is_opened_by_the_link_alone_and_its_owner_signed_in() -> None:
    register(" Olive@Example.com", " Olive  Owner ")
    assert accounts() == []
    identity = who(open_account(link_token()).token)
    assert (identity.name, identity.email, identity.role, identity.strong) == (
        "Olive Owner",
        EMAIL,
        Role.USER,
        False,
    )
    assert sign_in().identity.user_id == identity.user_id


def test_a_link_opens_one_account_once() -> None:
    register()
    token = link_token()
    open_account(token)
    with pytest.raises(Invalid, match="used before"):
        open_account(token)
    assert len(accounts()) == 1


def test_two_links_for_one_address_open_one_account() -> None:
    register()
    first = link_token()
    register()
    second = link_token()
    open_account(first)
    with pytest.raises(Conflict, match="Sign in instead"):
        open_account(second)


def test_a_link_runs_out_after_a_day() -> None:
    register()
    token = link_token()
    with db.writing() as session:
        row = session.exec(select(OneTime)).one()
        assert row.expires - row.created == timedelta(hours=24)
        row.expires = row.created - timedelta(seconds=1)
    with pytest.raises(Invalid, match="run out"):
        open_account(token)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\x00" * 43, "\ud800" * 43, "a" * 128])
def test_a_made_up_link_opens_nothing(token: str) -> None:
    register()
    with pytest.raises(Invalid):
        open_account(token)


def test_a_stranger_who_registers_my_address_gets_nothing_when_i_follow_the_link() -> None:
    register(guest=ANOTHER_BROWSER)
    token = link_token()
    for guess in ("", ANOTHER):
        with pytest.raises(Invalid) as refused:
            open_account(token, GUEST, guess)
        assert refused.value.fields.keys() == {"password"}
    assert accounts() == []


def test_the_link_followed_on_another_device_asks_for_the_password() -> None:
    register()
    token = link_token()
    with pytest.raises(Invalid, match="you chose"):
        open_account(token, Identity())
    assert open_account(token, ANOTHER_BROWSER, PASSWORD).identity.signed_in


def test_a_link_cannot_be_used_to_guess_the_password() -> None:
    register()
    token = link_token()
    for _ in range(5):
        with pytest.raises(Invalid):
            open_account(token, ANOTHER_BROWSER, ANOTHER)
    with pytest.raises(Invalid, match="run out"):
        open_account(token, ANOTHER_BROWSER, PASSWORD)


def test_who_has_an_account_is_told_so_by_a_letter_and_nobody_else_is() -> None:
    with db.writing() as session:
        make_user(session)
    register(name="Mallory")
    [letter] = letters()
    assert letter.kind == "account.taken"
    assert "Hello Olive Owner" in letter.text
    assert "Mallory" not in letter.text
    assert "#" not in letter.text
    assert accounts()[0].name == "Olive Owner"


def test_a_letter_to_an_unproved_address_holds_no_word_of_who_asked_for_it() -> None:
    register(name="Win at evil.example now")
    [letter] = letters()
    assert "evil" not in letter.text + letter.html + letter.subject


def test_nothing_personal_lies_in_the_clear_between_asking_and_opening() -> None:
    register()
    token = link_token()
    with db.reading() as session:
        rows = [
            *session.exec(select(OutboxRow)),
            *session.exec(select(JobRow)),
            *session.exec(select(OneTime)),
        ]
    lying = " ".join(str(row.model_dump()) for row in rows)
    assert len(rows) >= 3
    for value in (EMAIL, "Olive", token, PASSWORD, "argon2"):
        assert value not in lying


def test_asking_for_a_taken_address_is_the_same_work_as_for_a_free_one() -> None:
    """Work is compared call by call: time would tell the same only on a machine at rest."""
    with db.writing() as session:
        make_user(session)

    def work(email: str) -> list[str]:
        return work_of(lambda: register(email))

    # What is looked up once and kept would be extra work of whoever comes first.
    work("first@example.com")
    free = work("free@example.com")
    assert sum(call.endswith("low_level.py: hash_secret") for call in free) == 1
    assert sum(call.endswith(": do_execute") for call in free) > 1
    assert work(EMAIL) == free


def test_an_address_gets_five_letters_an_hour_at_most() -> None:
    for _ in range(5):
        register()
    with pytest.raises(TooManyRequests):
        register()
    register("another@example.com")


def test_one_visitor_cannot_have_letters_sent_to_everybody() -> None:
    with db.writing() as session:
        for number in range(attempts.LETTERS_FOR_AN_ADDRESS.most):
            attempts.count_letter(session, f"person{number}@example.com", ELSEWHERE)
    with pytest.raises(TooManyRequests):
        register("one-more@example.com", client=ELSEWHERE)
    register("one-more@example.com", client=Client("192.168.1.21", loopback=False))


def test_every_fault_in_a_form_is_told_at_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        users.check_form("", "nowhere", "short")
    assert refused.value.fields.keys() == {"name", "email", "password"}


@pytest.mark.parametrize(
    "name", ["<b>Olive</b>", "王小明", "نور", "O'Brien; DROP TABLE", "🐕 & 🐈", "علی\u200cرضا"]
)
def test_a_name_in_any_script_or_with_markup_is_kept_as_it_is(name: str) -> None:
    register(name=name)
    assert open_account(link_token()).identity.name == name
