"""A shop's worker for pictures, to be killed: `python -m tests.faults.painter`."""

import sys

from pet_app.builder.tasks import pictures
from pet_app.messaging import queue


def main() -> None:
    """Carry out what there is to do until the input ends; sketches stand for renders."""
    pictures.ALBUM = "tests.faults.easel:draw"
    queue.start_embedded()
    sys.stdin.read()


if __name__ == "__main__":
    main()
