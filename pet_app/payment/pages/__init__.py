"""The page on which a demonstration is paid, with nothing."""

from pet_app.core.settings import settings
from pet_app.payment.pages import demo

__all__ = ["PAGES"]

# Real visitors of a real shop find nothing here, whatever the service would say.
PAGES = [] if settings().is_production else [demo.PAGE]
