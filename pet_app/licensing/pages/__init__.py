"""The pages of licensing."""

from pet_app.licensing.pages import desk, fees, landing

__all__ = ["PAGES"]

PAGES = [landing.PAGE, fees.PAGE, *desk.PAGES]
