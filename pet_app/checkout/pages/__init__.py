"""The pages of cart and checkout, and the till they open for the buttons of every other page."""

from pet_app.checkout.pages import cart, checkout, done, shipping
from pet_app.checkout.state.till import ShopTill
from pet_app.ui.cart import open_till

__all__ = ["PAGES"]

PAGES = [cart.PAGE, checkout.PAGE, done.PAGE, shipping.PAGE]

open_till(ShopTill())
