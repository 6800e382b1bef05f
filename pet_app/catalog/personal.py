"""What is held about people who look, wish, buy and say how it was; and pictures of products."""

from collections.abc import Collection

from sqlmodel import Session, SQLModel, col, select

from pet_app.catalog import service as catalog
from pet_app.catalog.models import Look, Product, Purchase, Review, Wish
from pet_app.core.personal import Holding, Person, Shown, register, told

TABLES: dict[str, type[Wish | Look | Purchase | Review]] = {
    "wishes": Wish,
    "looks": Look,
    "purchases": Purchase,
    "reviews": Review,
}


def show(session: Session, person: Person) -> Shown:
    """Each with the address of the product it is about, besides its id."""
    rows = {name: _rows(session, table, person) for name, table in TABLES.items()}
    ids = {row.product_id for found in rows.values() for row in found}
    named = select(Product.id, Product.handle).where(col(Product.id).in_(ids))
    handles = dict(session.exec(named).all())
    return Shown(
        {
            name: [told(row, "owner") | {"product": handles[row.product_id]} for row in found]
            for name, found in rows.items()
        }
    )


def erase(session: Session, person: Person) -> Collection[str]:
    """All of it; what they said of a product counts no more."""
    for table in TABLES.values():
        for row in _rows(session, table, person):
            if isinstance(row, Review):
                catalog.drop_review(session, row)
            else:
                session.delete(row)
    session.flush()
    return ()


def _rows(
    session: Session, table: type[Wish | Look | Purchase | Review], person: Person
) -> list[Wish | Look | Purchase | Review]:
    mine = select(table).where(table.owner == person.owner)
    return list(session.exec(mine.order_by(col(table.id))))


COVERS: tuple[type[SQLModel], ...] = tuple(TABLES.values())
PICTURES = (col(Product.picture), col(Product.picture_small))
register(Holding("catalog", COVERS, show, erase, files=PICTURES))
