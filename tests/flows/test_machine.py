"""Anything at any time: no cent and no piece goes astray, and where one would, it is found.

`make faults` tries two hundred lives of thirty steps, a test run a few.
"""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlmodel import Session

from pet_app.checkout.models import GiftCard
from pet_app.checkout.rules import CardReason
from pet_app.checkout.service import gift_cards
from pet_app.core import db
from pet_app.messaging.bus import load_reactions
from tests.flows.machine import Shop, stock_up

LIVES = int(os.environ.get("LIVES", "4"))
STEPS = 30
PLANTED = 60
ENOUGH = 100

QUIET = {
    "stateful_step_count": STEPS,
    "deadline": None,
    "database": None,
    "print_blob": False,
    "suppress_health_check": list(HealthCheck),
    # To make a failure smaller takes far longer than to find it.
    "phases": [Phase.generate],
}


@pytest.fixture
def machine(sqlite_database: str, shop: Path) -> type[Shop]:
    """A shop whose every life begins with the same stocked shelf."""
    load_reactions()
    variants, card = stock_up()
    db.close()
    database = shop / "shop.db"
    pristine = shop / "pristine"
    shutil.copyfile(database, pristine)

    class Stocked(Shop):
        pass

    Stocked.pristine, Stocked.database = pristine, database
    Stocked.variants, Stocked.card = variants, card
    Stocked.ended = Counter()
    return Stocked


def test_nothing_goes_astray_whatever_people_do(machine: type[Shop]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=LIVES, **QUIET))
    print(f"\n{LIVES} lives of {STEPS} steps: {dict(machine.ended)} orders, none astray")
    if LIVES >= ENOUGH:
        assert machine.ended.keys() >= {"pending_payment", "paid", "cancelled", "refunded"}


class Remembered:
    """Gift cards whose balance is read once and then remembered, as somebody in a hurry does it."""

    def __init__(self) -> None:
        self.balances: dict[str, int] = {}
        self.read = gift_cards.cards_of

    def cards_of(self, session: Session, card_ids: list[str]) -> dict[str, GiftCard]:
        """Cards by their ids, with what is remembered of them."""
        found = {}
        for card_id, row in self.read(session, card_ids).items():
            found[card_id] = GiftCard(**row.model_dump())
            found[card_id].balance_cents = self.balances.setdefault(card_id, row.balance_cents)
        return found

    def spend(self, session: Session, card_id: str, cents: int, order_id: str) -> None:
        """Pay with what is remembered."""
        left = self.balances[card_id] - cents
        session.get_one(GiftCard, card_id).balance_cents = left
        gift_cards._enter(session, card_id, -cents, left, CardReason.SPENT, order_id)


def test_a_gift_card_that_pays_twice_is_found(
    machine: type[Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = Remembered()
    monkeypatch.setattr(gift_cards, "spend", remembered.spend)
    monkeypatch.setattr(gift_cards, "cards_of", remembered.cards_of)
    hurried = settings(max_examples=PLANTED, derandomize=True, **QUIET)
    with pytest.raises(AssertionError) as found:
        run_state_machine_as_test(machine, settings=hurried)
    assert found.traceback[-1].name == "check_cards"
