"""The builder's pages."""

from pet_app.builder.pages.bench import BENCH_PAGE
from pet_app.builder.pages.designs import DESIGNS_PAGE
from pet_app.builder.pages.numbers import NUMBERS_PAGE
from pet_app.builder.pages.shared import FILLS, SHARED_PAGE
from pet_app.builder.pages.workshop import WORKSHOP_PAGE

__all__ = ["FILLS", "PAGES"]

PAGES = [BENCH_PAGE, DESIGNS_PAGE, SHARED_PAGE, WORKSHOP_PAGE, NUMBERS_PAGE]
