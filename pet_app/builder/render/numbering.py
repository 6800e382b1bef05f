"""Numbers for what has keys: those of one key are one."""

import numpy as np

from pet_app.builder.render.compiled import compiled

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ over the golden ratio: products with it lie far apart (Knuth, volume 3)."""


def numbered(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int32 (n,), the number of each of the keys, int64 (n,), in the order in which they appear.

    Then int32 (numbers,), where the key of each number appears first.
    """
    numbers, origin = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32)
    held = np.zeros(1 << (2 * len(keys)).bit_length(), np.int32)
    return numbers, origin[: _number(keys, held, numbers, origin)].copy()


@compiled
def _number(keys, held, numbers, origin):
    """held: zeros, a power of 2 of them: a table of where keys appeared first, and one more."""
    count = 0
    one, last = np.uint64(1), np.uint64(len(held) - 1)
    for at in range(len(keys)):
        place = ((np.uint64(keys[at]) * GOLDEN) >> np.uint64(20)) & last
        while held[place] and keys[held[place] - 1] != keys[at]:
            place = (place + one) & last
        if held[place]:
            numbers[at] = numbers[held[place] - 1]
            continue
        held[place], numbers[at], origin[count] = at + 1, count, at
        count += 1
    return count
