"""That a product is shown otherwise than before: its row says when, and everybody is told."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, update

from pet_app.catalog.events import ProductChanged
from pet_app.catalog.models import Product
from pet_app.core import clock
from pet_app.messaging import signal
from pet_app.messaging.outbox import publish

TOPIC = "catalogue"
"""The signal after a change of what the shop shows."""


def show_changed(session: Session, product_ids: Collection[str], **changes: Any) -> None:
    """Note that these are shown otherwise, with `changes` of their columns; by id, since locks are
    taken in one order."""
    session.flush()
    for product_id in sorted(product_ids):
        changed = (
            update(Product)
            .where(col(Product.id) == product_id)
            .values(changed=clock.now(), **changes)
            .returning(col(Product.handle))
        )
        options = {"synchronize_session": False}
        handle = session.connection().execute(changed, execution_options=options).scalar()
        if handle is None:
            continue
        publish(session, ProductChanged(handle))
        # Whoever holds the row in this session would otherwise go on with what it was.
        session.get(Product, product_id, populate_existing=True)
    if product_ids:
        signal.after_commit(session, TOPIC)
