"""Lines of carts as they are sold now: priced, counted against what is left, with their picture."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session

from pet_app.builder import service as builder
from pet_app.builder.service import FrozenDesign
from pet_app.catalog import service as catalog
from pet_app.catalog.service import Sellable
from pet_app.checkout.models import CartLine
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import MOST_OF_ONE, Trouble
from pet_app.checkout.service.views import CartLineView
from pet_app.core.errors import Invalid
from pet_app.core.ids import is_id
from pet_app.core.money import Money

GONE = "“{title}” is not sold any more. Take it out to go on."
NOT_MADE = "“{title}” cannot be made any more as it was designed. Change it, or take it out."
SOLD_OUT = "“{title}” is sold out. Take it out, or keep it for later."
ONLY_LEFT = "Only {left} of “{title}” are left. Choose fewer."
ONE_LEFT = "Only one “{title}” is left. Choose fewer."
PRICE_CHANGED = "“{title}” costs {now} now; it was {was} when you put it in."


def priced_lines(
    session: Session,
    rows: Sequence[CartLine],
    held: Mapping[str, int],
    known: Mapping[str, Sellable] | None = None,
) -> list[CartLineView]:
    """These lines as they can be bought now, in their order.

    Lines that share a variant count together. `held` is what is promised already to the order that
    waits to be paid from this cart: to its owner that much is still there. `known` are the
    variants, for who has looked them up.
    """
    if known is None:
        known = sold_in(session, rows)
    wanted = wanted_of(row for row in rows if not row.saved)
    frozen = {row.thing: _frozen(row) for row in rows if row.design}
    keys = {design.content_key for design in frozen.values() if design}
    pictures = builder.photos_of(session, keys) if keys else {}
    views: list[CartLineView] = []
    for row in rows:
        if not row.design:
            sold = known.get(row.variant_id)
            left = sold and left_for(sold, held)
            others = wanted[row.variant_id] - (0 if row.saved else row.quantity)
            views.append(_of_variant(row, sold, left, others))
        elif design := frozen[row.thing]:
            picture = pictures.get(design.content_key)
            views.append(_of_design(row, design, picture.url if picture else ""))
        else:
            views.append(_gone(row, Trouble.CANNOT_BE_MADE, NOT_MADE))
    return views


def sold_in(session: Session, rows: Sequence[CartLine], *more: str) -> Mapping[str, Sellable]:
    """The variants of some lines, and `more`, as far as they are sold."""
    wanted = {row.variant_id for row in rows if row.variant_id} | {
        one for one in more if is_id(one)
    }
    return catalog.sellable(session, wanted) if wanted else {}


def wanted_of(rows: Iterable[CartLine]) -> Counter[str]:
    """How many of each variant some lines want together."""
    wanted: Counter[str] = Counter()
    for row in rows:
        if row.variant_id:
            wanted[row.variant_id] += row.quantity
    return wanted


def thing_of(variant_id: str, design: FrozenDesign | None = None) -> str:
    """What makes a line that line: the same thing twice is one line."""
    return design.content_key if design else variant_id


def _frozen(row: CartLine) -> FrozenDesign | None:
    try:
        return builder.priced(row.design)
    except Invalid:
        return None


def left_for(sold: Sellable, held: Mapping[str, int]) -> int | None:
    """How many somebody can have who holds so many already; None for what is made to order."""
    if sold.available is None:
        return None
    return sold.available + held.get(sold.variant_id, 0)


def _of_variant(
    row: CartLine, sold: Sellable | None, left: int | None, others: int
) -> CartLineView:
    if sold is None:
        return _gone(row, Trouble.GONE, GONE)
    most = MOST_OF_ONE if left is None else max(0, min(MOST_OF_ONE, left - others))
    problems: tuple[Found, ...] = ()
    if left is not None and row.quantity > most and not row.saved:
        said = {0: SOLD_OUT, 1: ONE_LEFT}.get(most, ONLY_LEFT)
        sentence = said.format(title=sold.title, left=most)
        problems = (Found(Trouble.OUT_OF_STOCK, sentence, row.id),)
    return CartLineView(
        id=row.id,
        variant_id=row.variant_id,
        design_id="",
        content_key="",
        sku=sold.sku,
        handle=sold.handle,
        kind=sold.kind,
        title=sold.title,
        words=sold.words,
        picture=f"/media/{sold.picture}" if sold.picture else "",
        unit=sold.price,
        quantity=row.quantity,
        total=Money(sold.price.cents * row.quantity, sold.price.currency),
        most=most,
        weight_g=sold.weight_g,
        shippable=sold.shippable,
        made=sold.available is None,
        was=_was(row, sold.price),
        design=sold.design,
        problems=problems,
    )


def _of_design(row: CartLine, design: FrozenDesign, picture: str) -> CartLineView:
    return CartLineView(
        id=row.id,
        variant_id="",
        design_id=row.design_id,
        content_key=design.content_key,
        sku=f"MADE-{design.content_key[:8].upper()}",
        handle="",
        kind=design.kind,
        title=row.title or design.title,
        words=design.words,
        picture=picture,
        unit=design.price,
        quantity=row.quantity,
        total=Money(design.price.cents * row.quantity, design.price.currency),
        most=MOST_OF_ONE,
        weight_g=design.weight_g,
        shippable=True,
        made=True,
        was=_was(row, design.price),
        breakdown=design.breakdown,
        design=design.data,
    )


def _gone(row: CartLine, trouble: Trouble, said: str) -> CartLineView:
    """A line nobody can buy: it shows what it was, and costs nothing."""
    title = row.title or "This"
    problem = Found(trouble, said.format(title=title), row.id)
    return CartLineView(
        id=row.id,
        variant_id=row.variant_id,
        design_id=row.design_id,
        content_key="",
        sku="",
        handle="",
        kind="",
        title=title,
        words="",
        picture="",
        unit=Money(row.seen_cents, row.currency),
        quantity=row.quantity,
        total=Money(0, row.currency),
        most=0,
        weight_g=0,
        shippable=True,
        made=bool(row.design),
        problems=() if row.saved else (problem,),
    )


def _was(row: CartLine, now: Money) -> Money | None:
    seen = Money(row.seen_cents, row.currency)
    return None if seen == now else seen
