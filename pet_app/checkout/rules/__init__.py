"""What a cart may hold, what codes take off, and what can be wrong before an order is placed."""

import re
import unicodedata
from enum import StrEnum

MOST_OF_ONE = 20
"""As many of one thing as one order takes."""
MOST_LINES = 40
MOST_CODES = 5
MOST_REQUESTS = 30
"""As many requests as a cart remembers, to do none of them twice."""
LONGEST_CODE = 40
LONGEST_REQUEST = 64
MOST_PERCENT = 100
MOST_CENTS = 1_000_000
LEAST_CARD_CENTS, MOST_CARD_CENTS = 500, 50_000

GIFT = "gift"
"""The kind of what is money paid in advance: not taxed, not sent by post, never made cheaper."""

CODE = re.compile(r"[A-Z0-9](?:-?[A-Z0-9]){2,39}")


class PromotionKind(StrEnum):
    """What a code does: so many percent off, so much off, or shipping for nothing."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FREE_SHIPPING = "free_shipping"


class CardReason(StrEnum):
    """Why the money on a gift card became more or less."""

    ISSUED = "issued"
    SPENT = "spent"
    GIVEN_BACK = "given_back"
    WITHDRAWN = "withdrawn"


class Trouble(StrEnum):
    """Why an order cannot be placed as it stands."""

    EMPTY = "empty"
    GONE = "gone"
    CANNOT_BE_MADE = "cannot_be_made"
    OUT_OF_STOCK = "out_of_stock"
    PRICE_CHANGED = "price_changed"
    CART_CHANGED = "cart_changed"
    EMAIL_MISSING = "email_missing"
    ADDRESS_MISSING = "address_missing"
    PLACE_UNKNOWN = "place_unknown"
    METHOD_MISSING = "method_missing"
    TOO_HEAVY = "too_heavy"
    CODE_UNKNOWN = "code_unknown"
    CODE_NOT_YET = "code_not_yet"
    CODE_OVER = "code_over"
    CODE_USED_UP = "code_used_up"
    CODE_NOT_AGAIN = "code_not_again"
    CODE_MINIMUM = "code_minimum"
    CODE_OTHER_THINGS = "code_other_things"
    CODE_NOT_TOGETHER = "code_not_together"
    CARD_EMPTY = "card_empty"
    ORDER_OVER = "order_over"


def tidy_code(text: str) -> str:
    """A code as it is kept: capitals, digits and single hyphens; empty for what can be no code."""
    if len(text) > 4 * LONGEST_CODE:
        return ""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(r"\s+", "", re.sub(r"[\u2010-\u2015\u2212]", "-", plain))
    return plain if len(plain) <= LONGEST_CODE and CODE.fullmatch(plain) else ""
