"""Licences and offers over HTTP."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.core import db, security
from pet_app.core.http import install_errors
from pet_app.core.security import SESSION_COOKIE, Identity, Role
from pet_app.licensing.api import router
from tests.licensing import factory as applied
from tests.licensing.factory_licences import make_licence, settle
from tests.licensing.test_transfers import token_of

pytestmark = pytest.mark.usefixtures("sqlite_database")

PLACE = "/api/v1/licensing"


def browser(who: Identity | None = None) -> TestClient:
    """The API, as somebody calls it; as nobody without one."""
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    cookies = {}
    if who is not None:
        assert who.user_id
        with db.writing() as session:
            cookies[SESSION_COOKIE] = security.open_sign_in(
                session, user_id=who.user_id, role=Role.USER, name=who.name, email=who.email
            )
    return TestClient(app, "http://shop.test", cookies=cookies, raise_server_exceptions=False)


def test_a_licence_is_read_renewed_and_said_to_be_lost_over_http() -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        licence = make_licence(session, owner, 20)
    olive, where = browser(owner), f"{PLACE}/licences/{licence.id}"
    [listed] = olive.get(f"{PLACE}/licences").json()
    assert listed == olive.get(where).json()
    assert (listed["number"], listed["days_left"], listed["animal"]) == (
        licence.number,
        20,
        "Biscuit",
    )
    assert {"renew", "lost", "transfer"} <= set(listed["may"])
    lost = olive.put(f"{where}/lost", json={"lost": True, "words": "At the pier"}).json()
    assert (lost["lost"], lost["lost_words"]) == (True, "At the pier")
    asked = olive.post(f"{where}/renewal")
    assert (asked.status_code, asked.json()["kind"]) == (201, "renewal")
    assert olive.get(where).json()["applications"] == [asked.json()["id"]]
    assert olive.post(f"{where}/booster").status_code == 409
    assert olive.post(f"{where}/move", json={"town": licence.town_id}).status_code == 422
    assert olive.post(f"{where}/end", json={}).json()["standing"] == "ended"


def test_a_licence_is_offered_looked_at_and_taken_over_over_http() -> None:
    with db.writing() as session:
        owner = applied.make_owner(session)
        nora = applied.make_owner(session, "nora@example.com")
        licence = make_licence(session, owner, 200)
    olive, where = browser(owner), f"{PLACE}/licences/{licence.id}"
    offered = olive.post(f"{where}/offer", json={"email": nora.email})
    assert offered.json()["offer"]["email"] == nora.email
    settle()
    sent = {"token": token_of(nora.email)}
    seen = browser().post(f"{PLACE}/transfers/look", json=sent).json()
    assert (seen["animal"], seen["offered_by"], seen["fee_cents"]) == ("Biscuit", owner.name, 1000)
    assert browser().post(f"{PLACE}/transfers/accept", json=sent).status_code == 401
    assert olive.post(f"{PLACE}/transfers/accept", json=sent).status_code == 403
    asked = browser(nora).post(f"{PLACE}/transfers/accept", json=sent)
    assert (asked.status_code, asked.json()["kind"]) == (201, "transfer")
    assert browser().post(f"{PLACE}/transfers/decline", json=sent).status_code == 409
    assert olive.delete(f"{where}/offer").json()["offer"] is None
    assert browser().post(f"{PLACE}/transfers/look", json={"token": "x" * 43}).status_code == 404
    assert browser().post(f"{PLACE}/transfers/look", json={"token": "x" * 500}).status_code == 422
