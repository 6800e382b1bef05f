"""A studio in which things go wrong, for children to be told of."""

import os
import signal

from pet_app.core.errors import Invalid


def die(_design: object, _size: int) -> bytes:
    """Be killed in the middle of a picture."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def refuse(_design: object, _size: int) -> bytes:
    """Fail as a mistake of ours would."""
    raise RuntimeError("the lamp is broken")


def decline(_design: object, _size: int) -> bytes:
    """Refuse for a reason that stays."""
    raise Invalid("This cannot be pictured.")
