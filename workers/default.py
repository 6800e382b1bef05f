"""The worker for everything quick: `python -m workers.default`."""

from pet_app.core.settings import settings
from workers.process import consume

if __name__ == "__main__":
    consume("default", settings().worker_threads)
