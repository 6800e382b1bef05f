"""What a demonstration of licensing has: a clerk, a desk full of cases, a year behind it."""

from pet_app.licensing.sample.furnishing import furnish
from pet_app.licensing.sample.papers import papers

__all__ = ["furnish", "papers"]
