"""The worker for letters and everything quick: `python -m workers.default`."""

from pet_app.core.settings import settings
from pet_app.messaging.queue import LETTERS_AT_ONCE
from workers.process import consume

if __name__ == "__main__":
    consume({"default": settings().worker_threads, "letters": LETTERS_AT_ONCE})
