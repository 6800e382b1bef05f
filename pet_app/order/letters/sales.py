"""What we write about an order on its way: confirmed, sent, there, called off, paid back."""

from collections.abc import Iterable

from pet_app.core.mail.letter import Block, Button, Code, Facts, Fine, Letter, Text
from pet_app.core.moments import minute
from pet_app.core.money import Money
from pet_app.order.address import address_lines
from pet_app.order.letters.words import ANSWER
from pet_app.order.models import Order, OrderLine, Shipment
from pet_app.order.terms import carrier_of, terms

OWN_LINK = "The button opens your order without an account. Keep this letter to yourself."


def confirmed(order: Order, lines: list[OrderLine], link: str) -> Letter:
    """An order is paid: what was bought, what it cost, where it goes."""
    made = any(not line.variant_id for line in lines)
    next_step = (
        "Our workshop starts on it now. We write again when it leaves us."
        if made
        else "We pack it now and write again when it leaves us."
    )
    return Letter(
        "order.confirmed",
        f"Thank you for your order {order.number}",
        (
            Text(f"Your payment is here, and your order is ours to make good. {next_step}"),
            Code(order.number, "Your order number"),
            Button("Follow your order", link),
            Facts(_lines(order, lines)),
            Facts(_sums(order)),
            *_where(order),
            Fine(
                f"The invoice is on your order's page, a minute after this letter. {_promise(made)}"
            ),
            # Who has an account signs in; the key of a guest's link stands behind the #.
            *([Fine(OWN_LINK)] if "#" in link else []),
            Fine(ANSWER),
        ),
        preheader=f"{order.total} · {_count(lines)}. {next_step}",
    )


def delayed(order: Order, link: str) -> Letter:
    """The customer did their part and the bank takes some days."""
    return Letter(
        "order.payment_delayed",
        f"We wait for your bank: order {order.number}",
        (
            Text(
                "You have done everything. Your bank takes some days to send the money; as soon "
                "as it is here we begin, and write to you. What you ordered is kept for you."
            ),
            Facts((("Order", order.number), ("Amount", str(order.due)))),
            Button("See your order", link),
            Fine(ANSWER),
        ),
    )


def failed(order: Order, link: str, reason: str) -> Letter:
    """A payment came to nothing."""
    return Letter(
        "order.payment_failed",
        f"Your payment did not arrive: order {order.number}",
        (
            Text(reason or "The payment for your order did not go through. Nothing was charged."),
            Text(
                f"We keep your order until {minute(order.pay_by)}. You can pay it in another way "
                "until then; after that we put everything back onto the shelf."
            ),
            Facts((("Order", order.number), ("Amount", str(order.due)))),
            Button("Pay in another way", link),
            Fine(ANSWER),
        ),
    )


def shipped(
    order: Order, lines: list[OrderLine], parcel: Shipment, link: str, *, rest: bool, no_more: str
) -> Letter:
    """A parcel is on its way; `rest` says that more is to come."""
    carrier = carrier_of(parcel.carrier)
    held = {str(line_id): int(quantity) for line_id, quantity in parcel.lines}
    follow = carrier.address(parcel.tracking_number)
    return Letter(
        "order.shipped",
        f"On its way: {'a part of ' if rest else ''}your order {order.number}",
        (
            Text(
                "A first part of your order has left us. The rest follows as soon as it is ready."
                if rest
                else "Your order has left us and is on its way to you."
            ),
            Facts((("Carrier", carrier.name), ("Tracking number", parcel.tracking_number))),
            Button("Follow the parcel", follow) if follow else Button("Follow your order", link),
            Facts(
                tuple(
                    (f"{held[line.id]} × {line.title}", line.words or " ")
                    for line in lines
                    if line.id in held
                )
            ),
            *_where(order),
            *([Button("See your order", link)] if follow else []),
            Fine(ANSWER),
        ),
        unsubscribe=no_more,
    )


def delivered(order: Order, lines: list[OrderLine], link: str, no_more: str) -> Letter:
    """Everything has arrived: how to wear it in, how to send it back."""
    made = any(not line.variant_id for line in lines)
    bought = any(line.variant_id for line in lines)
    said: list[Block] = [
        Text(
            f"Your order {order.number} has arrived. Put it on indoors first, with something "
            "good to eat, and look at the straps again after the first walks: new webbing gives."
        )
    ]
    if made:
        said.append(
            Text(
                "It does not fit as it should? What we made to your measurements we make once "
                f"more within {terms().fit.days} days. A photograph helps us to see where."
            )
        )
    if bought:
        said.append(
            Text(
                f"You may send back what came from the shelf within {terms().returns.days} days, "
                "unused, and get your money back."
            )
        )
    return Letter(
        "order.delivered",
        f"It is there: your order {order.number}",
        (
            *said,
            Button("Review it, or send it back", link),
            Fine("Others who measure their animals are glad of an honest word on how it fits."),
            Fine(ANSWER),
        ),
        unsubscribe=no_more,
    )


def cancelled(order: Order, link: str, *, in_time: bool) -> Letter:
    """An order came to nothing."""
    back = order.due_cents - order.refunded_cents if order.paid else 0
    first = (
        "Your order is cancelled."
        if in_time
        else "Nobody paid this order in time, so we put everything back onto the shelf. If you "
        "paid after all, the money goes back to you by itself."
    )
    said: list[Block] = [Text(first)]
    if back > 0:
        said.append(
            Text(
                f"{Money(back, order.currency)} goes back to where it came from. Banks take five "
                "to ten working days; we write again when it has left us."
            )
        )
    if order.gift_cents:
        card = Money(order.gift_cents, order.currency)
        said.append(Text(f"{card} is on your gift card again."))
    return Letter(
        "order.cancelled",
        f"Your order {order.number} is cancelled",
        (*said, Button("See the order", link), Fine(ANSWER)),
    )


def refunded(order: Order, amount: Money, link: str) -> Letter:
    """Money has left us."""
    return Letter(
        "order.refunded",
        f"{amount} is on its way back to you",
        (
            Text(
                "We sent the money back the way it came. Your bank shows it within five to ten "
                "working days."
            ),
            Facts(
                (
                    ("Order", order.number),
                    ("Back to you now", str(amount)),
                    ("Back to you in all", str(Money(order.refunded_cents, order.currency))),
                )
            ),
            Button("See the order", link),
            Fine(ANSWER),
        ),
    )


def opening_link(order: Order, link: str) -> Letter:
    """The link that opens an order, sent once more."""
    return Letter(
        "order.link",
        f"The link to your order {order.number}",
        (
            Text("Here is the link that opens your order, its invoice included."),
            Button("Open my order", link),
            Fine(OWN_LINK),
            Fine("You did not ask for this? Nothing was changed, and nobody else got the link."),
        ),
    )


def staff_called(order: Order, words: str) -> Letter:
    """To the shop itself: something about an order wants somebody."""
    return Letter(
        "order.staff_called",
        f"Please look at order {order.number}",
        (
            Text(words),
            Facts((("Order", order.number), ("Status", order.status), ("Due", str(order.due)))),
            Fine(f"python -m pet_app order show {order.number}"),
        ),
    )


def _lines(order: Order, lines: Iterable[OrderLine]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"{line.quantity} × {line.title}",
            "\n".join(filter(None, (line.words, str(Money(line.line_cents, order.currency))))),
        )
        for line in lines
    )


def _sums(order: Order) -> tuple[tuple[str, str], ...]:
    def money(cents: int) -> str:
        return str(Money(cents, order.currency))

    return (
        ("Items", money(order.items_cents)),
        *((f"{words} ({code})", money(-cents)) for code, words, cents in order.discounts),
        (order.method_label or "Shipping", money(order.shipping_cents)),
        *((f"{name} {percent}%", money(cents)) for name, percent, cents, *_ in order.tax_lines),
        ("Total", money(order.total_cents)),
        *((("Paid by gift card", money(-order.gift_cents)),) if order.gift_cents else ()),
        *((("Paid", money(order.due_cents)),) if order.gift_cents else ()),
    )


def _where(order: Order) -> list[Block]:
    written = address_lines(order)
    return [Facts((("Goes to", "\n".join(written)),))] if written else []


def _promise(made: bool) -> str:
    if made:
        return f"What is made to measure fits, or we make it again within {terms().fit.days} days."
    return f"You may send it back within {terms().returns.days} days."


def _count(lines: list[OrderLine]) -> str:
    count = sum(line.quantity for line in lines)
    return "1 piece" if count == 1 else f"{count} pieces"
