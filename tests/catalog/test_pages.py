"""What the shop's pages say before any script has run."""

import json
import re
from itertools import pairwise

import pytest

from pet_app.catalog import service as catalog
from pet_app.catalog.display import card, product_data
from pet_app.catalog.pages import PAGES, pages_from_data
from pet_app.catalog.rules import Kind
from pet_app.catalog.sizes import chart, in_both_units
from pet_app.catalog.state import shelf_address
from pet_app.core import db
from pet_app.ui.page import Page, head, shell, structured
from tests.catalog.factory import make_product

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def stocked(sqlite_database: str) -> None:
    with db.writing() as session:
        make_product(session)
        make_product(session, "puddle-collar", title="Puddle collar", kind=Kind.COLLAR)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
@pytest.mark.usefixtures("stocked")
def test_a_page_has_one_first_heading_and_a_skip_link(page: Page) -> None:
    written = str(shell(page)())
    expected = 2 if "[" in page.route else 1
    assert written.count('jsx("h1"') == expected
    assert "Skip to the content" in written


def test_an_empty_shop_still_has_a_home_and_a_shelf() -> None:
    for page in PAGES:
        assert shell(page)() is not None
    assert pages_from_data() == []


@pytest.mark.usefixtures("stocked")
def test_every_product_has_a_page_with_its_words_and_price() -> None:
    pages = {page.route: page for page in pages_from_data()}
    assert list(pages) == ["/product/trail-harness", "/product/puddle-collar"]
    written = str(shell(pages["/product/puddle-collar"])())
    for words in ("Puddle collar", "$70.00", "For long days out.", "/builder?preset=puddle-collar"):
        assert words in written


@pytest.mark.usefixtures("stocked")
def test_every_public_page_has_a_canonical_address_a_share_card_and_a_description() -> None:
    for page in [*PAGES, *pages_from_data()]:
        written = " ".join(str(part) for part in head(page))
        if page.is_public:
            assert 'rel:"canonical"' in written
            assert "og:title" in written
            assert 50 <= len(page.description) <= 300, page.route
        else:
            assert "noindex" in written


def test_structured_data_names_price_and_currency_and_cannot_end_its_script() -> None:
    with db.writing() as session:
        make_product(session, story="</script><script>alert(1)</script>")
    (page,) = pages_from_data()
    assert all("</script>" not in str(structured(data)) for data in page.json_ld)
    with db.reading() as session:
        product = product_data(catalog.get_product(session, "trail-harness"))
    assert product["offers"]["price"] == "70.00"
    assert product["offers"]["priceCurrency"] == "USD"
    json.dumps(product)


def test_a_card_without_a_picture_names_none_and_with_one_offers_both_sizes() -> None:
    with db.writing() as session:
        product = make_product(session)
        assert (card(product).picture, card(product).picture_set) == ("", "")
        product.picture, product.picture_small = "ab/large.webp", "cd/small.webp"
        shown = card(product)
    assert shown.picture == "/media/ab/large.webp"
    assert shown.picture_set == "/media/cd/small.webp 400w, /media/ab/large.webp 800w"


def test_a_shelf_address_is_as_short_as_it_can_be() -> None:
    assert shelf_address("") == "/shop"
    assert shelf_address("collar") == "/shop?kind=collar"
    assert shelf_address("collar", "price") == "/shop?kind=collar&sort=price"
    assert shelf_address("", "newest") == "/shop?sort=newest"


def test_the_size_chart_leaves_no_gap_between_sizes() -> None:
    sizes = chart()
    for smaller, larger in pairwise(sizes):
        assert smaller.neck_mm[1] == larger.neck_mm[0]
        assert smaller.girth_mm[1] == larger.girth_mm[0]
    assert in_both_units((420, 500)) == ("42–50 cm", "16.5–19.7 in")
    assert re.fullmatch(r"[XSML]+", sizes[0].name)
