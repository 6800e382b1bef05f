"""A dialog on the browser's own `<dialog>`, which keeps the focus inside and closes on Escape."""

from typing import Any

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.ui.components.buttons import icon_button
from pet_app.ui.components.kinds import Child, Text

MODAL = """
function PetModal({ open, onClose, children, ...rest }) {
  const ref = useRef(null);
  useEffect(() => {
    const el = ref.current;
    if (!el) return;
    if (open && !el.open) {
      el.showModal();
      /* The browser begins at the cross; a window may name what it is there for. */
      const first = el.querySelector("[data-autofocus]");
      if (first) first.focus();
    }
    if (!open && el.open) el.close();
  }, [open]);
  return jsx("dialog", {
    ...rest,
    ref,
    onCancel: (event) => { event.preventDefault(); onClose && onClose(); },
    onClick: (event) => { if (event.target === ref.current) onClose && onClose(); },
  }, open ? children : null);
}
"""


class Modal(rx.Component):
    """The bare dialog; `dialog` dresses it."""

    tag = "PetModal"

    open: rx.Var[bool]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]

    def add_imports(self) -> ImportDict:
        """What the code below needs of React."""
        return {"react": ["useRef", "useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [MODAL]


def dialog(
    title: Text,
    *children: Child,
    open: rx.Var[bool],
    on_close: Any,
    name: str = "dialog",
) -> rx.Component:
    """A dialog over the page while `open`; `on_close` runs on Escape, the cross, or outside."""
    return Modal.create(
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, id=f"{name}-title", class_name="text-heading"),
                icon_button("close", "Close", on_click=on_close, class_name="-mr-2"),
                class_name="mb-3 flex items-start justify-between gap-4",
            ),
            *children,
            class_name="p-6 sm:p-8",
        ),
        open=open,
        on_close=on_close,
        class_name="rise w-[min(32rem,calc(100vw-2rem))] rounded-panel bg-surface text-ink "
        "shadow-dialog",
        custom_attrs={"aria-labelledby": f"{name}-title"},
    )


def dialog_actions(*children: Child) -> rx.Component:
    """The buttons at the foot of a dialog, the main one last."""
    return rx.el.div(*children, class_name="mt-7 flex flex-wrap justify-end gap-3")
