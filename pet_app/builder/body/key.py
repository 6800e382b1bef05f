"""The stable name of an animal's model."""

import hashlib
import json
from dataclasses import asdict

from pet_app.builder.design import Measurements
from pet_app.builder.rules import Build

BODY_VERSION = 1
"""Raised whenever the same animal gives another body, so that no stale model is served."""


def animal_key(measured: Measurements, build: Build) -> str:
    """SHA-256 over what the animal's model depends on."""
    made_from = {"body": BODY_VERSION, "build": build, "measurements": asdict(measured)}
    text = json.dumps(made_from, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
