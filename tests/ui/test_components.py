"""The pieces pages are made of: what screen readers are told, and that they carry no CSS along."""

import pytest
import reflex as rx

from pet_app.core.money import Money
from pet_app.ui.components.brand import logo
from pet_app.ui.components.buttons import button, icon_button, link_button, spinner
from pet_app.ui.components.choices import choice_group, segment, swatch, tile
from pet_app.ui.components.conditions import empty_state, error_state, progress, skeleton
from pet_app.ui.components.dialogs import dialog
from pet_app.ui.components.drawings import drawing
from pet_app.ui.components.fields import select_field, text_area, text_field
from pet_app.ui.components.icons import PATHS, icon
from pet_app.ui.components.layouts import breadcrumb
from pet_app.ui.components.messages import notice, popup
from pet_app.ui.components.prices import price, price_line
from pet_app.ui.components.tables import facts, row, table


class Trying(rx.State):
    """A state to try the components on."""

    text: str = ""
    yes: bool = False
    percent: int = 0

    @rx.event
    def act(self) -> None:
        """Do nothing."""


EVERYTHING = {
    "button": lambda: button("Save", busy=Trying.yes, on_click=Trying.act),
    "link_button": lambda: link_button("Shop", href="/shop"),
    "icon_button": lambda: icon_button("close", "Close", on_click=Trying.act),
    "spinner": spinner,
    "logo": logo,
    "field": lambda: text_field("Neck", "neck", suffix="cm", help="Flat", error=Trying.text),
    "area": lambda: text_area("Note", "note"),
    "select": lambda: select_field("Breed", "breed", [("lab", "Labrador")]),
    "choices": lambda: choice_group(
        "Colour",
        swatch("#fff", "Chalk", Trying.yes, name="colour", value="chalk", on_change=Trying.act),
        segment("Wide", False, name="width", value="40"),
        tile("Nylon", "Light", False, name="material", value="nylon"),
    ),
    "dialog": lambda: dialog("Sure?", "Yes", open=rx.Var.create(Trying.yes), on_close=Trying.act),
    "popup": lambda: popup(Trying.text, Trying.act),
    "progress": lambda: progress("Rendering", 40, "light"),
    "skeleton": skeleton,
    "drawing": lambda: rx.el.div(drawing("harness"), drawing("collar"), drawing(Trying.text)),
}


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_component_needs_no_style_sheet_of_its_own(name: str) -> None:
    assert "css:" not in str(EVERYTHING[name]())


@pytest.mark.parametrize("name", PATHS)
def test_an_icon_is_hidden_from_screen_readers(name: str) -> None:
    assert '"aria-hidden":"true"' in str(icon(name))


def test_an_icon_button_says_what_it_does() -> None:
    assert '"aria-label":"Close"' in str(icon_button("close", "Close"))


def test_a_field_is_tied_to_its_label_help_and_error() -> None:
    written = str(text_field("Neck", "neck", help="Flat", error="Too small"))
    assert 'htmlFor:"field-neck"' in written
    assert '"aria-describedby":"help-neck error-neck"' in written
    assert '"aria-invalid"' in written
    assert "Too small" in written


def test_a_field_without_help_or_error_describes_nothing() -> None:
    assert "aria-describedby" not in str(text_field("Neck", "neck"))


def test_a_dangerous_notice_is_an_alert_and_another_is_not() -> None:
    assert 'role:"alert"' in str(notice("Stop", tone="danger"))
    assert 'role:"status"' in str(notice("Go", tone="good"))


def test_a_price_is_written_from_cents() -> None:
    assert "$70.05" in str(price(Money(7005)))
    assert "$3.10" in str(price_line("Buckle", "$3.10", "two"))


def test_a_table_names_itself_its_columns_and_its_rows() -> None:
    written = str(table("Sizes", ["Size", "Neck"], row("XS", "20 cm")))
    assert 'scope:"col"' in written
    assert 'scope:"row"' in written
    assert '"aria-label":"Sizes"' in written
    assert "Care" in str(facts(("Care", "Wash it")))


def test_a_breadcrumb_ends_where_one_is() -> None:
    written = str(breadcrumb(("Home", "/"), ("Shop", "")))
    assert written.count("jsx(ReactRouterLink") == 1
    assert '"aria-current":"page"' in written


@pytest.mark.parametrize("state", [empty_state, error_state])
def test_an_empty_or_failed_place_says_why_and_what_to_do(state) -> None:
    written = str(state("No pets yet", "Add one.", link_button("Add a pet", href="/pets")))
    assert all(words in written for words in ("No pets yet", "Add one.", "Add a pet"))


def test_a_style_by_value_keeps_the_state_it_comes_from() -> None:
    bar = progress("Rendering", Trying.percent)
    hooks = str(bar._get_all_hooks())
    assert "trying" in hooks
    assert "style" in str(bar)
