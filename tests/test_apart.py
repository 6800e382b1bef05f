"""Licensing as a site of its own: its pages, routes, tables and jobs, and those of no other."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel

from pet_app import sections
from pet_app.core import db, migration
from pet_app.core.discovery import load_all
from pet_app.core.engine import engines
from pet_app.core.sections import NEEDS, SECTIONS, chosen
from pet_app.core.settings import ROOT, settings
from pet_app.messaging import queue

OURS = ("user", "webhook", "payment", "pet", "licensing")
FLOORS = ("core", "messaging", "ui")
TABLES = """
import json
from sqlalchemy import inspect
from pet_app.core import db, migration
from pet_app.core.engine import engines
db.migrate()
# A second start finds everything as it is.
db.migrate()
with engines().reader.connect() as connection:
    tables = inspect(connection).get_table_names()
print(json.dumps({"tables": tables, "whole": migration.is_whole()}))
"""
ALL = """
import json, sys
from pet_app import sections, startup, sitemap
from pet_app.api import make_api
from pet_app.around import around
from pet_app.messaging.bus import REACTIONS, load_reactions
api = make_api()
load_reactions()
pages = [page.route for module in sections.load("pages") for page in module.PAGES]
found = {name.split(".")[1] for name in sys.modules if name.startswith("pet_app.")}
routes = sorted(api.openapi()["paths"])
print(json.dumps({"pages": pages, "routes": routes, "modules": sorted(found),
                  "reactions": sorted(REACTIONS)}))
"""


def told(script: str, **said: str) -> Any:
    """What a process of its own prints last, as JSON."""
    environment = os.environ | {"PET_SECTIONS": "licensing"} | said
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@cache
def tables_of_ours() -> set[str]:
    """The tables of licensing, of what it stands on, and of the floors below."""
    load_all("models")
    found = set()
    for mapper in SQLModel._sa_registry.mappers:  # pyright: ignore[reportAttributeAccessIssue]
        section = mapper.class_.__module__.split(".")[1]
        if section in (*OURS, *FLOORS):
            found.add(str(mapper.class_.__tablename__))
    return found


def test_what_a_section_is_said_to_stand_on_is_what_it_imports() -> None:
    graph = grimp.build_graph("pet_app", exclude_type_checking_imports=True)
    for section in SECTIONS:
        own = f"pet_app.{section}"
        met = {
            imported.split(".")[1]
            for module in graph.find_descendants(own) | {own}
            for imported in graph.find_modules_directly_imported_by(module)
        }
        assert met & set(SECTIONS) - {section} == set(NEEDS[section]), section


def test_sections_stand_only_on_those_before_them() -> None:
    for place, section in enumerate(SECTIONS):
        assert set(NEEDS[section]) <= set(SECTIONS[:place])


def test_licensing_brings_what_it_stands_on_and_no_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PET_SECTIONS", "licensing")
    settings.cache_clear()
    assert chosen() == OURS
    assert not sections.serves("catalog")


def test_the_site_has_pages_routes_and_jobs_of_its_own_and_no_other(shop: Path) -> None:
    found = told(ALL)
    assert set(SECTIONS) & set(found["modules"]) == set(OURS)
    assert {"/", "/licensing", "/licensing/desk", "/dashboard/licensing"} <= set(found["pages"])
    others = ("/shop", "/product", "/builder", "/cart", "/checkout", "/workshop", "/track")
    assert [page for page in found["pages"] if page.startswith(others)] == []
    assert [page for page in found["pages"] if found["pages"].count(page) > 1] == []
    others = tuple(f"/api/v1/{name}" for name in ("products", "builder", "cart", "checkout"))
    assert [route for route in found["routes"] if route.startswith(others)] == []
    assert any(route.startswith("/api/v1/licensing") for route in found["routes"])
    foreign = tuple(f"{name}." for name in set(SECTIONS) - set(OURS))
    assert [name for name in found["reactions"] if name.startswith(foreign)] == []
    assert any(name.startswith("licensing.") for name in found["reactions"])


def test_a_database_of_its_own_has_its_tables_and_no_other(empty_database: str) -> None:
    found = told(TABLES)
    ours = tables_of_ours()
    # What is made by hand, for searching, begins with the name of what it belongs to.
    by_hand = {name for name in found["tables"] if not migration.is_described(name, "", {})}
    assert set(found["tables"]) - by_hand == ours | {"alembic_version"}
    assert [name for name in by_hand if not name.startswith("licence")] == []
    assert found["whole"]
    # The whole site asks for a database of the whole site.
    with pytest.raises(RuntimeError, match=r"made without .*catalog"):
        db.migrate()


def test_a_site_beside_the_main_one_leaves_all_work_to_it(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert migration.is_whole()
    monkeypatch.setenv("PET_SECTIONS", "licensing")
    settings.cache_clear()
    assert not migration.is_whole()
    queue.start_embedded()
    assert queue._embedded is None


def test_a_site_that_starts_before_the_main_one_makes_the_database_whole(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PET_SECTIONS", "licensing")
    monkeypatch.setenv("MAIN_SITE_URL", "http://localhost:3999")
    settings.cache_clear()
    db.migrate()
    with engines().reader.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    assert tables_of_ours() | {"product", "shop_order"} < tables
    assert not migration.is_whole()
