"""The clock that orders periodic work: `python -m workers.clock`; two are safer than one."""

from workers.process import keep_time

if __name__ == "__main__":
    keep_time()
