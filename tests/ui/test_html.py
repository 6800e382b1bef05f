"""Components as HTML text: what Python knows is written, what only a browser knows is not."""

from typing import Any

import pytest
import reflex as rx

from pet_app.ui.components.choices import segment
from pet_app.ui.filled import Head, fill, filled
from pet_app.ui.html import html
from pet_app.ui.session import Session


@pytest.mark.parametrize(
    ("component", "written"),
    [
        (rx.el.p("a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (rx.el.p("x", class_name="m-1"), '<p class="m-1">x</p>'),
        (rx.el.a("go", href='/a?b="c"&d=e'), '<a href="/a?b=&quot;c&quot;&amp;d=e">go</a>'),
        (rx.el.img(src="/x.webp", alt=""), '<img alt="" src="/x.webp">'),
        (rx.el.div(rx.fragment(rx.el.b("in")), " and ", 3), "<div><b>in</b> and 3</div>"),
        (rx.cond(True, rx.el.i("yes"), rx.el.i("no")), "<i>yes</i>"),
        (rx.el.label("n", html_for="f"), '<label for="f">n</label>'),
        (rx.el.input(disabled=True, read_only=False), "<input disabled>"),
        (rx.el.p(custom_attrs={"aria-hidden": True}), '<p aria-hidden="true"></p>'),
    ],
)
def test_a_component_of_plain_values_is_written_as_html(
    component: rx.Component, written: str
) -> None:
    assert html(component) == written


def test_no_text_can_become_markup_or_leave_its_attribute() -> None:
    evil = '"><script>alert(1)</script>'
    written = html(rx.el.div(evil, title=evil, custom_attrs={"data-x": evil}))
    assert "<script" not in written
    assert written.count("<") == 2


def test_the_chosen_option_and_the_checked_button_are_marked() -> None:
    options = [rx.el.option(name, value=name) for name in ("a", "b")]
    assert '<option value="b" selected>' in html(rx.el.select(*options, value="b"))
    assert " checked " in html(segment("M", True, name="size", value="m"))
    assert " checked " not in html(segment("M", False, name="size", value="m"))


def test_what_only_the_browser_knows_is_left_out() -> None:
    shown = rx.el.button(
        rx.cond(Session.signed_in, "in", "out"),
        Session.person_name,
        title=Session.person_name,
        on_click=Session.dismiss_problem,
    )
    assert html(shown) == "<button>out</button>"


def test_a_place_holds_what_waits_there_until_it_is_filled() -> None:
    signed_in: Any = Session.signed_in
    place = filled("shelf", signed_in, rx.el.p("live"), rx.el.p("wait"))
    written = f"<main>{_inside(str(place))}</main>"
    assert "wait" in written
    page = fill(written, {"shelf": "<p>now</p>", "elsewhere": "lost"})
    assert "now" in page
    assert "wait" not in page
    assert "lost" not in page
    assert fill(page, {"shelf": "<p>later</p>"}).count("later") == 1


def test_a_head_of_its_own_replaces_what_the_page_was_built_with() -> None:
    built = (
        '<head><title>Product</title><meta content="General" name="description"/>'
        '<meta content="/share.jpg" property="og:image"/></head>'
    )
    head = Head("A <b> & c", 'say "it"', "/x.jpg", '<link href="/a" rel="canonical">')
    page = fill(built, {}, head)
    assert "<title>A &lt;b&gt; &amp; c</title>" in page
    assert page.endswith('<link href="/a" rel="canonical"></head>')
    assert 'content="say &quot;it&quot;" name="description"' in page
    assert "share.jpg" not in page


def _inside(rendered: str) -> str:
    begin, end = "<!--shelf-->", "<!--/shelf-->"
    return begin + rendered.split(begin)[1].split(end, maxsplit=1)[0] + end
