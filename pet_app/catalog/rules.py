"""Kinds of things, the orders a shelf can stand in, and what a product has to have."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pet_app.core.money import Money


class Kind(StrEnum):
    """What a product is; each kind is a category of the shop."""

    HARNESS = "harness"
    COLLAR = "collar"
    MARTINGALE = "martingale"
    LEASH = "leash"
    TAG = "tag"
    BANDANA = "bandana"
    WALK = "walk"
    BOWL = "bowl"
    TOY = "toy"
    CARE = "care"
    HOME = "home"
    GIFT = "gift"

    @property
    def plural(self) -> str:
        return PLURALS.get(self) or f"{self.value.capitalize()}s"

    @property
    def is_gear(self) -> bool:
        """Whether the builder makes it."""
        return self in GEAR

    @property
    def shippable(self) -> bool:
        """Whether it goes into a parcel."""
        return self is not Kind.GIFT

    @property
    def also_called(self) -> tuple[str, ...]:
        """Other words by which people look for such a thing."""
        return CALLED.get(self, ())


GEAR = frozenset({Kind.HARNESS, Kind.COLLAR, Kind.MARTINGALE, Kind.LEASH, Kind.TAG, Kind.BANDANA})
PLURALS = {
    Kind.HARNESS: "Harnesses",
    Kind.LEASH: "Leashes",
    Kind.WALK: "For the walk",
    Kind.BOWL: "Bowls and feeding",
    Kind.TOY: "Toys",
    Kind.CARE: "Brushes and care",
    Kind.HOME: "Beds and home",
    Kind.GIFT: "Gift cards",
}
CALLED = {
    Kind.HARNESS: ("vest", "y-front"),
    Kind.MARTINGALE: ("collar", "half choke", "greyhound"),
    Kind.LEASH: ("lead", "line", "rope"),
    Kind.TAG: ("id", "name", "disc", "engraved"),
    Kind.BANDANA: ("scarf", "neckerchief"),
    Kind.WALK: ("walking", "outdoors"),
    Kind.BOWL: ("dish", "feeder", "food", "water"),
    Kind.TOY: ("play", "game"),
    Kind.CARE: ("grooming",),
    Kind.HOME: ("rest", "sleep"),
    Kind.GIFT: ("voucher", "present", "gift card"),
}


class Species(StrEnum):
    """Whom a product is for."""

    DOG = "dog"
    CAT = "cat"
    BOTH = "both"

    @property
    def suiting(self) -> tuple[str, ...]:
        """What a product may say of itself to be for these."""
        return (self.value,) if self is Species.BOTH else (self.value, Species.BOTH.value)


class Sort(StrEnum):
    """The orders a shelf can stand in."""

    FEATURED = "featured"
    BEST_SOLD = "best-sold"
    BEST_RATED = "best-rated"
    PRICE_UP = "price"
    PRICE_DOWN = "price-down"
    NEWEST = "newest"

    @property
    def label(self) -> str:
        return SORT_LABELS[self]


SORT_LABELS = {
    Sort.FEATURED: "Featured",
    Sort.BEST_SOLD: "Best sold",
    Sort.BEST_RATED: "Best rated",
    Sort.PRICE_UP: "Price, low to high",
    Sort.PRICE_DOWN: "Price, high to low",
    Sort.NEWEST: "Newest",
}


class ReservationState(StrEnum):
    """Where promised stock stands."""

    HELD = "held"
    RELEASED = "released"
    TAKEN = "taken"


class ReviewState(StrEnum):
    """Where a review stands."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"


REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.WAITING: frozenset({ReviewState.PUBLISHED, ReviewState.REFUSED}),
    # Written anew, a review is read anew.
    ReviewState.PUBLISHED: frozenset({ReviewState.REFUSED, ReviewState.WAITING}),
    ReviewState.REFUSED: frozenset({ReviewState.PUBLISHED, ReviewState.WAITING}),
}

HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SKU = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
LONGEST_HANDLE = 60
LONGEST_SKU = 60
LONGEST_TITLE = 80
LONGEST_VALUE = 40
LONGEST_REVIEW = 3000
LONGEST_NAME = 40
MOST_STARS = 5
LARGEST_STOCK = 1_000_000
USUAL_WEIGHT_G = 200
PRICE_BANDS = {
    "under-25": (0, 2500),
    "25-50": (2500, 5000),
    "50-100": (5000, 10_000),
    "over-100": (10_000, 1_000_000_000),
}
"""By its name, from how many cents up to below how many."""
RATINGS = (4, 3, 2)
"""How many stars at least a shelf can be narrowed to."""
FEW = 5
"""How few left a page tells of; above it a change of stock changes no page."""
FILTERED_OPTIONS = ("size", "colour", "material")
"""Options and looks by which a shelf can be filtered."""


@dataclass(frozen=True)
class NewVariant:
    """One size and colour of a product as it is put into the shop.

    `options` are (name, value) pairs in the order they are chosen. `design` is the design of this
    very size, empty for what the workshop does not make; `stock` is None for what is made to order.
    """

    sku: str
    price: Money
    weight_g: int
    options: tuple[tuple[str, str], ...] = ()
    design: dict[str, Any] = field(default_factory=dict)
    stock: int | None = None


@dataclass(frozen=True)
class NewProduct:
    """A product as it is put into the shop.

    `details` are (name, value) pairs; `design` is a design of the builder, or a simple thing, as
    plain JSON values, which the catalogue keeps and hands on. `price` counts only when there are no
    `variants`: then the product can be had in one form, the one it is shown in. `facets` are
    (facet, value) pairs to be found by, beside those its options and its look give.
    """

    handle: str
    kind: Kind
    title: str
    subtitle: str
    story: str
    alt: str
    price: Money
    design: dict[str, Any]
    details: tuple[tuple[str, str], ...] = ()
    position: int = field(default=0)
    published: bool = True
    species: Species | str = Species.DOG
    tags: tuple[str, ...] = ()
    made: bool = True
    variants: tuple[NewVariant, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    weight_g: int = USUAL_WEIGHT_G

    def forms(self) -> tuple[NewVariant, ...]:
        """What can be put into a cart: the variants, or the one form it has without any."""
        sole = NewVariant(
            sku=self.handle.upper(),
            price=self.price,
            weight_g=self.weight_g if self.kind.shippable else 0,
            design=self.design if self.made else {},
            stock=None if self.made else 0,
        )
        return self.variants or (sole,)


@dataclass(frozen=True)
class NewReview:
    """What a buyer says of a product; `rating` is one to five stars."""

    product_id: str
    rating: int
    title: str
    text: str
    shown_name: str


def review_faults(new: NewReview) -> dict[str, str]:
    """A sentence for every field that cannot be used."""
    found: dict[str, str] = {}
    if not 1 <= new.rating <= MOST_STARS:
        found["rating"] = "Choose one to five stars."
    if len(new.title.strip()) > LONGEST_TITLE:
        found["title"] = f"At most {LONGEST_TITLE} characters."
    if not 0 < len(new.text.strip()) <= LONGEST_REVIEW:
        found["text"] = f"Say how it is, in at most {LONGEST_REVIEW:,} characters."
    if not 0 < len(new.shown_name.strip()) <= LONGEST_NAME:
        found["shown_name"] = f"Sign with a name of at most {LONGEST_NAME} characters."
    return found


def faults(product: NewProduct) -> dict[str, str]:
    """A sentence for every field that cannot be used; empty when the product is in order."""
    found: dict[str, str] = {}
    if not HANDLE.fullmatch(product.handle) or len(product.handle) > LONGEST_HANDLE:
        found["handle"] = "A handle is made of small letters, digits and single hyphens."
    if not product.title.strip() or len(product.title) > LONGEST_TITLE:
        found["title"] = f"A title has between 1 and {LONGEST_TITLE} characters."
    if not product.variants and product.price.cents <= 0:
        found["price"] = "A product has to cost something."
    if not product.alt.strip():
        found["alt"] = "Say what the picture shows, for those who cannot see it."
    if not product.design:
        found["design"] = "A product needs the design it is made from."
    if product.species not in set(Species):
        found["species"] = "Say whom it is for: dogs, cats, or both."
    if product.variants and (said := next(_variant_faults(product), "")):
        found["variants"] = said
    return found


def facets_of(product: NewProduct) -> frozenset[tuple[str, str]]:
    """The (facet, value) pairs a product is found by, in small letters with no spaces."""
    named = [(name, value) for form in product.forms() for name, value in form.options]
    # Of a tag's look only the finish is seen.
    look = {} if product.kind is Kind.TAG else product.design.get("look") or {}
    named += [(name, str(look[name])) for name in ("material", "colour") if look.get(name)]
    kept = {(name.lower(), value) for name, value in named}
    return frozenset(
        (name, slug(value))
        for name, value in kept | set(product.facets)
        if name in FILTERED_OPTIONS and slug(value)
    )


def slug(value: str) -> str:
    """A value as it stands in an address: `Recycled PET` is `recycled_pet`."""
    return "_".join(value.lower().split())


def words_of(options: list[list[str]] | tuple[tuple[str, str], ...]) -> str:
    """The options as a person says them: `M · Pine`; empty without any."""
    return " · ".join(value for _, value in options)


def _variant_faults(product: NewProduct) -> Iterator[str]:
    forms = product.variants
    if repeated := [sku for sku, times in Counter(form.sku for form in forms).items() if times > 1]:
        yield f"Two variants have the number {repeated[0]}."
    if len({form.options for form in forms}) < len(forms):
        yield "Two variants have the same options."
    if len({tuple(name for name, _ in form.options) for form in forms}) > 1:
        yield "Every variant needs the same options, in the same order."
    if len({form.price.currency for form in forms}) > 1:
        yield "Every variant is sold in the same currency."
    for form in forms:
        yield from _form_faults(product.kind, form)


def _form_faults(kind: Kind, form: NewVariant) -> Iterator[str]:
    if not SKU.fullmatch(form.sku) or len(form.sku) > LONGEST_SKU:
        yield f"“{form.sku}” is no number of ours: capitals, digits and single hyphens."
    if form.price.cents <= 0:
        yield f"{form.sku} has to cost something."
    if (form.weight_g > 0) is not kind.shippable:
        yield f"{form.sku} needs its weight in grams, a gift card none."
    if any(not value.strip() or len(value) > LONGEST_VALUE for _, value in form.options):
        yield f"The options of {form.sku} have between 1 and {LONGEST_VALUE} characters."
    if form.stock is not None and not 0 <= form.stock <= LARGEST_STOCK:
        yield f"The stock of {form.sku} cannot be {form.stock}."
