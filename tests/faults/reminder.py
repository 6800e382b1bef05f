"""A process that reminds, to be killed at it: `python -m tests.faults.reminder town`.

It goes through the licences of the town in batches of three and prints where each batch ended,
once it is kept; at the end of all it prints `whole`.
"""

import sys

from pet_app.core import db
from pet_app.licensing import service as licensing
from pet_app.licensing.rules.standing import Reminding
from pet_app.licensing.service import reminding

reminding.BATCH = 3


def main(town_id: str) -> None:
    """Remind of everything there is to remind of in one town."""
    where = licensing.town(town_id)
    for stage in Reminding:
        after = None
        while True:
            with db.writing() as session:
                after = licensing.remind_some(session, where, stage, after)
            if after is None:
                break
            say(after[1])
    say("whole")


def say(line: str) -> None:
    """One whole line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
