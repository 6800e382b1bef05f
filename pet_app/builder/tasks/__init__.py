"""What happens because of a design: its models, its pictures, its new owner."""

from pet_app.builder.tasks.models import ensure_model, ensure_worn, prepare_models
from pet_app.builder.tasks.owners import (
    adopt_guest_designs,
    end_link,
    forget_loose,
    renew_share_card,
)
from pet_app.builder.tasks.pictures import (
    make_ahead,
    make_awaited,
    make_long_ahead,
    make_long_awaited,
    make_wanted,
    renew,
    renew_some,
)
from pet_app.builder.tasks.products import picture_ahead, picture_product, picture_views

__all__ = [
    "adopt_guest_designs",
    "end_link",
    "ensure_model",
    "ensure_worn",
    "forget_loose",
    "make_ahead",
    "make_awaited",
    "make_long_ahead",
    "make_long_awaited",
    "make_wanted",
    "picture_ahead",
    "picture_product",
    "picture_views",
    "prepare_models",
    "renew",
    "renew_share_card",
    "renew_some",
]
