"""What a page of ours inside another site's carries: the script that speaks with that site."""

import json

import reflex as rx

from pet_app.core.embedding import pattern_of
from pet_app.core.settings import settings

SCRIPT = "/embed/frame-v1.js"


def head(routes: list[str]) -> list[rx.Component]:
    """The script, if there are sites that may embed `routes`, with whom it may speak to."""
    if not settings().embedders or not routes:
        return []
    return [
        rx.el.script(
            src=SCRIPT,
            custom_attrs={
                "id": "embedding",
                "defer": True,
                "data-origins": json.dumps(settings().embedders),
                "data-routes": json.dumps([pattern_of(route) for route in routes]),
            },
        )
    ]
