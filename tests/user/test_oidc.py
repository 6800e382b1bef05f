"""Signing in through a provider that runs beside the tests, as a browser sees it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.models import SignIn
from pet_app.core.settings import settings
from pet_app.user import attempts
from pet_app.user import service as users
from pet_app.user.api.shapes import HALF_COOKIE
from pet_app.user.models import LinkedIdentity, OneTime, User
from pet_app.user.oidc.trouble import SENTENCES, Trouble
from tests.servers import free_port
from tests.user.acme import Acme, Browser, count, said
from tests.user.factory import (
    app_code,
    enter,
    make_user,
    protect,
    sign_in,
    who,
)

pytestmark = pytest.mark.usefixtures("sqlite_database")


def only_user() -> User:
    with db.reading() as session:
        return session.exec(select(User)).one()


def test_who_comes_for_the_first_time_has_an_account_and_later_the_same(acme: Acme) -> None:
    person = acme.person(name="Ölive Øwner")
    browser = Browser()
    assert browser.enter(person["sub"], next="/dashboard/pets?x=1") == "/dashboard/pets?x=1"
    me = browser.me()
    assert me
    assert (me["name"], me["email"], me["role"]) == ("Ölive Øwner", person["email"], "user")
    assert only_user().password_hash == ""
    other = Browser()
    assert other.enter(person["sub"]) == "/dashboard"
    again = other.me()
    assert again
    assert again["id"] == me["id"]
    with db.reading() as session:
        assert [row.strong for row in session.exec(select(SignIn))] == [False, False]


def test_a_public_client_has_pkce_alone(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    there = browser.set_out("public")
    assert "code_challenge_method=S256" in there
    assert browser.come_back(browser.visit(there, person["sub"])).headers["location"] == (
        "/dashboard"
    )
    assert browser.me()


def test_keys_may_change_between_two_sign_ins_and_be_of_another_kind(acme: Acme) -> None:
    person = acme.person()
    for kind in ("ES256", "EdDSA", "RS256", "RS256"):
        assert Browser().enter(person["sub"]) == "/dashboard"
        acme.tell("rotate", kind=kind)
        # While somebody is on their way the keys change as well.
        browser = Browser()
        back = browser.visit(browser.set_out(), person["sub"])
        acme.tell("rotate", kind=kind)
        assert browser.come_back(back).headers["location"] == "/dashboard"
    assert count(User) == 1


def test_an_address_the_provider_has_not_checked_opens_nothing(acme: Acme) -> None:
    person, browser = acme.person(email_verified=False), Browser()
    assert said(browser.enter(person["sub"])) == "unverified"
    assert (count(User), browser.me()) == (0, None)


def test_an_account_that_is_not_linked_is_never_linked_in_silence(acme: Acme) -> None:
    person = acme.person()
    with db.writing() as session:
        make_user(session, person["email"])
    browser = Browser()
    assert said(browser.enter(person["sub"])) == "taken"
    assert (count(LinkedIdentity), browser.me()) == (0, None)
    assert isinstance(enter(person["email"]), users.SignedIn)


def test_a_way_back_is_walked_once(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    back = browser.visit(browser.set_out(), person["sub"])
    assert browser.come_back(back).headers["location"] == "/dashboard"
    assert said(browser.come_back(back).headers["location"]) == "start-again"
    assert count(SignIn) == 1
    assert count(OneTime) == 0


def test_nobody_walks_the_way_back_of_another_browser(acme: Acme) -> None:
    person, thief, victim = acme.person(), Browser(), Browser("192.168.1.30")
    back = thief.visit(thief.set_out(), person["sub"])
    victim.set_out()
    assert said(victim.come_back(back).headers["location"]) == "start-again"
    assert victim.me() is None
    assert said(thief.come_back(back).headers["location"]) == "start-again"


def test_the_way_back_of_one_provider_is_not_that_of_another(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    back = browser.visit(browser.set_out(), person["sub"]).replace("/acme/", "/public/")
    assert said(browser.come_back(back).headers["location"]) == "start-again"


def test_an_answer_that_names_another_issuer_is_not_believed(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    back = browser.visit(browser.set_out(), person["sub"])
    assert said(browser.come_back(back.partition("&iss=")[0]).headers["location"]) == "unusable"
    back = browser.visit(browser.set_out(), person["sub"])
    turned = back.partition("&iss=")[0] + "&iss=https%3A%2F%2Fevil.example"
    assert said(browser.come_back(turned).headers["location"]) == "unusable"
    assert browser.me() is None


def test_two_open_tabs_both_find_their_way(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    first, second = browser.set_out(), browser.set_out()
    backs = [browser.visit(there, person["sub"]) for there in (first, second)]
    assert [browser.come_back(back).headers["location"] for back in backs] == ["/dashboard"] * 2


def test_who_does_not_agree_is_told_and_comes_no_further(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    back = browser.visit(browser.set_out(), person["sub"], agree=False)
    assert "error=access_denied" in back
    assert said(browser.come_back(back).headers["location"]) == "refused"


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", "start-again"),
        ("?code=x", "start-again"),
        ("?state=" + "s" * 43 + "&code=x", "start-again"),
        ("?state=%00%ff&code=%f0%28", "start-again"),
        ("?error=server_error", "start-again"),
        ("?state={state}", "refused"),
        ("?state={state}&code=", "refused"),
        ("?state={state}&code=" + "c" * 5000, "refused"),
        ("?state={state}&error=server_error", "unreachable"),
        ("?state={state}&error=<b>&error_description=<script>", "refused"),
        ("?state={state}&code=x&iss={iss}", "start-again"),
        ("?state={state}&state=x&code=x&iss={iss}", "start-again"),
    ],
)
def test_whatever_comes_back_leads_to_a_page_that_says_what_to_do(
    acme: Acme, query: str, word: str
) -> None:
    browser = Browser()
    state = browser.set_out(next="/shop").partition("&state=")[2].partition("&")[0]
    query = query.replace("{state}", state).replace("{iss}", acme.issuer)
    location = browser.come_back(f"/api/v1/oidc/acme/callback{query}").headers["location"]
    assert location.startswith("/login?said=")
    assert said(location) == word
    assert SENTENCES[Trouble(word)].endswith(".")


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("name", ["nobody", "ACME", "%00", "x" * 32, "acme'--"])
def test_a_provider_nobody_named_leads_to_a_page_as_well(name: str) -> None:
    answer = Browser().shop.get(f"/api/v1/oidc/{name}/start")
    assert (answer.status_code, said(answer.headers["location"])) == (303, "unknown")
    back = Browser().come_back(f"/api/v1/oidc/{name}/callback?state=x&code=y")
    assert said(back.headers["location"]) == "start-again"


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_the_page_to_go_to_afterwards_is_one_of_ours(acme: Acme, then: str) -> None:
    person = acme.person()
    assert Browser().enter(person["sub"], next=then) == "/dashboard"


@pytest.mark.parametrize("seconds", [600, -600])
def test_a_clock_that_is_off_by_ten_minutes_is_said(acme: Acme, seconds: int) -> None:
    person, browser = acme.person(), Browser()
    acme.tell("skew", seconds=seconds)
    assert said(browser.enter(person["sub"])) == "clock"
    assert (count(User), browser.me()) == (0, None)
    acme.tell("skew", seconds=seconds // 20)
    assert Browser().enter(person["sub"]) == "/dashboard"


def test_a_provider_that_is_down_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Acme(f"http://localhost:{free_port()}", "")
    monkeypatch.setenv("OIDC_PROVIDERS", nobody.settings())
    settings.cache_clear()
    assert said(Browser().set_out()) == "unreachable"


def test_setting_out_again_and_again_is_slowed_down(
    acme: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = attempts.Window(3, timedelta(minutes=15))
    monkeypatch.setattr(attempts, "LINKS_OF_AN_ADDRESS", few)
    browser = Browser("203.0.113.9")
    assert [said(browser.set_out()) for _ in range(4)] == ["", "", "", "too-many"]


def test_a_closed_account_stays_closed(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    browser.enter(person["sub"])
    with db.writing() as session:
        session.exec(select(User)).one().disabled = True
    assert said(Browser().enter(person["sub"])) == "closed"


def test_a_second_step_is_asked_for_here_whatever_the_provider_did(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    browser.enter(person["sub"])
    Browser().set_password(person["email"])
    secret, _ = protect(who(sign_in(person["email"]).token))
    other = Browser()
    assert other.enter(person["sub"], next="/shop") == "/login/code?next=%2Fshop"
    assert other.me() is None
    assert other.shop.cookies.get(HALF_COOKIE)
    answer = other.shop.post("/api/v1/session/second-factor", json={"code": app_code(secret)})
    assert answer.status_code == 200
    assert other.me()
    with db.reading() as session:
        assert [row.strong for row in session.exec(select(SignIn))][-1]


def test_nothing_of_a_way_lies_in_the_clear(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    there = browser.set_out()
    with db.reading() as session:
        row = session.exec(select(OneTime)).one()
    state = there.partition("&state=")[2].partition("&")[0]
    nonce = there.partition("&nonce=")[2].partition("&")[0]
    assert state not in (row.id, row.sealed)
    assert nonce not in row.sealed
    browser.come_back(browser.visit(there, person["sub"]))
    with db.reading() as session:
        link = session.exec(select(LinkedIdentity)).one()
    assert link.refresh
    assert "refresh" not in link.refresh
    assert "refresh=" not in repr(link)
