"""The verbs of orders."""

from pet_app.order.agreed import Discount, NewLine, NewOrder, TaxLine
from pet_app.order.models import Order, OrderLine
from pet_app.order.rules import OrderStatus, topic
from pet_app.order.service.cancelling import cancel, may_cancel
from pet_app.order.service.moving import SHOP, outstanding
from pet_app.order.service.paying import (
    TIME_RAN_OUT,
    attach_invoice,
    due_orders,
    expire,
    mark_paid,
    note_delay,
    note_dispute,
    note_failure,
    note_mismatch,
    note_suspicion,
)
from pet_app.order.service.placing import attach_payment, place
from pet_app.order.service.reading import (
    Access,
    Whole,
    all_orders,
    any_order,
    find_order,
    get_order,
    list_orders,
    open_order,
    order_lines,
    order_of,
    step_words,
    whole_of,
)
from pet_app.order.service.refunds import left_of, note_refund, note_refund_failure, refund
from pet_app.order.service.returns import (
    Chance,
    ask_remake,
    ask_return,
    chances,
    decide_return,
    photo_of,
)
from pet_app.order.service.sending import begin_production, deliver, note, ship
from pet_app.order.service.tracking import adopt_orders, ask_link, count_look, link_to, track

__all__ = [
    "SHOP",
    "TIME_RAN_OUT",
    "Access",
    "Chance",
    "Discount",
    "NewLine",
    "NewOrder",
    "Order",
    "OrderLine",
    "OrderStatus",
    "TaxLine",
    "Whole",
    "adopt_orders",
    "all_orders",
    "any_order",
    "ask_link",
    "ask_remake",
    "ask_return",
    "attach_invoice",
    "attach_payment",
    "begin_production",
    "cancel",
    "chances",
    "count_look",
    "decide_return",
    "deliver",
    "due_orders",
    "expire",
    "find_order",
    "get_order",
    "left_of",
    "link_to",
    "list_orders",
    "mark_paid",
    "may_cancel",
    "note",
    "note_delay",
    "note_dispute",
    "note_failure",
    "note_mismatch",
    "note_refund",
    "note_refund_failure",
    "note_suspicion",
    "open_order",
    "order_lines",
    "order_of",
    "outstanding",
    "photo_of",
    "place",
    "refund",
    "ship",
    "step_words",
    "topic",
    "track",
    "whole_of",
]
