"""The tests of payments test what follows from payments, so that has to be loaded."""

import pytest
import stripe

from pet_app.payment import tasks as _tasks  # noqa: F401  (its reactions are what is tested)
from pet_app.webhook import tasks as _inbox_tasks  # noqa: F401


@pytest.fixture(autouse=True)
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK waits half a second before it tries again, which nobody has to see."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
