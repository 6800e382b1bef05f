"""Packs and cutting plans over HTTP: for staff, and for nobody else."""

import io

import pytest
from fastapi import FastAPI
from pypdf import PdfReader
from starlette.testclient import TestClient

from pet_app.builder import service as builder
from pet_app.builder.api import router
from pet_app.builder.models import SavedDesign
from pet_app.core import db
from pet_app.core.http import install_errors
from pet_app.core.ids import new_id
from pet_app.core.security import VISITOR_COOKIE, Identity, Role, new_token
from tests.builder.factory import make_design
from tests.pet.factory import OLIVE
from tests.ui.factory import signed_in_cookies

pytestmark = pytest.mark.usefixtures("database")

PLANS = "/api/v1/builder/cutting-plans"
STAFF = Identity(user_id="s1", role=Role.STAFF, strong=True)


def browser(**cookies: str) -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    return TestClient(app, "http://shop.test", cookies=cookies, raise_server_exceptions=False)


def staff() -> TestClient:
    return browser(**signed_in_cookies(Role.STAFF, "s1"))


def make_kept(kind: str = "collar", name: str = "Rex's own", identity: Identity = OLIVE) -> str:
    with db.writing() as session:
        data = make_design(kind).to_dict()
        return builder.save_design(session, identity, data, name, new_id()).id


def pack_at(design_id: str, suffix: str = "pdf") -> str:
    return f"/api/v1/builder/designs/{design_id}/pack.{suffix}"


def break_design(design_id: str, **changes: object) -> None:
    with db.writing() as session:
        row = session.get(SavedDesign, design_id)
        assert row
        row.data = {**row.data, **changes}
        session.add(row)


@pytest.mark.parametrize(
    ("suffix", "begins", "media"),
    [
        ("pdf", b"%PDF", "application/pdf"),
        ("svg", b"<svg", "image/svg+xml"),
        ("csv", b"\xef\xbb\xbfnumber", "text/csv; charset=utf-8"),
        ("dxf", b"  0\r\nSECTION", "image/vnd.dxf"),
    ],
)
def test_staff_get_the_pack_of_anybodys_design(suffix: str, begins: bytes, media: str) -> None:
    answer = staff().get(pack_at(make_kept(), suffix))
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(begins)
    assert answer.headers["content-type"] == media
    assert answer.headers["cache-control"] == "private, no-store"


def test_the_pack_carries_the_number_the_list_shows() -> None:
    design_id = make_kept()
    with db.reading() as session:
        ((work,), total) = builder.list_work(session, STAFF)
    pages = PdfReader(io.BytesIO(staff().get(pack_at(design_id)).content)).pages
    assert total == 1
    assert work.number in pages[0].extract_text()
    assert "Rex's own" in pages[0].extract_text()


def test_nobody_but_staff_gets_a_pack_or_a_plan_not_even_the_owner() -> None:
    design_id = make_kept()
    doors = [
        (browser(**{VISITOR_COOKIE: new_token()}), 401),
        (browser(**signed_in_cookies(Role.USER, "olive")), 403),
        (browser(**signed_in_cookies(Role.USER, "mallory")), 403),
        (browser(**signed_in_cookies(Role.CLERK, "clem")), 403),
        (browser(**signed_in_cookies(Role.STAFF, "sam", strong=False)), 403),
        (browser(**signed_in_cookies(Role.ADMIN, "ada")), 200),
    ]
    for who, status in doors:
        assert who.get(pack_at(design_id)).status_code == status
        assert who.post(PLANS, json={"design_ids": [design_id]}).status_code == status


def test_a_pack_of_what_is_not_there_is_not_found() -> None:
    who = staff()
    assert who.get(pack_at("nothing")).status_code == 404
    assert who.get(pack_at(new_id())).status_code == 404
    assert who.get(pack_at(make_kept(), "exe")).status_code == 422
    assert who.get(pack_at(make_kept()) + "?paper=a3").status_code == 422


def test_a_design_no_longer_made_is_refused_with_its_reason() -> None:
    design_id = make_kept()
    break_design(design_id, width_mm=13)
    answer = staff().get(pack_at(design_id))
    assert answer.status_code == 422
    assert "width_mm" in answer.json()["fields"]


def test_several_designs_are_planned_together() -> None:
    ids = [make_kept("collar"), make_kept("harness"), make_kept("collar", "Other")]
    lying = [{"roll": "NY-25", "length_mm": 2500}]
    found = staff().post(PLANS, json={"design_ids": [*ids, ids[0]], "shelf": lying}).json()
    assert found["orders"] == 3
    assert found["waste_mm"] <= found["first_fit_mm"]
    assert found["left_out"] == []
    assert found["csv"].count("\r\n") == found["cuts"] + 1


def test_a_plan_leaves_out_what_is_no_longer_made() -> None:
    good, bad = make_kept(), make_kept("collar", "Too wide")
    break_design(bad, width_mm=13)
    found = staff().post(PLANS, json={"design_ids": [good, bad]}).json()
    assert found["orders"] == 1
    assert [left["name"] for left in found["left_out"]] == ["Too wide"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"design_ids": "all"},
        {"design_ids": []},
        {"design_ids": ["x"] * 1001},
        {"design_ids": [], "shelf": [{"roll": "NY-25", "length_mm": -1}]},
        {"design_ids": [], "shelf": [{"roll": "NY-25", "length_mm": 10**9}]},
        {"design_ids": [], "price": 1},
    ],
)
def test_a_plan_of_nothing_or_nonsense_is_refused(sent: dict) -> None:
    assert staff().post(PLANS, json=sent).status_code == 422


def test_the_list_is_found_by_name_and_number_and_comes_in_pages() -> None:
    design_id = make_kept("collar", "Biscuit 50 % off")
    make_kept("harness", "Other")
    with db.reading() as session:
        ((work,), one) = builder.list_work(session, STAFF, "BISCUIT")
        ((same,), _) = builder.list_work(session, STAFF, work.number)
        (_, by_sign) = builder.list_work(session, STAFF, "50 %")
        (nothing, none) = builder.list_work(session, STAFF, "%")
        (beyond, all_of) = builder.list_work(session, STAFF, "", page=9)
    assert (work.id, same.id, one) == (design_id, design_id, 1)
    assert by_sign == 1
    assert none == len(nothing) == 1
    assert (beyond, all_of) == ([], 2)
