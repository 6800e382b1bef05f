"""How long a clerk, a finder and the clock wait with five thousand and half a million licences.

On SQLite and on Postgres, each with how many statements it took. Half of all is one town's; a fifth
as many applications were decided in the year behind, and a hundredth waits. `LICENCES=50000`
measures another size.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import event, insert
from sqlmodel import Session, SQLModel

from pet_app.core import clock, db
from pet_app.core.engine import engines
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, Role, user_owner
from pet_app.licensing import facts, signing
from pet_app.licensing import service as licensing
from pet_app.licensing.models import Application, Certificate, Licence
from pet_app.licensing.rules import Case, Species
from pet_app.licensing.rules.standing import Kind, Status
from pet_app.licensing.sample import cases
from pet_app.licensing.service import QueueAsked, keys
from pet_app.licensing.service.rows import searched, stored
from pet_app.licensing.service.views import line_told
from pet_app.licensing.tasks.reminders import remind_town
from pet_app.messaging import queue
from tests import servers
from tests.benchmarks.row import Row, timed_ms
from tests.benchmarks.scratch import open_shop

SIZES = tuple(map(int, os.environ.get("LICENCES", "5000 500000").split()))
BATCH = 20_000
PEOPLE = 1500
CHECKED = 200
LARGE, *OTHERS = cases.TOWNS
CLERK = Identity(user_id="0clerk", role=Role.CLERK, name="Clem", strong=True)


def rows() -> list[Row]:
    found: list[Row] = []
    for kind in os.environ.get("DATABASES", "SQLite Postgres").split():
        for size in SIZES:
            with _town(kind, size) as texts:
                found += _waits(f"{kind}, {size:,} licences", texts)
    servers.stop_all()
    return found


@contextmanager
def _town(kind: str, size: int) -> Iterator[list[str]]:
    url = servers.postgres().create(f"bench_licences_{size}") if kind == "Postgres" else ""
    with open_shop(url):
        queue.stop_embedded()
        with db.writing() as session:
            for town_id in cases.TOWNS:
                licensing.appoint_clerk(session, CLERK.user_id or "", town_id)
            texts = _fill(session, size)
        with engines().writer.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql("VACUUM ANALYZE" if url else "ANALYZE")
        yield texts


def _waits(where: str, texts: list[str]) -> list[Row]:
    chance = random.Random(5)
    names = [cases.holder(chance.randrange(10_000), LARGE).name for _ in range(40)]
    checked = iter(texts * 2)
    named = iter(names * 4)
    return [
        row
        for name, repeats, work in (
            ("queue", 30, lambda: _read(licensing.queue, QueueAsked(LARGE))),
            ("queue of all towns", 30, lambda: _read(licensing.queue, QueueAsked())),
            ("queue, decided", 20, lambda: _read(licensing.queue, _decided())),
            ("queue by words", 20, lambda: _read(licensing.queue, QueueAsked(text=next(named)))),
            ("look up by words", 20, lambda: _read(licensing.look_up, next(named))),
            ("look up by a common word", 10, lambda: _read(licensing.look_up, "luna")),
            ("look up by a number", 20, lambda: _read(licensing.look_up, "CA-000017")),
            ("latest licences", 20, lambda: _read(licensing.look_up, "")),
            ("verify a certificate", 60, lambda: _verify(next(checked))),
            ("figures of a year", 2, lambda: _read(licensing.figures, LARGE, _year())),
            ("simulate other fees", 1, lambda: _read(licensing.simulate, LARGE)),
            ("export licences", 1, lambda: _export("licences")),
            ("reminder run", 1, _remind),
            ("reminder run, nothing to do", 2, _remind),
        )
        for row in _measured(f"{name}, {where}", repeats, work)
    ]


def _measured(name: str, repeats: int, work: Callable[[], object]) -> list[Row]:
    once = repeats == 1
    counted = [0]

    def count(*_: object) -> None:
        counted[0] += 1

    # On Postgres both are one, and what is counted of one would count twice.
    both = [engines().writer, engines().reader] if db.is_sqlite() else [engines().writer]
    for engine in both:
        event.listen(engine, "before_cursor_execute", count)
    took = sorted(timed_ms(work, repeats, warm_up=0 if once else 1))
    for engine in both:
        event.remove(engine, "before_cursor_execute", count)
    found = Row(name, round(took[len(took) // 2], 1), "ms")
    statements = Row(f"{name}, statements", round(counted[0] / (repeats + (not once))), "")
    print(found, statements, flush=True, file=sys.stderr)
    return [found, statements]


def _read(verb: Callable[..., Any], *args: Any) -> Any:
    with db.reading() as session:
        return verb(session, CLERK, *args)


def _verify(text: str) -> None:
    with db.reading() as session:
        assert licensing.verify(session, text).good


def _export(what: Any) -> None:
    assert sum(map(len, licensing.export_csv(CLERK, LARGE, what))) > 0


def _remind() -> None:
    for where in licensing.towns():
        remind_town(where)


def _decided() -> QueueAsked:
    return QueueAsked(shelf="decided", sort="newest")


def _year() -> int:
    return clock.now().year


def _fill(session: Session, size: int) -> list[str]:
    """Licences, applications and certificates; the texts of some of these."""
    today = clock.now().date()
    key_id, private = keys.signing_key(session)
    texts: list[str] = []
    for first in range(0, size, BATCH):
        numbers = range(first, min(first + BATCH, size))
        licences = [_licence(number, today) for number in numbers]
        _put(session, Licence, licences)
        certificates = [_certificate(row, key_id) for row in licences]
        for row, made in zip(licences, certificates, strict=True):
            if len(texts) < CHECKED and row["ends"] > today:
                made["text"] = _signed(row, key_id, private, today)
                texts.append(made["text"])
        _put(session, Certificate, certificates)
        _put(session, Application, [_application(row, today) for row in licences[::5]])
    return texts


def _put(session: Session, model: type[SQLModel], values: list[dict[str, Any]]) -> None:
    table = model.__table__  # pyright: ignore[reportAttributeAccessIssue]
    session.connection().execute(insert(table), values)


def _licence(number: int, today: date) -> dict[str, Any]:
    town_id = LARGE if number % 2 else OTHERS[number // 2 % len(OTHERS)]
    like = _like(number % PEOPLE, town_id, today)
    # Most hold; each day of the year before and after about as many run out.
    ends = today + timedelta(days=number % 400 - 35)
    named = f"{town_id.split('-')[1].upper()}-{number:06}"
    return like | {
        "id": new_id(),
        "owner": user_owner(new_id()),
        "number": named,
        "tag_code": f"{number:08}",
        "search": f"{named.replace('-', ' ').lower()} {like['search']}",
        "altered": number % 4 != 0,
        "begins": ends - timedelta(days=364),
        "term_ends": ends,
        "ends": ends,
    }


@cache
def _like(number: int, town_id: str, today: date) -> dict[str, Any]:
    told = cases.form(number, town_id, today)
    row = Licence(
        owner="",
        town_id=town_id,
        number="",
        tag_code="",
        holder=vars(told.holder),
        animal=vars(told.animal),
        species="dog",
        altered=True,
        term="1",
        begins=today,
        certificate=1,
        created=clock.now(),
        changed=clock.now(),
    )
    row.search = licensing.search_text(row)
    return row.model_dump()


def _certificate(licence: dict[str, Any], key_id: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "licence_id": licence["id"],
        "serial": 1,
        "application_id": new_id(),
        "key_id": key_id,
        "text": "x" * 160,
        "file_key": "private/" + "ab" * 32 + ".pdf",
        "issued": licence["created"],
    }


def _signed(licence: dict[str, Any], key_id: str, private: bytes, today: date) -> str:
    claim = signing.Claim(
        key_id=key_id,
        town_id=licence["town_id"],
        number=licence["number"],
        serial=1,
        species="dog",
        begins=licence["begins"],
        ends=licence["ends"],
        issued=today,
    )
    return signing.sign(claim, private)


def _application(licence: dict[str, Any], today: date) -> dict[str, Any]:
    number = int(licence["tag_code"])
    where = licensing.town(licence["town_id"])
    waits = number % 500 == 0
    handed_in = today - timedelta(days=number // 5 % 320)
    told = cases.form(number, where.id, handed_in)
    case = Case(
        Species.DOG,
        licence["altered"],
        handed_in,
        "1",
        rabies_until=facts.rabies_until(told),
        online=True,
    )
    priced = licensing.what_it_costs(where, case)
    moment = clock.now() - (today - handed_in)
    row = Application(
        owner=licence["owner"],
        town_id=where.id,
        licence_id=licence["id"],
        pet_id=new_id(),
        kind=Kind.NEW.value,
        status=(Status.IN_REVIEW if waits else Status.APPROVED).value,
        form=stored(told),
        case=facts.frozen(case),
        receipt=[line_told(line) for line in priced.fee.lines],
        term="1",
        fee_cents=priced.total.cents,
        currency=where.currency,
        handed_in=handed_in,
        submitted=moment,
        waiting_since=moment if waits else None,
        paid=moment,
        decided=None if waits else moment + timedelta(hours=number % 60),
        search=searched(told),
        created=moment,
        changed=moment,
    )
    return row.model_dump()
