"""The stand-in as tests use it: a process of its own that may be killed and started again."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx
import stripe

from pet_app.core.settings import ROOT
from tests import servers
from tests.stripe.__main__ import KEY, SECRET

PATIENCE_S = 20.0


class Fake:
    """One stand-in on a free port; with a file it remembers across its deaths."""

    key, secret = KEY, SECRET

    def __init__(self, webhook: str = "", file: Path | None = None) -> None:
        self.port = servers.free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.options = ["--port", str(self.port), "--webhook", webhook, "--leash"]
        if file is not None:
            self.options += ["--file", str(file)]
        self.process: subprocess.Popen[bytes] | None = None
        self.http = httpx.Client(base_url=self.base, timeout=30)

    def start(self) -> Self:
        """Start it, if need be again, and wait until it listens."""
        self.kill()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.stripe", *self.options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert b"listens" in self.process.stdout.readline()
        return self

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def stop(self) -> None:
        """End it for good."""
        self.http.close()
        self.kill()

    def client(self, *, retries: int = 0, key: str = KEY) -> stripe.StripeClient:
        """Stripe's own SDK, which takes the stand-in for Stripe."""
        return stripe.StripeClient(
            key, base_addresses={"api": self.base}, max_network_retries=retries
        )

    def set(self, switch: str, **values: Any) -> dict[str, Any]:
        """Turn a switch of `control.turn`."""
        answer = self.http.post(f"/fake/{switch}", content=json.dumps(values))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """Everything it knows, by kind."""
        return self.http.get("/fake/state").json()

    def hear(self, url: str, *types: str) -> None:
        """Tell the address of what happens."""
        self.set("endpoints", url=url, enabled_events=list(types) or ["*"], secret=self.secret)

    def pay(self, session_id: str, number: str = "4242424242424242", outcome: str = "") -> str:
        """Pay on the page as a browser would; where the browser is sent, empty when nowhere."""
        answer = self.http.post(f"/pay/{session_id}", data={"number": number})
        if "/authenticate/" in answer.headers.get("location", ""):
            answer = self.http.post(answer.headers["location"], data={"how": outcome})
        return answer.headers.get("location", "")

    def wait_until_told(self) -> None:
        """Wait until every delivery has come to its end."""
        deadline = time.monotonic() + PATIENCE_S
        while left := self.http.get("/fake/deliveries").json()["left"]:
            assert time.monotonic() < deadline, f"{left} deliveries"
            time.sleep(0.02)
