"""The inbox over HTTP: staff see what came and have it worked off once more."""

import pytest
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.core import db
from pet_app.webhook import service as inbox
from tests.roles import STAFF, USER, cookies_of
from tests.webhook.factory import make_delivery, received, rows

INBOX = "/api/v1/webhooks"


@pytest.mark.usefixtures("sqlite_database")
def test_staff_see_what_came_and_replay_what_died() -> None:
    received(make_delivery("e1"), make_delivery("e2"))
    dead = rows()[0].id
    with db.writing() as session:
        inbox.mark_dead(session, dead, "no ear")
    staff, user = (
        TestClient(make_api(), "http://shop.test", cookies=cookies_of(person))
        for person in (STAFF, USER)
    )
    shown = staff.get(INBOX).json()
    assert [(row["external_id"], row["state"]) for row in shown] == [
        ("e2", "received"),
        ("e1", "dead"),
    ]
    assert "kept" not in shown[0]
    assert [row["error"] for row in staff.get(f"{INBOX}?state=dead").json()] == ["no ear"]
    assert [row["id"] for row in staff.get(f"{INBOX}?limit=1&before={shown[0]['id']}").json()] == [
        dead
    ]
    replayed = staff.post(f"{INBOX}/{dead}/replay")
    assert (replayed.status_code, replayed.json()["replays"]) == (202, 1)
    assert staff.post(f"{INBOX}/{dead}/replay").status_code == 409
    assert staff.post(f"{INBOX}/nothing/replay").status_code == 404
    assert user.get(INBOX).status_code == 403
    assert user.post(f"{INBOX}/{dead}/replay").status_code == 403
