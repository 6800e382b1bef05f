"""Commands about promotion codes and gift cards, for whoever runs the shop."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from pet_app.checkout import service as checkout
from pet_app.checkout.rules import PromotionKind
from pet_app.checkout.service import NewPromotion, PromotionChange
from pet_app.core import db
from pet_app.core.console import SHOPKEEPER, cents_of, plainly, say
from pet_app.core.errors import Invalid
from pet_app.core.ids import new_id
from pet_app.core.money import Money


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    promotion = commands.add_parser("promotion", help="Make, change and list promotion codes.")
    actions = promotion.add_subparsers(required=True, metavar="action")
    added = actions.add_parser("add", help=add_promotion.__doc__)
    added.add_argument("code")
    added.add_argument("words", help="what customers read, such as '10%% off'")
    what = added.add_mutually_exclusive_group(required=True)
    what.add_argument("--percent", type=int)
    what.add_argument("--amount", help="such as 5 or 7.50")
    what.add_argument("--free-shipping", action="store_true")
    added.add_argument("--minimum", default="0")
    added.add_argument("--only", nargs="*", default=[], metavar="KIND")
    added.add_argument("--group", default="", help="codes of one group are not used together")
    _add_limits(added)
    added.set_defaults(command=add_promotion)
    changed = actions.add_parser("change", help=change_promotion.__doc__)
    changed.add_argument("code")
    changed.add_argument("--off", action="store_true", help="nobody can use it any more")
    changed.add_argument("--on", action="store_true")
    _add_limits(changed)
    changed.set_defaults(command=change_promotion)
    actions.add_parser("list", help=list_promotions.__doc__).set_defaults(command=list_promotions)
    card = commands.add_parser("gift-card", help="Make, look at and withdraw gift cards.")
    acts = card.add_subparsers(required=True, metavar="action")
    issued = acts.add_parser("issue", help=issue_card.__doc__)
    issued.add_argument("amount", help="such as 50 or 25.00")
    issued.add_argument("--expires", default="", help="the day it ends, YYYY-MM-DD")
    issued.set_defaults(command=issue_card)
    listed = acts.add_parser("list", help=list_cards.__doc__)
    listed.add_argument("--last-four", default="")
    listed.set_defaults(command=list_cards)
    for command in (show_card, withdraw_card):
        named = command.__name__.partition("_")[0]
        told = acts.add_parser(named, help=command.__doc__)
        told.add_argument("card_id")
        told.set_defaults(command=command)


def add_promotion(**told: Any) -> None:
    """Make a promotion code."""
    kind = PromotionKind.FREE_SHIPPING
    if told["percent"] is not None:
        kind = PromotionKind.PERCENT
    elif told["amount"] is not None:
        kind = PromotionKind.AMOUNT
    with plainly(), db.writing() as session:
        new = NewPromotion(
            code=told["code"],
            words=told["words"],
            kind=kind,
            percent=told["percent"] or 0,
            amount_cents=cents_of(told["amount"] or "0"),
            minimum_cents=cents_of(told["minimum"]),
            only_kinds=tuple(told["only"]),
            group=told["group"],
            most_uses=told["most_uses"],
            most_per_person=told["most_per_person"],
            ends=_day(told["ends"]),
        )
        row = checkout.add_promotion(session, SHOPKEEPER, new)
        say(f"{row.code} can be used from now on.")


def change_promotion(**told: Any) -> None:
    """Change how long and how often a code can be used."""
    with plainly(), db.writing() as session:
        row = checkout.promotion_by_code(session, SHOPKEEPER, told["code"])
        active = False if told["off"] else True if told["on"] else None
        change = PromotionChange(
            active=active,
            ends=_day(told["ends"]),
            most_uses=told["most_uses"],
            most_per_person=told["most_per_person"],
        )
        checkout.change_promotion(session, SHOPKEEPER, row.id, change)
        say(f"{row.code} is changed.")


def list_promotions() -> None:
    """List the promotion codes, the newest first."""
    with plainly(), db.reading() as session:
        for row in checkout.list_promotions(session, SHOPKEEPER):
            most = "" if row.most_uses is None else f" of {row.most_uses}"
            ends = f", until {row.ends:%Y-%m-%d}" if row.ends else ""
            off = "" if row.active else ", off"
            say(f"{row.code}  {row.words}  used {row.uses}{most}{ends}{off}")


def issue_card(amount: str, expires: str) -> None:
    """Make a gift card and show its code, once."""
    with plainly():
        with db.writing() as session:
            money, until = Money(cents_of(amount)), _day(expires)
            card, code = checkout.issue_card(session, SHOPKEEPER, money, new_id(), until)
        say(f"{code}  {card.balance}")
        say(f"Write the code down: it is not shown again. The card is called {card.id}.")


def list_cards(last_four: str) -> None:
    """List gift cards, the newest first."""
    with plainly(), db.reading() as session:
        for card in checkout.list_cards(session, SHOPKEEPER, last_four):
            state = "" if card.active else "  withdrawn"
            say(f"{card.id}  ···· {card.last_four}  {card.balance}{state}")


def show_card(card_id: str) -> None:
    """Show what moved on a gift card."""
    with plainly(), db.reading() as session:
        for entry in checkout.ledger(session, SHOPKEEPER, card_id):
            at = f"{entry.created:%Y-%m-%d %H:%M}"
            say(f"{at}  {entry.change}  {entry.balance} left  {entry.reason} {entry.reference}")


def withdraw_card(card_id: str) -> None:
    """Make a gift card worthless."""
    with plainly(), db.writing() as session:
        card = checkout.withdraw_card(session, SHOPKEEPER, card_id)
        say(f"The card ending in {card.last_four} is worth nothing now.")


def _add_limits(parser: ArgumentParser) -> None:
    parser.add_argument("--most-uses", type=int)
    parser.add_argument("--most-per-person", type=int)
    parser.add_argument("--ends", default="", help="the day it ends, YYYY-MM-DD")


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Invalid(f"“{text}” is no day. Write it like 2027-01-31.") from None
