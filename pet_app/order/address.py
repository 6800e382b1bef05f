"""Where an order goes, line by line."""

from pet_app.order.models import Order
from pet_app.user import service as users


def address_lines(order: Order) -> list[str]:
    """Where an order goes as it stands on the parcel; nothing where no parcel goes."""
    told = {name: line for name, line in order.address.items() if name != "country"}
    country = order.address.get("country", "")
    return [*users.written(country, told)] if country else []
