"""Fresh people for browser tests, so that no test changes what another one finds."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, expect
from pyotp.totp import TOTP

from pet_app.core.ids import new_id
from tests.browser.conftest import MARK_UNTIL_AWAKE
from tests.browser.site import Site

OWNER = "Owner"
PASSWORD = "four random words here"
LETTERS_WITHIN_S = 20


def sign_in(page: Page, who: str = OWNER, then: str = "/dashboard/pets") -> None:
    """Sign in with a demonstration account and come to a page.

    The page to sign in is left only once the answer is there. A test that ended before would leave
    an answer on its way, whose cookie could then sign in the next visitor.
    """
    page.goto(f"/login?next={quote(then, safe='')}")
    page.get_by_role("button", name=who, exact=True).click()
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: urlsplit(url).path != "/login", wait_until="commit")


def origin(page: Page) -> str:
    """The address of the shop the page is at, or is about to be at."""
    return page.evaluate("location.origin")


def letter(page: Page, email: str, kind: str) -> str:
    """The text of the last letter of a kind to an address, once it is there."""
    deadline = time.monotonic() + LETTERS_WITHIN_S
    while time.monotonic() < deadline:
        answer = page.request.get("/api/v1/outbox", params={"to": email})
        for found in answer.json()["letters"]:
            if found["kind"] == kind:
                return found["text"]
        page.wait_for_timeout(50)
    raise AssertionError(f"no letter {kind} to {email}")


def link_in(text: str) -> str:
    """The address of the one link with a token in a letter."""
    found = re.search(r"https?://\S+#\S+", text)
    assert found, text
    return found[0]


def open_account(page: Page, email: str, name: str = "Nora Newcomer") -> None:
    """Open an account by its letter and sign this browser in to it."""
    page.goto("/login")
    headers = {"origin": origin(page)}
    body = {"name": name, "email": email, "password": PASSWORD}
    assert page.request.post("/api/v1/users", data=body, headers=headers).status == 202
    token = link_in(letter(page, email, "account.confirm")).partition("#")[2]
    opened = page.request.post("/api/v1/users/confirmation", data={"token": token}, headers=headers)
    assert opened.ok, opened.text()


def enter(page: Page, email: str, then: str, password: str = PASSWORD) -> None:
    """Sign in by the form and wait for the page asked for."""
    show_password(page, email, then, password)
    page.wait_for_url(lambda url: url.split("?")[0].endswith(then))


def show_password(page: Page, email: str, then: str, password: str = PASSWORD) -> None:
    """The first step of signing in by the form."""
    page.goto(f"/login?next={then}")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def apply(page: Page, name: str = "Nora Newcomer") -> str:
    """Fill in the form for an account, come to the word about the letter; the address given."""
    email = f"{new_id()}@example.com"
    page.goto("/register")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open an account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    expect(page.get_by_text(email)).to_be_visible()
    return email


def protect(page: Page) -> tuple[str, list[str]]:
    """Set up the second step by its page: the secret and the recovery codes."""
    page.goto("/second-factor")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_text("On this phone").click()
    secret = page.locator("#secret-text").inner_text()
    page.get_by_label("Code from your app").fill(TOTP(secret).now())
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Keep these recovery codes")).to_be_visible()
    return secret, page.locator("#code-list li").all_inner_texts()


def next_code(secret: str) -> str:
    """A code that is good although this moment's was used."""
    return TOTP(secret).at(int(time.time()) + 30)


@contextmanager
def elsewhere(browser: Browser, site: Site, email: str, then: str) -> Iterator[Page]:
    """The same person on another device, at a page."""
    with browser.new_context(base_url=site.url) as context:
        context.add_init_script(MARK_UNTIL_AWAKE)
        tab = context.new_page()
        tab.add_locator_handler(tab.locator("html[data-waking]"), lambda: None)
        enter(tab, email, then)
        yield tab
