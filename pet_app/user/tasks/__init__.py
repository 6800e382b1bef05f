"""What follows from what happened to an account: letters, copies, its end, news of providers."""

from pet_app.user.tasks import following, leaving, letters

__all__ = ["following", "leaving", "letters"]
