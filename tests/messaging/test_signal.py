"""A signal says that something changed: here, and in every other process when there is Redis."""

import asyncio
import os
import subprocess
import sys

import pytest

from pet_app.core import db
from pet_app.core.settings import ROOT
from pet_app.messaging import signal

PATIENCE_S = 10
SAY = "import sys; from pet_app.messaging import signal; signal.send(sys.argv[1])"


def test_a_listener_hears_what_is_sent_from_a_thread() -> None:
    async def hear() -> tuple[bool, bool]:
        async with signal.listen("design:1") as changed:
            await asyncio.to_thread(signal.send, "design:1")
            return await changed.wait(PATIENCE_S), await changed.wait(0)

    assert asyncio.run(hear()) == (True, False)


def test_a_listener_hears_only_its_topic() -> None:
    async def hear() -> bool:
        async with signal.listen("design:1") as changed:
            signal.send("design:2")
            return await changed.wait(0.01)

    assert not asyncio.run(hear())


def test_sending_to_a_page_that_is_closed_harms_nobody() -> None:
    async def leave() -> None:
        async with signal.listen("design:1"):
            pass

    asyncio.run(leave())
    signal.send("design:1")


def test_a_signal_of_a_transaction_waits_for_its_commit(database: str) -> None:
    heard: list[str] = []
    with signal.watching("design:1", lambda: heard.append("changed")):
        with db.writing() as session:
            signal.after_commit(session, "design:1")
            with session.begin_nested():
                pass
            assert heard == []
        assert heard == ["changed"]


def test_a_signal_of_a_transaction_that_failed_is_never_sent(database: str) -> None:
    heard: list[str] = []

    def change_and_fall() -> None:
        with db.writing() as session:
            signal.after_commit(session, "design:1")
            raise RuntimeError

    with signal.watching("design:1", lambda: heard.append("changed")):
        with pytest.raises(RuntimeError):
            change_and_fall()
        with db.writing():
            pass
    assert heard == []


@pytest.mark.usefixtures("valkey")
def test_a_fork_is_another_process() -> None:
    async def hear() -> tuple[bool, int]:
        async with signal.listen("design:1") as changed:
            assert await changed.wait(PATIENCE_S)
            forked = os.fork()
            if forked == 0:
                signal.send("design:1")
                os._exit(0)
            return await changed.wait(PATIENCE_S), forked

    heard, forked = asyncio.run(hear())
    os.waitpid(forked, 0)
    assert heard


@pytest.mark.usefixtures("valkey")
def test_a_signal_reaches_other_processes() -> None:
    async def hear() -> bool:
        async with signal.listen("design:1") as changed:
            # The subscription begins with one word to everyone, for what was missed before.
            assert await changed.wait(PATIENCE_S)
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", SAY, "design:1", cwd=ROOT, stdout=subprocess.DEVNULL
            )
            found = await changed.wait(PATIENCE_S)
            await process.wait()
            return found

    assert asyncio.run(hear())
