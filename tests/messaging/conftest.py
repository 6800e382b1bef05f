"""Every test here starts with reactions that do nothing."""

import pytest

from tests.messaging import factory


@pytest.fixture(autouse=True)
def _quiet() -> None:
    factory.answer.reset()
    factory.previews.reset()
