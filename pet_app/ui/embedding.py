"""What a page of ours needs inside another site's: somewhere to remember, and a script to speak."""

import json
from importlib.resources import files

import reflex as rx

from pet_app.core.embedding import pattern_of
from pet_app.core.settings import settings

SCRIPT = "/embed/frame-v1.js"
STORAGE = files("pet_app.ui").joinpath("framed_storage.js").read_text("utf-8")


def head(routes: list[str]) -> list[rx.Component]:
    """Both, if there are sites that may embed `routes`; the second is told who they are.

    The first stands in the page itself, since the page's own scripts find no storage otherwise.
    """
    if not settings().embedders or not routes:
        return []
    return [
        rx.el.script(custom_attrs={"dangerouslySetInnerHTML": {"__html": STORAGE}}),
        rx.el.script(
            src=SCRIPT,
            custom_attrs={
                "id": "embedding",
                "defer": True,
                "data-origins": json.dumps(settings().embedders),
                "data-routes": json.dumps([pattern_of(route) for route in routes]),
            },
        ),
    ]
