"""The shop as an address asks for it: what is found, how to narrow it, and the ways on."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.catalog.asked import (
    AT_ONCE,
    MOST_AT_ONCE,
    Asked,
    Word,
    address,
    anew,
    turned,
    words,
)
from pet_app.catalog.display.card import Card, cards
from pet_app.catalog.display.words import COLOUR, FACETS, FOR, colour_of, in_order, named
from pet_app.catalog.rules import Kind, Sort, Species
from pet_app.catalog.service import Found, Query
from pet_app.core.errors import Invalid

CENTS = 100
POPULAR = 4
OPENED, MATERIAL = "size", "material"


@dataclass(frozen=True)
class Option:
    """One value of a filter: how many it would leave, and the address that turns it over.

    `colour` is a CSS colour, empty for what has none.
    """

    label: str
    count: int
    href: str
    chosen: bool
    colour: str = ""


@dataclass(frozen=True)
class Group:
    """A filter and its values, `opened` to be seen at once; short ones stand `dense`."""

    label: str
    options: list[Option]
    opened: bool
    dense: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    href: str


@dataclass(frozen=True)
class Kept:
    """A word of the address that a form has to send along."""

    name: str
    value: str


@dataclass(frozen=True)
class ShelfView:
    """The shop as it is asked for.

    `meant` is what was probably meant by the search text, empty when nothing had to be guessed.
    `more` and `next` are addresses of a longer shelf and of the next one, empty when there is none.
    `price_kept` and `text_kept` are what the forms for price and text must send along.
    """

    title: str
    lead: str
    count: str
    cards: list[Card]
    groups: list[Group]
    stock: Option
    chips: list[Chip]
    clear: str
    text: str
    meant: str
    sort: str
    low: str
    high: str
    cheapest: str
    dearest: str
    price_kept: list[Kept]
    text_kept: list[Kept]
    more: str
    next: str
    first: str
    popular: list[Card]


def shelf_view(session: Session, asked: Asked) -> ShelfView:
    """What the address asks for, as it is now; an `after` that is gone begins again."""
    try:
        found = catalog.search(session, _query(asked))
    except Invalid:
        asked = anew(asked)
        found = catalog.search(session, _query(asked))
    shown = cards(session, found.products)
    low, high = found.price
    title, lead = _words(asked)
    return ShelfView(
        title=title,
        lead=lead,
        count=_pieces(found.total),
        cards=shown,
        groups=[group for group in _groups(asked, found) if group.options],
        stock=Option(
            "In stock or made to order",
            found.in_stock,
            address(anew(asked, in_stock=not asked.in_stock)),
            asked.in_stock,
        ),
        chips=_chips(asked),
        clear=address(Asked(sort=asked.sort)),
        text=asked.text,
        meant=found.meant,
        sort=asked.sort,
        low="" if asked.low is None else str(asked.low),
        high="" if asked.high is None else str(asked.high),
        cheapest=str(low // CENTS),
        dearest=str(-(-high // CENTS)),
        price_kept=_kept(asked, Word.LOW, Word.HIGH),
        text_kept=_kept(asked, Word.TEXT),
        more=_more(asked, found),
        next=_next(asked, found),
        first=address(anew(asked)) if asked.after else "",
        popular=[] if shown else _popular(session),
    )


def _query(asked: Asked) -> Query:
    return Query(
        text=asked.text,
        kind=Kind(asked.kind) if asked.kind else None,
        species=Species(asked.species) if asked.species else None,
        facets={facet: asked.values(facet) for facet in FACETS if asked.values(facet)},
        low_cents=None if asked.low is None else asked.low * CENTS,
        high_cents=None if asked.high is None else asked.high * CENTS,
        in_stock=asked.in_stock,
        # Words bring what fits them best, unless another order is asked for.
        sort=None if asked.text and asked.sort == Sort.FEATURED else Sort(asked.sort),
        after=asked.after or None,
        limit=AT_ONCE * asked.shown,
    )


def _words(asked: Asked) -> tuple[str, str]:
    if asked.text:
        return f"“{asked.text}”", "What we found for your words, near misses included."
    if asked.kind:
        kind = Kind(asked.kind)
        return kind.plural, LEADS[kind]
    if asked.species == Species.CAT:
        return "For cats", "What suits a cat, from the collar to the bowl."
    return (
        "The shop",
        (
            "Gear cut to your pet's measurements, and what goes with it. Take a standard size, or "
            "make it yours."
        ),
    )


LEADS = {
    Kind.HARNESS: "Y-front harnesses that leave the shoulders free, in five sizes or your own.",
    Kind.COLLAR: "Flat collars with a buckle that holds, in five sizes or to the millimetre.",
    Kind.MARTINGALE: "Collars that close a little when pulled and never too far.",
    Kind.LEASH: "Leashes as wide as your dog's weight asks for.",
    Kind.TAG: "Engraved, so that whoever finds your pet can ring you.",
    Kind.BANDANA: "Cotton to tie on or to slide over the collar.",
    Kind.WALK: "What belongs in your pockets when you go out.",
    Kind.BOWL: "Bowls that stay where they stand.",
    Kind.TOY: "To throw, to tug and to chew.",
    Kind.CARE: "For coat, claws and paws.",
    Kind.HOME: "To lie on, after all that.",
    Kind.GIFT: "When you are not sure of the size.",
}


def _pieces(total: int) -> str:
    return f"{total} {'piece' if total == 1 else 'pieces'}"


def _groups(asked: Asked, found: Found) -> list[Group]:
    counts = found.counts
    kinds = [
        Option(
            kind.plural,
            counts.get("kind", {}).get(kind.value, 0),
            address(anew(asked, kind="" if asked.kind == kind else kind.value)),
            asked.kind == kind,
        )
        for kind in Kind
        if counts.get("kind", {}).get(kind.value) or asked.kind == kind
    ]
    species = [
        Option(
            label,
            counts.get("species", {}).get(value, 0),
            address(anew(asked, species="" if asked.species == value else value)),
            asked.species == value,
        )
        for value, label in FOR.items()
        if value != Species.BOTH
    ]
    return [
        Group("For", species, opened=True),
        Group("Type", kinds, opened=True),
        *(_facet(asked, found, facet) for facet in FACETS),
    ]


def _facet(asked: Asked, found: Found, facet: str) -> Group:
    counted = found.counts.get(facet, {})
    values = in_order(facet, list({*counted, *asked.values(facet)}))
    return Group(
        FACETS[facet],
        [
            Option(
                named(value),
                counted.get(value, 0),
                address(turned(asked, facet, value)),
                value in asked.values(facet),
                colour_of(value) if facet == COLOUR else "",
            )
            for value in values
        ],
        opened=facet == OPENED or bool(asked.values(facet)),
        dense=facet != MATERIAL,
    )


def _chips(asked: Asked) -> list[Chip]:
    chips = []
    if asked.text:
        chips.append(Chip(f"“{asked.text}”", address(anew(asked, text=""))))
    if asked.kind:
        chips.append(Chip(Kind(asked.kind).plural, address(anew(asked, kind=""))))
    if asked.species:
        chips.append(Chip(FOR[asked.species], address(anew(asked, species=""))))
    chips += [
        Chip(named(value), address(turned(asked, name, value))) for name, value in asked.facets
    ]
    if asked.low is not None or asked.high is not None:
        chips.append(Chip(_span(asked), address(anew(asked, low=None, high=None))))
    if asked.in_stock:
        chips.append(Chip("In stock", address(anew(asked, in_stock=False))))
    return chips


def _span(asked: Asked) -> str:
    if asked.low is None:
        return f"Up to ${asked.high}"
    return f"From ${asked.low}" if asked.high is None else f"${asked.low} to ${asked.high}"


def _kept(asked: Asked, *without: Word) -> list[Kept]:
    whole = anew(asked)
    return [Kept(name, value) for name, value in words(whole) if name not in without]


def _more(asked: Asked, found: Found) -> str:
    room = found.next_cursor is not None and asked.shown < MOST_AT_ONCE
    return address(replace(asked, shown=asked.shown + 1)) if room else ""


def _next(asked: Asked, found: Found) -> str:
    if found.next_cursor is None or asked.shown < MOST_AT_ONCE:
        return ""
    return address(anew(asked, after=found.next_cursor))


def _popular(session: Session) -> list[Card]:
    return cards(session, catalog.list_products(session, limit=POPULAR).products)
