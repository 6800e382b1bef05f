"""What open pages of the shop know: always the database's latest."""

from pet_app.catalog.state.browsing import Browsing
from pet_app.catalog.state.looking import Looking
from pet_app.catalog.state.reviewing import Reviewing
from pet_app.catalog.state.wishing import Wishing

__all__ = ["Browsing", "Looking", "Reviewing", "Wishing"]
