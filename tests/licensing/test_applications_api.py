"""Applications and their papers over HTTP, as a program of their owner's asks."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from pet_app.api import make_api
from pet_app.core import db
from pet_app.core.limits import LARGEST_BODY, BodyLimit
from pet_app.core.security import Scope
from pet_app.licensing.api import UPLOADS
from pet_app.licensing.papers.limits import LARGEST_BYTES
from pet_app.user.service import tokens
from tests.licensing import factory as made
from tests.licensing import papers
from tests.licensing.factory import HOME, TOWN, jpeg

pytestmark = pytest.mark.usefixtures("sqlite_database")

APPLICATIONS = "/api/v1/licensing/applications"


@pytest.fixture
def program() -> TestClient:
    """A program that may ask for licences in somebody's name; the site's limits around the API."""
    with db.writing() as session:
        owner = made.make_owner(session)
        scopes = [Scope.LICENCES_READ, Scope.LICENCES_WRITE]
        token, _ = tokens.make_token(session, owner, "A program", scopes, None)
    around = BodyLimit(make_api(), larger=UPLOADS)
    headers = {"authorization": f"Bearer {token}"}
    return TestClient(around, "http://shop.test", headers=headers, raise_server_exceptions=False)


def filled() -> dict[str, Any]:
    form = made.filled(made.Form())
    return {
        "holder": {"name": "Olive", "email": "olive@example.com", "address": HOME},
        "animal": {
            name: getattr(form.animal, name) for name in ("name", "species", "sex", "altered")
        }
        | {"born": "2022-03-01"},
        "vaccination": vars(form.vaccination),
        "term": "1",
        "signed": True,
    }


def send(program: TestClient, where: str, data: bytes, shows: str = "rabies") -> Any:
    sent = {"file": ("rabies.pdf", data, "application/pdf")}
    return program.post(f"{where}/documents", files=sent, data={"shows": shows})


def test_an_application_is_begun_filled_in_handed_in_and_given_up_by_a_program(
    program: TestClient,
) -> None:
    draft = program.post(APPLICATIONS, json={"town": TOWN}).json()
    where = f"{APPLICATIONS}/{draft['id']}"
    refused = program.post(f"{where}/hand-in", json={"version": draft["version"]})
    assert (refused.status_code, "vaccination.given" in refused.json()["fields"]) == (422, True)
    kept = program.put(f"{where}/form", json={"form": filled(), "version": draft["version"]}).json()
    assert kept["faults"].keys() == {"documents.rabies"}
    assert (kept["fee"]["cents"], kept["fee"]["currency"]) == (1800, "USD")
    assert kept["fee"]["lines"][0]["source"]
    whole = send(program, where, papers.pdf(2)).json()
    assert whole["faults"] == {}
    (paper,) = whole["documents"]
    page = program.get(f"/api/v1/licensing/documents/{paper['id']}/pages/2")
    assert (page.status_code, page.headers["content-type"]) == (200, "image/jpeg")
    assert page.headers["cache-control"] == "private, no-store"
    file = program.get(f"/api/v1/licensing/documents/{paper['id']}/file")
    assert file.headers["content-type"] == "application/pdf"
    stale = program.post(f"{where}/hand-in", json={"version": kept["version"]})
    assert stale.status_code == 409
    handed_in = program.post(f"{where}/hand-in", json={"version": whole["version"]}).json()
    assert handed_in["payment_id"] == program.post(f"{where}/payment").json()["payment_id"]
    assert program.post(f"{where}/withdrawal").json()["status"] == "withdrawn"
    assert program.post(f"{where}/payment").status_code == 409
    assert [found["id"] for found in program.get(APPLICATIONS).json()] == [draft["id"]]


def test_a_paper_may_be_larger_than_anything_else_that_is_sent(program: TestClient) -> None:
    draft = program.post(APPLICATIONS, json={"town": TOWN}).json()
    where = f"{APPLICATIONS}/{draft['id']}"
    large = jpeg() + b"\0" * LARGEST_BODY
    assert send(program, where, large).status_code == 201
    assert send(program, where, jpeg() + b"\0" * LARGEST_BYTES).status_code == 413
    assert program.put(f"{where}/form", content=large).status_code == 413
    assert program.post(f"{APPLICATIONS}/../documents", content=large).status_code == 413


def test_a_paper_that_cannot_be_used_is_refused_at_its_field(program: TestClient) -> None:
    draft = program.post(APPLICATIONS, json={"town": TOWN}).json()
    where = f"{APPLICATIONS}/{draft['id']}"
    refused = send(program, where, papers.encrypted())
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["document"])
    assert send(program, where, jpeg(), shows="a cake").status_code == 422
    assert send(program, f"{APPLICATIONS}/{'0' * 26}", jpeg()).status_code == 404
    assert program.get(where).json()["documents"] == []


def test_a_paper_taken_away_cannot_be_fetched(program: TestClient) -> None:
    draft = program.post(APPLICATIONS, json={"town": TOWN}).json()
    paper = send(program, f"{APPLICATIONS}/{draft['id']}", jpeg()).json()["documents"][0]
    place = f"/api/v1/licensing/documents/{paper['id']}"
    assert program.get(f"{place}/pages/1").status_code == 200
    assert program.get(f"{place}/pages/2").status_code == 404
    assert program.delete(place).json()["documents"] == []
    assert program.get(f"{place}/file").status_code == 404
    assert program.delete(place).status_code == 404
