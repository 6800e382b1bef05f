"""After a form came back with faults, the first field at fault has the focus."""

import reflex as rx
from reflex_base.utils.imports import ImportDict

from pet_app.ui.session import Session

CODE = """
function PetFaultFocus({ faults }) {
  useEffect(() => {
    if (!Object.keys(faults || {}).length) return;
    /* The fields are marked in the same step as this is told. */
    const first = document.querySelector("main [aria-invalid='true']");
    if (first) first.focus();
  }, [faults]);
  return null;
}
"""


class FaultFocus(rx.Component):
    """Nothing to see; it moves the focus."""

    tag = "PetFaultFocus"

    faults: rx.Var[dict[str, str]]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [CODE]


def fault_focus() -> rx.Component:
    """Stands once in a page whose form a state reads; long forms scroll to what is wrong."""
    return FaultFocus.create(faults=Session.problem_fields)
