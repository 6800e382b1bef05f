"""The invoice of an order, drawn once it is paid."""

from pet_app.core import db
from pet_app.messaging.bus import on
from pet_app.messaging.job import Job
from pet_app.order import service as orders
from pet_app.order.billing import invoice_of
from pet_app.order.events import OrderPaid
from pet_app.order.keeping import keep_invoice


@on(OrderPaid)
def write_invoice(event: OrderPaid, job: Job) -> None:
    """Draw the invoice and keep it where only its customer and the staff get at it."""
    with db.reading() as session:
        order = orders.get_order(session, event.order_id)
        invoice = invoice_of(order, orders.order_lines(session, order.id))
    key = keep_invoice(order.id, invoice)
    with job.apply() as session:
        orders.attach_invoice(session, order.id, key)
