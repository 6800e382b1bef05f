"""What axe-core finds wrong with a page for people who cannot see it or use a mouse."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from pet_app.core.settings import ROOT

SOURCE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"

# What fades in has no colour of its own until it is there. What turns while one waits never is, nor
# is what moves where nobody sees it, so there is an end to waiting.
STILL = """Promise.race([
    Promise.allSettled(
        document.getAnimations()
            .filter((moving) => moving.effect?.getComputedTiming().endTime < Infinity)
            .map((moving) => moving.finished)
    ),
    new Promise((done) => setTimeout(done, 1000)),
]).then(() => null)"""


@cache
def _source() -> str:
    return SOURCE.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """A line for each rule the page breaks, with the first element that does."""
    page.evaluate(_source())
    page.evaluate(STILL)
    found: dict[str, Any] = page.evaluate("axe.run()")
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]
