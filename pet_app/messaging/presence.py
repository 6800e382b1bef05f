"""Which processes are alive, told by a locked file each: the system unlocks it at any death."""

import fcntl
import os
from pathlib import Path
from threading import Lock
from typing import IO

from pet_app.core.ids import new_id
from pet_app.core.settings import settings

_lock = Lock()
_mine: tuple[str, IO[str]] | None = None


def mine() -> str:
    """The name of this process, present from the first call until it ends."""
    global _mine
    with _lock:
        if _mine is None:
            name = f"{os.getpid()}-{new_id()}"
            # Locked under a hidden name first: nobody may find the file unlocked and call us gone.
            hidden = _folder() / f".{name}"
            file = hidden.open("w")
            fcntl.flock(file, fcntl.LOCK_EX)
            hidden.rename(_folder() / name)
            _mine = name, file
        return _mine[0]


def leave() -> None:
    """Be gone: whatever this process still holds, another may take up at once."""
    global _mine
    with _lock:
        if _mine is not None:
            _mine[1].close()
        _mine = None


def gone() -> list[str]:
    """The names of processes on this machine that ended and were not yet forgotten."""
    return [path.name for path in _folder().glob("[!.]*") if _unlocked(path)]


def forget(name: str) -> None:
    """Say no more of a process that is gone."""
    (_folder() / name).unlink(missing_ok=True)


def _forked() -> None:
    global _mine, _lock
    _lock = Lock()
    if _mine is not None:
        _mine[1].close()
    _mine = None


# A fork is a process of its own; with a copy of the lock it would pass for its parent.
os.register_at_fork(after_in_child=_forked)


def _unlocked(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, FileNotFoundError):
        return False
    return True


def _folder() -> Path:
    folder = settings().data_dir / "running"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
