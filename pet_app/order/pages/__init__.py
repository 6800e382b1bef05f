"""The pages of orders, and what we promise about them."""

from pet_app.order.pages import returns

__all__ = ["PAGES"]

PAGES = [returns.PAGE]
