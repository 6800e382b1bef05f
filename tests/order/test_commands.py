"""What whoever runs the shop types about orders."""

from argparse import ArgumentParser
from collections.abc import Callable

import pytest

from pet_app.order import commands
from pet_app.order import service as orders
from tests.order.factory import GUEST, bowl, done, harness, lines, paid, seen, settle, shelf

pytestmark = pytest.mark.usefixtures("sqlite_database")

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Type one command; what it says."""

    def typed(*words: str) -> str:
        parser = ArgumentParser()
        commands.add_commands(parser.add_subparsers())
        told = vars(parser.parse_args(["order", *words]))
        told.pop("command")(**told)
        settle()
        return capsys.readouterr().out

    return typed


def test_an_order_goes_all_its_way_by_commands(run: Run) -> None:
    order_id = paid(bowl(shelf(), 2), harness())
    number = seen(order_id).number
    assert number in run("list")
    assert number not in run("list", "--status", "shipped")
    assert "in_production" in run("produce", number.lower())
    run("ship", number, "ups", "1Z999AA1", "--lines", "1:2")
    assert "shipped" in run("ship", number, "ups", "1Z999AA2")
    run("deliver", number, "--tracking-number", "1z999aa1")
    assert "delivered" in run("deliver", number)
    run("note", number, "Spoke to her")
    run("refund", number, "--amount", "12.50", "--reason", "Late")
    run("refund", number, "--lines", "1:1", "--restock")
    assert seen(order_id).refunded_cents == 1250 + 2200
    told = run("show", number)
    for said in ("Spoke to her", "1Z999AA1", "Enamel bowl", "olive@example.com", "10969 Berlin"):
        assert said in told


def test_a_return_is_answered_by_a_command(run: Run) -> None:
    order_id = paid(bowl(shelf(), 2))
    number = seen(order_id).number
    run("ship", number, "dhl", "JD000001")
    run("deliver", number)
    [line] = lines(order_id)
    asked = done(orders.ask_return, GUEST, order_id, line.id, 1, "damaged")
    assert asked.id in run("show", number)
    assert "partly_refunded" in run("decide", number, asked.id, "received") or settle() is None
    assert seen(order_id).status == "partly_refunded"


def test_what_cannot_be_done_is_said_in_a_sentence(run: Run) -> None:
    order_id = paid(harness())
    number = seen(order_id).number
    for words in (
        ("show", "HH-2222-2222"),
        ("deliver", number),
        ("ship", number, "ups", "1"),
        ("ship", number, "ups", "1Z999AA1", "--lines", "2:1"),
        ("ship", number, "ups", "1Z999AA1", "--lines", "one"),
        ("refund", number, "--amount", "1,50"),
        ("refund", number, "--amount", "9999999.00"),
        ("decide", number, "nothing", "approved"),
        ("deliver", number, "--tracking-number", "unknown"),
    ):
        with pytest.raises(SystemExit) as end:
            run(*words)
        assert str(end.value).endswith("."), words
    assert "cancelled" in run("cancel", number, "--reason", "Sold out")
