"""Thousands of events that no page would send: nothing breaks, and nobody learns anything."""

import json
import os
import random
import re
import time
from contextlib import ExitStack, closing, suppress
from typing import Any

import httpx
from reflex_base import constants
from reflex_base.registry import RegistrationContext
from simple_websocket import Client, ConnectionClosed

from pet_app import sections
from pet_app.core.ids import new_id
from pet_app.pet.state import PetDesk
from tests.browser.people import LETTERS_WITHIN_S, PASSWORD
from tests.browser.site import Site

EVENTS = int(os.environ.get("EVENTS", "500"))
SEED = int(os.environ.get("SEED", "4"))
CANARY = "zzyzx"
AT_ONCE = 25
QUIET_S = 0.3
ANSWERS_WITHIN_S = 30

VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 7, 2**63, -1.5, 1e308, "", "x", "cm", "inch", "dog", "neck_mm", "DE"),
    *("\x00", "\ud800", "x" * 25_000, "<script>alert(1)</script>", "' OR 1=1 --", "../../etc"),
    *([], [[{}]], [None] * 500, {}, {"a": 1}, {"__proto__": {}}, {"name": "Rex", "neck": "40"}),
    {"__reflex_form_data__": [["name", "Rex"], ["neck", {}]]},
)
PATHS = ("/", "/dashboard/pets", "/builder", "//elsewhere.example", "\x00")
NAMES = ("", "nothing", "a.b.c", "__init__", "reflex___state____state", "x" * 5000)
FRAMES = (
    *("42/_event,[]", '42/_event,["event"]', '42/_event,["event",7]', '42/_event,["event",[]]'),
    *("42/_event,[7,{}]", "42/_event,[null]", '42/_event,["connect",{"QUERY_STRING":"token=x"}]'),
    *('42/_event,["event","text"]', '42/_event,["ping"]', '42/_event,["client_error",{}]'),
    *('42/_event,["event",{"name":7}]', '42/_event,["event",{"name":"a","payload":[]}]'),
    *('42/_event,["event",{"name":"a","payload":{},"router_data":7}]', '42/_event,["__init__",1]'),
)


class Attacker:
    """A browser that speaks to the websocket, whoever's cookies and token it comes with."""

    def __init__(self, site: Site, cookies: str, token: str) -> None:
        self.site, self.cookies, self.token = site, cookies, token
        self.heard: list[str] = []
        self.open()

    def open(self) -> None:
        address = self.site.url.replace("http", "ws")
        headers: Any = {"origin": self.site.url, "cookie": self.cookies}
        self.socket: Any = Client(
            f"{address}/_event/?EIO=4&transport=websocket&token={self.token}",
            subprotocols=[constants.Reflex.VERSION],
            headers=headers,
        )
        self.hear("0{")
        self.socket.send("40/_event,")
        self.hear("40/_event")

    def send(self, frame: str) -> None:
        """One frame; a socket the shop has closed is opened again."""
        try:
            self.socket.send(frame)
        except ConnectionClosed:
            self.close()
            self.open()
            self.socket.send(frame)

    def event(self, name: Any, payload: Any, path: str = "/") -> None:
        router = {"pathname": path, "query": {}, "asPath": path}
        said = {"name": name, "payload": payload, "router_data": router, "token": self.token}
        self.send(f"42/_event,{json.dumps(['event', said])}")

    def hear(self, until: str) -> None:
        """Read until something begins or contains this. Fails when it never comes."""
        deadline = time.monotonic() + ANSWERS_WITHIN_S
        while time.monotonic() < deadline:
            if until in self.read(1.0):
                return
        raise AssertionError(f"nothing heard of {until}: {self.heard[-3:]}")

    def read(self, within_s: float) -> str:
        """The next thing the shop says, empty when it stays quiet."""
        try:
            said = str(self.socket.receive(within_s) or "")
        except ConnectionClosed:
            return ""
        if said == "2":
            with suppress(ConnectionClosed):
                self.socket.send("3")
        self.heard.append(said)
        return said

    def listen(self) -> None:
        """Read until nothing more is said."""
        while self.read(QUIET_S):
            pass

    def close(self) -> None:
        with suppress(ConnectionClosed):
            self.socket.close()
        self.socket.thread.join()
        self.socket.sock.close()


def visitor(site: Site) -> httpx.Client:
    """A browser that has been to the shop once, and keeps its cookies."""
    client = httpx.Client(base_url=site.url, headers={"origin": site.url}, timeout=30)
    assert client.get("/").is_success
    return client


def victim_at(site: Site) -> httpx.Client:
    """Somebody signed in, with a pet."""
    client = visitor(site)
    email = f"{new_id()}@example.com"
    body = {"name": f"Victoria {CANARY}", "email": email, "password": PASSWORD}
    assert client.post("/api/v1/users", json=body).status_code == 202
    token = link_token(client, email)
    assert client.post("/api/v1/users/confirmation", json={"token": token}).status_code == 200
    size = {"neck_mm": 460, "girth_mm": 760, "back_mm": 610, "weight_g": 29_000}
    pet = {"name": CANARY, "species": "dog", **size}
    assert client.post("/api/v1/pets", json=pet).status_code == 201
    return client


def link_token(client: httpx.Client, email: str) -> str:
    deadline = time.monotonic() + LETTERS_WITHIN_S
    while time.monotonic() < deadline:
        for found in client.get("/api/v1/outbox", params={"to": email}).json()["letters"]:
            if match := re.search(r"#([\w-]{40,})", found["text"]):
                return match[1]
    raise AssertionError("no letter came")


def cookies_in(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def names() -> list[str]:
    """Every handler there is, Reflex's own among them, and some there are not."""
    sections.load("pages")
    return [*RegistrationContext.get().event_handlers, *NAMES]


def arguments(name: str, chance: random.Random) -> Any:
    """Something for the arguments of a handler: mostly its own, with any values."""
    found = RegistrationContext.get().event_handlers.get(name)
    known = list(found.handler.fn.__code__.co_varnames[1:4]) if found else []
    given = {key: chance.choice(VALUES) for key in known}
    if chance.random() < 0.2:
        given[chance.choice(["self", "token", "x" * 300, "state"])] = chance.choice(VALUES)
    if given and chance.random() < 0.1:
        given.pop(next(iter(given)))
    return given if chance.random() < 0.95 else chance.choice(VALUES)


def storm(attackers: list[Attacker], chance: random.Random) -> None:
    """Send everything, in turns, and read whatever comes back."""
    known = names()
    for number in range(EVENTS):
        attacker = attackers[number // AT_ONCE % len(attackers)]
        if chance.random() < 0.05:
            attacker.send(chance.choice(FRAMES))
        else:
            name = chance.choice(known)
            path = chance.choice(
                ["/", "/dashboard/pets", "/builder", "//elsewhere.example", "\x00"]
            )
            attacker.event(name, arguments(name, chance), path)
        if number % AT_ONCE == AT_ONCE - 1:
            attacker.listen()
    for attacker in attackers:
        attacker.listen()


def test_a_storm_of_events_breaks_nothing_and_tells_nothing(site: Site) -> None:
    token = new_id()
    with ExitStack() as open_things:
        victim, stranger, clerk = (
            open_things.enter_context(closing(come(site))) for come in (victim_at, visitor, visitor)
        )
        who = {"email": "clerk@demo.test", "password": "harness-hero-demo"}
        assert clerk.post("/api/v1/session", json=who).is_success
        open_page = Attacker(site, cookies_in(victim), token)
        attackers = [
            Attacker(site, cookies_in(client), known)
            for client in (stranger, clerk)
            for known in (new_id(), token)
        ]
        for attacker in (open_page, *attackers):
            open_things.callback(attacker.close)
        before = len(site.log.read_text())

        storm(attackers, random.Random(SEED))

        heard = "\n".join(said for attacker in attackers for said in attacker.heard).casefold()
        log = site.log.read_text()[before:]
        assert len(heard) > EVENTS
        for trace in ("traceback (most recent", 'file "/', "site-packages"):
            assert trace not in heard
            assert trace not in log.casefold()
        assert CANARY not in heard
        assert httpx.get(f"{site.url}/ready").status_code == 200
        assert httpx.get(site.url).status_code == 200
        # Who was there all the time still is, and would have been heard.
        open_page.event(f"{PetDesk.get_full_name()}.open_list", {}, "/dashboard/pets")
        open_page.hear(CANARY)
