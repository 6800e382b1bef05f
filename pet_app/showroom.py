"""What a demonstration of the shop has beside people and pets: goods, codes and saved designs."""

from sqlmodel import Session

from pet_app import stockroom
from pet_app.builder import service as builder
from pet_app.catalog import service as catalog
from pet_app.checkout import service as checkout
from pet_app.checkout.rules import PromotionKind
from pet_app.core.security import Identity, Role
from pet_app.pet.rules import PetFacts

SHOPKEEPER = Identity(user_id="demonstration", role=Role.ADMIN, strong=True)

DESIGNS = (
    ("Juniper's hill harness", "harness", 0, 25, "nylon chevron pine honey black"),
    ("Juniper's Sunday collar", "collar", 0, 25, "leather plain oxblood honey brass"),
    ("Biscuit's raincoat collar", "collar", 1, 15, "biothane plain marigold navy brushed"),
)
"""Name, kind, place among the pets, width in millimetres; material, pattern, colour, accent,
finish."""
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


def goods() -> tuple[catalog.NewProduct, ...]:
    """Everything on the shelf, priced; slow, so before anybody has to wait for the database."""
    return tuple(stockroom.products())


def furnish(
    session: Session,
    goods: tuple[catalog.NewProduct, ...],
    owner: Identity,
    pets: tuple[PetFacts, ...],
) -> None:
    """Put these goods on the shelf, codes beside them, and designs for the pets of `owner`."""
    for product in goods:
        catalog.add_product(session, product)
    for promotion in PROMOTIONS:
        checkout.add_promotion(session, SHOPKEEPER, promotion)
    for name, kind, pet, width_mm, look in DESIGNS:
        body = pets[pet].body
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
