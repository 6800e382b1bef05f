"""What whoever runs the shop asks the inbox at the command line."""

import pytest

from pet_app.core import db
from pet_app.webhook import commands
from pet_app.webhook import service as inbox
from pet_app.webhook.rules import InboxState
from tests.webhook.factory import make_delivery, received, rows, worked_by


def test_deliveries_are_listed_with_what_became_of_them(
    sqlite_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    received(make_delivery("e1"), make_delivery("e2"), make_delivery("e2"))
    with db.writing() as session:
        inbox.mark_dead(session, rows()[0].id, "no ear")
    commands.list_deliveries(None, 50)
    newest, oldest = capsys.readouterr().out.splitlines()
    assert "received  came 2×" in newest
    assert "dead  came 1×  no ear" in oldest
    commands.list_deliveries("dead", 50)
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_dry_run_says_what_would_happen_and_does_nothing(
    sqlite_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    received()
    with worked_by(lambda _told: pytest.fail("it was done")):
        commands.dry_run(rows()[0].id)
    assert capsys.readouterr().out == "Would hear e1.\n"
    assert rows()[0].state == InboxState.RECEIVED
    with pytest.raises(SystemExit, match="no such delivery"):
        commands.dry_run("nothing")


def test_a_replay_is_asked_for_by_id(
    sqlite_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    received()
    with pytest.raises(SystemExit, match="still being worked off"):
        commands.replay(rows()[0].id)
    with db.writing() as session:
        inbox.mark_applied(session, rows()[0].id)
    commands.replay(rows()[0].id)
    assert "in a moment" in capsys.readouterr().out
    assert (rows()[0].state, rows()[0].replays) == (InboxState.RECEIVED, 1)
