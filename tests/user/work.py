"""What a call does, so that two can be compared on a busy machine, where time says nothing."""

import sys
from collections.abc import Callable
from types import FrameType

WORKERS = ("/pet_app/", "/argon2/", "/sqlalchemy/engine/default.py")
"""Where the work of accounts is done: the shop, its password hashes, its statements."""


def work_of(call: Callable[[], object]) -> list[str]:
    """Every function of those that was called, in order, as `file: name`."""
    done: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and any(part in code.co_filename for part in WORKERS):
            done.append(f"{code.co_filename}: {code.co_name}")

    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(None)
    return done
