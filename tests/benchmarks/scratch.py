"""A shop of its own for a benchmark: SQLite in an empty folder, the queue in this process."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pet_app.core import db, offload
from pet_app.core.settings import settings
from pet_app.messaging import queue

OTHERWISE = ("DATABASE_URL", "REDIS_URL", "STORAGE_URL", "PET_SECTIONS")


@contextmanager
def open_shop(database_url: str = "") -> Iterator[Path]:
    """An empty shop with its jobs being worked off; yields the folder of its data. It stands on
    SQLite, unless it is told of another empty database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PET_ENV": "test", "PET_DATA_DIR": folder, "LOG_LEVEL": "WARNING"}
        for name in OTHERWISE:
            os.environ.pop(name, None)
        if database_url:
            os.environ["DATABASE_URL"] = database_url
        settings.cache_clear()
        db.migrate()
        queue.start_embedded()
        try:
            yield Path(folder)
        finally:
            queue.stop_embedded()
            offload.close()
            db.close()
