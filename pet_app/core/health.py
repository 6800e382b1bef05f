"""Whether what the shop stands on answers: the database, and Redis when there is one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from pet_app.core import db
from pet_app.core.errors import Problem
from pet_app.core.redis import redis
from pet_app.core.telemetry import log


@dataclass(frozen=True)
class Check:
    """One answer: how it stands, and figures beside it."""

    status: Literal["ok", "failing", "not configured"]
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Whether nobody needs to be woken."""
        return self.status != "failing"

    def as_json(self) -> dict[str, Any]:
        """The status and the figures side by side."""
        return {"status": self.status, **self.figures}


def check_db() -> Check:
    """Whether the database answers, and in how many milliseconds."""
    started = perf_counter()
    with db.reading() as session:
        session.connection().execute(text("SELECT 1"))
    kind = "sqlite" if db.is_sqlite() else "postgres"
    return Check("ok", {"database": kind, "ms": _since(started)})


def check_redis() -> Check:
    """Whether Redis answers, and in how many milliseconds."""
    client = redis()
    if client is None:
        return Check("not configured")
    started = perf_counter()
    client.ping()
    return Check("ok", {"ms": _since(started)})


def guarded(check: Callable[[], Check]) -> Check:
    """The check's answer, or a failing one when it raises; what was raised goes to the log."""
    try:
        return check()
    except (SQLAlchemyError, RedisError, OSError, Problem) as error:
        log.warning("health check failed", check=check.__name__, error=str(error))
        return Check("failing")


def _since(started: float) -> float:
    return round(1000 * (perf_counter() - started), 2)
