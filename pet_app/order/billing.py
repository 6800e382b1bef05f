"""What the invoice of an order says."""

from collections.abc import Sequence

from pet_app.core.mail.mailbox import named
from pet_app.core.moments import day
from pet_app.core.money import Money
from pet_app.core.settings import settings
from pet_app.order.address import address_lines
from pet_app.order.invoice_facts import Invoice, Row
from pet_app.order.models import Order, OrderLine

MADE = "Made to the measurements you gave us."
THANKS = "Paid in full. Thank you."
LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "CR", "GT", "PA", "DO"})
"""Where paper is not metric; CLDR says so."""


def invoice_of(order: Order, lines: Sequence[OrderLine]) -> Invoice:
    """The invoice of an order that is paid."""
    paid = order.paid or order.placed

    def money(cents: int) -> str:
        return str(Money(cents, order.currency))

    gift = (("Paid by gift card", money(order.gift_cents)),) if order.gift_cents else ()
    sources = [
        f"{name} {percent}%: {source}, {date}."
        for name, percent, _, source, date in order.tax_lines
    ]
    made = any(not line.variant_id for line in lines)
    return Invoice(
        number=order.invoice_number or order.number,
        paid=paid,
        letter_paper=order.address.get("country", "US") in LETTER_PAPER,
        to=(*address_lines(order), order.email),
        facts=(
            ("Invoice", order.invoice_number or ""),
            ("Date of invoice and payment", day(paid)),
            ("Order", order.number),
            ("Ordered on", day(order.placed)),
            *((("Sent by", order.method_label),) if order.method_label else ()),
        ),
        rows=tuple(
            Row(
                line.title,
                line.words,
                line.sku,
                str(line.quantity),
                money(line.unit_cents),
                money(line.line_cents),
            )
            for line in lines
        ),
        sums=(
            ("Items", money(order.items_cents)),
            *((f"{words} ({code})", money(-cents)) for code, words, cents in order.discounts),
            ("Shipping", money(order.shipping_cents)),
            *((f"{name} {percent}%", money(cents)) for name, percent, cents, *_ in order.tax_lines),
            ("Total", money(order.total_cents)),
        ),
        after=(*gift, *((("Paid", money(order.due_cents)),) if gift else ())),
        notes=(THANKS, *([MADE] if made else []), *sources),
        contact=str(named(settings().mail_from)[1]),
    )
