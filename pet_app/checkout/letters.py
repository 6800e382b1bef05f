"""What checkout writes to people: the gift cards they bought."""

from pet_app.core.mail.letter import Button, Code, Fine, Letter, Text
from pet_app.core.money import Money


def gift_card(code: str, amount: Money, number: str) -> Letter:
    """To whoever bought a gift card: its code, to use or to pass on."""
    return Letter(
        "order.gift_card",
        f"Your gift card of {amount}",
        (
            Text(
                f"Here is the gift card from your order {number}. Pass this letter on, or write "
                "the code on a card of your own: whoever has it can use it."
            ),
            Code(code, f"Gift card · {amount}"),
            Text(
                "It is entered in the cart, beside the total, and pays for everything in our shop. "
                "What is left stays on it for next time."
            ),
            Button("Choose something", "/shop"),
            Fine("Keep the code like money. If this letter is lost, answer it, or write to us."),
        ),
    )
