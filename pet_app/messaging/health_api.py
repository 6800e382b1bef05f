"""Health for whoever watches the shop: JSON, 200 when well and 503 when not."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from pet_app.core.health import Check, check_db, check_redis, guarded
from pet_app.core.mail.health import check_mail
from pet_app.core.security import ANYBODY
from pet_app.messaging.health import check_queue, check_ready

router = APIRouter(tags=["health"], dependencies=[ANYBODY])

CHECKS: dict[str, Callable[[], Check]] = {
    "db": check_db,
    "redis": check_redis,
    "queue": check_queue,
    "mail": check_mail,
}


@router.get("/health")
def health(response: Response) -> dict[str, Any]:
    """Everything at once."""
    checks = {name: guarded(check) for name, check in CHECKS.items()}
    well = all(check.well for check in checks.values())
    response.status_code = 200 if well else 503
    return {
        "status": "ok" if well else "failing",
        "checks": {name: check.as_json() for name, check in checks.items()},
    }


@router.get("/health/db")
def health_db(response: Response) -> dict[str, Any]:
    """Whether the database answers, and how fast."""
    return _answer(response, check_db)


@router.get("/health/redis")
def health_redis(response: Response) -> dict[str, Any]:
    """Whether Redis answers, when there is one."""
    return _answer(response, check_redis)


@router.get("/health/queue")
def health_queue(response: Response) -> dict[str, Any]:
    """What waits in the queue, for how long, and what was given up."""
    return _answer(response, check_queue)


@router.get("/health/mail")
def health_mail(response: Response) -> dict[str, Any]:
    """How many letters wait for their server, since when, and why."""
    return _answer(response, check_mail)


@router.get("/ready")
def ready(response: Response) -> dict[str, Any]:
    """Whether this process may be sent visitors: the database answers and has its tables."""
    return _answer(response, check_ready)


def _answer(response: Response, check: Callable[[], Check]) -> dict[str, Any]:
    found = guarded(check)
    response.status_code = 200 if found.well else 503
    return found.as_json()
