"""The verbs of orders."""

from pet_app.order.agreed import Discount, NewLine, NewOrder, TaxLine
from pet_app.order.rules import OrderStatus
from pet_app.order.service.moving import topic
from pet_app.order.service.placing import attach_payment, place
from pet_app.order.service.reading import Whole, list_orders, order_of, orders_of, whole_of

__all__ = [
    "Discount",
    "NewLine",
    "NewOrder",
    "OrderStatus",
    "TaxLine",
    "Whole",
    "attach_payment",
    "list_orders",
    "order_of",
    "orders_of",
    "place",
    "topic",
    "whole_of",
]
