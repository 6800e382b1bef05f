"""The pages of orders."""

from pet_app.order.pages import order, returns, shelf, track

__all__ = ["PAGES"]

PAGES = [track.PAGE, shelf.PAGE, order.PAGE, returns.PAGE]
