"""The codes entered in a cart: which of them do something, and what to say of the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from pet_app.checkout.models import Cart, GiftCard, Promotion
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import PromotionKind, Trouble
from pet_app.checkout.rules.pricing import Discounts, Item, Offer, discounts
from pet_app.checkout.service import gift_cards, promotions
from pet_app.checkout.service.held import Held
from pet_app.checkout.service.views import CodeView
from pet_app.core.money import Money

CARD = "card:"
CARD_GONE = "This gift card cannot be used any more."
CARD_EMPTY = "Nothing is left on the gift card ending in {last}."
MINIMUM = "{code} needs {minimum} of what it is for."
OTHER_THINGS = "Nothing in your cart is what {code} is for."
NOT_TOGETHER = "{code} cannot be used together with {other}."


@dataclass(frozen=True)
class Entered:
    """The codes of a cart: promotions in their order with what they take off, and the cards with
    what can be paid with each. `problems` are by key."""

    promotions: dict[str, Promotion]
    discounts: Discounts
    cards: dict[str, GiftCard]
    balances: dict[str, int]
    problems: dict[str, Found]
    keys: tuple[str, ...]

    def views(self, paid: dict[str, int], currency: str) -> tuple[CodeView, ...]:
        """The codes as a page shows them; `paid` is what each card pays for, by its key."""
        return tuple(self._view(key, paid.get(key, 0), currency) for key in self.keys)

    def _view(self, key: str, paid: int, currency: str) -> CodeView:
        problem = self.problems.get(key)
        if key.startswith(CARD):
            card = self.cards.get(key)
            shown = f"Gift card ···· {card.last_four}" if card else "Gift card"
            left = Money(self.balances.get(key, 0), currency)
            return CodeView(key, shown, "", Money(paid, currency), True, left, problem)
        row = self.promotions.get(key)
        off = self.discounts.by_key.get(key, 0)
        words = row.words if row else ""
        return CodeView(key, key, words, Money(off, currency), False, None, problem)


def entered(
    session: Session, cart: Cart | None, items: Sequence[Item], email: str, held: Held
) -> Entered:
    """What the codes of a cart do for these lines; `email` is whose uses count, if it is known."""
    keys = tuple(cart.codes) if cart else ()
    codes = [key for key in keys if not key.startswith(CARD)]
    known = promotions.by_codes(session, codes) if codes else {}
    problems: dict[str, Found] = {}
    offers: list[Offer] = []
    for code in codes:
        row = known.get(code)
        trouble = promotions.usable(session, row, code, email, held.promotions)
        if trouble or row is None:
            problems[code] = trouble or Found(Trouble.CODE_UNKNOWN, "", code)
        else:
            offers.append(_offer(row))
    reckoned = discounts(items, offers)
    for code, trouble in reckoned.refused.items():
        other = reckoned.together_with.get(code, "")
        problems[code] = Found(trouble, _said(known[code], trouble, other), code)
    cards, balances = _cards(session, keys, held, problems)
    return Entered(known, reckoned, cards, balances, problems, keys)


def _cards(
    session: Session, keys: Sequence[str], held: Held, problems: dict[str, Found]
) -> tuple[dict[str, GiftCard], dict[str, int]]:
    ids = [key.removeprefix(CARD) for key in keys if key.startswith(CARD)]
    found = gift_cards.cards_of(session, ids) if ids else {}
    balances: dict[str, int] = {}
    for card_id in ids:
        card, key = found.get(card_id), CARD + card_id
        if card is None or gift_cards.is_over(card):
            problems[key] = Found(Trouble.CARD_EMPTY, CARD_GONE, key)
            continue
        balances[key] = card.balance_cents + held.cards.get(card_id, 0)
        if balances[key] <= 0:
            said = CARD_EMPTY.format(last=card.last_four)
            problems[key] = Found(Trouble.CARD_EMPTY, said, key)
    return {CARD + card_id: card for card_id, card in found.items()}, balances


def _offer(row: Promotion) -> Offer:
    return Offer(
        key=row.code,
        kind=PromotionKind(row.kind),
        percent=row.percent,
        cents=row.amount_cents,
        minimum_cents=row.minimum_cents,
        only_kinds=frozenset(row.only_kinds),
        group=row.group,
    )


def _said(row: Promotion, trouble: Trouble, other: str) -> str:
    if trouble is Trouble.CODE_MINIMUM:
        return MINIMUM.format(code=row.code, minimum=Money(row.minimum_cents, row.currency))
    if trouble is Trouble.CODE_NOT_TOGETHER:
        return NOT_TOGETHER.format(code=row.code, other=other)
    return OTHER_THINGS.format(code=row.code)
