"""Opening a shop: once, whole and by any number of processes; never with demo data for real."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import ValidationError
from sqlmodel import SQLModel, col, func, select

from pet_app import demo, sections, showroom, startup, warming
from pet_app.builder.models import SavedDesign
from pet_app.catalog import service as catalog
from pet_app.catalog.models import Variant
from pet_app.catalog.rules import Kind
from pet_app.checkout.models import Promotion
from pet_app.core import db
from pet_app.core.settings import DEVELOPMENT_SECRET, ROOT, Settings, settings
from pet_app.pet.models import Pet
from pet_app.user.models import User

PREPARE = "from pet_app import startup; startup.prepare()"
PROCESSES = int(os.environ.get("PROCESSES", "2"))


def count(table: type[SQLModel]) -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def for_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this the shop of real visitors, with all it cannot do without."""
    monkeypatch.setenv("PET_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", "a secret of our own, forty characters or so")
    monkeypatch.setenv("MAIL_URL", "smtps://mail.test")
    monkeypatch.setenv("MAIL_FROM", "hello@shop.test")
    settings.cache_clear()


def test_several_processes_may_open_one_empty_shop_at_once(empty_database: str) -> None:
    starting = [
        subprocess.Popen([sys.executable, "-c", PREPARE], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in starting]
    assert [process.returncode for process in starting] == [0] * PROCESSES, "\n".join(said)
    assert count(User) == len(demo.ACCOUNTS)
    assert count(Pet) == len(demo.PETS)


def test_the_demonstration_shop_has_every_kind_two_pets_and_designs(database: str) -> None:
    assert demo.seed()
    with db.reading() as session:
        products = catalog.list_products(session).products
        designs = session.exec(select(SavedDesign).where(col(SavedDesign.name) != "")).all()
        codes = set(session.exec(select(Promotion.code).where(col(Promotion.active))).all())
        stocked = session.exec(select(func.count()).where(col(Variant.stock) > 0)).one()
    assert {product.kind for product in products} == set(Kind)
    assert all(product.price_cents > 0 for product in products)
    assert codes == {"WELCOME10", "TEAMOFTWO", "FREEPOST"}
    assert stocked > 30
    assert count(Pet) == 2
    assert len(designs) == len(showroom.DESIGNS)


def test_a_shop_is_filled_once(sqlite_database: str) -> None:
    assert demo.seed()
    assert not demo.seed()


def test_a_shop_with_anything_in_it_is_left_alone(sqlite_database: str) -> None:
    with db.writing() as session:
        demo.users.add_demo_accounts(session)
    assert not demo.seed()
    assert count(Pet) == 0


def test_production_seeds_nothing(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for_real(monkeypatch)
    startup.prepare()
    assert count(User) == 0


@pytest.mark.parametrize("secret", ["", DEVELOPMENT_SECRET, "too short"])
def test_production_refuses_a_secret_anybody_could_know(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PET_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", secret)
    with pytest.raises(ValidationError, match="SECRET_KEY"):
        Settings()  # pyright: ignore[reportCallIssue]


def test_a_process_serves_the_sections_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PET_SECTIONS", "catalog, user")
    settings.cache_clear()
    # and what the catalogue stands on
    assert sections.chosen() == ("user", "pet", "catalog")


def test_an_unknown_section_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PET_SECTIONS", "catalogue")
    settings.cache_clear()
    with pytest.raises(ValueError, match="catalogue"):
        sections.chosen()


def test_seeding_by_hand_is_refused_in_production(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for_real(monkeypatch)
    assert not demo.seed()
    assert count(User) == 0


@pytest.mark.usefixtures("sqlite_database")
def test_a_shop_opens_once_what_warms_it_has_ended_however_that_was() -> None:
    beside = warming.begin(wait_for_pictures=False)
    with ThreadPoolExecutor(1) as threads:
        opening = threads.submit(warming.wait)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.2)
        beside.kill()
        opening.result(timeout=10)
    assert beside.wait(timeout=10) < 0
