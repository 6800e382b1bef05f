"""What follows from payments and from orders: status, stock, paper and letters."""

from pet_app.order.tasks import letters, reactions

__all__ = ["letters", "reactions"]
