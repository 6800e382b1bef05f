"""The worker processes carry an event all the way, and leave when they are asked to."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import pytest

from pet_app.core import db
from pet_app.core.settings import ROOT
from pet_app.messaging.models import JobState
from pet_app.messaging.outbox import publish
from pet_app.user.events import UserSignedIn
from tests.messaging.factory import jobs

PATIENCE_S = 60
LEAVING_S = 20


@contextmanager
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """One process of each kind, as `docs/runbook.md` starts them."""
    command = [sys.executable, "-m"]
    processes = [
        subprocess.Popen([*command, f"workers.{name}"], cwd=ROOT, stderr=subprocess.DEVNULL)
        for name in ("relay", "default", "previews", "clock")
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.mark.usefixtures("valkey")
def test_the_worker_processes_carry_an_event_and_leave_on_sigterm(
    empty_database: str,
) -> None:
    db.migrate()
    with db.writing() as session:
        publish(session, UserSignedIn(user_id="nobody", visitor_owner=""))
    with workers() as processes:
        deadline = monotonic() + PATIENCE_S
        while [job.state for job in jobs("builder.adopt_guest_designs")] != [JobState.DONE]:
            assert monotonic() < deadline
            sleep(0.05)
        for process in processes:
            process.terminate()
        assert [process.wait(LEAVING_S) for process in processes] == [0, 0, 0, 0]


def test_a_worker_without_redis_says_what_it_needs() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "workers.relay"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 1
    assert "REDIS_URL" in found.stderr
