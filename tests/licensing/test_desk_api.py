"""The desk over HTTP and on the command line."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial

import pytest
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.core import db, security
from pet_app.core.limits import BodyLimit
from pet_app.core.security import SESSION_COOKIE, Role
from pet_app.licensing import api, clerk_commands
from pet_app.licensing import service as licensing
from tests.licensing.factory import TOWN
from tests.licensing.factory_desk import OTHER_TOWN, legacy_csv, make_case
from tests.licensing.factory_licences import settle
from tests.user.factory import EMAIL, make_user

pytestmark = pytest.mark.usefixtures("sqlite_database")
DESK = "/api/v1/licensing/desk"


@pytest.fixture
def clerk() -> TestClient:
    """A browser in which a clerk of one town is signed in, with a second step."""
    with db.writing() as session:
        user = make_user(session, EMAIL, role=Role.CLERK)
        licensing.appoint_clerk(session, user.id, TOWN)
        token = security.open_sign_in(
            session,
            user_id=user.id,
            role=Role.CLERK,
            name=user.name,
            email=user.email,
            device="Firefox",
            strong=True,
        )
    app = partial(BodyLimit, larger=api.UPLOADS)(make_api())
    return TestClient(app, "http://shop.test", cookies={SESSION_COOKIE: token})


def test_a_clerk_decides_over_http(clerk: TestClient) -> None:
    with db.writing() as session:
        first, second = make_case(session), make_case(session)
        other = make_case(session, OTHER_TOWN)
    page = clerk.get(f"{DESK}/applications").json()
    assert {item["id"] for item in page["items"]} == {first, second}
    held = clerk.post(f"{DESK}/applications/{first}/claim").json()
    assert (held["item"]["held_by_me"], "approve" in held["may"]) == (True, True)
    version = {"version": held["item"]["version"]}
    done = clerk.post(f"{DESK}/applications/{first}/approval", json=version)
    assert (done.status_code, done.json()["item"]["status"]) == (200, "approved")
    assert clerk.post(f"{DESK}/applications/{first}/approval", json=version).status_code == 409
    told = {"version": 1, "reason": "not-readable"}
    assert clerk.post(f"{DESK}/applications/{second}/question", json=told).status_code == 200
    for method, path in (("GET", ""), ("POST", "/claim"), ("DELETE", "/claim")):
        answer = clerk.request(method, f"{DESK}/applications/{other}{path}")
        assert answer.status_code == 404
    for path in ("policy", "figures", "licences.csv", "applications.csv", "imports"):
        assert clerk.get(f"{DESK}/towns/{OTHER_TOWN}/{path}").status_code == 404
        assert clerk.get(f"{DESK}/towns/{TOWN}/{path}").status_code == 200


def test_a_large_file_is_sent_looked_through_and_taken_in(clerk: TestClient) -> None:
    # Wide empty lines rather than many licences: more than other requests may send, soon read.
    data = legacy_csv({}, {"number": "1002"}) + (b" " * 15_000 + b"\n") * 150
    assert len(data) > 2 * 1024 * 1024
    sent = clerk.post(f"{DESK}/towns/{TOWN}/imports", files={"file": ("a.csv", data, "text/csv")})
    assert sent.status_code == 201, sent.text
    settle()
    seen = clerk.get(f"{DESK}/imports/{sent.json()['id']}").json()
    assert (seen["state"], seen["good"]) == ("ready", 2)
    assert clerk.post(f"{DESK}/imports/{seen['id']}/taking-in").status_code == 202
    settle()
    text = clerk.get(f"{DESK}/towns/{TOWN}/licences.csv").text
    assert len(text.splitlines()) == 3
    refused = clerk.post(f"{DESK}/applications/x/notes", content=b"x" * 3_000_000)
    assert refused.status_code == 413


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Type one command; what it says."""

    def typed(*words: str) -> str:
        parser = ArgumentParser()
        clerk_commands.add_commands(parser.add_subparsers())
        told = vars(parser.parse_args(["clerk", *words]))
        told.pop("command")(**told)
        return capsys.readouterr().out

    return typed


def test_clerks_are_appointed_and_dismissed_by_commands(run: Callable[..., str]) -> None:
    with db.writing() as session:
        user = make_user(session, EMAIL)
    assert "signed out" in run("appoint", EMAIL, TOWN)
    run("appoint", EMAIL.upper(), OTHER_TOWN)
    run("appoint", EMAIL, OTHER_TOWN)
    assert run("list", "--town", TOWN) == f"{TOWN}  {EMAIL}\n"
    with pytest.raises(SystemExit):
        run("appoint", EMAIL, "us-xx-nowhere")
    run("dismiss", EMAIL, TOWN)
    with pytest.raises(SystemExit):
        run("dismiss", EMAIL, TOWN)
    with db.reading() as session:
        assert session.get_one(type(user), user.id).role == Role.CLERK
    run("dismiss", EMAIL, OTHER_TOWN)
    with db.reading() as session:
        assert session.get_one(type(user), user.id).role == Role.USER
