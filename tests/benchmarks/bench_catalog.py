"""How long it takes to look along shelves of a hundred to a hundred thousand products.

On SQLite and on Postgres: the shelf, filters with their counts, words, and words typed in a hurry,
beside the search one would write first. Then the two public routes, beside a bare one.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from sqlmodel import Field, Session, SQLModel, col, create_engine, select

from pet_app.api import make_api
from pet_app.catalog import service as catalog
from pet_app.catalog.models import Product
from pet_app.catalog.rules import Kind
from pet_app.catalog.service import Query
from pet_app.core import db
from pet_app.core.engine import engines
from pet_app.messaging import queue
from tests import servers
from tests.benchmarks.door import getting, in_turn, p99, rates
from tests.benchmarks.row import Row, compare, timed_ms
from tests.benchmarks.scratch import open_shop
from tests.catalog.hurry import misspelt
from tests.catalog.many import THINGS, many_products, put_in

SIZES = (100, 10_000, 100_000)
ROUTES_AT = 10_000
QUERIES, AMONG_FIRST = 200, 3
REQUESTS = 2000
FILTERED = Query(kind=Kind.COLLAR, facets={"colour": ["pine", "navy"]}, in_stock=True, limit=24)
COMMON = (*(thing for things in THINGS.values() for thing in things), "dog", "cat", "nylon")
BARE = "a bare FastAPI route that reads one row"


class BenchThing(SQLModel, table=True):
    """What the bare route reads."""

    id: int = Field(primary_key=True)
    text: str


def rows() -> list[Row]:
    found: list[Row] = []
    for kind in ("SQLite", "Postgres"):
        for size in SIZES:
            with _shop(kind, size) as titles:
                found += _looking(f"{kind}, {size:,} products", titles)
                if size == ROUTES_AT:
                    found += _routes(kind)
    servers.stop_all()
    return found


@contextmanager
def _shop(kind: str, size: int) -> Iterator[list[str]]:
    url = servers.postgres().create(f"bench_{size}") if kind == "Postgres" else ""
    with open_shop(url):
        # Only looking is measured; what is announced waits.
        queue.stop_embedded()
        with db.writing() as session:
            put_in(session, many_products(size))
        if url:
            with engines().writer.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql("VACUUM ANALYZE")
        yield [product.title for product in many_products(size)]


def _looking(where: str, titles: list[str]) -> list[Row]:
    chance = random.Random(3)
    picked = [chance.choice(titles) for _ in range(QUERIES)]
    typed = [misspelt(title, chance) for title in picked]
    shelf = timed_ms(lambda: _look(Query(limit=24)), 60)
    filtered = timed_ms(lambda: _look(FILTERED), 60)
    words = picked + [chance.choice(COMMON) for _ in range(QUERIES)]
    ours = [_took(text) for text in words]
    plain = [timed_ms(lambda text=text: _plainly(text), 1, warm_up=0)[0] for text in words]
    hurried = [_took(text) for text in typed]
    met = sum(
        title in (product.title for product in _look(Query(text, limit=AMONG_FIRST)).products)
        for title, text in zip(picked, typed, strict=True)
    )
    like = "LIKE, nothing counted"
    return [
        Row(f"shelf with counts, {where}", round(_median(shelf), 1), "ms"),
        Row(f"filters with counts, {where}", round(_median(filtered), 1), "ms"),
        compare(f"search, {where}", "ms", ours, like, plain, 1),
        compare(f"search p99, {where}", "ms", [p99(ours)], like, [p99(plain)], 1),
        Row(f"misspelt, {where}", round(_median(hurried), 1), "ms"),
        Row(f"misspelt p99, {where}", round(p99(hurried), 1), "ms"),
        Row(f"misspelt, meant in first 3, {where}", round(100 * met / QUERIES, 1), "%"),
    ]


def _routes(kind: str) -> list[Row]:
    ours, bare = make_api(), getting(_bare(), "/things/1")
    found: list[Row] = []
    for name, path in (("list", "/api/v1/products?limit=24"), ("page", "/api/v1/products/p-7")):
        ask = getting(ours, path)
        mine, theirs = in_turn(REQUESTS, ask, bare)
        rate, bare_rate = rates(REQUESTS, ask, bare)
        found += [
            compare(f"product {name}, {kind}", "ms", mine, BARE, theirs),
            compare(f"product {name} p99, {kind}", "ms", [p99(mine)], BARE, [p99(theirs)]),
            compare(f"product {name} in a second, {kind}", "/s", rate, BARE, bare_rate, 0),
        ]
    return found


def _bare() -> FastAPI:
    engine = create_engine(engines().writer.url)
    SQLModel.metadata.tables["benchthing"].create(engine)
    with Session(engine) as session:
        session.add(BenchThing(id=1, text="x" * 300))
        session.commit()
    app = FastAPI()

    @app.get("/things/{thing_id}")
    def read_thing(thing_id: int) -> BenchThing:
        with Session(engine) as session:
            return session.exec(select(BenchThing).where(BenchThing.id == thing_id)).one()

    return app


def _look(query: Query) -> catalog.Found:
    with db.reading() as session:
        return catalog.search(session, query)


def _took(text: str) -> float:
    return timed_ms(lambda: _look(Query(text, limit=24)), 1, warm_up=0)[0]


def _plainly(text: str) -> None:
    with db.reading() as session:
        query = select(Product)
        for word in text.split():
            query = query.where(col(Product.title).ilike(f"%{word}%"))
        session.exec(query.limit(24)).all()


def _median(found: list[float]) -> float:
    return sorted(found)[len(found) // 2]
