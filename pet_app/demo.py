"""The demonstration: people and pets, and what the sections served add, in an empty database."""

from datetime import date
from importlib import import_module

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from pet_app import sections
from pet_app.core import clock, db
from pet_app.core.migration import is_whole, load_models
from pet_app.core.models import Milestone
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.pet import service as pets
from pet_app.pet.rules import Measured, More, PetFacts, Sex, Species
from pet_app.user import service as users

ACCOUNTS = users.DEMO_ACCOUNTS
SEEDED = "demonstration shop"
OWNER = "owner@demo.test"
CLERK = "clerk@demo.test"

PETS = (
    PetFacts(
        "Juniper",
        Species.DOG,
        "Border Collie",
        Measured(400, 620, 540, 18_000),
        More(Sex.FEMALE, True, date(2021, 4, 18), "black and white", "985112001234561"),
    ),
    PetFacts(
        "Biscuit",
        Species.DOG,
        "Dachshund",
        Measured(300, 440, 430, 8_000),
        More(Sex.MALE, True, date(2023, 6, 2), "red", "985112001234562"),
    ),
)


def seed() -> bool:
    """Fill the shop if it is empty, never was filled and is no real one; whether it was done now.

    Everything is one transaction with the mark that it was done, so it happens once however many
    processes start together, and not at all when one of them dies in the middle.
    """
    if settings().is_production or not sections.serves("pet") or not is_whole():
        return False
    load_models()
    with db.reading() as session:
        if session.get(Milestone, SEEDED) is not None:
            return False
        # A process without the shop never loads what the shop is made of.
        shop = import_module("pet_app.showroom") if sections.serves("checkout") else None
        desk = import_module("pet_app.licensing.sample") if sections.serves("licensing") else None
        empty = _is_empty(session)
        goods = shop.goods() if shop and empty else ()
    specimens = desk.papers() if desk and empty else {}
    with db.writing() as session:
        if not _is_first(session) or not _is_empty(session):
            return False
        accounts = users.add_demo_accounts(session)
        owner = accounts[OWNER]
        identity = Identity(
            user_id=owner.id, role=Role(owner.role), name=owner.name, email=owner.email
        )
        for facts in PETS:
            pets.add_pet(session, identity, facts)
        if shop:
            shop.furnish(session, goods, identity, PETS)
        if desk:
            desk.furnish(session, specimens, identity, accounts[CLERK].id)
    return True


def _is_first(session: Session) -> bool:
    """Take the mark; who comes second waits here for the first, and then finds it taken."""
    mark = db.insert(Milestone).values(name=SEEDED, reached=clock.now()).on_conflict_do_nothing()
    taken = session.connection().execute(mark.returning(col(Milestone.name)))
    return taken.first() is not None


def _is_empty(session: Session) -> bool:
    tables = (table for name, table in SQLModel.metadata.tables.items() if name != "milestone")
    return not any(session.connection().execute(select(table).limit(1)).first() for table in tables)
