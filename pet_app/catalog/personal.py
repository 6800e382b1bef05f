"""The catalogue holds nothing about people, but names files that designs of theirs may share."""

from collections.abc import Collection

from sqlmodel import Session, col

from pet_app.catalog.models import Product
from pet_app.core.personal import Holding, Person, Shown, register


def show(_session: Session, _person: Person) -> Shown:
    """Nothing."""
    return Shown({})


def erase(_session: Session, _person: Person) -> Collection[str]:
    """Nothing."""
    return ()


register(
    Holding("catalog", (), show, erase, files=(col(Product.picture), col(Product.picture_small)))
)
