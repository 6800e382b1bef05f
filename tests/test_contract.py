"""What the API says of itself is what it does: every operation, tried with anything at all."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from pet_app.api import make_api
from pet_app.core import db, security
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.http import PROBLEM_JSON, Doorway
from pet_app.core.limits import BodyLimit
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE, Role, new_token
from tests.test_foreign_ids import Olive, make_olive
from tests.user.factory import identity_of, make_user

EXAMPLES = int(os.environ.get("EXAMPLES", "3"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
GUEST, OWNER, STAFF, PROGRAM = "a guest", "the owner", "staff", "a program"
PEOPLE = (GUEST, OWNER, STAFF, PROGRAM)


class AtHome:
    """The API as it stands in the site, for requests from this machine: no limit by address."""

    def __init__(self) -> None:
        self.api = make_api()
        self.app: ASGIApp = Doorway(SameOrigin(BodyLimit(VisitorCookie(self.api))))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        here = {"client": ("127.0.0.1", 50_000)} if scope["type"] == "http" else {}
        await self.app({**scope, **here}, receive, send)


@dataclass(frozen=True)
class Shop:
    """A shop in which somebody has one of everything."""

    schema: Any
    olive: Olive
    staff: str

    def operations(self) -> Iterator[APIOperation]:
        """Every operation of the OpenAPI document."""
        for found in self.schema.get_all_operations():
            yield found.ok()

    def headers(self, person: str) -> dict[str, str]:
        """What a request of this person carries; fresh, as the last may have signed them out."""
        if person == PROGRAM:
            with db.writing() as session:
                user_id = self.olive.identity.user_id or ""
                family, _ = security.open_family(
                    session, user_id=user_id, role=Role.USER, name="Olive", email="o@example.com"
                )
                token = security.access_token(session, family)
            return {"authorization": f"Bearer {token}"}
        cookies = {VISITOR_COOKIE: new_token()}
        if person != GUEST:
            cookies[SESSION_COOKIE] = self._sign_in(person)
        return {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def _sign_in(self, person: str) -> str:
        role = Role.USER if person == OWNER else Role.ADMIN
        user_id = self.olive.identity.user_id if person == OWNER else self.staff
        with db.writing() as session:
            return security.open_sign_in(
                session,
                user_id=user_id or "",
                role=role,
                name="Olive",
                email="olive@example.com",
                strong=True,
            )


@pytest.fixture
def opened(sqlite_database: str) -> Shop:
    olive = make_olive()
    with db.writing() as session:
        staff = identity_of(make_user(session, "staff@example.com", role=Role.ADMIN))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", AtHome())
    return Shop(schema, olive, staff.user_id or "")


def faults_of(shop: Shop, operation: APIOperation) -> list[str]:
    """What an operation did that its document does not say."""
    said: list[str] = []
    ids = list(shop.olive.ids.values())
    kinds = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(st.data(), kinds, st.sampled_from(PEOPLE), st.none() | st.sampled_from(ids))
    def tried(data: st.DataObject, kind: GenerationMode, person: str, thing: str | None) -> None:
        case: Case = data.draw(operation.as_strategy(generation_mode=kind))
        if thing and case.path_parameters:
            case.path_parameters = dict.fromkeys(case.path_parameters, thing)
        answer = case.call(headers=shop.headers(person))
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as found:
            asked = f"{operation.label} by {person}: {answer.status_code}"
            said.extend(f"{asked} {fault}" for fault in found.exceptions)

    tried()
    return said


def test_every_operation_does_what_its_document_says(opened: Shop) -> None:
    operations = list(opened.operations())
    assert len(operations) > 60
    faults = [fault for operation in operations for fault in faults_of(opened, operation)]
    assert faults == []


def test_no_body_takes_a_field_nobody_asked_for() -> None:
    document = make_api().openapi()
    bodies = {
        f"{method} {path}": operation["requestBody"]["content"]["application/json"]["schema"]
        for path, item in document["paths"].items()
        for method, operation in item.items()
        # A form with a file has fields beside it that nobody reads.
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    # A design is a free form; its own rules say what is in it.
    assert bodies.pop("post /api/v1/builder/quotes")["type"] == "object"
    models = {
        name: document["components"]["schemas"][schema_name(body)] for name, body in bodies.items()
    }
    assert len(models) > 20
    assert [name for name, model in models.items() if model.get("additionalProperties", True)] == []


def schema_name(body: dict[str, Any]) -> str:
    return body["$ref"].rpartition("/")[2]


def test_every_operation_documents_a_refusal_as_a_problem() -> None:
    document = make_api().openapi()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for status in ("401", "404", "422", "429"):
                assert list(operation["responses"][status]["content"]) == [PROBLEM_JSON], (
                    method,
                    path,
                )
