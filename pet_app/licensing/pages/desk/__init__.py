"""The pages of the clerks' desk."""

from pet_app.licensing.pages.desk import case, queue

__all__ = ["PAGES"]

PAGES = [queue.PAGE, case.PAGE]
