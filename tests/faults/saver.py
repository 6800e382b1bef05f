"""A whole small shop to be killed: it saves designs and pictures them in the same process.

`python -m tests.faults.saver` prints the id of each design once its save is acknowledged; with
`idle` it saves none and only finishes what was left.
"""

import sys
import time
from itertools import count

from pet_app.builder import service as builder
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, fingerprint
from pet_app.messaging import queue
from tests.builder.factory import make_design

BETWEEN_SAVES_S = 0.2


def save_designs() -> None:
    """Save one design after the other, each a piece nobody designed before, until killed."""
    life = new_id()
    visitor = Identity(fingerprint(life))
    for number in count():
        girth_mm = 560 + (time.time_ns() // 1_000_000) % 300
        design = make_design(girth_mm=girth_mm, neck_mm=380 + number % 20)
        with db.writing() as session:
            kept = builder.save_design(session, visitor, design.to_dict(), "", new_id())
        sys.stdout.write(f"{kept.id}\n")
        sys.stdout.flush()
        time.sleep(BETWEEN_SAVES_S)


def main() -> None:
    """Open the shop."""
    queue.start_embedded()
    if sys.argv[1:] == ["idle"]:
        sys.stdin.read()
    else:
        save_designs()


if __name__ == "__main__":
    main()
