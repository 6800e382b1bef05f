"""Codes and gift cards from the command line."""

import argparse

import pytest
from sqlmodel import select

from pet_app.checkout import commands
from pet_app.checkout import service as checkout
from pet_app.checkout.models import GiftCard, Promotion
from pet_app.core import db
from tests.checkout.factory import GUEST

pytestmark = pytest.mark.usefixtures("sqlite_database")


def run(line: str) -> None:
    """Type a command."""
    parser = argparse.ArgumentParser()
    commands.add_commands(parser.add_subparsers(required=True))
    told = vars(parser.parse_args(line.split(" ")))
    told.pop("command")(**told)


def test_a_code_is_made_changed_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    run("promotion add spring10 Ten --percent 10 --minimum 20.50 --most-uses 5 --only collar leash")
    run("promotion add five Five --amount 5 --group season --ends 2999-01-31")
    run("promotion add post Post --free-shipping")
    run("promotion change SPRING10 --off --most-uses 9")
    with db.reading() as session:
        rows = {row.code: row for row in session.exec(select(Promotion))}
    spring = rows["SPRING10"]
    assert (spring.percent, spring.minimum_cents, spring.most_uses) == (10, 2050, 9)
    assert (spring.active, spring.only_kinds) == (False, ["collar", "leash"])
    assert (rows["FIVE"].amount_cents, rows["FIVE"].group) == (500, "season")
    assert rows["POST"].kind == "free_shipping"
    run("promotion list")
    assert "SPRING10  Ten  used 0 of 9, off" in capsys.readouterr().out


def test_a_gift_card_shows_its_code_once(capsys: pytest.CaptureFixture[str]) -> None:
    run("gift-card issue 50")
    said = capsys.readouterr().out
    code = said.split()[0]
    with db.writing() as session:
        card = session.exec(select(GiftCard)).one()
        assert checkout.enter_code(session, GUEST, code).codes[0].left is not None
    run("gift-card list")
    run(f"gift-card show {card.id}")
    run(f"gift-card withdraw {card.id}")
    later = capsys.readouterr().out
    assert code not in later
    assert "$50.00" in later
    assert f"ending in {code[-4:]} is worth nothing now" in later


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("promotion add x Ten --percent 10", "capitals"),
        ("promotion add spring Ten --percent 0", "percent"),
        ("promotion add spring Ten --amount 1,5", "no amount"),
        ("promotion add spring Ten --percent 5 --ends tomorrow", "no day"),
        ("promotion change nothing --off", "no such promotion"),
        ("gift-card issue 0", "between"),
        ("gift-card issue fifty", "no amount"),
        ("gift-card issue 50 --expires 2001-01-01", "over"),
        ("gift-card show nothing", "no such gift card"),
        ("gift-card withdraw nothing", "no such gift card"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(line: str, said: str) -> None:
    with pytest.raises(SystemExit) as end:
        run(line)
    assert said in str(end.value)
