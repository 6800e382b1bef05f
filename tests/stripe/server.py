"""The stand-in's own small HTTP server: calls under /v1, pages to pay on, switches under /fake."""

import json
import secrets
import sys
import time
import traceback
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.stripe import control, form, hosted, idempotency, routes, sessions
from tests.stripe.deliveries import Postman
from tests.stripe.errors import Refused
from tests.stripe.idempotency import Keys
from tests.stripe.store import Store

JSON = "application/json"
HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What is sent back; a lost one is never sent, and the connection closed."""

    status: int
    body: str
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False


class StandIn(ThreadingHTTPServer):
    """The server with all it remembers; it listens on loopback only."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, store: Store, key: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.store, self.key = store, key
        self.keys = Keys(store)
        self.postman = Postman(store)
        self.base = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is killed says no goodbye; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: StandIn  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        """Answer."""
        self._serve("GET")

    def do_POST(self) -> None:
        """Answer."""
        self._serve("POST")

    def do_DELETE(self) -> None:
        """Answer."""
        self._serve("DELETE")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what was asked can be read under /fake/state."""

    def _serve(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        url = urlsplit(self.path)
        if url.path.startswith("/v1/"):
            answer = self._call(method, url.path, body or url.query)
        elif url.path.startswith("/fake/"):
            answer = self._switch(method, url.path, body)
        else:
            answer = self._page(method, url.path, body)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        if answer.lost:
            self.close_connection = True
            return
        self.send_response(answer.status)
        encoded = answer.body.encode()
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def _call(self, method: str, path: str, said: str) -> Answer:
        request_id = f"req_{secrets.token_hex(7)}"
        headers = {"Request-Id": request_id}
        key = self.headers.get("Idempotency-Key", "") if method == "POST" else ""
        fault = self._fault(method, path)
        time.sleep(fault.get("slow_s", 0.0) if not fault.get("after") else 0.0)
        began = False
        try:
            self._know()
            given = form.read(said)
            route, named = routes.find(method, path)
            name = idempotency.name(method, path, given)
            if fault and not fault.get("after"):
                _break(fault)
            if key:
                with self.server.store.working():
                    known = self.server.keys.begin(key, name)
                if known is not None:
                    headers |= {"Idempotent-Replayed": "true", "Idempotency-Key": key}
                    return Answer(known["status"], _said(known["body"]), headers=headers)
                began = True
            time.sleep(fault.get("slow_s", 0.0) if fault.get("after") else 0.0)
            status, body = self._work(route, named, given, key, name, request_id)
            if fault.get("after"):
                _break(fault)
        except Refused as refused:
            status, body = refused.status, {"error": refused.error}
        except _Lost:
            return Answer(0, "", lost=True)
        except Exception:
            # Whoever tests against the stand-in has to see that it is at fault.
            traceback.print_exc()
            status, body = 500, {"error": {"type": "api_error", "message": "The stand-in broke."}}
        finally:
            if began:
                self.server.keys.end(key)
        if key:
            headers["Idempotency-Key"] = key
        return Answer(status, _said(body), headers=headers)

    def _work(
        self,
        route: routes.Route,
        id: str,
        given: dict[str, Any],
        key: str,
        name: str,
        request_id: str,
    ) -> tuple[int, dict[str, Any]]:
        store = self.server.store
        with store.working():
            request = {"id": "request", "request_id": request_id, "key": key or None}
            store.drop("setting", "request")
            store.put("setting", request)
            sessions.expire_late(store)
            try:
                status, body = 200, routes.answer(store, route, id, given, self.server.base)
            except Refused as refused:
                if not refused.keep:
                    raise
                status, body = refused.status, {"error": refused.error}
            if key:
                self.server.keys.keep(key, name, status, body)
            return status, body

    def _know(self) -> None:
        """Raise `Refused` for whoever does not show the key."""
        shown = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if not shown:
            said = "You did not provide an API key."
        elif shown != self.server.key:
            said = f"Invalid API Key provided: {shown[:8]}****{shown[-4:]}"
        else:
            return
        raise Refused(401, "invalid_request_error", said, keep=False)

    def _fault(self, method: str, path: str) -> dict[str, Any]:
        """What is to go wrong with this request."""
        with self.server.store.working():
            return control.next_fault(self.server.store, method, path)

    def _switch(self, method: str, path: str, body: str) -> Answer:
        try:
            given = json.loads(body or "{}")
            with self.server.store.working():
                sessions.expire_late(self.server.store)
                found = control.turn(self.server.store, self.server.postman, method, path, given)
        except Refused as refused:
            return Answer(refused.status, _said({"error": refused.error}))
        except json.JSONDecodeError as error:
            return Answer(400, _said({"error": {"message": str(error)}}))
        return Answer(200, _said(found))

    def _page(self, method: str, path: str, body: str) -> Answer:
        try:
            with self.server.store.working():
                sessions.expire_late(self.server.store)
                given = form.read(body)
                shown = hosted.show(self.server.store, method, path, given)
        except Refused as refused:
            return Answer(refused.status, hosted.refusal(str(refused)), HTML)
        if shown.to:
            return Answer(303, "", HTML, {"Location": shown.to})
        return Answer(200, shown.html, HTML)


class _Lost(Exception):
    """The answer does not arrive."""


def _break(fault: dict[str, Any]) -> None:
    if fault.get("lose"):
        raise _Lost
    if status := fault.get("status"):
        kind = "rate_limit_error" if status == 429 else "api_error"
        raise Refused(status, kind, "Something went wrong on Stripe's end.", keep=False)


def _said(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=2)
