"""What is made before the first visitor asks for it."""

from pet_app.builder.tasks import prepare_models

__all__ = ["WARM", "prepare"]

WARM = "pet_app.builder.render.warm:warm"
"""What a child process does so that compiled code lies ready."""

prepare = prepare_models
