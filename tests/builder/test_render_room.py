"""Working memory: what one picture has used is there for the next."""

import platform
import subprocess
import sys

import pytest

AGAIN = """
import resource
from pathlib import Path
import numpy as np
from pet_app.builder.render import room

def work():
    return [np.ones(1_300_000, np.float32) for _ in range(4)] and None

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def pages():
    return int(Path("/proc/self/statm").read_text().split()[1])

work(), work()
before = faults()
work()
held, whole = faults() - before, pages()
room.give_back()
print(held, whole - pages())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only its memory can be tuned")
def test_large_arrays_lie_where_the_last_ones_lay_until_they_are_given_back():
    done = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True)
    held, given_back = map(int, done.stdout.split())
    assert held < 100
    assert given_back > 4000
