"""Pets over HTTP."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.core import db, security
from pet_app.core.http import install_errors
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE, Role, new_token
from pet_app.pet.api import router

pytestmark = pytest.mark.usefixtures("sqlite_database")

BISCUIT = {
    "name": "Biscuit",
    "species": "dog",
    "breed": "Labrador",
    "neck_mm": 460,
    "girth_mm": 760,
    "back_mm": 610,
    "weight_g": 29_000,
}
BODY = {name: BISCUIT[name] for name in ("neck_mm", "girth_mm", "back_mm", "weight_g")}

UNTOLD = {"sex": None, "altered": None, "born": None, "colours": "", "microchip": ""}


def browser(cookies: dict[str, str]) -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    return TestClient(app, "http://shop.test", cookies=cookies, raise_server_exceptions=False)


@pytest.fixture
def olive() -> TestClient:
    with db.writing() as session:
        token = security.open_sign_in(
            session, user_id="olive", role=Role.USER, name="Olive", email="olive@example.com"
        )
    return browser({SESSION_COOKIE: token})


@pytest.fixture
def guest() -> TestClient:
    return browser({VISITOR_COOKIE: new_token()})


def test_a_pet_can_be_added_read_changed_and_removed(olive: TestClient) -> None:
    added = olive.post("/api/v1/pets", json=BISCUIT)
    assert added.status_code == 201
    where = added.headers["location"]
    told = {"id": where.rpartition("/")[2], "doubts": [], "archived": None, "more": UNTOLD}
    assert olive.get(where).json() == told | BISCUIT
    assert olive.put(f"{where}/name", json={"name": "Bix"}).json()["name"] == "Bix"
    heavy = olive.put(f"{where}/measurements", json={**BODY, "weight_g": 70_000}).json()
    assert heavy["doubts"]
    assert olive.put(where, json=BISCUIT).json()["name"] == "Biscuit"
    assert [pet["id"] for pet in olive.get("/api/v1/pets").json()] == [added.json()["id"]]
    assert olive.delete(where).status_code == 204
    assert olive.get(where).status_code == 404


def test_what_a_licence_asks_for_is_told_once_and_stays(olive: TestClient) -> None:
    where = olive.post("/api/v1/pets", json=BISCUIT).headers["location"]
    more = {"sex": "male", "altered": False, "born": "2024-02-29", "colours": "black"}
    told = olive.put(f"{where}/more", json=more | {"microchip": "985 112 345 678 903"}).json()
    assert told["more"] == more | {"microchip": "985112345678903"}
    assert olive.put(where, json=BISCUIT).json()["more"] == told["more"]
    future = olive.put(f"{where}/more", json=more | {"born": "2999-01-01"})
    assert (future.status_code, list(future.json()["fields"])) == (422, ["born"])


def test_a_pet_that_is_only_remembered_can_be_brought_back(olive: TestClient) -> None:
    where = olive.post("/api/v1/pets", json=BISCUIT).headers["location"]
    since = olive.put(f"{where}/archive").json()["archived"]
    assert since
    assert olive.put(f"{where}/archive").json()["archived"] == since
    assert olive.delete(f"{where}/archive").json()["archived"] is None


def test_a_guest_can_have_a_pet_that_nobody_else_sees(guest: TestClient, olive: TestClient) -> None:
    where = guest.post("/api/v1/pets", json=BISCUIT).headers["location"]
    assert guest.get(where).status_code == 200
    for request in (
        olive.get(where),
        olive.put(where, json=BISCUIT),
        olive.put(f"{where}/name", json={"name": "Mine"}),
        olive.put(f"{where}/measurements", json=BODY),
        olive.put(f"{where}/more", json={}),
        olive.put(f"{where}/archive"),
        olive.delete(f"{where}/archive"),
        olive.delete(where),
        olive.get("/api/v1/pets/nonsense"),
    ):
        assert request.status_code == 404
        assert request.json()["detail"] == olive.get("/api/v1/pets/other").json()["detail"]
    assert olive.get("/api/v1/pets").json() == []


def test_a_caller_without_cookies_is_asked_to_sign_in() -> None:
    nobody = browser({})
    assert nobody.post("/api/v1/pets", json=BISCUIT).status_code == 401
    assert nobody.get("/api/v1/pets").json() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"neck_mm": 0}, "neck_mm"),
        ({"girth_mm": -1}, "girth_mm"),
        ({"girth_mm": 400}, "girth_mm"),
        ({"weight_g": 10**15}, "weight_g"),
        ({"back_mm": "610"}, "back_mm"),
        ({"back_mm": 61.5}, "back_mm"),
        ({"back_mm": None}, "back_mm"),
        ({"species": "horse"}, "species"),
        ({"name": ""}, "name"),
        ({"name": "x" * 5000}, "name"),
        ({"owner": "user:admin"}, "owner"),
        ({"id": "0" * 26}, "id"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(
    olive: TestClient, change: dict[str, object], field: str
) -> None:
    answer = olive.post("/api/v1/pets", json=BISCUIT | change)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["fields"].keys() == {field}
    assert olive.get("/api/v1/pets").json() == []
