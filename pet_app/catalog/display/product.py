"""A product on its own page: which forms it comes in, what buyers say, what goes with it."""

from dataclasses import dataclass

from sqlmodel import Session

from pet_app.catalog import service as catalog
from pet_app.catalog.asked import Asked, address
from pet_app.catalog.display.card import Card, card, cards, left
from pet_app.catalog.display.views import View, share_card, views_of
from pet_app.catalog.display.words import COLOUR, colour_of
from pet_app.catalog.models import Product, Review, Variant
from pet_app.catalog.rules import Kind, Species, words_of
from pet_app.catalog.service import Rating
from pet_app.catalog.sizes import chart, in_both_units
from pet_app.core.moments import day

RELATED = 4
REVIEWS = 6
MOST_STARS = 5
NEEDED = {
    Kind.LEASH: "Your dog's weight decides how wide it has to be.",
    Kind.TAG: "One size fits every collar; a small dog is glad of a small tag.",
}
WORN = "Measure the neck where a collar sits, and the girth behind the front legs."
MADE = "Made to order in our workshop"
IN_STOCK = "In stock"
GONE = "Sold out in this choice"
NEVER = "Sold out"


@dataclass(frozen=True)
class Choice:
    """One value of an option. `note` says what is left of it when that matters."""

    value: str
    colour: str
    chosen: bool
    sold_out: bool


@dataclass(frozen=True)
class OptionGroup:
    """A size, a colour: the values to choose from, and the one chosen now."""

    name: str
    chosen: str
    choices: list[Choice]
    has_colours: bool


@dataclass(frozen=True)
class Form:
    """The variant that is chosen now. `id` is empty when nothing can be bought."""

    id: str
    sku: str
    words: str
    price: str
    stock: str
    tone: str
    can_be_bought: bool


@dataclass(frozen=True)
class Bar:
    """How many buyers gave so many stars."""

    stars: str
    count: int
    width: str


@dataclass(frozen=True)
class ReviewView:
    """What one buyer says. `stars` are for the eye, `rating` for the ear."""

    id: str
    rating: int
    width: str
    title: str
    text: str
    name: str
    written: str
    answer: str


@dataclass(frozen=True)
class Ratings:
    """What buyers say on the whole; `average` is empty when nobody has said anything."""

    average: str
    width: str
    count: str
    bars: list[Bar]


@dataclass(frozen=True)
class SizeRow:
    """A size and what it is for; `girth` is empty for what goes round the neck alone."""

    name: str
    neck: str
    neck_inches: str
    girth: str
    girth_inches: str


@dataclass(frozen=True)
class ProductView:
    """A product as its page shows it. `builder` is empty for what the workshop does not make.

    `views` are its further pictures, none while there is only the first; `share_card` is for where
    a link to it is shown.
    """

    card: Card
    views: list[View]
    share_card: str
    story: str
    category: str
    category_href: str
    details: list[list[str]]
    options: list[OptionGroup]
    form: Form
    builder: str
    needed: str
    sizes: list[SizeRow]
    with_girth: bool
    ratings: Ratings
    reviews: list[ReviewView]
    more_reviews: str
    related: list[Card]
    title: str
    description: str


def product_view(
    session: Session, handle: str, sku: str = "", shown_reviews: int = REVIEWS
) -> ProductView:
    """The product as it is now, in the form of that number or the first that can be had.

    Raises `NotFound`.
    """
    product = catalog.product_by_handle(session, handle)
    forms = catalog.variants_of(session, product)
    form = chosen_form(forms, sku)
    kind = Kind(product.kind)
    written = catalog.reviews_of(session, product, limit=shown_reviews)
    glance = catalog.glances(session, [product.id]).get(product.id)
    return ProductView(
        card=card(product, glance),
        views=views_of(product),
        share_card=share_card(product),
        story=product.story,
        category=kind.plural,
        category_href=address(Asked(kind=kind.value)),
        details=[list(pair) for pair in product.details],
        options=_options(forms, form),
        form=_form(form, product),
        builder=f"/builder?preset={product.handle}" if product.made and kind.is_gear else "",
        needed=NEEDED.get(kind, WORN) if kind.is_gear else "",
        sizes=_sizes(kind),
        with_girth=kind is Kind.HARNESS,
        ratings=_ratings(catalog.rating_of(session, product)),
        reviews=[_review(review) for review in written.reviews],
        more_reviews="yes" if written.next_cursor else "",
        related=cards(session, catalog.related_products(session, product, RELATED)),
        title=f"{product.title}, {lowered(product.subtitle)}",
        description=_description(product, kind),
    )


def chosen_form(forms: tuple[Variant, ...], sku: str) -> Variant | None:
    """The form of that number; else one that can be had, of the middle size if there is one."""
    asked = next((form for form in forms if form.sku == sku), None)
    there = [form for form in forms if catalog.available(form) != 0] or list(forms)
    usual = next((form for form in there if ["Size", "M"] in form.options), None)
    return asked or usual or next(iter(there), None)


def form_with(forms: tuple[Variant, ...], sku: str, name: str, value: str) -> Variant | None:
    """The form one comes to from that of number `sku` by choosing a value of an option.

    What was chosen besides stays as it is if there is such a form that can be had; else whatever
    has the value and is nearest to it.
    """
    now = dict(_pairs(chosen_form(forms, sku)))
    wanted = [form for form in forms if [name, value] in form.options]
    return min(wanted, key=lambda form: _far_from(form, now, name), default=None)


def _far_from(form: Variant, now: dict[str, str], name: str) -> tuple[bool, int, int]:
    others = [pair for pair in _pairs(form) if pair[0] != name]
    changed = sum(now.get(other) != value for other, value in others)
    return catalog.available(form) == 0 and changed > 0, changed, form.position


def _pairs(form: Variant | None) -> list[tuple[str, str]]:
    return [(name, value) for name, value in form.options] if form else []


def _options(forms: tuple[Variant, ...], chosen: Variant | None) -> list[OptionGroup]:
    now = dict(_pairs(chosen))
    groups = []
    for name, current in now.items():
        values = list(dict.fromkeys(dict(_pairs(form))[name] for form in forms))
        choices = [
            Choice(
                value=value,
                colour=colour_of(value) if name.lower() == COLOUR else "",
                chosen=value == current,
                sold_out=_is_gone(forms, now, name, value),
            )
            for value in values
        ]
        coloured = all(choice.colour for choice in choices)
        groups.append(OptionGroup(name, current, choices, coloured))
    return groups


def _is_gone(forms: tuple[Variant, ...], now: dict[str, str], name: str, value: str) -> bool:
    """Whether this value cannot be had with everything else as it is chosen."""
    wanted = {**now, name: value}
    return not any(dict(_pairs(form)) == wanted and catalog.available(form) != 0 for form in forms)


def _form(form: Variant | None, product: Product) -> Form:
    if form is None:
        return Form("", "", "", str(product.price), NEVER, "danger", can_be_bought=False)
    available = catalog.available(form)
    if available is None:
        stock, tone = MADE, "brand"
    elif available > 0:
        stock, tone = left(available) or IN_STOCK, "warn" if left(available) else "good"
    else:
        stock, tone = GONE if form.options else NEVER, "danger"
    return Form(
        id=form.id if available != 0 else "",
        sku=form.sku,
        words=words_of(form.options),
        price=str(form.price),
        stock=stock,
        tone=tone,
        can_be_bought=available != 0,
    )


def _sizes(kind: Kind) -> list[SizeRow]:
    rows = []
    for size in chart():
        spans = {name: in_both_units(span) for name, span in size.measured(kind)}
        if spans:
            neck, girth = spans["Neck"], spans.get("Girth", ("", ""))
            rows.append(SizeRow(size.name, *neck, *girth))
    return rows


def _ratings(rating: Rating) -> Ratings:
    if not rating.count:
        return Ratings("", "0%", "", [])
    bars = [
        Bar(f"{stars} {'star' if stars == 1 else 'stars'}", count, _percent(count / rating.count))
        for stars, count in sorted(enumerate(rating.stars, start=1), reverse=True)
    ]
    return Ratings(
        average=f"{rating.average:.1f}",
        width=_percent(rating.average / MOST_STARS),
        count=f"{rating.count} {'review' if rating.count == 1 else 'reviews'}",
        bars=bars,
    )


def _review(review: Review) -> ReviewView:
    return ReviewView(
        id=review.id,
        rating=review.rating,
        width=_percent(review.rating / MOST_STARS),
        title=review.title,
        text=review.text,
        name=review.shown_name,
        written=day(review.created),
        answer=review.answer,
    )


def _description(product: Product, kind: Kind) -> str:
    how = " made to your pet's measurements" if product.made and kind.is_gear else ""
    suits = {Species.CAT.value: "for cats", Species.BOTH.value: "for dogs and cats"}
    whom = suits.get(product.species, "for dogs")
    return f"{product.title}{how or ' ' + whom}. {product.story}"[:300]


def lowered(subtitle: str) -> str:
    """A subtitle as it goes on after a title."""
    return subtitle[:1].lower() + subtitle[1:]


def _percent(part: float) -> str:
    return f"{round(100 * part)}%"
