"""The pages of the shop, each in a file of its own, which keeps what a browser loads small."""

from pet_app.catalog.pages import guide, home, product, shop, small_print, wishes
from pet_app.catalog.pages.fills import ADDRESSES, FILLS

__all__ = ["ADDRESSES", "FILLS", "PAGES"]

PAGES = [
    home.PAGE,
    shop.PAGE,
    product.PAGE,
    guide.PAGE,
    *small_print.PAGES,
    wishes.PAGE,
]
