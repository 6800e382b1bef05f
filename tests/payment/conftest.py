"""The tests of payments test what follows from payments, so that has to be loaded."""

from pet_app.payment import tasks as _tasks  # noqa: F401  (its reactions are what is tested)
from pet_app.webhook import tasks as _inbox_tasks  # noqa: F401
