"""A studio in which things go wrong, for children to be told of."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pet_app.core.errors import Invalid
from pet_app.core.settings import settings

BEGUN = "begun"

Files = tuple[tuple[bytes, str], ...]


def die(_kinds: Sequence[str], _data: Mapping[str, Any]) -> Files:
    """Be killed in the middle of a picture."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def refuse(_kinds: Sequence[str], _data: Mapping[str, Any]) -> Files:
    """Fail as a mistake of ours would."""
    raise RuntimeError("the lamp is broken")


def decline(_kinds: Sequence[str], _data: Mapping[str, Any]) -> Files:
    """Refuse for a reason that stays."""
    raise Invalid("This cannot be pictured.")


def dawdle(_kinds: Sequence[str], _data: Mapping[str, Any]) -> Files:
    """Take longer than any picture may."""
    time.sleep(60)
    return ()


def linger(_kinds: Sequence[str], _data: Mapping[str, Any]) -> Files:
    """Leave a mark that it has begun, and come to no end."""
    (settings().data_dir / BEGUN).touch()
    time.sleep(60)
    return ()


def gorge(_kinds: Sequence[str], _data: Mapping[str, Any]) -> Files:
    """Ask for more memory than there is."""
    return ((bytes(1 << 40), ".webp"),)
