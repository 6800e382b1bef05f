"""Primary keys: short, random, and sortable by the moment they were made."""

import secrets
import time
from threading import Lock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
RANDOM_BITS = 80

_lock = Lock()
_last = 0


def new_id() -> str:
    """Twenty-six characters: 48 bits of milliseconds, then 80 of chance; later ids sort later."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
        # Within one millisecond, and when the clock steps back, count on from the last id.
        _last = fresh if fresh >> RANDOM_BITS > _last >> RANDOM_BITS else _last + 1
        number = _last
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def is_id(text: str) -> bool:
    """Whether this could be a key of ours; what a visitor sends may hold anything."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)
