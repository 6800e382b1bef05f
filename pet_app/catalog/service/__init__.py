"""The verbs of the catalogue, each with the session first."""

from pet_app.catalog.models import Variant
from pet_app.catalog.rules import NewProduct, NewVariant
from pet_app.catalog.service.products import (
    LONGEST_SHELF,
    Product,
    Shelf,
    add_product,
    attach_picture,
    get_product,
    list_products,
    product_by_handle,
    related_products,
    variants_of,
)
from pet_app.catalog.service.stock import (
    OutOfStock,
    Sellable,
    available,
    put_back,
    release,
    reserve,
    sellable,
    sweep,
    take,
)

__all__ = [
    "LONGEST_SHELF",
    "NewProduct",
    "NewVariant",
    "OutOfStock",
    "Product",
    "Sellable",
    "Shelf",
    "Variant",
    "add_product",
    "attach_picture",
    "available",
    "get_product",
    "list_products",
    "product_by_handle",
    "put_back",
    "related_products",
    "release",
    "reserve",
    "sellable",
    "sweep",
    "take",
    "variants_of",
]
