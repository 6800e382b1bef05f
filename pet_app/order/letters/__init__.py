"""What we write to people about their orders."""

from pet_app.order.letters.back import return_asked, return_decided
from pet_app.order.letters.sales import (
    cancelled,
    confirmed,
    delayed,
    delivered,
    failed,
    opening_link,
    refunded,
    shipped,
    staff_called,
)

__all__ = [
    "cancelled",
    "confirmed",
    "delayed",
    "delivered",
    "failed",
    "opening_link",
    "refunded",
    "return_asked",
    "return_decided",
    "shipped",
    "staff_called",
]
