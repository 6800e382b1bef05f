"""An application, step by step."""

from pet_app.licensing.pages.apply.wizard import PAGE

__all__ = ["PAGE"]
