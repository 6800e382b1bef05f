"""A guest's tab before pages of cart and checkout."""

import pytest

from pet_app.catalog.models import Variant
from pet_app.checkout import pages
from pet_app.core import db
from pet_app.core.security import VISITOR_COOKIE, Identity, fingerprint, new_token
from pet_app.ui.cart import Basket
from tests.checkout.factory import make_variant
from tests.ui.factory import Tab

assert pages.PAGES, "which open the till"
COOKIE = new_token()
SHOPPER = Identity(visitor=fingerprint(COOKIE))


@pytest.fixture
def bowl(sqlite_database: str) -> Variant:
    """Five bowls on the shelf, $20 each."""
    with db.writing() as session:
        return make_variant(session)


@pytest.fixture
def tab(bowl: Variant) -> Tab:
    """A guest with one bowl in the cart."""
    found = Tab(**{VISITOR_COOKIE: COOKIE})
    found.send(Basket.put_variant, variant_id=bowl.id)
    return found
