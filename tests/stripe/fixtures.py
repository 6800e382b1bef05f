"""The stand-in for Stripe, as fixtures: one process for all tests, empty for each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pet_app.core.settings import settings
from pet_app.payment import gateway
from tests.stripe.fake import Fake


@pytest.fixture(scope="session")
def _stand_in() -> Iterator[Fake]:
    found = Fake().start()
    yield found
    found.stop()


@pytest.fixture
def stripe_fake(_stand_in: Fake, shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """A stand-in that knows of nothing, and a shop that takes it for Stripe."""
    _stand_in.set("reset")
    monkeypatch.setenv("STRIPE_SECRET_KEY", _stand_in.key)
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", _stand_in.secret)
    monkeypatch.setenv("STRIPE_API_BASE", _stand_in.base)
    settings.cache_clear()
    yield _stand_in
    gateway.close()
