"""Orders for tests: placed, paid and sent as the shop would."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from pet_app.catalog import service as catalog
from pet_app.catalog.models import Variant
from pet_app.catalog.rules import NewVariant
from pet_app.core import clock, db
from pet_app.core.ids import new_id
from pet_app.core.money import Money
from pet_app.core.security import Identity, Role
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import JobRow
from pet_app.messaging.relay import Relay
from pet_app.messaging.runner import carry_out
from pet_app.order import service as orders
from pet_app.order.models import Order, OrderLine
from pet_app.order.service import Discount, NewLine, NewOrder, TaxLine
from pet_app.payment import service as payments
from pet_app.payment.rules import DemoOutcome
from pet_app.payment.service import Wanted
from tests.catalog.factory import make_product
from tests.messaging.factory import hasten

EMAIL = "olive@example.com"
GUEST = Identity(visitor="a" * 64)
STRANGER = Identity(visitor="b" * 64)
STAFF = Identity(user_id="0staff", role=Role.STAFF, name="Sam", strong=True)
BERLIN = {
    "country": "DE",
    "name": "Olive Owner",
    "street_address": "Lindenstraße 4",
    "postal_code": "10969",
    "city": "Berlin",
}
SLOW = ("order.write_invoice", "builder.picture_product")
PICTURE = "ab/" + "ab" * 32 + ".webp"


def make_variant(session: Session, stock: int | None = 5, handle: str = "enamel-bowl") -> Variant:
    """One thing on the shelf."""
    form = NewVariant(f"SKU-{handle.upper()}"[:40], Money(2000), weight_g=300, stock=stock)
    product = make_product(session, handle, title="Enamel bowl", variants=(form,), made=False)
    return catalog.variants_of(session, product)[0]


def bowl(variant: Variant, quantity: int = 2, **changes: Any) -> NewLine:
    """So many of a variant, taxed at a tenth."""
    told = {
        "sku": variant.sku,
        "title": "Enamel bowl",
        "words": "0.8 l · Pine",
        "unit": Money(2000),
        "quantity": quantity,
        "variant_id": variant.id,
        "kind": "harness",
        "handle": "enamel-bowl",
        "tax_cents": 200 * quantity,
        "weight_g": 300,
    }
    return NewLine(**(told | changes))


def harness(quantity: int = 1, **changes: Any) -> NewLine:
    """A design of one's own."""
    told = {
        "sku": "MADE-1",
        "title": "Biscuit's harness",
        "words": "Neck 46 cm, girth 76 cm",
        "unit": Money(9000),
        "quantity": quantity,
        "kind": "harness",
        "design": {"format": 1, "kind": "harness"},
        "design_id": "design-1",
        "content_key": "content-1",
        "breakdown": (("Webbing", "2.1 m", 6000), ("Sewing", "38 min", 3000)),
        "picture": PICTURE,
        "tax_cents": 900 * quantity,
        "weight_g": 210,
    }
    return NewLine(**(told | changes))


def new_order(*lines: NewLine, **changes: Any) -> NewOrder:
    """An order whose sums come out, whatever its lines."""
    shipping, gift = changes.pop("shipping", Money(500)), changes.get("gift")
    off = sum(line.discount_cents for line in lines)
    tax = sum(line.tax_cents for line in lines)
    total = sum(line.cents for line in lines) - off + shipping.cents + tax
    told: dict[str, Any] = {
        "checkout_key": new_id(),
        "owner": GUEST.owner,
        "email": EMAIL,
        "address": BERLIN,
        "method": "standard",
        "method_label": "Standard, 3 to 5 working days",
        "lines": lines,
        "shipping": shipping,
        "total": Money(total),
        "gift": gift,
        "pay_by": clock.now() + timedelta(minutes=30),
        "discounts": (Discount("WALKIES", "10% off", off),) if off else (),
        "tax_lines": (TaxLine("VAT", "10", tax, "assumption", "2026-01-01"),) if tax else (),
    }
    return NewOrder(**(told | changes))


def place(session: Session, *lines: NewLine, **changes: Any) -> Order:
    """An order that waits to be paid, its stock held, its payment open."""
    order = orders.place(session, new_order(*lines, **changes))
    wanted = {line.variant_id: line.quantity for line in lines if line.variant_id}
    if wanted:
        catalog.reserve(session, order.id, wanted, order.pay_by)
    payment = payments.open_payment(
        session,
        Wanted(
            order.owner,
            "order",
            order.id,
            order.due,
            ((f"Order {order.number}", order.due_cents, 1),) if order.due_cents else (),
            f"/checkout/done?order={order.id}",
            order.pay_by,
            email=order.email,
        ),
    )
    orders.attach_payment(session, order.id, payment.id)
    session.refresh(order)
    return order


def placed(*lines: NewLine, **changes: Any) -> str:
    """The id of an order that waits, all told of it being done."""
    with db.writing() as session:
        order_id = place(session, *lines, **changes).id
    settle()
    return order_id


def pay(order_id: str, outcome: DemoOutcome = DemoOutcome.PAID, *, react: bool = True) -> None:
    """Play the visitor on the payment page."""
    with db.writing() as session:
        order = orders.get_order(session, order_id)
        payments.settle_demo(session, _owner(order), order.payment_id, outcome)
    if react:
        settle()


def paid(*lines: NewLine, **changes: Any) -> str:
    """The id of an order that is paid; what follows from that has yet to happen."""
    with db.writing() as session:
        order = place(session, *lines, **changes)
        if order.due_cents:
            payments.settle_demo(session, _owner(order), order.payment_id, DemoOutcome.PAID)
        orders.mark_paid(session, order.id, order.payment_id, order.due)
        return order.id


def sent(*lines: NewLine, arrived: bool = True) -> str:
    """The id of an order that has left in one parcel, and has arrived."""
    order_id = paid(*lines)
    with db.writing() as session:
        orders.ship(session, STAFF, order_id, "dhl", f"JD{new_id()[-12:]}")
        if arrived:
            orders.deliver(session, STAFF, order_id)
    return order_id


def settle(*, paper: bool = False) -> None:
    """Let everything happen that follows; invoices, which take their time, only with `paper`."""
    load_reactions()

    def carry(_queue: str, job_id: str, attempt: int) -> None:
        if paper or _kind(job_id) not in SLOW:
            carry_out(job_id, attempt)

    relay = Relay(carry)
    while relay.step():
        pass


def draw_invoices() -> None:
    """Have the invoices drawn that wait for it."""
    hasten()
    settle(paper=True)


def _owner(order: Order) -> Identity:
    kind, _, key = order.owner.partition(":")
    return Identity(user_id=key, role=Role.USER) if kind == "user" else Identity(visitor=key)


def _kind(job_id: str) -> str:
    with db.reading() as session:
        return session.get_one(JobRow, job_id).kind


def done(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What a verb gives in a transaction of its own, with all that follows."""
    with db.writing() as session:
        result = verb(session, *args, **kwargs)
    settle()
    return result


def seen(order_id: str) -> Order:
    """The order as it stands."""
    with db.reading() as session:
        return orders.get_order(session, order_id)


def lines(order_id: str) -> list[OrderLine]:
    """Its lines."""
    with db.reading() as session:
        return orders.order_lines(session, order_id)


def steps(order_id: str, *, internal: bool = False) -> list[str]:
    """What its timeline says happened, in order."""
    with db.reading() as session:
        whole = orders.whole_of(session, orders.get_order(session, order_id), internal=internal)
        return [step.what for step in whole.steps]


def stock(variant: Variant) -> tuple[int | None, int]:
    """What lies on the shelf of a variant, and how much of it is promised."""
    with db.reading() as session:
        row = session.exec(select(Variant).where(Variant.id == variant.id)).one()
        return row.stock, row.reserved


def shelf(stock: int | None = 5, handle: str = "enamel-bowl") -> Variant:
    """One thing on the shelf, in a transaction of its own."""
    with db.writing() as session:
        return make_variant(session, stock, handle)
