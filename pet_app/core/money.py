"""Money as integer minor units with a currency; never a float."""

from dataclasses import dataclass

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


@dataclass(frozen=True, order=True)
class Money:
    """An amount in cents and the currency it is in (ISO 4217)."""

    cents: int
    currency: str = "USD"

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.cents + other.cents, self.currency)

    def __str__(self) -> str:
        """As shown to a visitor: `$48.50`, `-$3.00`."""
        sign = "-" if self.cents < 0 else ""
        whole, part = divmod(abs(self.cents), 100)
        return f"{sign}{SYMBOLS.get(self.currency, self.currency + ' ')}{whole:,}.{part:02d}"
