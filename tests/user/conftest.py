"""Fixtures of the tests of accounts."""

from collections.abc import Iterator

import pytest

from pet_app.core.settings import settings
from pet_app.user.oidc import discovery
from tests.user import acme as provider
from tests.user.acme import Acme


@pytest.fixture(scope="session")
def acme_process() -> Iterator[Acme]:
    """npm's oidc-provider, for all tests of a run."""
    with provider.started() as started:
        yield started


@pytest.fixture
def acme(acme_process: Acme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Acme]:
    """The provider with its clock right, named in the settings of this test's shop."""
    monkeypatch.setenv("OIDC_PROVIDERS", acme_process.settings())
    settings.cache_clear()
    discovery.forget()
    acme_process.tell("skew", seconds=0)
    yield acme_process
    discovery.forget()
