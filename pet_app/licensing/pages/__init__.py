"""The pages of licensing."""

from dataclasses import replace

from pet_app.core import sections
from pet_app.licensing.pages import (
    application,
    apply,
    card,
    desk,
    embedding,
    fees,
    landing,
    mine,
    tag,
    transfer,
    verify,
)

__all__ = ["EMBEDDABLE", "PAGES"]

PAGES = [
    landing.PAGE,
    fees.PAGE,
    apply.PAGE,
    application.PAGE,
    mine.PAGE,
    transfer.PAGE,
    verify.PAGE,
    tag.PAGE,
    card.PAGE,
    *desk.PAGES,
    *embedding.PAGES,
    # Where licensing stands alone, its own landing page is the first of the site.
    *([replace(landing.PAGE, route="/")] if sections.stands_alone() else []),
]
EMBEDDABLE = embedding.EMBEDDABLE
