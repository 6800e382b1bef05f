"""The worker that renders: `python -m workers.previews`, on every core the machine lets it have.

It keeps a child for each core that renders what open pages wait for, and one for each that does the
rest at a lower priority; a child that dies or hangs is replaced.
"""

import os

from workers.process import consume

if __name__ == "__main__":
    cores = len(os.sched_getaffinity(0))
    consume({"previews": cores, "batch": cores}, {"picture": cores, "batch": cores})
