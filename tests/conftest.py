"""Fixtures every test may ask for, and how tests are dealt out to processes."""

import gc
from collections.abc import Generator
from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

pytest_plugins = ["tests.services", "tests.stripe.fixtures"]

TOGETHER = ("tests/browser/", "tests/builder/test_geometry.py", "tests/builder/test_render")
"""What shares something dear: the started shop, the proofs of a sample, the compiled renderer."""

LATE = "tests/builder/"
"""What renders most. By then whoever starts the shop has compiled the renderer for all."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have no search for garbage look at six thousand tests and what they import, which stays.

    Each search would take longer than most tests, and there are hundreds in a run.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what renders wait for the compiled renderer; the rest keeps its order."""
    items.sort(key=lambda item: item.nodeid.startswith(LATE))


class OneShop(LoadScopeScheduling):
    """Deals out tests one by one, but all that share something dear to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for shared in TOGETHER if nodeid.startswith(shared)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneShop:
    """There is one started shop in a run, however many processes share it."""
    return OneShop(config, log)
