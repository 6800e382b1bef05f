"""Licences sold at the town's counter, for cash or a cheque."""

from sqlmodel import Session

from pet_app.core.security import Identity
from pet_app.licensing.form import Form
from pet_app.licensing.service.costs import Priced
from pet_app.licensing.service.desk.views import CounterSale, Sold


def price_at_counter(session: Session, identity: Identity, town_id: str, form: Form) -> Priced:
    """What it would cost. Raises `NotFound`, and `Invalid` by field."""
    raise NotImplementedError


def sell_at_counter(session: Session, identity: Identity, sale: CounterSale) -> Sold:
    """Take the money and issue the licence at once; sent twice, it is sold once.

    Raises `NotFound`, `Invalid` by field (`tag_code` too), `Conflict` for a tag already worn.
    """
    raise NotImplementedError
