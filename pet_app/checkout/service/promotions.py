"""Promotion codes: made and changed by the staff, counted when orders use them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select, update

from pet_app.catalog.service import Kind
from pet_app.checkout.cards import key_of, person_key
from pet_app.checkout.models import Promotion, PromotionUse
from pet_app.checkout.problems import Found
from pet_app.checkout.rules import (
    GIFT,
    MOST_CENTS,
    MOST_PERCENT,
    PromotionKind,
    Trouble,
    tidy_code,
)
from pet_app.core import clock
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.ids import is_id
from pet_app.core.security import Identity, Permission

NO_PROMOTION = "There is no such promotion."
UNKNOWN = "We don't know the code {code}. Look for a mistyped letter."
NOT_YET = "{code} can be used from {day}."
OVER = "{code} has run out."
USED_UP = "{code} has been used as often as it can be."
NOT_AGAIN = "You have used {code} as often as one person can."
CURRENCY = "USD"
LONGEST_WORDS = 80
LONGEST_GROUP = 40
MOST_USES = 10_000_000
PAGE = 200


@dataclass(frozen=True)
class NewPromotion:
    """A code as it is made. `words` is what customers read: `10% off your first order`.

    `percent` or `amount_cents` by its kind; `only_kinds` empty means every kind of thing; codes of
    one `group` are not used together.
    """

    code: str
    words: str
    kind: PromotionKind
    percent: int = 0
    amount_cents: int = 0
    minimum_cents: int = 0
    only_kinds: tuple[str, ...] = ()
    group: str = ""
    most_uses: int | None = None
    most_per_person: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class PromotionChange:
    """What of a promotion is other from now on; None leaves it as it is."""

    words: str | None = None
    active: bool | None = None
    ends: datetime | None = None
    most_uses: int | None = None
    most_per_person: int | None = field(default=None)


def add_promotion(session: Session, identity: Identity, new: NewPromotion) -> Promotion:
    """Make a code. Raises `Invalid` with the fields, `Conflict` for a code there is already,
    `NotSignedIn` and `Forbidden`."""
    identity.must(Permission.CATALOGUE)
    if faults := _faults(new):
        raise Invalid("This code cannot be made like that.", faults)
    now = clock.now()
    row = Promotion(
        code=tidy_code(new.code),
        words=new.words.strip(),
        kind=new.kind.value,
        percent=new.percent,
        amount_cents=new.amount_cents,
        currency=CURRENCY,
        minimum_cents=new.minimum_cents,
        only_kinds=sorted(set(new.only_kinds)),
        group=new.group.strip(),
        most_uses=new.most_uses,
        most_per_person=new.most_per_person,
        starts=new.starts or now,
        ends=new.ends,
        created=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Conflict("There is a promotion with this code.") from None
    return row


def change_promotion(
    session: Session, identity: Identity, promotion_id: str, change: PromotionChange
) -> Promotion:
    """Change a promotion from now on; orders keep what they were given. Raises `NotFound`,
    `Invalid` with the fields, `NotSignedIn` and `Forbidden`."""
    identity.must(Permission.CATALOGUE)
    found = select(Promotion).where(Promotion.id == promotion_id).with_for_update()
    row = session.exec(found).one_or_none() if is_id(promotion_id) else None
    if row is None:
        raise NotFound(NO_PROMOTION)
    faults = {**_words_fault(change.words), **_limit_faults(change)}
    if change.ends is not None and change.ends <= row.starts:
        faults["ends"] = "It cannot end before it starts."
    if faults:
        raise Invalid("It cannot be changed like that.", faults)
    for name in ("words", "active", "ends", "most_uses", "most_per_person"):
        if (value := getattr(change, name)) is not None:
            setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def list_promotions(session: Session, identity: Identity) -> list[Promotion]:
    """The newest two hundred promotions. Raises `NotSignedIn` and `Forbidden`."""
    identity.must(Permission.CATALOGUE)
    return list(session.exec(select(Promotion).order_by(col(Promotion.id).desc()).limit(PAGE)))


def promotion_by_code(session: Session, identity: Identity, code: str) -> Promotion:
    """One promotion, for the staff. Raises `NotFound`, `NotSignedIn` and `Forbidden`."""
    identity.must(Permission.CATALOGUE)
    if (row := by_codes(session, [tidy_code(code)]).get(tidy_code(code))) is None:
        raise NotFound(NO_PROMOTION)
    return row


def by_codes(session: Session, codes: Collection[str]) -> dict[str, Promotion]:
    """Promotions by their code."""
    found = select(Promotion).where(col(Promotion.code).in_(codes))
    return {row.code: row for row in session.exec(found)}


def usable(
    session: Session, row: Promotion | None, code: str, email: str, held: Collection[str]
) -> Found | None:
    """Why a code cannot be used now; None when it can. `held` are the promotions whose use the
    order that waits to be paid has already."""
    now = clock.now()
    if row is None or not row.active:
        return Found(Trouble.CODE_UNKNOWN, UNKNOWN.format(code=code), code)
    if row.starts > now:
        day = f"{row.starts:%B} {row.starts.day}"
        return Found(Trouble.CODE_NOT_YET, NOT_YET.format(code=code, day=day), code)
    if row.ends is not None and row.ends <= now:
        return Found(Trouble.CODE_OVER, OVER.format(code=code), code)
    mine = int(row.id in held)
    if row.most_uses is not None and row.uses - mine >= row.most_uses:
        return Found(Trouble.CODE_USED_UP, USED_UP.format(code=code), code)
    if email and _is_at_limit(session, row, email, mine):
        return Found(Trouble.CODE_NOT_AGAIN, NOT_AGAIN.format(code=code), code)
    return None


def use_promotion(session: Session, row: Promotion, order_id: str, email: str) -> Found | None:
    """Count one use by an order; what is in the way, if it is used up.

    Of many who use the last one at once, one gets it: the row changes only while uses are left,
    and it is held until this transaction ends, so that a person's uses are counted one at a time.
    """
    now = clock.now()
    one_more = (
        update(Promotion)
        .where(
            col(Promotion.id) == row.id,
            col(Promotion.active),
            col(Promotion.starts) <= now,
            or_(col(Promotion.ends).is_(None), col(Promotion.ends) > now),
            or_(col(Promotion.most_uses).is_(None), col(Promotion.uses) < Promotion.most_uses),
        )
        .values(uses=col(Promotion.uses) + 1)
        .returning(col(Promotion.id))
    )
    if session.connection().execute(one_more).first() is None:
        return Found(Trouble.CODE_USED_UP, USED_UP.format(code=row.code), row.code)
    if _is_at_limit(session, row, email, 0):
        return Found(Trouble.CODE_NOT_AGAIN, NOT_AGAIN.format(code=row.code), row.code)
    session.add(
        PromotionUse(
            promotion_id=row.id,
            order_id=order_id,
            email_key=person_key(email),
            created=clock.now(),
        )
    )
    session.flush()
    return None


def give_uses_back(session: Session, order_id: str) -> None:
    """An order came to nothing: what it used can be used again. Safe twice."""
    back = (
        update(PromotionUse)
        .where(col(PromotionUse.order_id) == order_id, col(PromotionUse.given_back).is_(False))
        .values(given_back=True)
        .returning(col(PromotionUse.promotion_id))
    )
    for promotion_id in sorted(session.connection().execute(back).scalars().all()):
        session.connection().execute(
            update(Promotion)
            .where(col(Promotion.id) == promotion_id)
            .values(uses=col(Promotion.uses) - 1)
        )


def _is_at_limit(session: Session, row: Promotion, email: str, mine: int) -> bool:
    if row.most_per_person is None:
        return False
    uses = select(func.count()).where(
        PromotionUse.promotion_id == row.id,
        PromotionUse.email_key == person_key(email),
        col(PromotionUse.given_back).is_(False),
    )
    return session.exec(uses).one() - mine >= row.most_per_person


def _faults(new: NewPromotion) -> dict[str, str]:
    faults = {**_words_fault(new.words), **_limit_faults(new)}
    if not tidy_code(new.code):
        faults["code"] = "A code is made of 3 to 40 capitals, digits and single hyphens."
    elif key_of(new.code):
        faults["code"] = "This looks like the code of a gift card. Choose another."
    by_percent, by_amount = new.kind is PromotionKind.PERCENT, new.kind is PromotionKind.AMOUNT
    if not (0 < new.percent <= MOST_PERCENT if by_percent else new.percent == 0):
        faults["percent"] = "Between 1 and 100 percent, and only for a code of that kind."
    if not (0 < new.amount_cents <= MOST_CENTS if by_amount else new.amount_cents == 0):
        faults["amount_cents"] = "Something to take off, and only for a code of that kind."
    if not 0 <= new.minimum_cents <= MOST_CENTS:
        faults["minimum_cents"] = "That is no amount to reach."
    if set(new.only_kinds) - {kind.value for kind in Kind if kind.value != GIFT}:
        faults["only_kinds"] = "Name kinds of things we make cheaper."
    if len(new.group) > LONGEST_GROUP or not new.group.isprintable():
        faults["group"] = f"Up to {LONGEST_GROUP} plain characters."
    if new.ends is not None and new.ends <= (new.starts or clock.now()):
        faults["ends"] = "It cannot end before it starts."
    return faults


def _words_fault(words: str | None) -> dict[str, str]:
    if words is None or (0 < len(words.strip()) <= LONGEST_WORDS and words.isprintable()):
        return {}
    return {"words": f"Say in up to {LONGEST_WORDS} characters what it does."}


def _limit_faults(asked: NewPromotion | PromotionChange) -> dict[str, str]:
    limits = {"most_uses": asked.most_uses, "most_per_person": asked.most_per_person}
    return {
        name: "At least once, or leave it empty."
        for name, value in limits.items()
        if value is not None and not 0 < value <= MOST_USES
    }
