"""What a design is made of, and the names every other part of the builder uses."""

from enum import StrEnum


class Kind(StrEnum):
    HARNESS = "harness"
    COLLAR = "collar"


class Material(StrEnum):
    NYLON = "nylon"
    RECYCLED_PET = "recycled_pet"
    COTTON = "cotton"
    HEMP = "hemp"
    LEATHER = "leather"
    BIOTHANE = "biothane"


class Pattern(StrEnum):
    PLAIN = "plain"
    STRIPE = "stripe"
    PLAID = "plaid"
    DOTS = "dots"
    CHEVRON = "chevron"
    PAW = "paw"
    CAMO = "camo"
    GRADIENT = "gradient"


class Finish(StrEnum):
    POLISHED = "polished"
    BRUSHED = "brushed"
    BRASS = "brass"
    BLACK = "black"
