"""The sums of an order, in whole cents: what codes take off, tax, and who bears how much of it.

Whatever is shared out among lines is shared by largest remainder, so that the parts add up to the
whole to the cent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pet_app.checkout.rules import GIFT, PromotionKind, Trouble

LEAST_PAYMENT_CENTS = 50
"""Less than this no card pays: a gift card then leaves so much to pay."""


@dataclass(frozen=True)
class Item:
    """One line: what its pieces cost together, and what kind of thing it is."""

    cents: int
    kind: str

    @property
    def is_money(self) -> bool:
        return self.kind == GIFT


@dataclass(frozen=True)
class Offer:
    """A code that may be used, as far as the code itself goes. `only_kinds` empty means all."""

    key: str
    kind: PromotionKind
    percent: int = 0
    cents: int = 0
    minimum_cents: int = 0
    only_kinds: frozenset[str] = frozenset()
    group: str = ""

    def is_for(self, item: Item) -> bool:
        return not item.is_money and (not self.only_kinds or item.kind in self.only_kinds)


@dataclass(frozen=True)
class Discounts:
    """What codes take off: of each line, by each code, and why others do nothing."""

    lines: tuple[int, ...]
    by_key: dict[str, int]
    free_shipping: bool
    refused: dict[str, Trouble]
    together_with: dict[str, str]

    @property
    def cents(self) -> int:
        return sum(self.lines)


@dataclass(frozen=True)
class Taxed:
    """Taxes: by rate in the given order, and what of their sum is on each line and on shipping."""

    by_rate: tuple[int, ...]
    lines: tuple[int, ...]
    shipping: int

    @property
    def cents(self) -> int:
        return sum(self.by_rate)


@dataclass(frozen=True)
class Rate:
    """A tax in percent of what is paid for goods, and for sending them if `on_shipping`."""

    percent: Decimal
    on_shipping: bool


def shared(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` cents in parts as the weights are, by largest remainder; of equals the first first.

    No part is larger than its weight as long as the total is no larger than their sum. Raises
    `ValueError` for an amount that nobody bears, and for negative ones.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights) or (total and not whole):
        raise ValueError(f"cannot share {total} among {list(weights)}")
    if not whole:
        return (0,) * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return tuple(parts)


def percent_of(cents: int, percent: Decimal | int) -> int:
    """So many percent of an amount, half a cent upwards."""
    return int((Decimal(cents) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def discounts(items: Sequence[Item], offers: Iterable[Offer]) -> Discounts:
    """What codes take off, in the order they were entered.

    Percentages come before amounts, each of what those before it left; no line costs less than
    nothing. Of two codes of one group the one entered first counts.
    """
    used: list[Offer] = []
    refused: dict[str, Trouble] = {}
    together: dict[str, str] = {}
    for offer in offers:
        reached = sum(item.cents for item in items if offer.is_for(item))
        other = next((one for one in used if offer.group and one.group == offer.group), None)
        if not any(offer.is_for(item) for item in items):
            refused[offer.key] = Trouble.CODE_OTHER_THINGS
        elif reached < offer.minimum_cents:
            refused[offer.key] = Trouble.CODE_MINIMUM
        elif other is not None:
            refused[offer.key] = Trouble.CODE_NOT_TOGETHER
            together[offer.key] = other.key
        else:
            used.append(offer)
    left = [item.cents for item in items]
    by_key = {offer.key: 0 for offer in used}
    # Sorting is stable: within one kind they stay in the order they were entered.
    for offer in sorted(used, key=lambda one: one.kind is not PromotionKind.PERCENT):
        if offer.kind is PromotionKind.FREE_SHIPPING:
            continue
        base = [cents if offer.is_for(item) else 0 for item, cents in zip(items, left, strict=True)]
        off = _off(offer, sum(base))
        for at, part in enumerate(shared(off, base)):
            left[at] -= part
        by_key[offer.key] = off
    return Discounts(
        lines=tuple(item.cents - rest for item, rest in zip(items, left, strict=True)),
        by_key=by_key,
        free_shipping=any(offer.kind is PromotionKind.FREE_SHIPPING for offer in used),
        refused=refused,
        together_with=together,
    )


def taxes(items: Sequence[Item], off: Sequence[int], shipping: int, rates: Sequence[Rate]) -> Taxed:
    """Tax on what is paid for each line after discount, and on shipping where it is taxed.

    Each rate is rounded once, over everything it applies to.
    """
    bases = [
        0 if item.is_money else item.cents - part for item, part in zip(items, off, strict=True)
    ]
    by_rate: list[int] = []
    parts = [0] * (len(bases) + 1)
    for rate in rates:
        weights = [*bases, shipping if rate.on_shipping else 0]
        tax = percent_of(sum(weights), rate.percent)
        by_rate.append(tax)
        for at, part in enumerate(shared(tax, weights) if tax else ()):
            parts[at] += part
    return Taxed(tuple(by_rate), tuple(parts[:-1]), parts[-1])


def spent(total: int, cards: Mapping[str, int], money: int = 0) -> dict[str, int]:
    """How much of each gift card, by key in this order, pays for a total.

    `money` of it is for gift cards, which no gift card pays for. What would be left to pay is
    nothing or at least what a card payment can be.
    """
    left = total - money
    used: dict[str, int] = {}
    for key, balance in cards.items():
        used[key] = min(left, balance)
        left -= used[key]
    due = total - sum(used.values())
    lacking = LEAST_PAYMENT_CENTS - due if 0 < due < LEAST_PAYMENT_CENTS else 0
    for key in reversed(used):
        back = min(lacking, used[key])
        used[key] -= back
        lacking -= back
    return used


def _off(offer: Offer, base: int) -> int:
    if offer.kind is PromotionKind.PERCENT:
        return min(base, percent_of(base, offer.percent))
    return min(base, offer.cents)
