"""The checkout's till, as the buttons of every page reach it."""

from sqlmodel import Session

from pet_app.checkout import service as checkout
from pet_app.checkout.service import CartLineView, CartView
from pet_app.core.security import Identity
from pet_app.ui.cart import Put


class ShopTill:
    """Puts things into carts and says what went in."""

    def pieces(self, session: Session, identity: Identity) -> int:
        """How many pieces lie in the cart."""
        return checkout.count_of(session, identity)

    def put_variant(
        self, session: Session, identity: Identity, variant_id: str, quantity: int, click: str
    ) -> Put:
        """Put in what lies on the shelf."""
        cart = checkout.add_variant(session, identity, variant_id, quantity, click)
        return _put(next(line for line in cart.lines if line.variant_id == variant_id), quantity)

    def put_design(
        self, session: Session, identity: Identity, design_id: str, quantity: int, click: str
    ) -> Put:
        """Put in a design somebody saved."""
        cart = checkout.add_design(session, identity, design_id, quantity, click)
        return _put(_of_design(cart, design_id), quantity)

    def put_again(
        self, session: Session, identity: Identity, order_id: str, click: str, key: str
    ) -> tuple[str, ...]:
        """Put in what an order held; a sentence for each thing that cannot be had any more."""
        cart = checkout.buy_again(session, identity, order_id, click, key)
        return tuple(dict.fromkeys(found.sentence for found in cart.problems))


def _of_design(cart: CartView, design_id: str) -> CartLineView:
    # The same piece saved twice is one line, under the design that came first; the newest is last.
    same = (line for line in cart.lines if line.design_id == design_id)
    return next(same, cart.lines[-1])


def _put(line: CartLineView, quantity: int) -> Put:
    return Put(line.title, line.words, str(line.unit), line.picture, quantity)
