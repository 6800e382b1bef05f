"""Putting something into a cart, from the request to the answer, beside a bare route that writes
one row."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine

from pet_app.api import make_api
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import VISITOR_COOKIE, new_token
from pet_app.core.settings import settings
from pet_app.messaging import queue
from tests.benchmarks.door import Ask, p99, posting, rate, samples
from tests.benchmarks.row import Row, compare
from tests.benchmarks.scratch import open_shop
from tests.checkout.factory import make_variant

REQUESTS = 400
THINGS = 20
VERSUS = "a bare FastAPI route that writes one row"


class BenchLine(SQLModel, table=True):
    """What the bare route writes."""

    id: str = Field(primary_key=True)
    variant_id: str
    quantity: int


def rows() -> list[Row]:
    """A guest's first thing: the cart is made, filled, priced and shown."""
    os.environ.pop("STRIPE_SECRET_KEY", None)
    settings.cache_clear()
    with open_shop() as folder:
        # Only the door is measured; what it announces waits.
        queue.stop_embedded()
        things = _shelf()
        ours = posting(make_api(), "/api/v1/cart/lines", _line(things), _guest)
        theirs = posting(_bare(folder), "/lines", _line(things), _guest)
        one_ours, one_theirs = samples(ours, REQUESTS), samples(theirs, REQUESTS)
        rates = [_rate(ours)], [_rate(theirs)]
    return [
        compare("add to cart", "ms", one_ours, VERSUS, one_theirs),
        compare("add to cart, p99", "ms", [p99(one_ours)], VERSUS, [p99(one_theirs)]),
        compare("add to cart, in a second", "/s", rates[0], VERSUS, rates[1], digits=0),
    ]


def _shelf() -> list[str]:
    """Put so many things on sale; their variants."""
    with db.writing() as session:
        return [make_variant(session, f"thing-{number}", stock=9999).id for number in range(THINGS)]


def _line(things: list[str]) -> Callable[[int], bytes]:
    def body(number: int) -> bytes:
        told = {"variant_id": things[number % len(things)], "request_key": new_id()}
        return json.dumps(told | {"quantity": 1}).encode()

    return body


def _guest(_number: int) -> list[tuple[bytes, bytes]]:
    return [(b"cookie", f"{VISITOR_COOKIE}={new_token()}".encode())]


def _bare(folder: Path) -> FastAPI:
    engine = create_engine(f"sqlite:///{folder / 'bare.db'}")
    _lasting(engine)
    SQLModel.metadata.tables["benchline"].create(engine)
    app = FastAPI()

    @app.post("/lines")
    def add_line(line: dict[str, Any]) -> dict[str, str]:
        with Session(engine) as session:
            row = BenchLine(id=new_id(), variant_id=line["variant_id"], quantity=line["quantity"])
            session.add(row)
            session.commit()
            return {"id": row.id}

    return app


def _lasting(engine: Engine) -> None:
    """What is answered has reached the disk, as with us."""

    @event.listens_for(engine, "connect")
    def _set(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")


def _rate(ask: Ask) -> float:
    return rate(ask, REQUESTS)
