"""What happens because of a design: its models, its pictures, its new owner."""

from pet_app.builder.tasks.models import ensure_model, ensure_worn, prepare_models
from pet_app.builder.tasks.owners import adopt_guest_designs, forget_loose
from pet_app.builder.tasks.pictures import (
    make_awaited,
    make_long_awaited,
    make_wanted,
    picture_product,
    renew,
    renew_some,
)

__all__ = [
    "adopt_guest_designs",
    "ensure_model",
    "ensure_worn",
    "forget_loose",
    "make_awaited",
    "make_long_awaited",
    "make_wanted",
    "picture_product",
    "prepare_models",
    "renew",
    "renew_some",
]
