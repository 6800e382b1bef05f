"""The pages of licensing."""

from pet_app.licensing.pages import fees

__all__ = ["PAGES"]

PAGES = [fees.PAGE]
