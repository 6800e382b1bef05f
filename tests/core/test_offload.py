"""Heavy work happens in a child, and a child that dies takes nothing with it."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest

from pet_app.core import offload
from pet_app.core.errors import Invalid
from pet_app.core.settings import ROOT

WORK = "tests.core.offloaded"
PARENT = f"""
from pet_app.core import offload
import sys
offload.call("model", "{WORK}:hold", sys.argv[1], 60.0)
"""


def call(name: str, *args: object, timeout: float = 20) -> object:
    """Call one of the functions of `offloaded` in the model's lane."""
    return offload.call("model", f"{WORK}:{name}", *args, timeout=timeout)


def test_work_is_done_in_one_child_that_stays() -> None:
    child = call("process")
    assert child == call("process")
    assert child != os.getpid()


def test_each_lane_has_a_child_of_its_own() -> None:
    assert offload.call("picture", f"{WORK}:process") != call("process")


def test_progress_arrives_in_order() -> None:
    stages: list[str] = []
    found = offload.call("model", f"{WORK}:double", 21, on_progress=stages.append)
    assert (found, stages) == (42, ["taking it", "doubling it"])


def test_a_childs_problem_is_the_callers_problem() -> None:
    with pytest.raises(Invalid) as caught:
        call("refuse")
    assert caught.value.fields == {"width_mm": "At least 10 mm."}


def test_any_other_error_brings_the_childs_own_traceback() -> None:
    with pytest.raises(offload.OffloadError, match="over my own feet"):
        call("stumble")
    with pytest.raises(offload.OffloadError, match="pickle"):
        call("unsendable")


def test_an_error_leaves_the_child_alive() -> None:
    before = call("process")
    with pytest.raises(offload.OffloadError):
        call("stumble")
    assert call("process") == before


def test_a_dead_child_is_replaced_at_the_next_call() -> None:
    before = call("process")
    with pytest.raises(offload.ChildDied):
        call("die")
    assert call("process") != before


def test_a_lane_may_have_many_children_that_work_at_once(tmp_path: Path) -> None:
    offload.widen("workshop", 2)
    with ThreadPoolExecutor(2) as both:
        working = [
            both.submit(offload.call, "workshop", f"{WORK}:meet", str(tmp_path), 2)
            for _ in range(2)
        ]
        assert len({found.result() for found in working}) == 2


def test_work_nobody_waits_for_keeps_to_one_core() -> None:
    asked = [
        offload.call("workshop", f"{WORK}:cores", on_one_core=alone) for alone in (True, False)
    ]
    assert asked == [1, offload.cores()]


def test_work_that_wants_too_much_memory_fails_and_its_child_is_replaced() -> None:
    before = offload.call("picture", f"{WORK}:process")
    with pytest.raises(offload.OutOfMemory):
        offload.call("picture", f"{WORK}:hoard")
    assert offload.call("picture", f"{WORK}:process") != before


def test_the_next_child_waits_longer_the_more_died_at_their_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []
    call("process")
    monkeypatch.setattr(offload.time, "sleep", waited.append)
    for _ in range(3):
        with pytest.raises(offload.ChildDied):
            call("die")
    call("process")
    with pytest.raises(offload.ChildDied):
        call("die")
    call("process")
    assert waited == [*offload.PAUSES_S[:3], offload.PAUSES_S[0]]


def test_a_child_killed_between_calls_is_not_even_noticed() -> None:
    before = call("process")
    assert isinstance(before, int)
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert call("process") != before


def test_work_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    before = call("process")
    with pytest.raises(offload.OffloadTimeout):
        call("hold", str(tmp_path / "child"), 60.0, timeout=0.05)
    assert call("process") != before


def test_a_listener_that_fails_does_not_mix_up_answers() -> None:
    def fall(_stage: str) -> None:
        raise RuntimeError("listener")

    with pytest.raises(RuntimeError, match="listener"):
        offload.call("model", f"{WORK}:double", 1, on_progress=fall)
    assert call("double", 4) == 8


def test_callers_take_turns() -> None:
    with ThreadPoolExecutor(8) as callers:
        assert list(callers.map(lambda n: call("double", n), range(40))) == list(range(0, 80, 2))


def test_a_child_ends_with_its_parent_in_the_middle_of_work(tmp_path: Path) -> None:
    told = tmp_path / "child"
    with subprocess.Popen([sys.executable, "-c", PARENT, str(told)], cwd=ROOT) as parent:
        wait_for_text(told)
        parent.kill()
    wait_for_end(int(told.read_text()))


def test_closing_does_not_wait_for_the_work_under_way(tmp_path: Path) -> None:
    told = tmp_path / "child"
    with ThreadPoolExecutor(1) as callers:
        working = callers.submit(call, "hold", str(told), 60.0, timeout=60)
        wait_for_text(told)
        offload.close()
        with pytest.raises(offload.Closed):
            working.result()


def test_only_the_parent_ends_a_child_that_is_told_to_stop(tmp_path: Path) -> None:
    told = tmp_path / "child"
    with ThreadPoolExecutor(1) as callers:
        working = callers.submit(call, "hold", str(told), 0.2)
        wait_for_text(told)
        os.kill(int(told.read_text()), signal.SIGTERM)
        assert working.result() is None
    assert call("process") == int(told.read_text())


def test_a_fork_starts_children_of_its_own() -> None:
    before = call("process")
    forked = os.fork()
    if forked == 0:
        os._exit(call("process") == before)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert call("process") == before


def test_a_worker_process_does_the_work_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offload, "_inline", False)
    offload.inline()
    stages: list[str] = []
    assert offload.call("model", f"{WORK}:process", on_progress=stages.append) == os.getpid()
    assert offload.call("model", f"{WORK}:double", 2, on_progress=stages.append) == 4
    assert stages == ["taking it", "doubling it"]


def wait_for_text(path: Path) -> None:
    """Wait until something is written in a file."""
    deadline = monotonic() + 20
    while not (path.exists() and path.read_text()):
        assert monotonic() < deadline
        sleep(0.01)


def wait_for_end(process: int) -> None:
    """Wait until a process is gone, or only its entry is left for its parent to read."""
    deadline = monotonic() + 10
    status = Path(f"/proc/{process}/status")
    while status.exists() and "State:\tZ" not in status.read_text():
        assert monotonic() < deadline
        sleep(0.01)
