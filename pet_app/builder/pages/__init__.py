"""The builder's pages."""

from pet_app.builder.pages.bench import BENCH_PAGE
from pet_app.builder.pages.designs import DESIGNS_PAGE

PAGES = [BENCH_PAGE, DESIGNS_PAGE]
