"""The pages of licensing."""

from pet_app.licensing.pages import (
    application,
    apply,
    desk,
    fees,
    landing,
    mine,
    transfer,
)

__all__ = ["PAGES"]

PAGES = [
    landing.PAGE,
    fees.PAGE,
    apply.PAGE,
    application.PAGE,
    mine.PAGE,
    transfer.PAGE,
    *desk.PAGES,
]
