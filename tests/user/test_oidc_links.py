"""Linking an account to a provider, and removing the link."""

import pytest

from pet_app.core import db
from pet_app.user import service as users
from pet_app.user.models import LinkedIdentity, OneTime
from tests.user.acme import Acme, Browser, count, said
from tests.user.factory import PASSWORD, enter, letters, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")


def test_an_account_is_linked_by_its_password_and_opens_through_the_provider(acme: Acme) -> None:
    person, browser = acme.person(email="work@example.com"), Browser()
    with db.writing() as session:
        olive = make_user(session, "olive@example.com")
    sign = {"email": olive.email, "password": PASSWORD}
    assert browser.shop.post("/api/v1/session", json=sign).status_code == 200
    wrong = browser.shop.post("/api/v1/me/providers/acme", json={"password": "not mine"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["password"])
    asked = browser.shop.post("/api/v1/me/providers/acme", json={"password": PASSWORD})
    back = browser.visit(asked.json()["go"], person["sub"])
    page = browser.come_back(back).headers["location"]
    assert page == "/dashboard/settings/security/providers"
    listed = browser.shop.get("/api/v1/me/providers").json()
    assert [(found["provider"], found["email"]) for found in listed] == [
        ("acme", "work@example.com"),
        ("public", ""),
    ]
    other = Browser()
    assert other.enter(person["sub"]) == "/dashboard"
    me = other.me()
    assert me
    assert (me["id"], me["email"]) == (olive.id, "olive@example.com")
    twice = browser.shop.post("/api/v1/me/providers/acme", json={"password": PASSWORD})
    assert twice.status_code == 409
    assert browser.shop.delete("/api/v1/me/providers/acme").status_code == 204
    assert browser.shop.delete("/api/v1/me/providers/acme").status_code == 404
    kinds = [letter.kind for letter in letters(olive.email)]
    assert {"account.provider_linked", "account.provider_unlinked"} <= set(kinds)


def test_an_account_of_the_provider_opens_one_account_of_ours(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    Browser().enter(person["sub"])
    with db.writing() as session:
        make_user(session)
    enter_by_password(browser)
    asked = browser.shop.post("/api/v1/me/providers/acme", json={"password": PASSWORD})
    back = browser.visit(asked.json()["go"], person["sub"])
    assert said(browser.come_back(back).headers["location"]) == "elsewhere"


def test_who_signs_out_on_the_way_links_nothing(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    with db.writing() as session:
        make_user(session)
    enter_by_password(browser)
    asked = browser.shop.post("/api/v1/me/providers/acme", json={"password": PASSWORD})
    back = browser.visit(asked.json()["go"], person["sub"])
    assert browser.shop.delete("/api/v1/session").status_code == 204
    page = browser.come_back(back).headers["location"]
    assert page.startswith("/login?said=signed-out&next=%2Fdashboard%2Fsettings%2Fsecurity")
    assert count(LinkedIdentity) == 0


def enter_by_password(browser: Browser) -> None:
    sign = {"email": "olive@example.com", "password": PASSWORD}
    assert browser.shop.post("/api/v1/session", json=sign).status_code == 200


def test_the_last_way_in_cannot_be_removed_until_there_is_a_password(acme: Acme) -> None:
    person, browser = acme.person(), Browser()
    browser.enter(person["sub"])
    refused = browser.shop.delete("/api/v1/me/providers/acme")
    assert (refused.status_code, "only way" in refused.json()["detail"]) == (409, True)
    Browser().set_password(person["email"])
    assert browser.enter(person["sub"]) == "/dashboard"
    assert browser.shop.delete("/api/v1/me/providers/acme").status_code == 204
    assert isinstance(enter(person["email"]), users.SignedIn)


def test_a_demonstration_account_is_never_linked(acme: Acme) -> None:
    with db.writing() as session:
        make_user(session, demo=True)
    browser = Browser()
    enter_by_password(browser)
    asked = browser.shop.post("/api/v1/me/providers/acme", json={"password": PASSWORD})
    assert asked.status_code == 403
    assert count(OneTime) == 0
