"""Keys are short and unique, and sort by the moment they were made."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pet_app.core import ids


def test_later_keys_sort_later() -> None:
    made = [ids.new_id() for _ in range(2000)]
    assert made == sorted(set(made))
    assert {len(key) for key in made} == {26}


def test_threads_never_share_a_key() -> None:
    with ThreadPoolExecutor(8) as makers:
        made = list(makers.map(lambda _: ids.new_id(), range(4000)))
    assert len(set(made)) == 4000


def test_a_clock_that_steps_back_does_not_disturb_the_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = ids.new_id()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    assert ids.new_id() > before
