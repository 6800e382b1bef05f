"""What follows from payments and from orders: status, stock, paper and letters."""

from pet_app.order.tasks import letters, paper, reactions

__all__ = ["letters", "paper", "reactions"]
