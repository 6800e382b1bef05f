"""What comes back, and what is made once more so that it fits."""

from pet_app.order.service.returns.asking import (
    Chance,
    ask_remake,
    ask_return,
    chances,
    check_remake,
)
from pet_app.order.service.returns.deciding import decide_return, photo_of

__all__ = [
    "Chance",
    "ask_remake",
    "ask_return",
    "chances",
    "check_remake",
    "decide_return",
    "photo_of",
]
