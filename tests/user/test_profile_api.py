"""Profile, preferences and addresses over HTTP."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.core import db, security
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.http import install_errors
from pet_app.core.security import SESSION_COOKIE, Role
from pet_app.user.api import router
from tests.user.factory import make_user
from tests.user.test_postal import BERLIN, TEXAS

pytestmark = pytest.mark.usefixtures("sqlite_database")

ME = "/api/v1/me"
ADDRESSES = f"{ME}/addresses"
HOME = {"country": "de", "lines": BERLIN, "label": "Home"}


def make_browser(email: str = "") -> TestClient:
    """A browser; signed in to a fresh account if it has an e-mail."""
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    cookies = {}
    if email:
        with db.writing() as session:
            user = make_user(session, email)
            token = security.open_sign_in(
                session, user_id=user.id, role=Role.USER, name=user.name, email=user.email
            )
        cookies[SESSION_COOKIE] = token
    return TestClient(
        SameOrigin(VisitorCookie(app)),
        base_url="http://shop.test",
        headers={"origin": "http://shop.test"},
        raise_server_exceptions=False,
        cookies=cookies,
    )


def test_a_name_is_changed_and_known_at_once() -> None:
    browser = make_browser("olive@example.com")
    assert browser.patch(ME, json={"name": "Zoë"}).json()["name"] == "Zoë"
    assert browser.get(ME).json()["name"] == "Zoë"
    assert browser.patch(ME, json={"name": " "}).json()["fields"].keys() == {"name"}
    assert browser.patch(ME, json={"name": "Zoë", "role": "admin"}).status_code == 422


def test_preferences_are_read_and_changed_in_part() -> None:
    browser = make_browser("olive@example.com")
    before = browser.get(f"{ME}/preferences").json()
    assert (before["units"], before["theme"]) == (None, None)
    assert before["told"]["offers"] == {"email": False, "dashboard": False}
    told = {"offers": {"email": True}}
    after = browser.patch(f"{ME}/preferences", json={"units": "in", "told": told}).json()
    assert after == browser.get(f"{ME}/preferences").json()
    assert (after["units"], after["told"]["offers"]["email"]) == ("in", True)
    for wrong in (
        {"units": "miles"},
        {"theme": "red"},
        {"told": {"security": {"email": False}}},
        {"told": {"spam": {"email": True}}},
        {"admin": True},
    ):
        assert browser.patch(f"{ME}/preferences", json=wrong).status_code == 422


def test_addresses_are_added_changed_preferred_and_removed() -> None:
    browser = make_browser("olive@example.com")
    added = browser.post(ADDRESSES, json=HOME)
    assert added.status_code == 201
    at = added.headers["location"]
    assert added.json() == browser.get(at).json()
    assert added.json()["written"][-1] == "Germany"
    browser.post(ADDRESSES, json={"country": "US", "lines": TEXAS})
    other = browser.get(ADDRESSES).json()[1]["id"]
    assert browser.put(f"{ADDRESSES}/{other}/preferred").json()["preferred"]
    assert browser.put(at, json={**HOME, "label": "Old home"}).json()["label"] == "Old home"
    assert browser.delete(at).status_code == 204
    assert [found["id"] for found in browser.get(ADDRESSES).json()] == [other]


def test_faults_in_an_address_are_named_by_its_fields() -> None:
    browser = make_browser("olive@example.com")
    answer = browser.post(ADDRESSES, json={"country": "US", "lines": {**TEXAS, "postal_code": "1"}})
    assert answer.status_code == 422
    assert answer.json()["fields"].keys() == {"postal_code"}
    assert browser.post(ADDRESSES, json={"country": "??", "lines": {}}).status_code == 422


def test_the_fields_of_a_country_are_told() -> None:
    fields = make_browser().get("/api/v1/countries/US/address", params={"area": "TX"}).json()
    found = {field["name"]: field for field in fields}
    assert found["postal_code"]["required"]
    assert ["TX", "Texas"] in found["country_area"]["options"]
    assert make_browser().get("/api/v1/countries/nowhere/address").status_code == 422


def test_nobody_reaches_anybody_elses_addresses() -> None:
    at = make_browser("olive@example.com").post(ADDRESSES, json=HOME).headers["location"]
    for other, status in ((make_browser("thief@example.com"), 404), (make_browser(), 401)):
        answers = [
            other.get(at),
            other.put(at, json=HOME),
            other.put(f"{at}/preferred"),
            other.delete(at),
        ]
        assert [answer.status_code for answer in answers] == [status] * 4


def test_a_guest_is_asked_to_sign_in() -> None:
    guest = make_browser()
    answers = [
        guest.patch(ME, json={"name": "Zoë"}),
        guest.get(f"{ME}/preferences"),
        guest.patch(f"{ME}/preferences", json={"units": "in"}),
        guest.get(ADDRESSES),
        guest.post(ADDRESSES, json=HOME),
    ]
    assert [answer.status_code for answer in answers] == [401] * 5
