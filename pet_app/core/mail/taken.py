"""Letters a server took, noted at once in a file each, until their row says so as well.

Writing a row takes milliseconds, and a process killed within them would send its letter again. A
file is there after microseconds and outlives the process; another machine may not see it, and then
the letter goes out twice under one Message-ID.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from pet_app.core.settings import settings
from pet_app.core.telemetry import log


def note(key: str) -> None:
    """The letter with this key was taken; never raises, for the row will say so too."""
    try:
        _file(key).parent.mkdir(parents=True, exist_ok=True)
        _file(key).touch()
    except OSError as error:
        log.warning("taken letter not noted", error=str(error))


def noted(key: str) -> bool:
    """Whether a process that is no more had handed over this letter."""
    return _file(key).exists()


def forget(key: str) -> None:
    """The row says it now."""
    with suppress(OSError):
        _file(key).unlink(missing_ok=True)


def _file(key: str) -> Path:
    name = hashlib.sha256(key.encode()).hexdigest()
    return settings().data_dir / "taken" / name
