"""Products for tests."""

from dataclasses import replace

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import Kind, NewProduct, NewVariant
from pet_app.catalog.service import Product, Variant
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role

TRAIL = NewProduct(
    handle="trail-harness",
    kind=Kind.HARNESS,
    title="Trail harness",
    subtitle="Pine and marigold",
    story="For long days out.",
    alt="A green harness",
    price=Money(7000),
    design={"format": 1, "kind": "harness"},
    details=(("Material", "Nylon webbing"), ("Care", "Wash it")),
)


def make_product(session: Session, handle: str = "trail-harness", **changes: object) -> Product:
    """A product, put on the shelf as the shop would."""
    new = replace(TRAIL, handle=handle, **changes)  # pyright: ignore[reportArgumentType]
    return catalog.add_product(session, new)


STAFF = Identity(user_id="staff", role=Role.STAFF, name="Sam", strong=True)
OLIVE = Identity(visitor="o" * 64, user_id="olive", role=Role.USER, name="Olive")
PASSER_BY = Identity(visitor="p" * 64)


def make_stocked(
    session: Session, handle: str = "slow-bowl", stock: int = 1, **changes: object
) -> Variant:
    """Something that lies on the shelf so many times, in one form."""
    form = NewVariant(handle.upper(), Money(1900), 400, (("Size", "M"),), stock=stock)
    thing = {"format": 1, "thing": "bowl"}
    made = {"kind": Kind.BOWL, "title": "Slow bowl", "made": False, "design": thing} | changes
    product = make_product(session, handle, variants=(form,), **made)
    return catalog.variants_of(session, product)[0]
