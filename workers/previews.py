"""The worker that renders: `python -m workers.previews`, one job at a time on every core."""

from workers.process import consume

if __name__ == "__main__":
    consume({"previews": 1})
