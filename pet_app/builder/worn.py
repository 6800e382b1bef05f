"""Showing a piece on the animal it is made for."""

import hashlib

from pet_app.builder.design import Design
from pet_app.builder.rules import Kind

WORN = (Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE, Kind.BANDANA)
"""The kinds that lie on a body."""

WORN_VERSION = 1
"""Raised whenever the same design and animal give another picture of both."""


def worn_key(design: Design) -> str:
    """SHA-256 over what the model of piece and animal together depends on."""
    text = f"worn {WORN_VERSION} {design.geometry_key()}"
    return hashlib.sha256(text.encode()).hexdigest()
