"""Catalogues of any size with names one could meet.

Every name is a place, a manner and a thing, such as `Fernhollow quilted harness`; each list is
larger than anything a slip could be told apart by its length alone.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, SQLModel

from pet_app.catalog.models import Facet, Product, ProductWords, SearchWord, Variant
from pet_app.catalog.rules import Kind, NewProduct, NewVariant, facets_of
from pet_app.catalog.spelling import other_words, shown_words, title_words
from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.money import Money

FIRST = [
    "Alder",
    "Ash",
    "Barley",
    "Birch",
    "Black",
    "Bramble",
    "Bright",
    "Brook",
    "Cedar",
    "Clover",
    "Copper",
    "Crow",
    "Dale",
    "Elder",
    "Elm",
    "Fair",
    "Fen",
    "Fern",
    "Flint",
    "Fox",
    "Glen",
    "Gold",
    "Gorse",
    "Hazel",
    "Heath",
    "Holly",
    "Juniper",
    "Lark",
    "Linden",
    "Maple",
    "Marl",
    "Moor",
    "Moss",
    "North",
    "Oak",
    "Otter",
    "Raven",
    "Rowan",
    "Salt",
    "Silver",
    "Stone",
    "Thorn",
    "West",
    "Willow",
    "Wind",
    "Wren",
]
SECOND = [
    "bank",
    "bourne",
    "bridge",
    "bury",
    "cliff",
    "combe",
    "cote",
    "croft",
    "dale",
    "den",
    "field",
    "fold",
    "ford",
    "gate",
    "grove",
    "ham",
    "haven",
    "hill",
    "hollow",
    "hurst",
    "ley",
    "mead",
    "mere",
    "mill",
    "moor",
    "port",
    "ridge",
    "shaw",
    "stead",
    "thwaite",
    "ton",
    "vale",
    "wick",
    "wood",
]
MANNERS = [
    "trail",
    "quilted",
    "padded",
    "reflective",
    "woven",
    "braided",
    "waxed",
    "velvet",
    "tartan",
    "striped",
    "corduroy",
    "linen",
    "hemp",
    "cork",
    "rugged",
    "featherlight",
    "city",
    "rainy",
    "summer",
    "winter",
    "evening",
    "morning",
    "classic",
    "vintage",
    "modern",
    "cushioned",
    "waterproof",
    "adjustable",
    "everyday",
    "festival",
    "harvest",
    "meadow",
    "orchard",
    "lantern",
    "saddle",
    "hiking",
    "running",
    "travel",
    "training",
    "sunday",
    "cottage",
    "harbour",
    "alpine",
    "coastal",
    "woodland",
    "pepper",
    "ginger",
    "cinnamon",
    "biscuit",
    "marmalade",
]
THINGS: dict[Kind, tuple[str, ...]] = {
    Kind.HARNESS: ("harness", "vest"),
    Kind.COLLAR: ("collar", "buckle collar"),
    Kind.MARTINGALE: ("martingale",),
    Kind.LEASH: ("leash", "rope leash", "double leash"),
    Kind.TAG: ("tag", "name tag"),
    Kind.BANDANA: ("bandana", "neckerchief"),
    Kind.WALK: ("treat pouch", "lantern", "towel"),
    Kind.BOWL: ("bowl", "slow feeder", "water bottle"),
    Kind.TOY: ("tug rope", "ball", "puzzle", "squirrel"),
    Kind.CARE: ("brush", "comb", "balm", "shampoo"),
    Kind.HOME: ("bed", "blanket", "cushion", "mat"),
}
SIZES = ("XS", "S", "M", "L", "XL")
COLOURS = ("Pine", "Marigold", "Navy", "Oxblood", "Honey", "Black", "Lagoon", "Rose", "Stone")
MATERIALS = ("nylon", "leather", "cotton", "hemp", "biothane", "steel", "rubber", "ceramic")
AT_ONCE = 5000


def many_products(count: int, seed: int = 7) -> Iterator[NewProduct]:
    """So many products, no two of one name; the same for the same seed."""
    chance = random.Random(seed)
    named: set[str] = set()
    kinds = tuple(THINGS)
    while len(named) < count:
        kind = chance.choice(kinds)
        place = chance.choice(FIRST) + chance.choice(SECOND)
        title = f"{place} {chance.choice(MANNERS)} {chance.choice(THINGS[kind])}"
        if title in named:
            continue
        named.add(title)
        yield _product(chance, kind, title, len(named))


def put_in(session: Session, products: Iterator[NewProduct]) -> int:
    """Put many products into the shop in few statements; how many. They are none of today's."""
    made = clock.now() - timedelta(days=30)
    tables: dict[type[SQLModel], list[dict[str, Any]]] = {
        table: [] for table in (Product, Variant, Facet, ProductWords)
    }
    words: dict[str, str] = {}
    count = 0
    for count, new in enumerate(products, 1):
        _rows(tables, words, new, made + timedelta(seconds=count))
        if not count % AT_ONCE:
            _flush(session, tables)
    _flush(session, tables)
    known = [{"word": word, "shown": shown} for word, shown in sorted(words.items())]
    session.connection().execute(db.insert(SearchWord).on_conflict_do_nothing(), known)
    return count


def _product(chance: random.Random, kind: Kind, title: str, number: int) -> NewProduct:
    colours = chance.sample(COLOURS, 2)
    cents = chance.randrange(600, 15_000, 50)
    forms = tuple(
        NewVariant(
            sku=f"P{number}-{size}-{place}",
            price=Money(cents + 200 * SIZES.index(size)),
            weight_g=chance.randrange(20, 900),
            options=(("Size", size), ("Colour", colour)),
            stock=chance.choice((0, 3, 40)),
        )
        for place, colour in enumerate(colours)
        for size in chance.sample(SIZES, 2)
    )
    return NewProduct(
        handle=f"p-{number}",
        kind=kind,
        title=title,
        subtitle="",
        story="One of very many.",
        alt=title,
        price=Money(cents),
        design={"format": 1, "thing": kind.value},
        position=number,
        species=chance.choice(("dog", "dog", "cat", "both")),
        made=False,
        variants=forms,
        facets=(("material", chance.choice(MATERIALS)),),
    )


def _rows(
    tables: dict[type[SQLModel], list[dict[str, Any]]],
    words: dict[str, str],
    new: NewProduct,
    made: datetime,
) -> None:
    product_id = new_id()
    product = {
        "id": product_id,
        "handle": new.handle,
        "kind": new.kind.value,
        "title": new.title,
        "subtitle": new.subtitle,
        "story": new.story,
        "details": [],
        "design": new.design,
        "price_cents": min(form.price.cents for form in new.variants),
        "currency": "USD",
        "alt": new.alt,
        "species": str(new.species),
        "tags": [],
        "made": new.made,
        "position": new.position,
        "changed": made,
        "created": made,
    }
    tables[Product].append(product)
    tables[Variant] += [
        {
            "id": new_id(),
            "product_id": product_id,
            "sku": form.sku,
            "options": [list(option) for option in form.options],
            "design": {},
            "price_cents": form.price.cents,
            "currency": "USD",
            "weight_g": form.weight_g,
            "stock": form.stock,
            "position": place,
        }
        for place, form in enumerate(new.variants)
    ]
    tables[Facet] += [
        {"id": new_id(), "product_id": product_id, "facet": facet, "value": value}
        for facet, value in sorted(facets_of(new))
    ]
    title, rest = title_words(new.title), other_words(new)
    tables[ProductWords].append({"product_id": product_id, "title": title, "rest": rest})
    words |= shown_words(new.title, rest)


def _flush(session: Session, tables: dict[type[SQLModel], list[dict[str, Any]]]) -> None:
    for table, rows in tables.items():
        if rows:
            session.connection().execute(db.insert(table), rows)
        rows.clear()
