"""A provider of OpenID Connect in a process of its own, and a browser between it and the shop."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from fastapi import FastAPI
from sqlmodel import func, select
from starlette.testclient import TestClient

from pet_app.core import db
from pet_app.core.browser import SameOrigin, VisitorCookie
from pet_app.core.http import install_errors
from pet_app.core.ids import new_id
from pet_app.core.proxies import TrustedProxies
from pet_app.core.security import VISITOR_COOKIE
from pet_app.core.settings import ROOT
from pet_app.user.api import router
from tests.servers import free_port
from tests.user.factory import PASSWORD, link_token

NODE = Path(sys.executable).with_name("node")
SHOP = "http://localhost:3000"
STARTS_WITHIN_S = 30.0
MOST_STEPS = 12
# The provider speaks HTTP alone. To read whose word counts under TLS takes longer than to ask it.
PLAIN = False
FORM = re.compile(r'<form[^>]*action="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w+)"')
ABORT = re.compile(r'href="([^"]+/abort)"')


@dataclass(frozen=True)
class Acme:
    """The provider: where it answers, and where it is told what to be."""

    issuer: str
    door: str

    def tell(self, order: str, **said: Any) -> None:
        """Change its people, its keys or its clock."""
        httpx.post(f"{self.door}/{order}", json=said, verify=PLAIN).raise_for_status()

    def person(self, **said: Any) -> dict[str, Any]:
        """Somebody with an account there, their address checked unless it is said otherwise."""
        sub = new_id()
        person = {
            "sub": sub,
            "name": "Olive Owner",
            "email": f"{sub}@example.com",
            "email_verified": True,
        } | said
        self.tell("person", **person)
        return person

    def settings(self, **more: Any) -> str:
        """`OIDC_PROVIDERS` with this provider, once with a secret and once without."""
        common = {"issuer": self.issuer, "scopes": "openid email profile offline_access"} | more
        secret = "a secret: with % and +"
        return json.dumps(
            [
                {"name": "acme", "label": "Acme", "client_id": "acme", "client_secret": secret}
                | common,
                {"name": "public", "label": "Public", "client_id": "public"} | common,
            ]
        )


@contextmanager
def started(shop: str = SHOP) -> Iterator[Acme]:
    """The provider, answering; stopped at the end."""
    port, door = free_port(), free_port()
    command = [NODE, "provider.mjs", str(port), str(door), f"{shop}/api/v1/oidc"]
    process = subprocess.Popen(
        command,
        cwd=ROOT / "tests" / "node",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # What pip calls node starts the real one, which has to end with it.
        start_new_session=True,
    )
    acme = Acme(f"http://localhost:{port}", f"http://127.0.0.1:{door}")
    try:
        _wait(acme, process)
        yield acme
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Browser:
    """A browser of one person: what it holds for the shop, and for the provider."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        app = FastAPI()
        install_errors(app)
        app.include_router(router)
        self.shop = TestClient(
            TrustedProxies(SameOrigin(VisitorCookie(app))),
            base_url=SHOP,
            headers={"origin": SHOP},
            follow_redirects=False,
            client=(host, 5000),
        )
        self.shop.cookies.set(VISITOR_COOKIE, host.ljust(43, "v"))
        self.held_there = httpx.Cookies()

    def set_out(self, provider: str = "acme", **asked: str) -> str:
        """Press the button: the provider's address."""
        answer = self.shop.get(f"/api/v1/oidc/{provider}/start", params=asked)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def visit(self, address: str, sub: str, *, agree: bool = True) -> str:
        """Sign in at the provider and agree, or not: the address it sends back to."""
        with httpx.Client(cookies=self.held_there, verify=PLAIN) as there:
            for _ in range(MOST_STEPS):
                answer = there.get(address)
                if answer.status_code == 200:
                    answer = _agreed(there, answer, sub) if agree else _refused(there, answer)
                self.held_there = there.cookies
                assert answer.next_request, answer.text
                address = str(answer.next_request.url)
                if address.startswith(SHOP):
                    return address
        raise AssertionError("the provider leads nowhere")

    def come_back(self, address: str) -> Any:
        """Follow the address the provider gave; it answers with a page to go to."""
        answer = self.shop.get(address.removeprefix(SHOP))
        assert answer.status_code == 303, answer.text
        return answer

    def enter(self, sub: str, provider: str = "acme", **asked: str) -> str:
        """The whole way: the page it ends on."""
        back = self.visit(self.set_out(provider, **asked), sub)
        return self.come_back(back).headers["location"]

    def set_password(self, email: str) -> None:
        """What the link of a letter does for who has no password yet."""
        asked = self.shop.post("/api/v1/password/forgotten", json={"email": email})
        assert asked.status_code == 202
        said = {"token": link_token(email, "reset"), "password": PASSWORD}
        done = self.shop.post("/api/v1/password/reset", json=said)
        assert done.status_code == 200, done.text

    def me(self) -> dict[str, Any] | None:
        """Who is signed in here."""
        answer = self.shop.get("/api/v1/me")
        return answer.json() if answer.is_success else None


def said(location: str) -> str:
    """The word for what went wrong, in the address of a page."""
    return parse_qs(urlsplit(location).query).get("said", [""])[0]


def count(table: type) -> int:
    """How many rows there are."""
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def _agreed(there: httpx.Client, page: httpx.Response, sub: str) -> httpx.Response:
    form = dict(HIDDEN.findall(page.text)) | {"login": sub, "password": "anything"}
    return there.post(page.url.join(_found(FORM, page.text)), data=form)


def _refused(there: httpx.Client, page: httpx.Response) -> httpx.Response:
    return there.get(page.url.join(_found(ABORT, page.text)))


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, text
    return unescape(found[1])


def _wait(acme: Acme, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{acme.issuer}/jwks", timeout=2, verify=PLAIN).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise RuntimeError("the provider did not start")
