"""Looking along the shelf: by words, slips of the finger forgiven, by filters that are counted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from pet_app.catalog import matching, spelling
from pet_app.catalog.columns import Columns, Mask, columns
from pet_app.catalog.models import Product
from pet_app.catalog.rules import PRICE_BANDS, RATINGS, Kind, Sort, Species
from pet_app.core.errors import Invalid

LONGEST_SHELF = 100
LONGEST_TEXT = 200
NO_SUCH_PLACE = "This place in the list is gone. Please start from the beginning."
COUNTED = ("kind", "size", "colour", "material")


@dataclass(frozen=True)
class Query:
    """What somebody looks for. Of a facet any of the values fits, and every facet has to.

    `low_cents` and `high_cents` bound the price, both included; `rating` is the least mean of
    stars. Without `sort`, words bring what fits them best, and no words what is featured; `after`
    is the id of the last product seen.
    """

    text: str = ""
    kind: Kind | None = None
    species: Species | None = None
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    low_cents: int | None = None
    high_cents: int | None = None
    in_stock: bool = False
    rating: int = 0
    sort: Sort | None = None
    after: str | None = None
    limit: int = LONGEST_SHELF


@dataclass(frozen=True)
class Found:
    """What was found.

    `counts` says of each filter's values (`kind`, `species`, `size`, `colour`, `material`, and of
    `price` bands and `rating`) how many there would be of it, all other filters kept; `in_stock`
    how many could be had at once, `price` the lowest and highest cents without that filter.
    `meant` is what was searched for instead of what was typed, empty when that was found.
    """

    products: tuple[Product, ...]
    counts: dict[str, dict[str, int]]
    total: int
    in_stock: int
    price: tuple[int, int]
    meant: str
    next_cursor: str | None


@dataclass(frozen=True)
class _Hits:
    """The numbers of the products that the words found, how well each fits, and the words meant."""

    numbers: NDArray[np.int64]
    fits: NDArray[np.float64]
    meant: str


def search(session: Session, query: Query) -> Found:
    """The published products that were asked for, in order, and what else could be asked.

    Raises `Invalid` when `after` is no product of ours, or the text is too long.
    """
    if len(query.text) > LONGEST_TEXT:
        raise Invalid(f"Search with at most {LONGEST_TEXT} letters.")
    held = columns(session)
    hits = _hits(session, query.text)
    base = held.flags["published"]
    if hits is not None:
        base = base & held.only(hits.numbers)
    filters = dict(_filters(held, query))
    shown = _all_of(base, filters.values())
    order = _order(held, query, hits)
    stretch = order[shown[order]]
    if query.after is not None:
        stretch = stretch[_behind(held, query.after, order, shown) :]
    ids = list(held.ids[stretch[: query.limit]])
    without = {
        name: _all_of(base, [mask for other, mask in filters.items() if other != name])
        for name in (*COUNTED, "species", "price", "rating", "in_stock")
    }
    prices = held.numbers["price"][without["price"]]
    counts = _counts(held, without)
    in_stock = int(np.count_nonzero(without["in_stock"] & held.flags["in_stock"]))
    total = int(np.count_nonzero(shown))
    return Found(
        products=_products(session, ids),
        counts=counts,
        total=total,
        in_stock=in_stock,
        price=(int(prices.min()), int(prices.max())) if len(prices) else (0, 0),
        meant=hits.meant if hits else "",
        next_cursor=ids[-1] if len(stretch) > query.limit else None,
    )


def _filters(held: Columns, query: Query) -> Iterator[tuple[str, Mask]]:
    chosen: dict[str, Collection[str]] = {**query.facets}
    if query.kind is not None:
        chosen["kind"] = [query.kind.value]
    for facet, values in chosen.items():
        if values:
            masks = held.values(facet)
            yield facet, _any_of(held, [masks[value] for value in values if value in masks])
    if query.species is not None:
        yield "species", _suiting(held, query.species)
    price = held.numbers["price"]
    if query.low_cents is not None or query.high_cents is not None:
        low = 0 if query.low_cents is None else query.low_cents
        high = np.inf if query.high_cents is None else query.high_cents
        yield "price", (price >= low) & (price <= high)
    if query.in_stock:
        yield "in_stock", held.flags["in_stock"]
    if query.rating:
        yield "rating", held.numbers["stars"] >= query.rating


def _counts(held: Columns, without: dict[str, Mask]) -> dict[str, dict[str, int]]:
    counts = {
        facet: {
            value: number
            for value, mask in sorted(held.values(facet).items())
            if (number := int(np.count_nonzero(mask & without[facet])))
        }
        for facet in COUNTED
    }
    counts["species"] = {
        whom.value: int(np.count_nonzero(_suiting(held, whom) & without["species"]))
        for whom in Species
    }
    prices = held.numbers["price"][without["price"]]
    counts["price"] = {
        name: int(np.count_nonzero((prices >= low) & (prices < high)))
        for name, (low, high) in PRICE_BANDS.items()
    }
    stars = held.numbers["stars"][without["rating"]]
    counts["rating"] = {str(least): int(np.count_nonzero(stars >= least)) for least in RATINGS}
    return counts


def _hits(session: Session, text: str) -> _Hits | None:
    """What the words of a text find; None without any words."""
    typed = spelling.words(text)
    if not typed:
        return None
    words: matching.Words = []
    numbers = matching.numbers_of(session, words)
    for words in _readings(session, typed):
        numbers = matching.numbers_of(session, words)
        if len(numbers):
            break
    else:
        words, numbers = _most_of(session, words)
    as_typed = [[meant.word for meant in likely] for likely in words] == [[word] for word in typed]
    meant = "" if as_typed or not len(numbers) else matching.shown(session, words)
    if len(numbers) <= matching.MOST_JUDGED:
        fits = matching.judged(session, numbers, words)
        return _Hits(numbers, np.array([fits.get(number, 0.0) for number in numbers]), meant)
    # Of what is so common, the words tell no more than whether they are the title's.
    titled = np.zeros(numbers.max() + 1, bool)
    in_title = matching.numbers_of(session, words, title=True)
    titled[in_title[in_title < len(titled)]] = True
    return _Hits(numbers, titled[numbers].astype(float), meant)


def _readings(session: Session, typed: Sequence[str]) -> Iterator[matching.Words]:
    """What may be meant by what was typed, the likeliest first."""
    yield matching.as_typed(typed)
    yield matching.as_meant(session, typed, trusting=True)
    yield matching.as_known(session, typed)
    yield matching.as_meant(session, typed, trusting=False)


def _most_of(session: Session, words: matching.Words) -> tuple[matching.Words, matching.Numbers]:
    """Where nothing has all of the words: all but one of them, the first that find something."""
    for place in reversed(range(len(words))):
        fewer = [*words[:place], *words[place + 1 :]]
        numbers = matching.numbers_of(session, fewer)
        if len(numbers):
            return fewer, numbers
    return words, matching.numbers_of(session, [])


def _order(held: Columns, query: Query, hits: _Hits | None) -> NDArray[np.int64]:
    """The products the words found, or all, in the order asked for; by fit if nothing is asked."""
    if hits is None:
        return held.order(query.sort or Sort.FEATURED)
    known = hits.numbers < held.room
    numbers, fits = hits.numbers[known], hits.fits[known]
    places = held.places(query.sort or Sort.FEATURED)[numbers]
    by = (places,) if query.sort else (places, -fits)
    return numbers[np.lexsort(by)]


def _behind(held: Columns, after: str, order: NDArray[np.int64], shown: Mask) -> int:
    """How many of those shown stand up to the product of that id, itself shown or not."""
    place = np.flatnonzero(order == held.number_of.get(after, -1))
    if not len(place):
        raise Invalid(NO_SUCH_PLACE)
    return int(np.count_nonzero(shown[order[: place[0] + 1]]))


def _products(session: Session, ids: Sequence[str]) -> tuple[Product, ...]:
    rows = session.exec(select(Product).where(col(Product.id).in_(ids)))
    found = {row.id: row for row in rows if row.published}
    return tuple(found[product_id] for product_id in ids if product_id in found)


def _suiting(held: Columns, whom: Species) -> Mask:
    masks = held.values("species")
    return _any_of(held, [masks[value] for value in whom.suiting if value in masks])


def _all_of(base: Mask, masks: Collection[Mask]) -> Mask:
    for mask in masks:
        base = base & mask
    return base


def _any_of(held: Columns, masks: Sequence[Mask]) -> Mask:
    found = held.nobody()
    for mask in masks:
        found |= mask
    return found
