"""The demonstration shop: people, pets, products, codes and designs, put into an empty database."""

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from pet_app import stockroom
from pet_app.builder import service as builder
from pet_app.catalog import service as catalog
from pet_app.checkout import service as checkout
from pet_app.checkout.rules import PromotionKind
from pet_app.core import clock, db
from pet_app.core.migration import load_models
from pet_app.core.models import Milestone
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.pet import service as pets
from pet_app.pet.rules import Measured, PetFacts, Species
from pet_app.user import service as users

ACCOUNTS = users.DEMO_ACCOUNTS
SEEDED = "demonstration shop"
OWNER = "owner@demo.test"
SHOPKEEPER = Identity(user_id="demonstration", role=Role.ADMIN, strong=True)

PETS = (
    PetFacts("Juniper", Species.DOG, "Border Collie", Measured(400, 620, 540, 18_000)),
    PetFacts("Biscuit", Species.DOG, "Dachshund", Measured(300, 440, 430, 8_000)),
)


DESIGNS = (
    ("Juniper's hill harness", "harness", 0, 25, "nylon chevron pine honey black"),
    ("Juniper's Sunday collar", "collar", 0, 25, "leather plain oxblood honey brass"),
    ("Biscuit's raincoat collar", "collar", 1, 15, "biothane plain marigold navy brushed"),
)
"""Name, kind, place in `PETS`, width in millimetres; material, pattern, colour, accent, finish."""
LOOK = ("material", "pattern", "colour", "accent", "finish")

PROMOTIONS = (
    checkout.NewPromotion(
        "WELCOME10",
        "10% off your first order",
        PromotionKind.PERCENT,
        percent=10,
        group="money off",
        most_per_person=1,
    ),
    checkout.NewPromotion(
        "TEAMOFTWO",
        "$12 off from $100",
        PromotionKind.AMOUNT,
        amount_cents=1200,
        minimum_cents=10_000,
        group="money off",
    ),
    checkout.NewPromotion(
        "FREEPOST",
        "Free shipping from $40",
        PromotionKind.FREE_SHIPPING,
        minimum_cents=4000,
    ),
)


def seed() -> bool:
    """Fill the shop if it is empty, never was filled and is no real one; whether it was done now.

    Everything is one transaction with the mark that it was done, so it happens once however many
    processes start together, and not at all when one of them dies in the middle.
    """
    if settings().is_production:
        return False
    load_models()
    with db.reading() as session:
        if session.get(Milestone, SEEDED) is not None:
            return False
        # priced before anybody has to wait for the database
        goods = tuple(stockroom.products()) if _is_empty(session) else ()
    with db.writing() as session:
        if not _is_first(session) or not _is_empty(session):
            return False
        owner = users.add_demo_accounts(session)[OWNER]
        for product in goods:
            catalog.add_product(session, product)
        for promotion in PROMOTIONS:
            checkout.add_promotion(session, SHOPKEEPER, promotion)
        identity = Identity(user_id=owner.id, role=Role(owner.role), name=owner.name)
        _furnish(session, identity)
    return True


def _furnish(session: Session, owner: Identity) -> None:
    for facts in PETS:
        pets.add_pet(session, owner, facts)
    for name, kind, pet, width_mm, look in DESIGNS:
        body = PETS[pet].body
        design = {
            "format": 1,
            "kind": kind,
            "width_mm": width_mm,
            "measurements": {
                "neck_mm": body.neck_mm,
                "girth_mm": body.girth_mm,
                "back_mm": body.back_mm,
                "weight_g": body.weight_g,
            },
            "look": dict(zip(LOOK, look.split(), strict=True)),
        }
        builder.save_design(session, owner, design, name, request_key=f"demo {name}")


def _is_first(session: Session) -> bool:
    """Take the mark; who comes second waits here for the first, and then finds it taken."""
    mark = db.insert(Milestone).values(name=SEEDED, reached=clock.now()).on_conflict_do_nothing()
    taken = session.connection().execute(mark.returning(col(Milestone.name)))
    return taken.first() is not None


def _is_empty(session: Session) -> bool:
    tables = (table for name, table in SQLModel.metadata.tables.items() if name != "milestone")
    return not any(session.connection().execute(select(table).limit(1)).first() for table in tables)
