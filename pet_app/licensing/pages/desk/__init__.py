"""The pages of the clerks' desk."""

from pet_app.licensing.pages.desk import (
    case,
    counter,
    figures,
    imports,
    licences,
    policy,
    queue,
    simulator,
)

__all__ = ["PAGES"]

PAGES = [
    queue.PAGE,
    case.PAGE,
    licences.PAGE,
    counter.PAGE,
    figures.PAGE,
    simulator.PAGE,
    imports.PAGE,
    policy.PAGE,
]
