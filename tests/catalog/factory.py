"""Products for tests."""

from dataclasses import replace

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.catalog.rules import Kind, NewProduct
from pet_app.catalog.service import Product
from pet_app.core.money import Money

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
