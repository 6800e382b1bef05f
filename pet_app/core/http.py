"""What every HTTP answer shares: transactions, one error shape, a request id, safe headers."""

import re
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Annotated, Any

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pet_app.core import db
from pet_app.core.errors import Invalid, Problem
from pet_app.core.ids import new_id
from pet_app.core.settings import settings
from pet_app.core.telemetry import log

PROBLEM_JSON = "application/problem+json"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
QUIET_PATHS = ("/_event", "/ping", "/assets/", "/health", "/ready")
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""For what a browser runs: pages, and scripts, which may become workers."""
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For everything else, should a browser ever be made to open it as a page."""
RUNS = ("text/html", "text/javascript", "application/javascript")
SAFE_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
SHARED_PATHS = ("/media/", "/share", "/embed/")
"""Pictures that letters and other sites may show, and the script with which a site embeds pages of
ours; nothing else is for other sites."""


class RequestBody(BaseModel):
    """What a request may bring; a field it does not name is refused."""

    model_config = ConfigDict(extra="forbid")


class ProblemShown(BaseModel):
    """Why something was not done (RFC 9457); `fields` says what is wrong with which field."""

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, str]
    request_id: str


def _documented(status: HTTPStatus) -> dict[str, Any]:
    schema = {"schema": ProblemShown.model_json_schema()}
    return {"description": status.phrase, "content": {PROBLEM_JSON: schema}}


PROBLEM_ANSWERS: dict[int | str, dict[str, Any]] = {
    status.value: _documented(status)
    for status in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    )
}
"""What every operation may answer instead, as its document says."""


def _reading() -> Iterator[db.Session]:
    with db.reading() as session:
        yield session


def _writing() -> Iterator[db.Session]:
    with db.writing() as session:
        yield session


# Scope "function" commits before the answer leaves; otherwise a failed commit would answer 200.
ReadSession = Annotated[db.Session, Depends(_reading, scope="function")]
WriteSession = Annotated[db.Session, Depends(_writing, scope="function")]


def install_errors(app: FastAPI) -> None:
    """Answer every error of this application as problem+json."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _unexpected)


def problem_response(
    status: int,
    title: str,
    detail: str,
    fields: dict[str, str] | None = None,
    retry_after_s: int | None = None,
) -> JSONResponse:
    """An answer of type problem+json (RFC 9457) that carries the request id."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "fields": fields or {},
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    headers = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status, headers, PROBLEM_JSON)


def _problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("problem", error=type(error).__name__, exc_info=error)
    elif error.status in REFUSALS:
        log.info("refused", error=type(error).__name__, path=request.url.path)
    return problem_response(
        error.status, error.title, error.detail, error.fields, error.retry_after_s
    )


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # The first part of a location says where the value came from, which no visitor asks about.
    fields = {
        ".".join(str(part) for part in found["loc"][1:]) or "body": str(found["msg"])
        for found in error.errors()
    }
    return _problem(request, Invalid("Some of what was sent cannot be used.", fields))


def _plain(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    answer = problem_response(error.status_code, title, str(error.detail or title))
    answer.headers.update(error.headers or {})
    return answer


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    return _unexpected_answer(error)


def _unexpected_answer(error: Exception) -> JSONResponse:
    log.error("unexpected", error=type(error).__name__, exc_info=error)
    problem = Problem("This was our fault, and it has been written down. Please try again.")
    return problem_response(problem.status, problem.title, problem.detail)


class Doorway:
    """ASGI middleware around the whole site: a request id, safe headers, one access log line."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = dict(SAFE_HEADERS)
        if settings().site_url.startswith("https://"):
            self.headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        started = time.perf_counter()
        status, started_to_answer = HTTPStatus.INTERNAL_SERVER_ERROR.value, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, started_to_answer
            if message["type"] == "http.response.start":
                status, started_to_answer = message["status"], True
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                self._complete(headers, scope["path"], status)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_with_headers)
            except Exception as error:
                # The API answers its own; what happens around it would be answered by the server.
                if started_to_answer:
                    raise
                await _unexpected_answer(error)(scope, receive, send_with_headers)
            finally:
                path = scope["path"]
                if not path.startswith(QUIET_PATHS) or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    # The path alone: a query may hold a session's token.
                    log.info(
                        "request",
                        method=scope["method"],
                        path=path,
                        status=status,
                        ms=round(1000 * (time.perf_counter() - started), 1),
                    )

    def _complete(self, headers: MutableHeaders, path: str, status: int) -> None:
        """Add what every answer has and this one does not say itself."""
        for name, value in self.headers.items():
            headers.setdefault(name, value)
        use = "cross-origin" if path.startswith(SHARED_PATHS) else "same-origin"
        headers.setdefault("cross-origin-resource-policy", use)
        if path.startswith("/api/"):
            # Most of it is somebody's; what may be kept says so itself.
            headers.setdefault("cache-control", "no-store")
        if status != HTTPStatus.NOT_MODIFIED:
            # The page a browser kept goes on under the policy it came with.
            runs = headers.get("content-type", "").startswith(RUNS)
            headers.setdefault("content-security-policy", PAGE_POLICY if runs else DATA_POLICY)


def _request_id(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if REQUEST_ID.fullmatch(given) else new_id()
