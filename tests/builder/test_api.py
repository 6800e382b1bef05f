"""Designs, models and tiles over HTTP."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pet_app.builder import service as builder
from pet_app.builder.api import router
from pet_app.core import db, storage
from pet_app.core.http import install_errors
from pet_app.core.security import VISITOR_COOKIE, new_token
from tests.builder.factory import make_design

pytestmark = pytest.mark.usefixtures("database")

DESIGNS = "/api/v1/builder/designs"


def browser() -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    cookies = {VISITOR_COOKIE: new_token()}
    return TestClient(app, "http://shop.test", cookies=cookies, raise_server_exceptions=False)


def body(click: str = "click", **changes: object) -> dict:
    return {"design": make_design().to_dict() | changes, "request_key": click}


def test_a_design_can_be_priced_without_keeping_it() -> None:
    answer = browser().post("/api/v1/builder/quotes", json=make_design().to_dict())
    found = answer.json()
    assert answer.status_code == 200
    assert found["cents"] == sum(line["cents"] for line in found["lines"])
    assert not found["refusals"]


def test_a_refused_combination_names_the_nearest_and_has_no_price() -> None:
    design = make_design(material="leather", pattern="dots").to_dict()
    found = browser().post("/api/v1/builder/quotes", json=design).json()
    assert found["cents"] is None
    assert ("look.pattern", "plain") in {(r["field"], r["nearest"]) for r in found["refusals"]}


def test_a_design_can_be_kept_read_changed_renamed_and_deleted() -> None:
    guest = browser()
    kept = guest.post(DESIGNS, json=body())
    where = kept.headers["location"]
    assert (kept.status_code, kept.json()["picture"]) == (201, None)
    assert guest.post(DESIGNS, json=body()).json() == kept.json()
    assert guest.get(DESIGNS).json() == [kept.json()]
    assert guest.put(where, json=body(width_mm=30)).json()["design"]["width_mm"] == 30
    assert guest.put(f"{where}/name", json={"name": "Rex"}).json()["name"] == "Rex"
    assert guest.delete(where).status_code == 204
    assert guest.get(where).status_code == 404


def test_somebody_elses_design_is_not_there() -> None:
    where = browser().post(DESIGNS, json=body()).headers["location"]
    stranger = browser()
    assert stranger.get(where).status_code == 404
    assert stranger.put(where, json=body()).status_code == 404
    assert stranger.delete(where).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"design": [], "request_key": "click"},
        {**body(), "price_cents": 1},
        body(owner="user:mallory"),
        body(click=""),
        body(measurements={"girth_mm": "wide"}),
        body(look=7),
    ],
)
def test_what_cannot_be_used_is_answered_field_by_field(sent: dict) -> None:
    guest = browser()
    answer = guest.post(DESIGNS, json=sent)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert guest.get(DESIGNS).json() == []


def test_a_model_is_served_for_ever_and_not_twice() -> None:
    stored = storage.put(b"glTF", ".glb")
    with db.writing() as session:
        builder.attach_model(session, "abc", stored, 4)
    guest = browser()
    answer = guest.get("/api/v1/builder/models/abc.glb")
    assert (answer.content, answer.headers["content-type"]) == (b"glTF", "model/gltf-binary")
    assert "immutable" in answer.headers["cache-control"]
    again = guest.get(
        "/api/v1/builder/models/abc.glb", headers={"if-none-match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_model_comes_packed_to_who_takes_it_so() -> None:
    data = b"glTF" * 1000
    stored = storage.put(data, ".glb")
    with db.writing() as session:
        builder.attach_model(session, "abc", stored, len(data))
    guest = browser()
    packed, plain = (
        guest.get("/api/v1/builder/models/abc.glb", headers={"accept-encoding": takes})
        for takes in ("gzip, br", "identity")
    )
    assert (packed.content, plain.content) == (data, data)
    assert int(packed.headers["content-length"]) < len(data) / 2
    assert packed.headers["x-file-size"] == plain.headers["content-length"] == str(len(data))
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["models/none.glb", "tiles/none.png", "tiles/..%2Fx.png"])
def test_unknown_files_are_not_found(path: str) -> None:
    assert browser().get(f"/api/v1/builder/{path}").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_tile_is_a_picture() -> None:
    guest = browser()
    for name in ("pattern-plaid", "shade-ribbed", "rough-brushed"):
        answer = guest.get(f"/api/v1/builder/tiles/{name}.png")
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


def test_a_design_is_pictured_from_other_sides_and_shared_over_http() -> None:
    guest = browser()
    where = guest.post(DESIGNS, json=body()).headers["location"]
    front = guest.put(f"{where}/pictures/front").json()
    assert (front["kind"], front["state"], front["url"]) == ("front", "queued", None)
    assert [one["kind"] for one in guest.get(f"{where}/pictures").json()] == [
        "photo",
        "thumb",
        "front",
    ]
    evening = guest.put(f"{where}/pictures/front", params={"light": "evening"}).json()
    assert (evening["light"], evening["state"]) == ("evening", "queued")
    assert [one["light"] for one in guest.get(f"{where}/pictures").json()][2:] == [
        "studio",
        "evening",
    ]
    assert guest.put(f"{where}/pictures/front?light=moon").json()["fields"].keys() == {"light"}
    assert guest.put(f"{where}/pictures/card").status_code == 422
    assert guest.get(f"{where}/share").json() is None
    link = guest.put(f"{where}/share", json={"made_for": "Rex"}).json()
    code = link["url"].rpartition("/")[2]
    seen = browser().get(f"/api/v1/builder/shared/{code}").json()
    assert (seen["title"], seen["made_for"]) == ("Pine nylon harness", "Rex")
    assert browser().delete(f"{where}/share").status_code == 404
    assert guest.delete(f"{where}/share").status_code == 204
    assert browser().get(f"/api/v1/builder/shared/{code}").status_code == 404
