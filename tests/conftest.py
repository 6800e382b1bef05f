"""Fixtures every test may ask for, and how tests are dealt out to processes."""

from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

pytest_plugins = ["tests.services", "tests.stripe.fixtures"]

BROWSER = "tests/browser/"


class OneShop(LoadScopeScheduling):
    """Deals out tests one by one, but all that need the started shop to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneShop:
    """There is one started shop in a run, however many processes share it."""
    return OneShop(config, log)
