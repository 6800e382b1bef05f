"""Signing in on a site beside the main one, as a browser sees both."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from pet_app.core import db
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.http import install_errors
from pet_app.core.models import SignIn
from pet_app.core.proxies import TrustedProxies
from pet_app.core.security import Role
from pet_app.core.settings import settings
from pet_app.user.api import router
from pet_app.user.models import OneTime, Purpose, User
from pet_app.user.service import sisters
from tests.user.factory import EMAIL, PASSWORD, identity_of, make_user, protect

MAIN, SISTER, THIRD = "http://localhost:3000", "http://localhost:3001", "http://localhost:3002"
DASHBOARD = "/dashboard"


@pytest.fixture(autouse=True)
def person(sqlite_database: str) -> User:
    with db.writing() as session:
        return make_user(session)


@dataclass
class Tab:
    """One browser, with what it holds for each site; each answers by the settings it has."""

    patch: pytest.MonkeyPatch
    host: str = "127.0.0.1"
    doors: dict[str, TestClient] = field(default_factory=dict)

    def get(self, address: str) -> Any:
        return self.ask("GET", address)

    def ask(self, method: str, address: str, body: object = None) -> Any:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        self.be(site)
        door = self.doors.setdefault(site, self.door(site))
        return door.request(method, address.removeprefix(site), json=body)

    def door(self, site: str) -> TestClient:
        """What this browser holds for a site, and the way there."""
        app = FastAPI()
        install_errors(app)
        app.include_router(router)
        return TestClient(
            TrustedProxies(SameOrigin(VisitorCookie(app))),
            base_url=site,
            headers={"origin": site},
            follow_redirects=False,
            client=(self.host, 5000),
        )

    def be(self, site: str) -> None:
        """Be the process of that site from now on."""
        self.patch.setenv("SITE_URL", site)
        self.patch.setenv("SISTER_SITES", f"{SISTER},{THIRD}" if site == MAIN else "")
        self.patch.setenv("MAIN_SITE_URL", MAIN if site != MAIN else "")
        settings.cache_clear()

    def sign_in(self, site: str = MAIN) -> None:
        body = {"email": EMAIL, "password": PASSWORD}
        assert self.ask("POST", f"{site}/api/v1/session", body).status_code == 200

    def set_out(self, site: str = SISTER, then: str = "") -> str:
        """Press the button on a sister: the address on the main site."""
        return self.get(f"{site}/api/v1/main-site/start?next={then}").headers["location"]

    def me(self, site: str) -> str:
        answer = self.get(f"{site}/api/v1/me")
        return answer.json()["email"] if answer.is_success else ""


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch) -> Tab:
    return Tab(monkeypatch)


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Tab:
    return Tab(monkeypatch)


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_who_is_signed_in_on_the_main_site_is_led_straight_back_signed_in(tab: Tab) -> None:
    tab.sign_in()
    back = tab.get(tab.set_out(then="/licensing/apply")).headers["location"]
    assert back.startswith(f"{SISTER}/api/v1/main-site/callback?code=")
    arrived = tab.get(back)
    assert arrived.headers["location"] == "/licensing/apply"
    assert arrived.headers["referrer-policy"] == "no-referrer"
    assert tab.me(SISTER) == EMAIL
    with db.reading() as session:
        assert len(session.exec(select(SignIn)).all()) == 2


def test_who_is_not_signs_in_there_first_and_then_goes_on(tab: Tab) -> None:
    there = tab.set_out()
    sent = tab.get(there).headers["location"]
    assert sent.startswith("/login?next=")
    tab.sign_in()
    back = tab.get(MAIN + asked(sent)["next"]).headers["location"]
    tab.get(back)
    assert tab.me(SISTER) == EMAIL


@pytest.mark.parametrize("strong", [True, False])
def test_a_second_factor_shown_there_counts_here(tab: Tab, person: User, strong: bool) -> None:
    tab.be(MAIN)
    if strong:
        protect(identity_of(person))
    identity = identity_of(person, strong=strong)
    there = asked(tab.set_out())
    tab.be(MAIN)
    with db.writing() as session:
        back = sisters.hand_pass(session, identity, SISTER, there["state"], there["challenge"])
    tab.get(back)
    with db.reading() as session:
        assert [row.strong for row in session.exec(select(SignIn))] == [strong]


def test_a_code_works_once(tab: Tab) -> None:
    tab.sign_in()
    back = tab.get(tab.set_out()).headers["location"]
    assert tab.get(back).headers["location"] == DASHBOARD
    again = tab.get(back)
    assert asked(again.headers["location"])["said"] == "start-again"
    # Nor with a way that is begun anew in the same browser.
    fresh = asked(tab.set_out())["state"]
    code = asked(back)["code"]
    said = tab.get(f"{SISTER}/api/v1/main-site/callback?code={code}&state={fresh}")
    assert asked(said.headers["location"])["said"] == "start-again"


def test_a_code_is_good_for_a_minute(tab: Tab) -> None:
    tab.sign_in()
    back = tab.get(tab.set_out()).headers["location"]
    with db.writing() as session:
        row = session.exec(select(OneTime).where(OneTime.purpose == Purpose.SISTER)).one()
        assert row.expires - row.created == timedelta(seconds=60)
        row.expires = db.database_now(session)
    assert asked(tab.get(back).headers["location"])["said"] == "start-again"
    assert tab.me(SISTER) == ""


def test_nobody_walks_the_way_back_of_another_browser(tab: Tab, other: Tab) -> None:
    tab.sign_in()
    back = tab.get(tab.set_out()).headers["location"]
    other.set_out()
    assert asked(other.get(back).headers["location"])["said"] == "start-again"
    assert other.me(SISTER) == ""
    # and it is used up by that
    tab.get(back)
    assert tab.me(SISTER) == ""


def test_a_code_for_one_site_opens_no_other(tab: Tab) -> None:
    tab.sign_in()
    there = asked(tab.set_out(THIRD))
    query = f"site={SISTER}&state={there['state']}&challenge={there['challenge']}"
    code = asked(tab.get(f"{MAIN}{sisters.ENTER}?{query}").headers["location"])["code"]
    back = f"{THIRD}/api/v1/main-site/callback?code={code}&state={there['state']}"
    assert asked(tab.get(back).headers["location"])["said"] == "start-again"
    assert tab.me(THIRD) == ""


def test_a_code_is_worth_nothing_without_the_verifier_it_was_asked_with(tab: Tab) -> None:
    tab.sign_in()
    there = asked(tab.set_out())
    query = f"site={SISTER}&state={there['state']}&challenge={'x' * 43}"
    back = tab.get(f"{MAIN}{sisters.ENTER}?{query}").headers["location"]
    assert asked(tab.get(back).headers["location"])["said"] == "start-again"
    assert tab.me(SISTER) == ""


@pytest.mark.parametrize(
    "site",
    [
        "https://evil.example",
        "http://localhost:3001.evil.example",
        "http://localhost:3001@evil.example",
        "http://localhost:3001/",
        "//evil.example",
        "",
    ],
    ids=["other", "longer", "user", "slash", "bare", "none"],
)
def test_nobody_is_sent_to_a_site_that_is_not_listed(tab: Tab, site: str) -> None:
    tab.sign_in()
    there = asked(tab.set_out())
    query = f"site={site}&state={there['state']}&challenge={there['challenge']}"
    answer = tab.get(f"{MAIN}{sisters.ENTER}?{query}")
    assert urlsplit(answer.headers["location"]).netloc == ""
    with db.reading() as session:
        codes = session.exec(select(OneTime).where(OneTime.purpose == Purpose.SISTER)).all()
    assert codes == []


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_elsewhere_afterwards(tab: Tab, then: str) -> None:
    tab.sign_in()
    back = tab.get(tab.set_out(then=then)).headers["location"]
    assert tab.get(back).headers["location"] == DASHBOARD


def test_a_site_without_a_main_one_leads_to_its_own_door(tab: Tab) -> None:
    answer = tab.get(f"{MAIN}/api/v1/main-site/start")
    assert urlsplit(answer.headers["location"]).path == "/login"
    answer = tab.get(f"{MAIN}/api/v1/main-site/callback?code={'c' * 43}&state={'s' * 43}")
    assert asked(answer.headers["location"])["said"] == "unknown"


def test_a_closed_account_is_not_let_in(tab: Tab) -> None:
    tab.sign_in()
    back = tab.get(tab.set_out()).headers["location"]
    with db.writing() as session:
        session.exec(select(User)).one().disabled = True
    assert asked(tab.get(back).headers["location"])["said"] == "closed"


def test_a_demonstration_account_signs_in_on_this_machine_alone(tab: Tab) -> None:
    with db.writing() as session:
        demo = make_user(session, "demo@example.com", demo=True, role=Role.ADMIN)
    tab.host = "203.0.113.9"
    there = asked(tab.set_out())
    tab.be(MAIN)
    with db.writing() as session:
        identity = identity_of(session.get_one(User, demo.id))
        back = sisters.hand_pass(session, identity, SISTER, there["state"], there["challenge"])
    assert asked(tab.get(back).headers["location"])["said"] == "refused"


def test_an_end_of_all_sessions_ends_those_on_every_site(tab: Tab, person: User) -> None:
    tab.sign_in()
    tab.get(tab.get(tab.set_out()).headers["location"])
    assert tab.me(SISTER) == EMAIL
    assert tab.ask("DELETE", f"{MAIN}/api/v1/sessions/others").status_code < 300
    assert tab.me(MAIN) == EMAIL
    assert tab.me(SISTER) == ""
