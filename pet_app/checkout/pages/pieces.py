"""What cart and checkout both show: a picture, the rows of an amount, codes, what is amiss."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar
from reflex_base.utils.imports import ImportDict

from pet_app.checkout.state.shown import FIRST_OF_ALL, Code, Sum, Trouble
from pet_app.ui.components.buttons import button, icon_button
from pet_app.ui.components.fields import text_field
from pet_app.ui.components.icons import icon
from pet_app.ui.components.kinds import Child, classes
from pet_app.ui.components.prices import price
from pet_app.ui.session import field_problem

FOCUS = """
function PetTold({ told, place }) {
  useEffect(() => {
    if (!told) return;
    const list = document.getElementById(place);
    if (list) { list.focus({ preventScroll: true }); list.scrollIntoView({ block: "center" }); }
  }, [told]);
  return null;
}
"""


class Told(rx.Component):
    """Nothing to see; it moves the focus to the list each time that is told."""

    tag = "PetTold"

    told: rx.Var[int]
    place: rx.Var[str]

    def add_imports(self) -> ImportDict:
        """What the code needs of React."""
        return {"react": ["useEffect"]}

    def add_custom_code(self) -> list[str]:
        """The component, once in each page that uses it."""
        return [FOCUS]


def picture(source: Any, size: int, class_name: str = "") -> rx.Component:
    """The picture of a line, square; its name stands beside it."""
    frame = "picture-ground shrink-0 overflow-hidden rounded-control"
    return rx.cond(
        source != "",
        rx.el.img(
            src=source,
            alt="",
            loading="lazy",
            custom_attrs={"width": str(size), "height": str(size)},
            class_name=classes(frame, "object-cover", class_name),
        ),
        rx.el.div(
            icon("paw", 26, "text-[#1d4a3b]"),
            class_name=classes(frame, "flex items-center justify-center", class_name),
        ),
    )


def sum_rows(rows: Any) -> rx.Component:
    """Amounts by name, above the total."""
    return rx.el.dl(rx.foreach(rows, _sum_row), class_name="m-0 flex flex-col gap-2 text-small")


def _sum_row(row: ObjectVar[Sum]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            row.label,
            rx.cond(
                row.note,
                rx.el.span(row.note, class_name="block text-label text-muted"),
                rx.fragment(),
            ),
            class_name="min-w-0",
        ),
        rx.el.dd(row.amount, class_name="m-0 whitespace-nowrap tabular-nums"),
        class_name="flex justify-between gap-6",
    )


def total_row(label: Child, amount: Any, note: Child = "") -> rx.Component:
    """The sum of them all."""
    return rx.el.div(
        rx.el.span(
            rx.el.span(label, class_name="text-subheading font-semibold"),
            rx.el.span(note, class_name="block text-label text-muted"),
        ),
        price(amount, "text-heading"),
        custom_attrs={"aria-live": "polite"},
        data_testid="total",
        class_name="flex items-baseline justify-between gap-6 border-t border-line pt-4",
    )


def code_box(codes: Any, typed: Any, drawn: Any, on_enter: Any, on_drop: Any) -> rx.Component:
    """The codes in use, and a field for another, folded away until somebody has one."""
    return rx.el.div(
        rx.el.ul(
            rx.foreach(codes, lambda code: _code(code, on_drop)),
            class_name="m-0 flex list-none flex-col gap-2 p-0 empty:hidden",
        ),
        rx.el.details(
            rx.el.summary(
                icon("code", 18),
                "Add a code or gift card",
                class_name="flex min-h-11 cursor-pointer list-none items-center gap-2 text-small "
                "rounded-control font-semibold underline-offset-4 hover:underline",
            ),
            rx.el.form(
                rx.el.div(
                    text_field(
                        "Code",
                        "code",
                        error=field_problem("code"),
                        default_value=typed,
                        auto_complete="off",
                        key=f"code-{drawn}",
                        custom_attrs={"autoCapitalize": "characters", "spellCheck": "false"},
                    ),
                    class_name="min-w-0 grow",
                ),
                button("Apply", type="submit", kind="secondary", class_name="mt-[1.8rem] min-h-12"),
                on_submit=on_enter,
                custom_attrs={"noValidate": True},
                class_name="flex items-start gap-2 pb-2",
            ),
        ),
        id="codes",
        tab_index=-1,
        class_name="scroll-mt-24 outline-none",
    )


def _code(code: ObjectVar[Code], on_drop: Any) -> rx.Component:
    return rx.el.li(
        icon("code", 18, "mt-2.5 text-brand"),
        rx.el.div(
            rx.el.p(code.shown, class_name="font-semibold [overflow-wrap:anywhere]"),
            rx.el.p(code.words, class_name="text-muted empty:hidden"),
            rx.el.p(code.problem, class_name="text-danger empty:hidden"),
            class_name="min-w-0 grow py-2",
        ),
        rx.el.span(code.amount, class_name="whitespace-nowrap py-2 tabular-nums"),
        icon_button("close", f"Remove {code.shown}", on_click=on_drop(code.key), size=16),
        class_name="flex items-start gap-2 rounded-control bg-sunk pl-3 text-small",
    )


def trouble_list(found: Any, told: Any, title: str = "A few things need another look") -> Any:
    """What has to be seen to, each leading to its place; it takes the focus when it is told."""
    return rx.el.div(
        Told.create(told=told, place=FIRST_OF_ALL),
        rx.cond(
            found.length() > 0,
            rx.el.div(
                rx.el.h2(
                    icon("alert", 20), title, class_name="flex items-center gap-2 text-subheading"
                ),
                rx.el.ul(
                    rx.foreach(found, _trouble),
                    class_name="m-0 mt-2 flex list-none flex-col p-0",
                ),
                id=FIRST_OF_ALL,
                role="alert",
                tab_index=-1,
                class_name="rounded-card bg-danger-soft px-5 py-4 text-danger outline-offset-2",
            ),
            rx.fragment(),
        ),
    )


def _trouble(trouble: ObjectVar[Trouble]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            trouble.sentence,
            type="button",
            # As a link it would be a step of the page's own history, and keep the focus here.
            on_click=rx.call_function(_go_to(trouble.href)),
            class_name="min-h-9 py-1 text-left text-small font-medium underline underline-offset-4",
        )
    )


def _go_to(href: Any) -> rx.Var:
    return rx.Var(
        f"() => {{ const at = document.querySelector({href!s});"
        # What is not on this page is a line of the cart.
        f" if (!at) {{ window.location.assign('/cart' + {href!s}); return; }}"
        " at.closest('details')?.setAttribute('open', ''); at.focus();"
        " at.scrollIntoView({ block: 'center' }); }",
        _var_data=href._get_all_var_data(),
    )
