"""What is held about people in their carts: what lies in them, and where it was to go."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from pet_app.checkout.models import Cart, CartLine
from pet_app.core.personal import Holding, Person, Shown, register, told


def show(session: Session, person: Person) -> Shown:
    """The cart of a person with its lines."""
    carts = _carts(session, person)
    lines = [row for cart in carts for row in _lines(session, cart)]
    return Shown(
        {
            "cart": [
                told(cart, "owner", "requests", "order_digest")
                | {"email": cart.email, "address": cart.address}
                for cart in carts
            ],
            "cart_lines": [told(row, "cart_id") for row in lines],
        }
    )


def erase(session: Session, person: Person) -> Collection[str]:
    """The cart and all that lies in it; it names no files of its own."""
    for cart in _carts(session, person):
        for row in _lines(session, cart):
            session.delete(row)
        session.flush()
        session.delete(cart)
    session.flush()
    return ()


def _carts(session: Session, person: Person) -> list[Cart]:
    return list(session.exec(select(Cart).where(Cart.owner == person.owner)))


def _lines(session: Session, cart: Cart) -> list[CartLine]:
    lines = select(CartLine).where(CartLine.cart_id == cart.id).order_by(col(CartLine.id))
    return list(session.exec(lines))


register(Holding("carts", (Cart,), show, erase))
