"""What a design is made of, and the names every other part of the builder uses."""

from enum import StrEnum


class Kind(StrEnum):
    HARNESS = "harness"
    COLLAR = "collar"
    MARTINGALE = "martingale"
    LEASH = "leash"
    TAG = "tag"
    BANDANA = "bandana"


class Build(StrEnum):
    """The build of an animal: eight groups of breeds, and cats."""

    TOY = "toy"
    TERRIER = "terrier"
    SPITZ = "spitz"
    RETRIEVER = "retriever"
    SIGHTHOUND = "sighthound"
    DACHSHUND = "dachshund"
    BULLDOG = "bulldog"
    MASTIFF = "mastiff"
    CAT = "cat"


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


class Lining(StrEnum):
    """What lies between strap and coat."""

    NONE = "none"
    FLEECE = "fleece"
    NEOPRENE = "neoprene"
    MESH = "mesh"


class Buckle(StrEnum):
    """How a loop opens: acetal or metal side release, a pin in a hole, or one that lets go."""

    SIDE_RELEASE = "side_release"
    METAL = "metal"
    PIN = "pin"
    BREAKAWAY = "breakaway"


class RingPlace(StrEnum):
    """Where a D-ring for the leash sits: on the back or chest of a harness, on a collar beside
    its buckle or opposite it."""

    BACK = "back"
    CHEST = "chest"
    BUCKLE = "buckle"
    NAPE = "nape"


class TagShape(StrEnum):
    ROUND = "round"
    BONE = "bone"
    HEART = "heart"
    BAR = "bar"


class Method(StrEnum):
    """How a text is put on: sewn in thread, printed, or cut into metal."""

    EMBROIDERED = "embroidered"
    PRINTED = "printed"
    ENGRAVED = "engraved"


class Role(StrEnum):
    """What a cut length is for: it decides which roll it comes from."""

    WEBBING = "webbing"
    LINING = "lining"
    REFLECTIVE = "reflective"
