"""Fresh people for browser tests, so that no test changes what another one finds."""

import re
import time

from playwright.sync_api import Page

PASSWORD = "four random words here"
LETTERS_WITHIN_S = 20


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
    page.goto(f"/login?next={then}")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: url.split("?")[0].endswith(then))
