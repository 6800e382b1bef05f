"""What the window beside a frame keeps of its address while somebody signs in."""

import reflex as rx

from pet_app.ui.session import Session

KEEP_LINK = """
(() => {
  const { hash, pathname } = window.location;
  const kept = sessionStorage.getItem("let-in");
  if (hash) sessionStorage.setItem("let-in", hash);
  /* Signing in led over other pages, and the end of the address was lost on the way. */
  else if (kept) history.replaceState(history.state, "", pathname + kept);
})()
"""


class Window(Session):
    """The window that lets a frame go on."""

    @rx.event
    def open(self) -> rx.event.EventSpec:
        """Keep the token behind the # in this tab, whose server never sees it."""
        return rx.call_script(KEEP_LINK)
