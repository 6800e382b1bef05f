"""The pages of the shop, each in a file of its own, which keeps what a browser loads small."""

from pet_app.catalog.pages import guide, home, missing, product, shop
from pet_app.catalog.pages.product import pages_of_products

__all__ = ["PAGES", "pages_from_data"]

PAGES = [home.PAGE, shop.PAGE, product.PAGE, guide.PAGE, missing.PAGE]

pages_from_data = pages_of_products
